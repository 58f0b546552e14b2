"""Which file translates which: declared, or found by what two texts share and share with no other."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from dqkit.pairing.likeness import RIVAL, Likeness
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.pairing.sketch import Sketch

LEAST_MARGIN = 0.04
"""Margin (see `PairLink.margin`) a pair must have to be believed without being declared.

Source: of 867 true pairs 98 % have it; of as many texts whose partner is taken away, 3 to 5 % find a stranger by it.
"""
DOUBT, RIVALS = 0.12, 20
"""What is added to that margin in a small corpus, where it says less, and the texts of a language that halve it."""
LEAST_NAMED = 2
"""Numbers, dates and names that a pair must share to be believed without being declared."""
COMPARABLE = 200
"""Characters, those of dense scripts weighted, from which a declared pair can be doubted."""


class PairLink(NamedTuple):
    """A source and its translation by their paths."""

    source: str
    translation: str
    score: float
    """How much of what the two could share they do share, 0 to 1."""
    declared: bool
    margin: float = 0.0
    """The score less half of the best that either reaches with another text of the corpus."""
    rival: str = ""
    """For a declared pair, the text that is more like the translation than its declared source; else empty."""
    compared: bool = False
    """Whether the two could be compared: their languages differ and both texts are long enough."""
    shared: tuple[str, ...] = ()
    """The rarest anchors they share: why the pair is believed."""


class Links(NamedTuple):
    """The corpus as sources and translations."""

    sketches: dict[str, Sketch]
    pairs: tuple[PairLink, ...]
    dangling: tuple[tuple[str, str], ...]
    """Documents whose declared source is not there: path, and what they name."""

    def of(self, path: str) -> Iterator[PairLink]:
        """Give the pairs a document belongs to."""
        return (pair for pair in self.pairs if path in (pair.source, pair.translation))


def link(sketches: tuple[Sketch, ...]) -> Links:
    """Find the pairs of a corpus."""
    declared, dangling = _declared(sketches)
    if len({sketch.language for sketch in sketches} - {None}) < 2:  # then none has anchors to be compared by
        pairs = [PairLink(source, translation, 0.0, True) for source, translation in declared]
        return Links({sketch.path: sketch for sketch in sketches}, tuple(sorted(pairs)), tuple(dangling))
    finder = Finder(sketches)
    tied = {path for pair in declared for path in pair}
    pairs = [finder.pair(finder.number[a], finder.number[b], declared=True) for a, b in declared]
    found = [finder.pair(i, j, declared=False) for i, j in finder.found()]
    pairs += _stars([pair for pair in found if not {pair.source, pair.translation} <= tied])
    return Links({sketch.path: sketch for sketch in sketches}, tuple(sorted(pairs)), tuple(dangling))


def _declared(sketches: tuple[Sketch, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Resolve declared sources by id, path, file name or file name without extension."""
    names: dict[str, str] = {}
    for sketch in reversed(sketches):
        name = sketch.path.rpartition("/")[2]
        for handle in (name.rpartition(".")[0], name, sketch.path, sketch.id):
            if handle:
                names[handle] = sketch.path
    pairs, dangling = [], []
    for sketch in sketches:
        if sketch.translation_of:
            source = names.get(sketch.translation_of)
            if source and source != sketch.path:
                pairs.append((source, sketch.path))
            else:
                dangling.append((sketch.path, sketch.translation_of))
    return pairs, dangling


class Finder:
    """Finds the pairs that are each other's best match in their languages, by a clear margin."""

    def __init__(self, sketches: tuple[Sketch, ...]) -> None:
        self.sketches = sketches
        self.number = {sketch.path: i for i, sketch in enumerate(sketches)}
        self.likeness = Likeness(sketches)
        self.candidates = self.likeness.candidates()
        self.wanted: dict[tuple[int, str], set[int]] = defaultdict(set)
        """The texts worth comparing with a text, by its number and their language."""
        for i, by_language in enumerate(self.candidates):
            for language, others in by_language.items():
                self.wanted[i, language].update(others)
                for other in others:
                    self.wanted[other, self.language(i)].add(i)
        self._ranked: dict[tuple[int, str], list[tuple[float, int]]] = {}

    def language(self, i: int) -> str:
        return self.sketches[i].language or ""

    def ranked(self, i: int, language: str) -> list[tuple[float, int]]:
        """Give the scores and numbers of the texts of a language that are most like a text, the best first."""
        key = (i, language)
        if key not in self._ranked:
            scored = [(self.likeness.score(i, other), other) for other in self.wanted.get(key, ())]
            self._ranked[key] = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
        return self._ranked[key]

    def found(self) -> Iterator[tuple[int, int]]:
        """Give the pairs that are each other's best, the lower number first.

        Only what each lists among its candidates is compared, and only what could be believed is ranked: that keeps a
        corpus of many languages from costing all of them for each text.
        """
        for i, by_language in enumerate(self.candidates):
            for language, others in sorted(by_language.items()):
                for j in others:
                    if i < j and i in self.candidates[j].get(self.language(i), ()) and self.is_best(i, j, language):
                        yield i, j

    def is_best(self, i: int, j: int, language: str) -> bool:
        return (
            self.likeness.score(i, j) >= self.least_margin(i, j)
            and self.ranked(i, language)[0][1] == j
            and self.ranked(j, self.language(i))[0][1] == i
            and self.is_sure(i, j)
        )

    def least_margin(self, i: int, j: int) -> float:
        rivals = min(len(self.likeness.members[self.language(k)]) for k in (i, j))
        return LEAST_MARGIN + DOUBT * RIVALS / (RIVALS + rivals)

    def is_sure(self, i: int, j: int) -> bool:
        return self.margin(i, j) >= self.least_margin(i, j) and len(self.shared(i, j)) >= LEAST_NAMED

    def margin(self, i: int, j: int) -> float:
        """Give a pair's score less half of the best that either side reaches with another text of the language."""
        rivals = (self.rival(i, j)[0], self.rival(j, i)[0])
        return self.likeness.score(i, j) - RIVAL * sum(max(0.0, rival) for rival in rivals)

    def rival(self, i: int, j: int) -> tuple[float, int]:
        """Give the text of the language of `j` that is most like `i`, `j` aside; -1 where there is none."""
        return next((pair for pair in self.ranked(i, self.language(j)) if pair[1] != j), (0.0, -1))

    def shared(self, i: int, j: int) -> list[str]:
        """Give the numbers, dates and names that two texts share, the rarest first."""
        weights = self.likeness.weights
        both = set(self.sketches[i].anchors) & set(self.sketches[j].anchors)
        named = [anchor for anchor in both if anchor in weights and not anchor.startswith("~")]
        return sorted(named, key=lambda anchor: (-weights[anchor], anchor))

    def pair(self, i: int, j: int, *, declared: bool) -> PairLink:
        """Make the pair of two texts; where it is declared, `i` is the source."""
        first, second = self.sketches[i], self.sketches[j]
        score = max(0.0, min(1.0, self.likeness.score(i, j)))
        source, translation = (first, second) if declared or _is_source(first, second) else (second, first)
        better, rival = self.rival(j, i)
        name = self.sketches[rival].path if declared and rival >= 0 and better > score else ""
        shared = tuple(self.shared(i, j)[:12])
        compared = first.language != second.language and min(first.length, second.length) >= COMPARABLE
        margin = self.margin(i, j)
        return PairLink(
            source.path, translation.path, score, declared, margin, name if compared else "", compared, shared
        )


def _stars(pairs: list[PairLink]) -> list[PairLink]:
    """Drop the pairs of two translations of one source, which are each other's likeness and not each other's source."""
    sources: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        sources[pair.translation].add(pair.source)
    return [
        pair
        for pair in pairs
        if not any(pair.source != other and other in sources[pair.source] for other in sources[pair.translation])
    ]


def _is_source(first: Sketch, second: Sketch) -> bool:
    """Tell which of two is the source.

    It is the one that the other says it is from; else the lower number, where both are numbered in one folder; else
    the English one; else the first by path.
    """
    for one, other, answer in ((second, first, True), (first, second, False)):
        if one.note and one.note[1] in ("", other.language):
            return answer
    folders = {sketch.path.rpartition("/")[0] for sketch in (first, second)}
    if len(folders) == 1 and all(re.match(r"\d{2,}_", sketch.path.rpartition("/")[2]) for sketch in (first, second)):
        return first.path < second.path
    if "en" in (first.language, second.language):
        return first.language == "en"
    return first.path < second.path
