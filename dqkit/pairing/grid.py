"""The table that blocks are aligned by: one to one, one to two, two to one, or one to nothing.

Dynamic programming over blocks in the manner of Gale and Church 1991, "A program for aligning sentences in bilingual
corpora", on one length scale for all scripts, with what the blocks share (numbers, dates, names, sounds) as anchors.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from dqkit.pairing.words import expansion
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dqkit.pairing.profile import Profile, ProfileBlock

    Step = tuple[float, int, int, float]
    """The cost of the cheapest way that ends with a move, the blocks it takes of either side, its own cost."""

MOVES = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
"""Blocks taken of either side at once; two for two are two pairs between which a sentence moved."""
SKIP_COST, SKIP_SHORT_COST, JOIN_COST = 5.0, 1.2, 4.0
"""What leaving out a block of running text, or a short one, and each joining of two blocks cost.

The unit is half a squared standard deviation of the logarithm of the ratio of lengths.
"""
SHIFT_COST = 4.0
"""What a sentence costs that moved from one of two blocks to the other, so that their lengths cancel."""
SPREAD, SPREAD_SHORT, MOST_UNLIKE = 0.06, 1.1, 14.0
"""That standard deviation, what is added to it over the root of the length, and the most a difference costs.

Source: measured on 5,890 paragraphs of 110 published translations; beyond three deviations the cost grows evenly.
"""
ANCHOR_GAIN, STRANGER_COST = 10.0, 3.0
"""What blocks that share all their anchors gain, and what those that share none of many cost."""
KIND_COST = 1.5
"""What aligning a heading with running text costs; joining them costs three times as much."""
BAND = 24
"""Blocks the two sides may be apart, beyond their proportion and the difference of their numbers."""
WEIGHTS = {"#": 2.0, "@": 2.0, "~": 0.6, "name": 1.5, "gram": 0.3}
"""What the kinds of anchors count."""
SLACK = 40.0
"""How much dearer than the best a way of single blocks may be for its points to be looked at."""
FAR = 1e9


class Bead(NamedTuple):
    """Blocks that correspond, by their index on either side; one side may be empty."""

    source: tuple[int, ...]
    translation: tuple[int, ...]
    likeness: float
    """Share of anchors in common, 0 to 1."""
    cost: float
    """What it costs, see `Grid`."""


class Grid:
    """The costs of aligning blocks, and of the cheapest ways from either end to each point between blocks."""

    def __init__(self, source: Profile, translation: Profile) -> None:
        self.left, self.right = source.blocks, translation.blocks
        self.rows, self.columns = len(self.left), len(self.right)
        usual = expansion(source.language, translation.language)
        body = [sum(block.length for block in side) + 200 for side in (self.left, self.right)]
        self.shift = usual + 0.5 * max(-0.3, min(0.3, math.log(body[1] / body[0]) - usual))
        self.lengths = [[block.length for block in side] for side in (self.left, self.right)]
        self.kinds = [[block.kind for block in side] for side in (self.left, self.right)]
        self.weights = self._weights()
        self.masses = [[sum(map(self._weight, block.anchors)) for block in side] for side in (self.left, self.right)]
        self.common = self._common()
        self.skips = [[_skip(block) for block in side] for side in (self.left, self.right)]
        self._singles: dict[tuple[int, int], float] = {}
        self.corridor = self._corridor()
        self.steps = self._steps()

    def _weights(self) -> dict[str | int, float]:
        """Weigh each anchor of both sides by its kind and by how few blocks have it."""
        counts = [Counter(anchor for block in side for anchor in block.anchors) for side in (self.left, self.right)]
        total = max(self.rows, self.columns) + 1
        found = {}
        for anchor in counts[0].keys() & counts[1].keys():
            kind = "gram" if isinstance(anchor, int) else anchor[0] if anchor[0] in WEIGHTS else "name"
            found[anchor] = WEIGHTS[kind] * (0.2 + math.log(total / max(counts[0][anchor], counts[1][anchor])))
        return found

    def _weight(self, anchor: str | int) -> float:
        return self.weights.get(anchor, 0.0)

    def _common(self) -> list[dict[int, float]]:
        """Give the weight of what each block of the source shares with each of the translation, 0 left out."""
        index: dict[str | int, list[int]] = defaultdict(list)
        for j, block in enumerate(self.right):
            for anchor in block.anchors:
                if anchor in self.weights:
                    index[anchor].append(j)
        found = []
        for block in self.left:
            row: dict[int, float] = defaultdict(float)
            for anchor in block.anchors:
                for j in index.get(anchor, ()):
                    row[j] += self.weights[anchor]
            found.append(dict(row))
        return found

    def likeness(self, lefts: Sequence[int], rights: Sequence[int]) -> float:
        """Give the share of what the blocks of two sides could share that they do share, 0 to 1."""
        common = sum(self.common[i].get(j, 0.0) for i in lefts for j in rights)
        masses = (sum(side[i] for i in chosen) for side, chosen in zip(self.masses, (lefts, rights), strict=True))
        return min(1.0, common / (math.sqrt(math.prod(masses)) + 2.0))

    def single(self, i: int, j: int) -> float:
        """Give the cost of taking a block of the source for one of the translation."""
        cost = self._singles.get((i, j))
        if cost is None:
            cost = self._singles[i, j] = self.cost(i, j)
        return cost

    def cost(self, i: int, j: int, rows: int = 1, columns: int = 1) -> float:
        """Give the cost of taking `rows` blocks of the source from `i` for `columns` of the translation from `j`."""
        (lengths, others), (masses, opposite) = self.lengths, self.masses
        first, second, left, right = lengths[i], others[j], masses[i], opposite[j]
        common = self.common[i].get(j, 0.0)
        kinds, against = self.kinds[0][i], self.kinds[1][j]
        extra = 0.0
        for at in range(i + 1, i + rows):
            first, left = first + lengths[at], left + masses[at]
            common += self.common[at].get(j, 0.0)
            extra += JOIN_COST + 3 * KIND_COST * (self.kinds[0][at] != kinds)
        for at in range(j + 1, j + columns):
            second, right = second + others[at], right + opposite[at]
            common += self.common[i].get(at, 0.0)
            extra += JOIN_COST + 3 * KIND_COST * (self.kinds[1][at] != against)
        least = min(right, left)
        gain = ANCHOR_GAIN * common / (math.sqrt(left * right) + 2.0)
        if kinds != against:
            extra += KIND_COST * (4 if "byline" in (kinds, against) else 1)
        return self._unlike(first, second) - gain + STRANGER_COST * (least / 12 if least < 12 else 1.0) + extra

    def _unlike(self, first: float, second: float) -> float:
        """Give what the lengths of corresponding passages cost."""
        ratio = math.log((second + 8) / (first + 8)) - self.shift
        unlike = abs(ratio) / (SPREAD + SPREAD_SHORT / math.sqrt(first + second + 4))
        return min(MOST_UNLIKE, 0.5 * unlike * unlike if unlike < 3 else 3 * unlike - 4.5)

    def _shifted(self, i: int, j: int) -> float:
        """Give the cost of taking two blocks for two, one by one, where a sentence of one stands in the other."""
        mine, others = self.lengths[0][i : i + 2], self.lengths[1][j : j + 2]
        alone = [self._unlike(one, other) for one, other in zip(mine, others, strict=True)]
        if min(alone) < 1 or any(
            kinds[at] != "body" for kinds, k in zip(self.kinds, (i, j), strict=True) for at in (k, k + 1)
        ):
            return FAR
        apart = self.single(i, j) + self.single(i + 1, j + 1)
        return apart - sum(alone) + self._unlike(sum(mine), sum(others)) + SHIFT_COST

    def _corridor(self) -> list[list[int]]:
        """Give the points of each row worth looking at: those of ways of single blocks hardly dearer than the best."""
        band = BAND + abs(self.rows - self.columns)
        spans = []
        for i in range(self.rows + 1):
            middle = round(i * self.columns / max(1, self.rows))
            spans.append(range(max(0, middle - band), min(self.columns, middle + band) + 1))
        singles = [{j: self.single(i, j) for j in spans[i] if j < self.columns} for i in range(self.rows)]
        skips, others = self.skips
        ahead: list[dict[int, float]] = []
        for i, span in enumerate(spans):
            here: dict[int, float] = {}
            above, costs = (ahead[i - 1], singles[i - 1]) if i else ({}, {})
            left = FAR
            for j in span:
                way = above.get(j, FAR) + skips[i - 1] if i else FAR if j else 0.0
                if j:
                    way = min(way, left + others[j - 1], above.get(j - 1, FAR) + costs.get(j - 1, FAR))
                here[j] = left = way
            ahead.append(here)
        most = ahead[self.rows][self.columns] + SLACK
        below: dict[int, float] = {}
        corridor = []
        for i in range(self.rows, -1, -1):
            costs = singles[i] if i < self.rows else {}
            back: dict[int, float] = {}
            right = FAR
            for j in reversed(spans[i]):
                way = below.get(j, FAR) + skips[i] if i < self.rows else FAR if j < self.columns else 0.0
                if j < self.columns:
                    way = min(way, right + others[j], below.get(j + 1, FAR) + costs.get(j, FAR))
                back[j] = right = way
            corridor.append([j for j in spans[i] if ahead[i][j] + back[j] <= most])
            below = back
        return corridor[::-1]

    def _steps(self) -> list[dict[int, list[Step]]]:
        """Give the moves that lead to each point, each with the cost of the move and then of the way to its end."""
        table: list[dict[int, list[Step]]] = []
        best: list[dict[int, float]] = []
        for i, span in enumerate(self.corridor):
            row: dict[int, list[Step]] = {}
            here: dict[int, float] = {} if i else {0: 0.0}
            best.append(here)
            for j in span:
                steps: list[Step] = []
                for di, dj in MOVES:
                    if di <= i and dj <= j and (way := best[i - di].get(j - dj, FAR)) < FAR:
                        cost = self._move(i, j, di, dj)
                        if cost < FAR:
                            steps.append((way + cost, di, dj, cost))
                if steps:
                    here[j] = min(steps)[0]
                row[j] = steps
            table.append(row)
        return table

    def _move(self, i: int, j: int, di: int, dj: int) -> float:
        if not dj:
            return self.skips[0][i - 1]
        if not di:
            return self.skips[1][j - 1]
        if di == dj:
            return self.single(i - 1, j - 1) if di == 1 else self._shifted(i - 2, j - 2)
        return self.cost(i - di, j - dj, di, dj)

    def _behind(self) -> list[dict[int, float]]:
        """Give the cost of the cheapest way from each point to the end."""
        best: list[dict[int, float]] = [{} for _ in range(self.rows + 1)]
        best[self.rows][self.columns] = 0.0
        for i in range(self.rows, -1, -1):
            for j in reversed(self.corridor[i]):
                here = best[i].get(j, FAR)
                for _, di, dj, cost in self.steps[i][j]:
                    if here + cost < best[i - di].get(j - dj, FAR):
                        best[i - di][j - dj] = here + cost
        return best

    def path(self) -> list[Bead]:
        """Find the cheapest way through, as beads in order."""
        beads, i, j = [], self.rows, self.columns
        while i or j:
            _, di, dj, cost = min(self.steps[i][j])
            ones = (
                [(i - k, i - k + 1, j - k, j - k + 1) for k in range(1, di + 1)]
                if di == dj
                else [(i - di, i, j - dj, j)]
            )
            for first, last, start, end in ones:
                lefts, rights = tuple(range(first, last)), tuple(range(start, end))
                likeness = self.likeness(lefts, rights) if lefts and rights else 0.0
                beads.append(Bead(lefts, rights, likeness, cost / len(ones)))
            i, j = i - di, j - dj
        return beads[::-1]

    @cached_property
    def lonely(self) -> tuple[list[float], list[float]]:
        """For each block of either side, how much dearer every way is that gives it a counterpart.

        It is the cost of the cheapest such way less that of the cheapest one that leaves the block out: above 0 where
        the block has no counterpart.
        """
        behind = self._behind()
        without, with_one = ([[FAR] * self.rows, [FAR] * self.columns] for _ in range(2))
        for i, row in enumerate(self.steps):
            for j, steps in row.items():
                rest = behind[i].get(j, FAR)
                for ahead, di, dj, _ in steps:
                    way = ahead + rest
                    table = with_one if di and dj else without
                    for side, end, count in ((0, i, di), (1, j, dj)):
                        costs = table[side]
                        for at in range(end - count, end):
                            if way < costs[at]:
                                costs[at] = way
        most = SLACK
        sides = [
            [max(-most, min(most, w - o)) for w, o in zip(*pair, strict=True)]
            for pair in zip(with_one, without, strict=True)
        ]
        return sides[0], sides[1]


def _skip(block: ProfileBlock) -> float:
    return SKIP_COST if block.kind == "body" else SKIP_SHORT_COST
