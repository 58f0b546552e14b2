"""What the files of one tree show to the rules that compare files, kept so that a few of them can be looked up.

Notes stand in parts by the hash of rule and key, so that whoever has a file's keys reads the groups it belongs to and
no others; so do the anchors and names by which translations are found. A part is read, changed and written whole.
"""

from __future__ import annotations

import zlib
from array import array
from typing import TYPE_CHECKING, Any

from dqkit.gate import packed
from dqkit.pairing.shelf import handles
from dqkit.pairing.sketch import Sketch, anchors
from dqkit.place import Place
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.check import Key, Note
    from dqkit.gate.store import Store

STATE, NOTES, POSTINGS, COUNTS, HANDLES, FILES, MEMBERS, SKETCHES = range(8)
"""Kinds of parts; those of sketches are numbered by file, and each holds path and sketch of one."""
MEMBERS_A_PART = 1024
"""Files whose paths and languages stand together."""
LEAST_PARTS = 64
FILES_A_PART = 4
"""Files for which a new index gets a part of each kind, as a power of two; at eight times as many it is rebuilt."""


class State(NamedTuple):
    """What the index stands for."""

    tree: str
    parts: int
    """Parts of each kind."""
    files: int
    next: int
    """The number of the next file."""
    languages: dict[str, int]
    """How many of the files that rules on pairs are for are in which language, "" where none is known."""
    sketched: bool
    """Whether sketches have their anchors: without a second language none is needed."""
    main: str = ""
    """The language most files were in when sketches got their anchors."""


class Shown(NamedTuple):
    """What one file shows."""

    notes: tuple[tuple[int, Key, Note], ...]
    """Rule, by its index among those that compare files, key and note."""
    sketch: Sketch | None
    """None where no rule on links or pairs is for the file."""


class _Entry(NamedTuple):
    """A file as it stands in its part."""

    number: int
    keys: tuple[tuple[int, Key], ...]
    sketched: bool
    """Whether it has a sketch."""


class Index:
    """The index in a store: read it between `Store.begin` and `Store.end`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._parts: dict[int, Any] = {}
        self._changed: set[int] = set()
        self._state: State | None = None

    @property
    def state(self) -> State:
        """What it stands for.

        Raises:
            DamagedError: it was not made yet, or is damaged.
        """
        if self._state is None:
            self._state = State(*self.store.read(STATE))
        return self._state

    def forget(self) -> None:
        """Forget what was read, as another run may have written since."""
        self._parts, self._changed, self._state = {}, set(), None

    def create(self, tree: str, files: int) -> None:
        """Begin anew, for some number of files to come."""
        self.forget()
        self.store.clear()
        parts = max(LEAST_PARTS, 1 << (files // FILES_A_PART).bit_length())
        self._state = State(tree, parts, 0, 0, {}, False)
        empty: tuple[tuple[int, Any], ...] = ((NOTES, {}), (POSTINGS, {}), (COUNTS, {}), (HANDLES, {}), (FILES, {}))
        for kind, nothing in empty:
            self.store.write(dict.fromkeys((_number(kind, at) for at in range(parts)), nothing))

    def is_small(self) -> bool:
        """Tell whether it has too few parts for its files."""
        return self.state.files > 8 * FILES_A_PART * self.state.parts

    # What stands in it.

    def notes(self, rule: int, key: Key) -> list[tuple[str, Note]]:
        """Give the notes of a group, each beside its path."""
        return packed.notes(self._part(NOTES, self._at((rule, key))), (rule, key))

    def count(self, rule: int, key: Key) -> int:
        """Count the notes of a group, which stay packed."""
        return packed.count(self._part(NOTES, self._at((rule, key))), (rule, key))

    def entry(self, path: str) -> _Entry | None:
        """Give a file."""
        found = self._part(FILES, self._at(path)).get(path)
        return _Entry(*found) if found else None

    def keys(self, path: str) -> tuple[tuple[int, Key], ...]:
        """Give the rules and keys a file has notes under."""
        found = self.entry(path)
        return found.keys if found else ()

    def sketch(self, path: str) -> Sketch | None:
        """Give the sketch of a file."""
        found = self.entry(path)
        return self.sketch_at(found.number) if found and found.sketched else None

    def sketch_at(self, number: int) -> Sketch:
        """Give the sketch of a file by its number."""
        path, language, own_id, source, declared_at, *rest = self._part(SKETCHES, number)
        return Sketch(path, language, own_id, source, Place(*declared_at) if declared_at else None, *rest)

    def counts(self, anchor: str | int) -> dict[str, int]:
        """Count the files an anchor stands in, by language."""
        found = self._part(COUNTS, self._at(anchor)).get(anchor)
        return {self.state.main: found} if type(found) is int and found else found or {}

    def expect(self, anchors: Iterable[str | int]) -> None:
        """Read at once what is needed to count some anchors."""
        numbers = {_number(COUNTS, self._at(anchor)) for anchor in anchors}
        self._parts.update(self.store.read_all(sorted(numbers - self._parts.keys())))

    def members(self, anchor: str | int) -> array[int]:
        """Give the numbers of those files."""
        return array("I", self._part(POSTINGS, self._at(anchor)).get(anchor, b""))

    def paths(self) -> list[tuple[str, str]]:
        """Give path and language of all files that were ever put in, by number; the language is "" where unknown."""
        parts = range(-(-self.state.next // MEMBERS_A_PART))
        return [member for at in parts for member in self._part(MEMBERS, at)]

    def handle(self, handle: str) -> tuple[list[str], list[str]]:
        """Give the paths of the files that can be declared a source by a name, and of those that declare it."""
        found: tuple[list[str], list[str]] = self._part(HANDLES, self._at(handle)).get(handle, ((), ()))
        return found

    def known(self) -> Iterator[tuple[str, str]]:
        """Give path and id of all files that rules on pairs are for: this reads the whole index."""
        for at in range(self.state.parts):
            for path, entry in self._part(FILES, at).items():
                if _Entry(*entry).sketched:
                    yield path, self.sketch_at(_Entry(*entry).number).id

    # What is put into it.

    def add(self, path: str, shown: Shown) -> None:
        """Put a file in."""
        number, state = self.state.next, self.state
        languages = dict(state.languages)
        keys = tuple(dict.fromkeys((rule, key) for rule, key, _ in shown.notes))
        sketch = shown.sketch
        self._edit(FILES, self._at(path))[path] = (number, keys, sketch is not None)
        for rule, key, note in shown.notes:
            packed.opened(self._edit(NOTES, self._at((rule, key))), (rule, key)).append((path, note))
        language = (sketch.language if sketch else None) or ""
        if number % MEMBERS_A_PART == 0:
            self._put(MEMBERS, number // MEMBERS_A_PART, [])
        self._edit(MEMBERS, number // MEMBERS_A_PART).append((path, language))
        if sketch:
            languages[language] = languages.get(language, 0) + 1
            self._put(SKETCHES, number, _plain(sketch))
            self._post(number, sketch)
            for side, handle in claims(sketch):
                self._edit(HANDLES, self._at(handle)).setdefault(handle, ([], []))[side].append(path)
        self._state = state._replace(next=number + 1, files=state.files + 1, languages=languages)

    def begin_sketches(self) -> None:
        """Say that from now on every sketch has its anchors; those that have none yet get them by `complete`."""
        languages = self.state.languages
        main = min(languages, key=lambda language: (-languages[language], language), default="")
        self._state = self.state._replace(sketched=True, main=main)

    def complete(self, sketch: Sketch) -> None:
        """Give a file's outline, which is in, its anchors."""
        number = self._part(FILES, self._at(sketch.path))[sketch.path][0]
        self._put(SKETCHES, number, _plain(sketch))
        self._post(number, sketch)

    def _post(self, number: int, sketch: Sketch) -> None:
        own, language = array("I", [number]).tobytes(), sketch.language or ""
        for anchor in anchors(sketch):
            at = self._at(anchor)
            self._recount(anchor, language, 1)
            part = self._edit(POSTINGS, at)
            if type(part.get(anchor)) is not bytearray:  # which grows in place, and is stored like bytes
                part[anchor] = bytearray(part.get(anchor, b""))
            part[anchor] += own

    def _recount(self, anchor: str | int, language: str, step: int) -> None:
        """Change how often an anchor stands in a language; one of the main language alone has its bare number."""
        part, main = self._edit(COUNTS, self._at(anchor)), self.state.main
        found = part.get(anchor, 0)
        if type(found) is int and language == main:
            part[anchor] = found + step
            return
        counts = {main: found} if type(found) is int else found
        counts[language] = counts.get(language, 0) + step
        counts = {known: count for known, count in counts.items() if count}
        part[anchor] = counts if counts.keys() - {main} else counts.get(main, 0)

    def remove(self, path: str) -> None:
        """Take a file out, where it is in."""
        entry, state = self.entry(path), self.state
        if entry is None:
            return
        languages = dict(state.languages)
        del self._edit(FILES, self._at(path))[path]
        for rule, key in entry.keys:
            group = packed.opened(self._edit(NOTES, self._at((rule, key))), (rule, key))
            group[:] = [row for row in group if row[0] != path]
        if entry.sketched:
            sketch = self.sketch_at(entry.number)
            language = sketch.language or ""
            self._put(SKETCHES, entry.number, None)
            languages[language] -= 1
            for anchor in anchors(sketch):
                self._recount(anchor, language, -1)
                part = self._edit(POSTINGS, self._at(anchor))
                numbers = array("I", part[anchor])
                numbers.remove(entry.number)
                part[anchor] = numbers.tobytes()
            for side, handle in claims(sketch):
                self._edit(HANDLES, self._at(handle))[handle][side].remove(path)
        self._state = state._replace(files=state.files - 1, languages={k: n for k, n in languages.items() if n})

    def save(self, tree: str) -> None:
        """Write what was changed: the index then stands for a tree."""
        self._state = self.state._replace(tree=tree)
        for number in self._changed:
            if number >> 32 == NOTES:
                packed.close(self._parts[number])
        self.store.write({number: self._parts[number] for number in self._changed})
        self.store.write({STATE: tuple(self._state)})
        self._parts, self._changed = {}, set()

    def _at(self, name: object) -> int:
        if isinstance(name, int):
            return name % 1_000_003 % self.state.parts  # the number of parts divides by two, as runs of letters may
        # Never hash(): it differs between processes for texts.
        return zlib.crc32(repr(name).encode("utf-8", "surrogatepass")) % self.state.parts

    def _part(self, kind: int, at: int) -> Any:
        number = _number(kind, at)
        if number not in self._parts:
            self._parts[number] = self.store.read(number)
        return self._parts[number]

    def _put(self, kind: int, at: int, value: Any) -> None:
        self._changed.add(_number(kind, at))
        self._parts[_number(kind, at)] = value

    def _edit(self, kind: int, at: int) -> Any:
        self._changed.add(_number(kind, at))
        return self._part(kind, at)


def _number(kind: int, at: int) -> int:
    return kind << 32 | at


def _plain(sketch: Sketch) -> tuple[Any, ...]:
    path, language, own_id, source, declared_at, *rest = sketch
    return (path, language, own_id, source, tuple(declared_at) if declared_at else None, *rest)


def claims(sketch: Sketch) -> Iterator[tuple[int, str]]:
    """Give the names a file can be declared by, each with 0, and the name it declares its source by, with 1."""
    yield from ((0, handle) for handle in dict.fromkeys(handles(sketch)))
    if sketch.translation_of:
        yield 1, sketch.translation_of
