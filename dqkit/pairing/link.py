"""Which file translates which: declared, or found by the numbers, dates and names two texts share."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from dqkit.finding import Problem
    from dqkit.pairing.sketch import Sketch

    Found = tuple[tuple["PairLink", ...], tuple[tuple[str, str], ...]]

Member = TypeVar("Member", int, str)
BACKGROUND = 2_000
"""Articles of an imagined corpus that are added to the real one, so that a corpus of two has a notion of rare."""
COMMON = 64
"""Documents an anchor may stand in to be worth following."""
LEAST_SCORE, LEAST_SHARED = 0.2, 4
"""Score and number of shared anchors a pair must have to be believed without being declared."""
MARGIN = 1.25
"""How many times better than the second best a pair must be."""


class PairLink(NamedTuple):
    """A source and its translation by their paths."""

    source: str
    translation: str
    score: float
    """How much of what the two could share they do share, 0 to 1."""
    declared: bool
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

    def of(self, path: str) -> Iterator[PairLink]:
        """Give the pairs a document belongs to."""
        return (pair for pair in self.pairs if path in (pair.source, pair.translation))


def link(sketches: tuple[Sketch, ...], find: Callable[[tuple[Sketch, ...]], Found] | None = None) -> Links:
    """Find the pairs of a corpus; `find` is `pairs_and_dangling`, or what gives the same."""
    by_path = {sketch.path: sketch for sketch in sketches}
    known = {name for sketch in sketches for name in (sketch.id, sketch.path) if name}
    return Links(by_path, *(find or pairs_and_dangling)(sketches), known)


def pairs_and_dangling(sketches: tuple[Sketch, ...]) -> Found:
    """Find the pairs of a corpus, and the documents whose declared source is not there, with what they name."""
    by_path = {sketch.path: sketch for sketch in sketches}
    weights = _weights(sketches)
    declared, dangling = _declared(sketches)
    tied = {path for pair in declared for path in pair}
    pairs = [pair_of(by_path[a], by_path[b], weights, declared=True) for a, b in declared]
    pairs += stars([pair for pair in _found(sketches, weights) if not {pair.source, pair.translation} <= tied])
    return tuple(sorted(pairs)), tuple(dangling)


def _declared(sketches: tuple[Sketch, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Resolve declared sources by id, path, file name or file name without extension."""
    names: dict[str, str] = {}
    for sketch in reversed(sketches):
        names.update(dict.fromkeys(handles(sketch), sketch.path))
    pairs, dangling = [], []
    for sketch in sketches:
        if sketch.translation_of:
            source = names.get(sketch.translation_of)
            if source and source != sketch.path:
                pairs.append((source, sketch.path))
            else:
                dangling.append((sketch.path, sketch.translation_of))
    return pairs, dangling


def handles(sketch: Sketch) -> Iterator[str]:
    """Give the names by which a translation can declare a document its source."""
    name = sketch.path.rpartition("/")[2]
    return filter(None, (name.rpartition(".")[0], name, sketch.path, sketch.id))


def anchors(sketch: Sketch) -> Iterator[str]:
    """Give what a sketch can be found by: `#` before a number, `@` before a date, names as they are."""
    yield from (f"#{value}" for value in sketch.numbers)
    yield from (f"@{value}" for value in sketch.dates)
    yield from sketch.names


def _weights(sketches: tuple[Sketch, ...]) -> dict[str, float]:
    """Weigh each anchor by how rare it is, here and in general."""
    counts: dict[str, int] = defaultdict(int)
    for sketch in sketches:
        for anchor in anchors(sketch):
            counts[anchor] += 1
    return {anchor: weight(anchor, count, len(sketches)) for anchor, count in counts.items()}


def weight(anchor: str, count: int, total: int) -> float:
    """Weigh an anchor that stands in `count` of `total` documents."""
    return math.log((total + BACKGROUND) / (count + _usual(anchor)))


def _usual(anchor: str) -> float:
    """Estimate in how many of BACKGROUND articles an anchor stands: small, round numbers and years are in many."""
    if anchor[0] == "@":
        return 400 if anchor.endswith("-0") else 60
    if anchor[0] != "#":
        return 20
    value = anchor[1:]
    if "." in value:
        return 20
    if len(value) <= 2:
        return 900 if len(value) == 1 else 400
    if len(value) == 4 and value[:2] in ("19", "20"):
        return 300
    return 150 if value.rstrip("0") in ("1", "2", "3", "5") else 20 if len(value) > 3 else 60


def _found(sketches: tuple[Sketch, ...], weights: dict[str, float]) -> list[PairLink]:
    """Find pairs that are each other's best match in their languages, by a clear margin."""
    if len({sketch.language for sketch in sketches}) < 2:
        return []
    index: dict[str, list[int]] = defaultdict(list)
    for number, sketch in enumerate(sketches):
        for anchor in anchors(sketch):
            index[anchor].append(number)
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for anchor, members in index.items():
        if 2 <= len(members) <= COMMON:
            for at, first in enumerate(members):
                for second in members[at + 1 :]:
                    if foreign(sketches[first], sketches[second]):
                        shared[first, second].append(anchor)
    scores = {
        pair: score_of(sketches[pair[0]], sketches[pair[1]], names, weights)
        for pair, names in shared.items()
        if len(names) >= LEAST_SHARED
    }
    best: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for (first, second), score in scores.items():
        best[first, sketches[second].language or ""].append((score, second))
        best[second, sketches[first].language or ""].append((score, first))
    return [
        pair_of(sketches[first], sketches[second], weights, declared=False)
        for (first, second), score in scores.items()
        if score >= LEAST_SCORE
        and is_best(best[first, sketches[second].language or ""], second)
        and is_best(best[second, sketches[first].language or ""], first)
    ]


def stars(pairs: list[PairLink]) -> list[PairLink]:
    """Drop the pairs of two translations of one source, which are each other's likeness and not each other's source."""
    sources: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        sources[pair.translation].add(pair.source)
    return [
        pair
        for pair in pairs
        if not any(pair.source != other and other in sources[pair.source] for other in sources[pair.translation])
    ]


def foreign(left: Sketch, right: Sketch) -> bool:
    """Tell whether two documents are known to be in different languages."""
    return bool(left.language and right.language and left.language != right.language)


def is_best(candidates: Iterable[tuple[float, Member]], wanted: Member) -> bool:
    """Tell whether, of some candidates with their scores, one is the best by a clear margin."""
    ranked = sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1]))
    return ranked[0][1] == wanted and (len(ranked) == 1 or ranked[0][0] >= MARGIN * ranked[1][0])


def score_of(left: Sketch, right: Sketch, shared: Iterable[str], weights: Mapping[str, float]) -> float:
    """Give the weight of the shared anchors, of the geometric mean of what either could share."""
    common = math.fsum(weights[anchor] for anchor in shared)  # exact, so that the order of anchors tells nothing
    totals = [
        math.fsum(weights[anchor] for anchor in comparable(one, other)) for one, other in ((left, right), (right, left))
    ]
    return min(1.0, common / math.sqrt(totals[0] * totals[1])) if all(totals) else 0.0


def comparable(sketch: Sketch, other: Sketch) -> Iterator[str]:
    """Give a sketch's anchors of the kinds that the other one has as well: a text without dates shares none."""
    kinds = ((other.numbers, "#"), (other.dates, "@"))
    present = {mark for values, mark in kinds if values}
    for anchor in anchors(sketch):
        mark = anchor[0] if anchor[0] in "#@" else ""
        if mark in present or (not mark and len(other.names) * 4 >= len(sketch.names)):
            yield anchor


def pair_of(first: Sketch, second: Sketch, weights: Mapping[str, float], *, declared: bool) -> PairLink:
    """Make the pair of two documents; `first` is the source where that is declared, else the first by path."""
    shared = sorted(set(anchors(first)) & set(anchors(second)), key=lambda anchor: (-weights[anchor], anchor))
    score = score_of(first, second, shared, weights)
    source, translation = (first, second) if declared or _is_source(first, second) else (second, first)
    return PairLink(source.path, translation.path, score, declared, tuple(shared[:12]))


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
