"""How much of what two texts of different languages could share they do share, and how alike they are beside others."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from dqkit.pairing.sketch import STEP, anchors, gram_places, places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.shelf import Shelf

KINDS = {"#": 0.7, "name": 0.7, "~": 0.8, "gram": 1.5}
"""What the kinds of anchors count: numbers and dates, names, sounds, runs of letters.

Source: tuned by hand on 867 pairs of published translations in 43 pairs of languages.
"""
TOTAL = sum(KINDS.values())
BACKGROUND = 40
"""Articles of an imagined corpus that are added to each language, so that a corpus of two has a notion of rare."""
USUAL = {"#": 0.06, "name": 0.02, "~": 0.05, "gram": 0.08}
"""Share of articles of that corpus that an anchor of each kind stands in, where nothing else is known."""
COMMON = 0.5
"""Share of the texts of a language from which an anchor says nothing."""
TRUSTED = 2
"""Texts of other languages that must lack an anchor for half of its weight to be taken for its language's own.

In a corpus of two texts, all anchors of another language are the ones they share: without the rest, strangers would
share all they could. Source: on corpora of 2 to 26 articles, where 98 % of the pairs are found, 99 % of the texts
without a partner stay unpaired by it, and 91 % without.
"""
ANYWHERE = 0.15
"""What an anchor that both share is worth where it stands elsewhere; the rest is for the same place."""
SLACK, SLACK_SHARE = 150 / STEP, 0.12
"""How far the places of an anchor may be apart, in steps, and that as a share of the greater of them."""
LENGTH_COST, BLOCKS_COST, MOST_RATIO = 0.03, 0.2, 1.5
"""What a difference in length and in the number of paragraphs costs, by the logarithm of the ratio, and its bound."""
BUDGET = 2_000
"""Entries of the index that are followed for one text, from its rarest anchor on: what keeps linking linear."""
KEPT = 4
"""Candidates of each language that are compared in full."""
RIVAL = 0.5
"""Share of the second best likeness, of either side, that is subtracted from a pair's own: a margin beats a score."""


class Weights(dict["str | int", float]):
    """Weighs each anchor by how rare it is where it is commonest: squared, so as to add.

    One that no other language has, or that most texts of a language have, weighs nothing.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.counts: dict[str | int, int] = {}
        """In how many texts each anchor stands that was weighed."""
        self.alone: dict[str | int, float] = {}
        """What those would weigh that only one language has."""

    def __missing__(self, anchor: str | int) -> float:
        counts, sizes = self.shelf.counts(anchor), self.shelf.sizes
        usual = BACKGROUND * USUAL[kind(anchor)]
        rate = max([(count + usual) / (sizes[language] + BACKGROUND) for language, count in counts.items()])
        weight = math.log(rate) ** 2 if rate <= COMMON else 0.0
        if len(counts) < 2:
            self.alone[anchor], weight = weight, 0.0
        self.counts[anchor] = sum(counts.values())
        self[anchor] = weight
        return weight


class Likeness:
    """Compares the texts of a shelf, by their paths; what it needs is looked up when it is needed."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.weights = Weights(shelf)
        self.places = lru_cache(maxsize=4096)(self._places)
        self._norms: dict[str, dict[str, float]] = {}
        self._scores: dict[tuple[str, str], float] = {}
        self._candidates: dict[str, dict[str, list[str]]] = {}

    def _places(self, path: str) -> dict[str, dict[str | int, int]]:
        """Give the anchors of a text that another language has, by kind, and where they stand."""
        sketch, weights = self.shelf.sketch(path), self.weights
        found: dict[str, dict[str | int, int]] = {name: {} for name in KINDS}
        for anchor, at in places(sketch):
            if weights[anchor]:
                found[kind(anchor)][anchor] = at
        found["gram"] = {gram: at for gram, at in gram_places(sketch) if weights[gram]}
        return found

    def norms(self, path: str) -> dict[str, float]:
        """Give the weight of all a text could share, by kind.

        What no other language has counts in full if there are no other texts, and less the more of them lack it.
        """
        if path not in self._norms:
            weights, sizes = self.weights, self.shelf.sizes
            shared: dict[str, list[float]] = {name: [] for name in KINDS}
            alone: dict[str, list[float]] = {name: [] for name in KINDS}
            for anchor in anchors(self.shelf.sketch(path)):
                if weight := weights[anchor]:
                    shared[kind(anchor)].append(weight)
                elif weight := weights.alone.get(anchor, 0.0):
                    alone[kind(anchor)].append(weight)
            others = sum(sizes.values()) - sizes.get("", 0) - sizes[self.shelf.language(path)]
            share = TRUSTED / (TRUSTED + others)
            self._norms[path] = {name: math.fsum(shared[name]) + share * math.fsum(alone[name]) for name in KINDS}
        return self._norms[path]

    def score(self, left: str, right: str) -> float:
        """Give how alike two texts are: at most 1, about 0 for strangers, and below for those of other lengths."""
        pair = (left, right) if left < right else (right, left)
        if pair not in self._scores:
            self._scores[pair] = self._score(*pair)
        return self._scores[pair]

    def _score(self, left: str, right: str) -> float:
        first, second, weights = self.places(left), self.places(right), self.weights
        lefts, rights = self.norms(left), self.norms(right)
        total = 0.0
        for name, worth in KINDS.items():
            here, there = first[name], second[name]
            common = []
            for anchor in here.keys() & there.keys():  # in any order, as its exact sum depends on none
                one, other = here[anchor], there[anchor]
                most = one if one > other else other  # noqa: FURB136  # this runs a million times, and max() is slow
                far = (one - other) / (SLACK_SHARE * most + SLACK)
                common.append(weights[anchor] * (ANYWHERE + (1 - ANYWHERE) / (1 + far * far)))
            if common:
                total += worth * math.fsum(common) / math.sqrt(lefts[name] * rights[name])
        one_sketch, other_sketch = self.shelf.sketch(left), self.shelf.sketch(right)
        lengths = abs(math.log((one_sketch.length + 20) / (other_sketch.length + 20)))
        blocks = abs(math.log((one_sketch.blocks + 2) / (other_sketch.blocks + 2)))
        return (total - LENGTH_COST * min(MOST_RATIO, lengths) - BLOCKS_COST * min(MOST_RATIO, blocks)) / TOTAL

    def candidates(self, path: str) -> dict[str, list[str]]:
        """Give the texts worth comparing with a text, by language: those that share the most of its rare anchors."""
        if path not in self._candidates:
            self._candidates[path] = self._candidates_of(path)
        return self._candidates[path]

    def _candidates_of(self, path: str) -> dict[str, list[str]]:
        shelf, own, weights = self.shelf, self.shelf.language(path), self.weights
        worth = {name: KINDS[name] / norm for name, norm in self.norms(path).items() if norm}
        walked = [(-weights[anchor], anchor, worth[name]) for name, at in self.places(path).items() for anchor in at]
        shared: dict[str, float] = defaultdict(float)
        left = BUDGET
        for weight, anchor, each in sorted(walked, key=lambda one: (one[0], str(one[1]))):
            left -= weights.counts[anchor]
            if left < 0 and shared:
                break
            for other in shelf.members(anchor):
                shared[other] -= weight * each
        by_language: dict[str, list[str]] = defaultdict(list)
        for other in sorted(shared, key=lambda other: (-shared[other], other)):
            language = shelf.language(other)
            if language and own and language != own and len(by_language[language]) < KEPT:
                by_language[language].append(other)
        return by_language

    def rank(self, path: str, others: Iterable[str]) -> list[str]:
        """Order texts by how alike they are to a text, the most alike first."""
        return sorted(others, key=lambda other: (-self.score(path, other), other))


def kind(anchor: str | int) -> str:
    """Name the kind of an anchor, one of KINDS."""
    if isinstance(anchor, int):
        return "gram"
    first = anchor[0]
    return "#" if first in "#@" else "~" if first == "~" else "name"
