"""The links of a few files of a corpus, the same that `link` finds for all: only what they share is looked up.

A pair is believed when each is the other's best match. So whoever knows a file's best candidates, and the best
candidates of those, knows its pairs; a third step tells two translations of one source from a source.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from dqkit.pairing.link import (
    COMMON,
    LEAST_SCORE,
    LEAST_SHARED,
    MARGIN,
    Links,
    anchors,
    comparable,
    foreign,
    handles,
    is_best,
    pair_of,
    score_of,
    stars,
    weight,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dqkit.pairing.link import PairLink
    from dqkit.pairing.sketch import Sketch

Scored = dict[str, list[tuple[float, str]]]
"""Candidates with their scores, by language."""


class Shelf(Protocol):
    """Where the sketches of a corpus stand, to be looked up."""

    @property
    def total(self) -> int:
        """How many sketches there are."""

    @property
    def known(self) -> Collection[str]:
        """The ids and paths of all documents."""

    def sketch(self, path: str) -> Sketch:
        """Give a document's sketch."""

    def count(self, anchor: str) -> int:
        """Count the documents an anchor stands in."""

    def members(self, anchor: str) -> Sequence[int | str]:
        """Give those documents, by whatever names the shelf has for them."""

    def member(self, name: int | str) -> Sketch:
        """Give the sketch of a document as `members` names it."""

    def named(self, handle: str) -> Collection[str]:
        """Give the paths of the documents that can be declared by a name."""

    def declaring(self, handle: str) -> Collection[str]:
        """Give the paths of the documents that declare their source by a name."""


class _Weights(dict[str, float]):
    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def __missing__(self, anchor: str) -> float:
        self[anchor] = found = weight(anchor, self.shelf.count(anchor), self.shelf.total)
        return found


class Nearby:
    """Finds links on a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.weights = _Weights(shelf)
        self._scored: dict[str, Scored] = {}
        self._partners: dict[str, list[str]] = {}

    def links(self, paths: Iterable[str], orphans: Iterable[str] = ()) -> Links:
        """Give the pairs some documents belong to, and which of them and of `orphans` declare what is not there."""
        pairs: set[PairLink] = set()
        dangling = []
        for path in sorted({*paths}):
            pairs.update(self.pairs(path))
        for path in sorted({*paths, *orphans}):
            sketch = self.shelf.sketch(path)
            if sketch.translation_of and self.source(sketch) is None:
                dangling.append((path, sketch.translation_of))
        shown = {*paths, *orphans, *(path for pair in pairs for path in (pair.source, pair.translation))}
        sketches = {path: self.shelf.sketch(path) for path in sorted(shown)}
        return Links(sketches, tuple(sorted(pairs)), tuple(dangling), self.shelf.known)

    def pairs(self, path: str) -> list[PairLink]:
        """Give the pairs a document belongs to."""
        sketch = self.shelf.sketch(path)
        source = self.source(sketch)
        declared = [(source, path)] if source else []
        declared += [(path, other) for other in self.translations(sketch)]
        found = self.found(path)
        around = {pair for partner in self.partners(path) for pair in self.found(partner)}
        kept = [pair for pair in stars([*{*found, *around}]) if path in (pair.source, pair.translation)]
        return kept + [
            pair_of(self.shelf.sketch(a), self.shelf.sketch(b), self.weights, declared=True) for a, b in declared
        ]

    def source(self, sketch: Sketch) -> str | None:
        """Give the path of a document's declared source; None where it declares none, or none that is there."""
        if not sketch.translation_of:
            return None
        found = min(self.shelf.named(sketch.translation_of), default=None)
        return None if found == sketch.path else found

    def translations(self, sketch: Sketch) -> set[str]:
        """Give the paths of the documents that declare this one their source."""
        naming = {path for handle in handles(sketch) for path in self.shelf.declaring(handle)}
        return {path for path in naming if self.source(self.shelf.sketch(path)) == sketch.path}

    def tied(self, path: str) -> bool:
        """Tell whether a document has a declared source or a declared translation."""
        sketch = self.shelf.sketch(path)
        return self.source(sketch) is not None or bool(self.translations(sketch))

    def found(self, path: str) -> list[PairLink]:
        """Give the pairs that are not declared and believed, those of two translations of one source among them."""
        free = [other for other in self.partners(path) if not (self.tied(path) and self.tied(other))]
        ordered = (sorted((self.shelf.sketch(path), self.shelf.sketch(other))) for other in free)
        return [pair_of(first, second, self.weights, declared=False) for first, second in ordered]

    def partners(self, path: str) -> list[str]:
        """Give the documents of which each is the best match, and for which this one is."""
        if path not in self._partners:
            language = self.shelf.sketch(path).language or ""
            tops = [max(scored, key=lambda one: one[0]) for scored in self.scored(path).values()]
            self._partners[path] = [
                other
                for score, other in tops
                if score >= LEAST_SCORE
                and is_best(self.scored(path)[self.shelf.sketch(other).language or ""], other)
                and is_best(self.scored(other)[language], path)
            ]
        return self._partners[path]

    def scored(self, path: str) -> Scored:
        """Score a document's candidates; those that can neither be believed nor put another in doubt are left out."""
        if path in self._scored:
            return self._scored[path]
        sketch = self.shelf.sketch(path)
        shared: dict[int | str, list[str]] = defaultdict(list)
        for anchor in anchors(sketch):
            if 2 <= self.shelf.count(anchor) <= COMMON:
                for name in self.shelf.members(anchor):
                    shared[name].append(anchor)
        scored: Scored = defaultdict(list)
        for name, common in shared.items():
            if len(common) < LEAST_SHARED or not foreign(sketch, other := self.shelf.member(name)):
                continue
            if self._may_reach(LEAST_SCORE / MARGIN, sketch, other, common):
                first, second = sorted((sketch, other))
                scored[other.language or ""].append((score_of(first, second, common, self.weights), other.path))
        self._scored[path] = scored
        return scored

    def _may_reach(self, score: float, sketch: Sketch, other: Sketch, common: list[str]) -> bool:
        """Tell whether a candidate's score may reach some value, weighing as few of its own anchors as tell."""
        shared = math.fsum(self.weights[anchor] for anchor in common)
        own = math.fsum(self.weights[anchor] for anchor in comparable(sketch, other))
        limit = (shared / score) ** 2 / own * (1 + 1e-9) if own else 0.0
        weighed = 0.0
        for anchor in sorted(comparable(other, sketch), key=self._is_unknown):
            weighed += self.weights[anchor]
            if weighed > limit:
                return False
        return weighed > 0.0

    def _is_unknown(self, anchor: str) -> bool:
        return anchor not in self.weights
