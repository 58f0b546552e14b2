"""Where the sketches of a corpus stand, to be looked up: in memory for a whole corpus, in an index for a few of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from dqkit.pairing.sketch import anchors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from dqkit.pairing.sketch import Sketch


class Shelf(Protocol):
    """Looks up texts by their paths. A language that is not known is called ""."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many texts there are in each language."""

    @property
    def known(self) -> Collection[str]:
        """The ids and paths of all texts."""

    def sketch(self, path: str) -> Sketch:
        """Give a text's sketch."""

    def language(self, path: str) -> str:
        """Give a text's language."""

    def counts(self, anchor: str | int) -> Mapping[str, int]:
        """Count the texts an anchor stands in, by language."""

    def members(self, anchor: str | int) -> Sequence[str]:
        """Give the paths of those texts."""

    def named(self, handle: str) -> Collection[str]:
        """Give the paths of the texts that can be declared a source by a name."""

    def declaring(self, handle: str) -> Collection[str]:
        """Give the paths of the texts that declare their source by a name."""


class Sketches:
    """A shelf in memory."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        self.sketches = {sketch.path: sketch for sketch in sketches}
        self._languages = {path: sketch.language or "" for path, sketch in self.sketches.items()}
        self.sizes: Mapping[str, int] = Counter(self._languages.values())
        self._named: dict[str, list[str]] = defaultdict(list)
        self._declaring: dict[str, list[str]] = defaultdict(list)
        for sketch in self.sketches.values():
            for handle in {*handles(sketch)}:
                self._named[handle].append(sketch.path)
            if sketch.translation_of:
                self._declaring[sketch.translation_of].append(sketch.path)

    @cached_property
    def known(self) -> Collection[str]:
        """The ids and paths of all texts."""
        return {name for sketch in self.sketches.values() for name in (sketch.id, sketch.path) if name}

    @cached_property
    def _members(self) -> dict[str | int, list[str]]:
        found: dict[str | int, list[str]] = defaultdict(list)
        for path, sketch in self.sketches.items():
            for anchor in anchors(sketch):
                found[anchor].append(path)
        return found

    def sketch(self, path: str) -> Sketch:
        """Give a text's sketch."""
        return self.sketches[path]

    def language(self, path: str) -> str:
        """Give a text's language."""
        return self._languages[path]

    def counts(self, anchor: str | int) -> Mapping[str, int]:
        """Count the texts an anchor stands in, by language."""
        return Counter(map(self._languages.__getitem__, self._members[anchor]))

    def members(self, anchor: str | int) -> Sequence[str]:
        """Give the paths of those texts."""
        return self._members[anchor]

    def named(self, handle: str) -> Collection[str]:
        """Give the paths of the texts that can be declared a source by a name."""
        return self._named.get(handle, ())

    def declaring(self, handle: str) -> Collection[str]:
        """Give the paths of the texts that declare their source by a name."""
        return self._declaring.get(handle, ())


def handles(sketch: Sketch) -> Iterator[str]:
    """Give the names by which a translation can declare a text its source."""
    name = sketch.path.rpartition("/")[2]
    return filter(None, (name.rpartition(".")[0], name, sketch.path, sketch.id))
