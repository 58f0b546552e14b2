"""The index as it would be after a change: some files gone, some put in, nothing written."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from dqkit.gate.index import anchors, claims
from dqkit.gate.store import DamagedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

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
        present = {path: shown.sketch for path, shown in added.items() if shown.sketch}
        languages = dict(index.state.languages)
        for sketches, step in ((self.before.values(), -1), (present.values(), 1)):
            for sketch in sketches:
                languages[sketch.language] = languages.get(sketch.language, 0) + step
        self.total = sum(languages.values())
        self.plain = sum(count > 0 for language, count in languages.items() if language) < 2
        """Whether no text can be another's translation, so that anchors mean nothing."""
        self.now = {path: _without_anchors(sketch) if self.plain else sketch for path, sketch in present.items()}
        self._steps: dict[str, int] = defaultdict(int)
        self._own: dict[str, list[int | str]] = defaultdict(list)
        self._out_numbers = {entry.number for path in self.out if (entry := index.entry(path))}
        self._handles: tuple[dict[str, list[str]], ...] = (defaultdict(list), defaultdict(list))
        for sketch in self.before.values():
            for anchor in anchors(sketch):
                self._steps[anchor] -= 1
        for path, sketch in self.now.items():
            for anchor in anchors(sketch):
                self._steps[anchor] += 1
                self._own[anchor].append(path)
            for side, handle in claims(sketch):
                self._handles[side][handle].append(path)

    def notes(self, rule: int, key: Key) -> list[tuple[str, Note]]:
        """Give the notes of a group, sorted."""
        kept = [(path, note) for path, note in self.index.notes(rule, key) if path not in self.out]
        return sorted(kept + self._notes.get((rule, key), []))

    def has(self, path: str) -> bool:
        """Tell whether a file is there that rules on pairs are for."""
        return path in self.now or (path not in self.out and self.index.sketch(path) is not None)

    def sketch(self, path: str) -> Sketch:
        """Give a file's sketch."""
        if path in self.now:
            return self.now[path]
        found = self.index.sketch(path)
        if found is None:
            raise DamagedError(f"{path} is missing")
        return _without_anchors(found) if self.plain else found

    def count(self, anchor: str) -> int:
        """Count the files an anchor stands in."""
        return len(self.index.anchor(anchor)) + self._steps.get(anchor, 0)

    def members(self, anchor: str) -> list[int | str]:
        """Give those files: by number, or by path where they are not in the index."""
        return [n for n in self.index.anchor(anchor) if n not in self._out_numbers] + self._own.get(anchor, [])

    def member(self, name: int | str) -> Sketch:
        """Give the sketch of a file as `members` names it."""
        return self.sketch(name) if isinstance(name, str) else self.index.sketch_at(name)

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
        return len({*self}) if self.after.total < 2_000 else 2 * self.after.total

    def __iter__(self) -> Iterator[str]:
        old = (pair for pair in self.after.index.known() if pair[0] not in self.after.out)
        now = ((path, sketch.id) for path, sketch in self.after.now.items())
        return iter({name for pair in chain(old, now) for name in pair if name})

    def __contains__(self, name: object) -> bool:
        return name in {*self}


def _without_anchors(sketch: Sketch) -> Sketch:
    return sketch._replace(numbers=(), dates=(), names=(), length=0.0)
