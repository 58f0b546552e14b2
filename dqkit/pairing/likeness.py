"""How much of what two texts of different languages could share they do share, and how alike they are beside others."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from dqkit.pairing.sketch import STEP, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.pairing.sketch import Sketch

KINDS = {"#": 0.7, "name": 0.7, "~": 0.8, "gram": 1.5}
"""What the kinds of anchors count: numbers and dates, names, sounds, runs of letters.

Source: tuned by hand on 867 pairs of published translations in 43 pairs of languages.
"""
TOTAL = sum(KINDS.values())
BACKGROUND = 40
"""Articles of an imagined corpus that are added to each language, so that a corpus of two has a notion of rare."""
USUAL = {"#": 0.06, "name": 0.02, "~": 0.05, "gram": 0.08}
"""Share of articles of that corpus that an anchor of each kind stands in, where nothing else is known."""
ANYWHERE = 0.15
"""What an anchor that both share is worth where it stands elsewhere; the rest is for the same place."""
SLACK, SLACK_SHARE = 150 / STEP, 0.12
"""How far the places of an anchor may be apart, in steps, and that as a share of the greater of them."""
LENGTH_COST, BLOCKS_COST, MOST_RATIO = 0.03, 0.2, 1.5
"""What a difference in length and in the number of paragraphs costs, by the logarithm of the ratio, and its bound."""
BUDGET = 2_000
"""Entries of the index that are followed for one text, from its rarest anchor on: what keeps linking linear."""
RANKED, RANK_BUDGET = 40, 40_000
"""Texts that are compared in full to rank those of one language, and the entries followed to choose them."""
KEPT = 4
"""Candidates of each language that are compared in full."""
RIVAL = 0.5
"""Share of the second best likeness, of either side, that is subtracted from a pair's own: a margin beats a score."""


class Likeness:
    """Compares the texts of a corpus. Texts are named by their index in it."""

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self.sketches = sketches
        self.members: dict[str, list[int]] = defaultdict(list)
        for i, sketch in enumerate(sketches):
            self.members[sketch.language or ""].append(i)
        self.weights = self._weights()
        self.places = lru_cache(maxsize=4096)(self._places)
        self.norms = [self._norms(i) for i in range(len(sketches))]
        self._scores: dict[tuple[int, int], float] = {}

    def _weights(self) -> dict[str | int, float]:
        """Weigh each anchor that two languages have by how rare it is where it is commonest: squared, so as to add."""
        rates: dict[str | int, float] = {}
        languages: dict[str | int, int] = defaultdict(int)
        for members in self.members.values():
            counts: dict[str | int, int] = defaultdict(int)
            for i in members:
                for anchor in places(self.sketches[i]):
                    counts[anchor] += 1
            for anchor, count in counts.items():
                rate = (count + BACKGROUND * USUAL[kind(anchor)]) / (len(members) + BACKGROUND)
                rates[anchor] = max(rates.get(anchor, 0.0), rate)
                languages[anchor] += 1
        return {a: math.log(rate) ** 2 for a, rate in rates.items() if languages[a] > 1 and rate < 1}

    def _places(self, i: int) -> dict[str | int, int]:
        weights = self.weights
        return {anchor: at for anchor, at in places(self.sketches[i]).items() if anchor in weights}

    def _norms(self, i: int) -> dict[str, float]:
        """Give the weight of all a text could share, by kind."""
        totals = dict.fromkeys(KINDS, 0.0)
        for anchor in self._places(i):
            totals[kind(anchor)] += self.weights[anchor]
        return totals

    def score(self, left: int, right: int) -> float:
        """Give how alike two texts are: at most 1, about 0 for strangers, and below for those of other lengths."""
        pair = (left, right) if left < right else (right, left)
        if pair not in self._scores:
            self._scores[pair] = self._score(*pair)
        return self._scores[pair]

    def _score(self, left: int, right: int) -> float:
        first, second, weights = self.places(left), self.places(right), self.weights
        common = dict.fromkeys(KINDS, 0.0)
        for anchor in first.keys() & second.keys():
            here, there = first[anchor], second[anchor]
            far = (here - there) / (SLACK_SHARE * (max(there, here)) + SLACK)
            worth = weights[anchor] * (ANYWHERE + (1 - ANYWHERE) / (1 + far * far))
            common["gram" if anchor.__class__ is int else kind(anchor)] += worth
        norms = zip(KINDS, self.norms[left].values(), self.norms[right].values(), strict=True)
        total = sum(KINDS[k] * common[k] / math.sqrt(one * other) for k, one, other in norms if one and other)
        one, other = self.sketches[left], self.sketches[right]
        lengths = abs(math.log((one.length + 20) / (other.length + 20)))
        blocks = abs(math.log((one.blocks + 2) / (other.blocks + 2)))
        return (total - LENGTH_COST * min(MOST_RATIO, lengths) - BLOCKS_COST * min(MOST_RATIO, blocks)) / TOTAL

    @cached_property
    def index(self) -> dict[str | int, list[int]]:
        """The texts that have each anchor."""
        index: dict[str | int, list[int]] = defaultdict(list)
        for i in range(len(self.sketches)):
            for anchor in self.places(i):
                index[anchor].append(i)
        return index

    def candidates(self) -> list[dict[str, list[int]]]:
        """Give the texts worth comparing with each text, by language: those that share the most of its rare anchors."""
        return [self._candidates(i) for i in range(len(self.sketches))]

    def _candidates(self, i: int) -> dict[str, list[int]]:
        sketches, own = self.sketches, self.sketches[i].language
        shared = self._shared(i, BUDGET)
        by_language: dict[str, list[int]] = defaultdict(list)
        for other in sorted(shared, key=lambda other: (-shared[other], other)):
            language = sketches[other].language
            if language and own and language != own and len(by_language[language]) < KEPT:
                by_language[language].append(other)
        return by_language

    def _shared(self, i: int, budget: int) -> dict[int, float]:
        """Give the weight of the rarest anchors of a text that others share, from as many entries of the index."""
        index, shared = self.index, defaultdict[int, float](float)
        for anchor in sorted(self.places(i), key=lambda a: (len(index[a]), str(a))):
            weight = self.weights[anchor]
            for other in index[anchor]:
                shared[other] += weight
            budget -= len(index[anchor])
            if budget < 0:
                break
        return shared

    def rank(self, i: int, others: Iterable[int]) -> list[int]:
        """Order the texts that share the most of a text's rarer anchors by how alike they are, the most alike first."""
        shared = self._shared(i, RANK_BUDGET)
        likeliest = sorted(others, key=lambda other: (-shared.get(other, 0.0), other))[:RANKED]
        return sorted(likeliest, key=lambda other: (-self.score(i, other), other))


def kind(anchor: str | int) -> str:
    """Name the kind of an anchor, one of KINDS."""
    if isinstance(anchor, int):
        return "gram"
    first = anchor[0]
    return "#" if first in "#@" else "~" if first == "~" else "name"
