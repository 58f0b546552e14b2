"""The index as it would be after a change: some files gone, some put in, nothing written."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from dqkit.gate.index import claims
from dqkit.gate.store import DamagedError
from dqkit.pairing.sketch import anchors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from dqkit.check import Key, Note
    from dqkit.gate.index import Index, Shown
    from dqkit.pairing.sketch import Sketch


class After:
    """The index as it would be without some files and with some others: a shelf of sketches, and groups of notes."""

    def __init__(self, index: Index, gone: Collection[str], added: dict[str, Shown]) -> None:
        self.index, self.out, self.added = index, {*gone, *added}, added
        self._notes: dict[tuple[int, Key], list[tuple[str, Note]]] = defaultdict(list)
        for path, shown in added.items():
            for rule, key, note in shown.notes:
                self._notes[rule, key].append((path, note))
        self.before = {path: sketch for path in self.out if (sketch := index.sketch(path))}
        self.now = {path: shown.sketch for path, shown in added.items() if shown.sketch}
        sizes = Counter(index.state.languages)
        sizes.subtract(sketch.language or "" for sketch in self.before.values())
        sizes.update(sketch.language or "" for sketch in self.now.values())
        self.sizes: Mapping[str, int] = {language: count for language, count in sizes.items() if count}
        self._expected: set[str] = set()
        self._handles: tuple[dict[str, list[str]], ...] = (defaultdict(list), defaultdict(list))
        for path, sketch in self.now.items():
            for side, handle in claims(sketch):
                self._handles[side][handle].append(path)

    @cached_property
    def _steps(self) -> dict[str | int, Counter[str]]:
        """How many more files an anchor stands in now than in the index, by language."""
        steps: dict[str | int, Counter[str]] = defaultdict(Counter)
        for sketches, step in ((self.before.values(), -1), (self.now.values(), 1)):
            for sketch in sketches:
                for anchor in anchors(sketch):
                    steps[anchor][sketch.language or ""] += step
        return steps

    @cached_property
    def _own(self) -> dict[str | int, list[str]]:
        own: dict[str | int, list[str]] = defaultdict(list)
        for path, sketch in self.now.items():
            for anchor in anchors(sketch):
                own[anchor].append(path)
        return own

    @cached_property
    def _paths(self) -> list[str]:
        """The paths of the files in the index by their numbers, empty for those that are not there."""
        return ["" if path in self.out else path for path, _ in self.index.paths()]

    @cached_property
    def _languages(self) -> dict[str, str]:
        return {**dict(self.index.paths()), **{path: sketch.language or "" for path, sketch in self.now.items()}}

    def notes(self, rule: int, key: Key) -> list[tuple[str, Note]]:
        """Give the notes of a group, sorted."""
        kept = [(path, note) for path, note in self.index.notes(rule, key) if path not in self.out]
        return sorted(kept + self._notes.get((rule, key), []))

    def most(self, rule: int, key: Key) -> int:
        """Count the notes of a group, those included of files that are gone."""
        return self.index.count(rule, key) + len(self._notes.get((rule, key), ()))

    def has(self, path: str) -> bool:
        """Tell whether a file is there that rules on pairs are for."""
        return path in self.now or (path not in self.out and self.index.sketch(path) is not None)

    def sketch(self, path: str) -> Sketch:
        """Give a file's sketch."""
        found = self.now.get(path) or (None if path in self.out else self.index.sketch(path))
        if found is None:
            raise DamagedError(f"{path} is missing")
        if path not in self._expected:
            self._expected.add(path)
            self.index.expect(anchors(found))  # whoever asks for a text weighs its anchors next
        return found

    def language(self, path: str) -> str:
        """Give a file's language; "" where it is not known."""
        return self._languages[path]

    def counts(self, anchor: str | int) -> Mapping[str, int]:
        """Count the files an anchor stands in, by language."""
        counts, steps = self.index.counts(anchor), self._steps.get(anchor)
        if steps is None:
            return counts
        changed = {language: counts.get(language, 0) + steps[language] for language in {*counts, *steps}}
        return {language: count for language, count in changed.items() if count}

    def members(self, anchor: str | int) -> Sequence[str]:
        """Give the paths of those files."""
        paths = self._paths
        old = [path for number in self.index.members(anchor) if (path := paths[number])]
        return old + self._own.get(anchor, [])

    def named(self, handle: str) -> list[str]:
        """Give the paths of the files that can be declared a source by a name."""
        return self._both(0, handle)

    def declaring(self, handle: str) -> list[str]:
        """Give the paths of the files that declare their source by a name."""
        return self._both(1, handle)

    def _both(self, side: int, handle: str) -> list[str]:
        old = [path for path in self.index.handle(handle)[side] if path not in self.out]
        return old + self._handles[side].get(handle, [])

    @property
    def known(self) -> Known:
        """The paths and ids of all files, read when they are gone through."""
        return Known(self)


class Known:
    """As much of a collection as a hint for a misspelt name needs."""

    def __init__(self, after: After) -> None:
        self.after = after

    def __len__(self) -> int:
        total = sum(self.after.sizes.values())
        return len({*self}) if total < 2_000 else 2 * total

    def __iter__(self) -> Iterator[str]:
        old = (pair for pair in self.after.index.known() if pair[0] not in self.after.out)
        now = ((path, sketch.id) for path, sketch in self.after.now.items())
        return iter({name for pair in chain(old, now) for name in pair if name})

    def __contains__(self, name: object) -> bool:
        return name in {*self}
