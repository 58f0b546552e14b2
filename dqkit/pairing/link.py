"""Which file translates which: declared, or found by what two texts share and share with no other."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from dqkit.pairing.likeness import RIVAL, Likeness
from dqkit.pairing.shelf import Sketches, handles
from dqkit.place import whole_lines
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from dqkit.finding import Problem
    from dqkit.pairing.shelf import Shelf
    from dqkit.pairing.sketch import Sketch
    from dqkit.place import Place

    Found = tuple[tuple["PairLink", ...], tuple[tuple[str, str], ...]]

LEAST_MARGIN = 0.045
"""Margin (see `PairLink.margin`) a pair must have to be believed without being declared.

Source: of 867 true pairs 98 % have it; of as many texts whose partner is taken away, 1 to 2 % find a stranger by it.
"""
DOUBT, RIVALS = 0.04, 60
"""What is added to that margin in a small corpus, where it says less, and the texts of a language that halve it."""
DOUBT_AMONG_FEW, UNTOLD, FEW = 0.015, 0.07, 4
"""What is added among a few texts, what where two share fewer than TOLD anchors, and the texts that halve it."""
TOLD = 2
"""Names, dates and numbers of two digits that tell two texts from strangers whose sounds and letters are alike."""
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
    known: Collection[str] = ()
    """The ids and paths of all documents."""

    def about(self, problem: Problem) -> Sketch:
        """Give the document a problem is about: the first of its places that lies in one, and not in a sidecar."""
        paths = (place.path for place in (problem.at, *problem.related))
        return next(self.sketches[path] for path in paths if path in self.sketches)

    def declared(self, path: str) -> tuple[Place, tuple[Place, ...]]:
        """Give the place where a document's source is declared, and its first line where that is another file."""
        first = whole_lines(path, 1, 1)
        at = self.sketches[path].declared_at or first
        return at, (first,) if at.path != path else ()

    def of(self, path: str) -> Iterator[PairLink]:
        """Give the pairs a document belongs to."""
        return (pair for pair in self.pairs if path in (pair.source, pair.translation))


def link(sketches: tuple[Sketch, ...], find: Callable[[tuple[Sketch, ...]], Found] | None = None) -> Links:
    """Find the pairs of a corpus; `find` is `pairs_and_dangling`, or what gives the same."""
    pairs, dangling = (find or pairs_and_dangling)(sketches)
    shelf = Sketches(sketches)
    return Links(shelf.sketches, pairs, dangling, shelf.known)


def pairs_and_dangling(sketches: tuple[Sketch, ...]) -> Found:
    """Find the pairs of a corpus, and the documents whose declared source is not there, with what they name."""
    shelf = Sketches(sketches)
    found = Search(shelf).links(shelf.sketches)
    return found.pairs, found.dangling


class Search:
    """Finds the pairs of texts on a shelf, each from what it and its likes share: no other text is looked at.

    A pair is believed when each is the other's best match in its language, by a clear margin. So whoever knows a text's
    candidates, and the candidates of the best of them, knows its pairs.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.likeness = Likeness(shelf)
        self.plain = sum(1 for language, count in shelf.sizes.items() if language and count) < 2
        """Whether no text can be another's translation: none has anchors to be compared by."""
        self._ranked: dict[str, dict[str, list[tuple[float, str]]]] = {}
        self._found: dict[str, list[PairLink]] = {}
        self._pairs: dict[tuple[str, str, bool], PairLink] = {}

    def links(self, paths: Iterable[str], orphans: Iterable[str] = ()) -> Links:
        """Give the pairs some texts belong to or put in doubt, and which of them and of `orphans` lack their source."""
        pairs = {pair for path in {*paths} for pair in self.pairs(path)}
        dangling = []
        for path in sorted({*paths, *orphans}):
            sketch = self.shelf.sketch(path)
            if sketch.translation_of and self.source(sketch) is None:
                dangling.append((path, sketch.translation_of))
        shown = {*paths, *orphans, *(path for pair in pairs for path in (pair.source, pair.translation))}
        sketches = {path: self.shelf.sketch(path) for path in sorted(shown)}
        return Links(sketches, tuple(sorted(pairs)), tuple(dangling), self.shelf.known)

    def pairs(self, path: str) -> Iterator[PairLink]:
        """Give the pairs a text belongs to, those of other translations of its source, and those it is the rival in."""
        sketch = self.shelf.sketch(path)
        for one in filter(None, (path, self.source(sketch))):
            yield from (self.pair(one, other, declared=True) for other in self.translations(self.shelf.sketch(one)))
        found = self.found(path)
        around = {pair for one in found for end in (one.source, one.translation) for pair in self.found(end)}
        yield from (pair for pair in stars(around) if path in (pair.source, pair.translation))
        for score, other in (one for ranked in self.ranked(path).values() for one in ranked):
            source = self.source(self.shelf.sketch(other))
            if not source or source == path or score <= self.likeness.score(source, other):
                continue
            if (pair := self.pair(source, other, declared=True)).rival == path:
                yield pair

    def source(self, sketch: Sketch) -> str | None:
        """Give the path of a text's declared source; None where it declares none, or none that is there."""
        if not sketch.translation_of:
            return None
        found = min(self.shelf.named(sketch.translation_of), default=None)
        return None if found == sketch.path else found

    def translations(self, sketch: Sketch) -> set[str]:
        """Give the paths of the texts that declare this one their source."""
        naming = {path for handle in handles(sketch) for path in self.shelf.declaring(handle)}
        return {path for path in naming if self.source(self.shelf.sketch(path)) == sketch.path}

    def tied(self, path: str) -> bool:
        """Tell whether a text has a declared source or a declared translation."""
        sketch = self.shelf.sketch(path)
        return self.source(sketch) is not None or bool(self.translations(sketch))

    def found(self, path: str) -> list[PairLink]:
        """Give the pairs that are not declared and believed, those of two translations of one source among them."""
        if path not in self._found:
            first = (ranked[0] for ranked in self.ranked(path).values())
            best = [other for score, other in first if score >= self.least(path, other)]
            own = self.shelf.language(path) if best else ""
            mutual = [other for other in best if self.ranked(other).get(own, ((0.0, ""),))[0][1] == path]
            self._found[path] = [
                self.pair(*sorted((path, other)), declared=False)
                for other in mutual
                if self.is_sure(path, other) and not (self.tied(path) and self.tied(other))
            ]
        return self._found[path]

    def ranked(self, path: str) -> dict[str, list[tuple[float, str]]]:
        """Give a text's candidates with their scores by language, the best first."""
        if path not in self._ranked:
            candidates = {} if self.plain else self.likeness.candidates(path)
            scored = {
                language: [(self.likeness.score(path, other), other) for other in others]
                for language, others in candidates.items()
                if others
            }
            self._ranked[path] = {
                language: sorted(pairs, key=lambda pair: (-pair[0], pair[1])) for language, pairs in scored.items()
            }
        return self._ranked[path]

    def is_sure(self, one: str, other: str) -> bool:
        """Tell whether two texts that are each other's best match are so by a clear margin."""
        margin = self.margin(one, other)
        if margin < self.least(one, other):
            return False
        if margin >= self.least(one, other, UNTOLD):
            return True
        return sum(len(anchor.lstrip("#@")) > 1 for anchor in self.shared(one, other)) >= TOLD

    def least(self, one: str, other: str, among_few: float = DOUBT_AMONG_FEW) -> float:
        """Give the margin that makes a pair of two texts sure, and so the least score of such a pair."""
        texts = self.texts(one, other)
        return LEAST_MARGIN + DOUBT * RIVALS / (RIVALS + texts) + among_few * FEW / (FEW + texts)

    def texts(self, one: str, other: str) -> int:
        """Count the texts of the rarer language of two."""
        return min(self.shelf.sizes[self.shelf.language(path)] for path in (one, other))

    def margin(self, one: str, other: str) -> float:
        """Give a pair's score less half of the best that either side reaches with another text of the language."""
        rivals = (self.rivals(one, other), self.rivals(other, one))
        best = [max(0.0, found[0][0]) for found in rivals if found]
        return self.likeness.score(one, other) - RIVAL * sum(best)

    def rivals(self, path: str, other: str) -> list[tuple[float, str]]:
        """Give the candidates of a text in the language of another, that one aside, the best first."""
        return [one for one in self.ranked(path).get(self.shelf.language(other), ()) if one[1] != other]

    def rival(self, source: str, translation: str) -> str:
        """Give the text that is more like a translation than its declared source, and has it among its candidates."""
        score = max(0.0, min(1.0, self.likeness.score(source, translation)))
        own = self.shelf.language(translation)
        for better, path in self.rivals(translation, source):
            if better > score and any(one[1] == translation for one in self.ranked(path).get(own, ())):
                return path
        return ""

    def shared(self, one: str, other: str) -> list[str]:
        """Give the numbers, dates and names that two texts share, the rarest first."""
        weights = self.likeness.weights
        both = {*self.shelf.sketch(one).anchors} & {*self.shelf.sketch(other).anchors}
        named = [anchor for anchor in both if weights[anchor] and not anchor.startswith("~")]
        return sorted(named, key=lambda anchor: (-weights[anchor], anchor))

    def pair(self, one: str, other: str, *, declared: bool) -> PairLink:
        """Make the pair of two texts; where it is declared, the first is the source."""
        if (one, other, declared) not in self._pairs:
            self._pairs[one, other, declared] = self._pair(one, other, declared)
        return self._pairs[one, other, declared]

    def _pair(self, one: str, other: str, declared: bool) -> PairLink:
        first, second = self.shelf.sketch(one), self.shelf.sketch(other)
        source, translation = (one, other) if declared or _is_source(first, second) else (other, one)
        if self.plain:
            return PairLink(source, translation, 0.0, declared)
        score = max(0.0, min(1.0, self.likeness.score(one, other)))
        compared = first.language != second.language and min(first.length, second.length) >= COMPARABLE
        rival = self.rival(one, other) if declared and compared else ""
        shared = tuple(self.shared(one, other)[:12])
        return PairLink(source, translation, score, declared, self.margin(one, other), rival, compared, shared)


def stars(pairs: Collection[PairLink]) -> list[PairLink]:
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
