"""Aligns the blocks of a source and its translation: one to one, one to two, two to one, or one to nothing.

Dynamic programming over blocks in the manner of Gale and Church 1991, "A program for aligning sentences in bilingual
corpora", on one length scale for all scripts, with what the blocks share (numbers, dates, names) as anchors.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from dqkit.finding import Link, PairRecord
from dqkit.place import Place, whole_lines
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.link import PairLink
    from dqkit.pairing.profile import Profile, ProfileBlock

MOVES = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))
SKIP_COST, SKIP_SHORT_COST, JOIN_COST, LONELY_COST = 4.0, 1.2, 2.0, 2.0
"""What leaving out a block of running text, or a short one, and joining two blocks cost; the last comes on top for a
joined block that shares nothing with the other side.

The unit is half a squared standard deviation of the logarithm of the ratio of lengths.
"""
ANCHOR_GAIN = 6.0
"""What blocks that share all their anchors gain."""
KIND_COST = 3.0
"""What aligning or joining a heading with running text costs."""
NUMBER_COST = 1.5
"""What each number costs that one side has and the other has not, up to four of them."""
BAND = 40
"""Blocks the two sides may be apart, beyond their proportion, in texts too long to compare all with all."""


class Bead(NamedTuple):
    """Blocks that correspond, by their index on either side; one side may be empty."""

    source: tuple[int, ...]
    translation: tuple[int, ...]
    likeness: float
    """Share of anchors in common, 0 to 1."""


class Alignment(NamedTuple):
    """Two profiles and how their blocks correspond."""

    pair: PairLink
    source: Profile
    translation: Profile
    beads: tuple[Bead, ...]

    def place(self, side: str, blocks: Iterable[int]) -> Place:
        """Name the lines of some blocks of one side, `source` or `translation`."""
        chosen = self.source if side == "source" else self.translation
        found = [chosen.blocks[i] for i in blocks]
        return whole_lines(chosen.path, found[0].first, found[-1].last)

    def before(self, side: str, bead: Bead) -> Place:
        """Name the block of one side that stands right before where a bead with nothing there would be."""
        at = self.beads.index(bead)
        indexes = [i for before in self.beads[:at] for i in (before.source if side == "source" else before.translation)]
        chosen = self.source if side == "source" else self.translation
        if not chosen.blocks:
            return whole_lines(chosen.path, 1, 1)
        return self.place(side, [indexes[-1] if indexes else 0])

    def record(self) -> PairRecord:
        """Give the pair as reports show it."""
        links = tuple(
            Link(self._lines(self.source, bead.source), self._lines(self.translation, bead.translation), bead.likeness)
            for bead in self.beads
        )
        languages = (self.source.language or "und", self.translation.language or "und")
        return PairRecord(
            self.source.path, self.translation.path, languages, self.pair.score, self.pair.declared, links
        )

    @staticmethod
    def _lines(side: Profile, blocks: tuple[int, ...]) -> tuple[int, int] | None:
        return (side.blocks[blocks[0]].first, side.blocks[blocks[-1]].last) if blocks else None


def align(pair: PairLink, source: Profile, translation: Profile) -> Alignment:
    """Align the blocks of two profiles."""
    return Alignment(pair, source, translation, tuple(_Grid(source.blocks, translation.blocks).path()))


class _Grid:
    """The table of the dynamic programming, and what its costs are made from."""

    def __init__(self, left: tuple[ProfileBlock, ...], right: tuple[ProfileBlock, ...]) -> None:
        self.left, self.right = left, right
        body = [sum(block.length for block in side if block.kind == "body") + 1 for side in (left, right)]
        self.shift = max(-0.4, min(0.4, math.log(body[1] / body[0])))
        self.anchors = [[_anchors(block) for block in side] for side in (left, right)]
        counts = [Counter(anchor for found in side for anchor in found) for side in self.anchors]
        self.weights = {
            anchor: (0.3 if anchor[0] == "~" else 1.0) / max(counts[0][anchor], counts[1][anchor])
            for anchor in counts[0]
            if counts[1][anchor]
        }

    def path(self) -> list[Bead]:
        """Find the cheapest way through, as beads in order."""
        rows, columns = len(self.left), len(self.right)
        best = {(0, 0): (0.0, (0, 0))}
        for i in range(rows + 1):
            for j in self._columns(i, rows, columns):
                for di, dj in MOVES:
                    before = best.get((i - di, j - dj))
                    if before is None or (di == dj == 0):
                        continue
                    cost = before[0] + self._cost(range(i - di, i), range(j - dj, j))
                    if (i, j) not in best or cost < best[i, j][0]:
                        best[i, j] = (cost, (di, dj))
        beads = []
        at = (rows, columns)
        while at != (0, 0):
            di, dj = best[at][1]
            sides = tuple(range(at[0] - di, at[0])), tuple(range(at[1] - dj, at[1]))
            beads.append(Bead(*sides, self._likeness(*sides) if di and dj else 0.0))
            at = (at[0] - di, at[1] - dj)
        return beads[::-1]

    def _columns(self, i: int, rows: int, columns: int) -> range:
        if rows * columns <= 40_000:
            return range(columns + 1)
        middle = round(i * columns / max(1, rows))
        band = BAND + abs(rows - columns)
        return range(max(0, middle - band), min(columns, middle + band) + 1)

    def _cost(self, lefts: range, rights: range) -> float:
        if not rights:
            return self._skip(self.left[lefts[0]])
        if not lefts:
            return self._skip(self.right[rights[0]])
        first, second = (
            sum(side[i].length for i in chosen) for side, chosen in ((self.left, lefts), (self.right, rights))
        )
        ratio = math.log((second + 8) / (first + 8)) - self.shift
        deviation = 0.16 + 2.0 / math.sqrt(first + second + 4)
        cost = min(12.0, 0.5 * (ratio / deviation) ** 2) - ANCHOR_GAIN * self._likeness(lefts, rights)
        kinds = [{side[i].kind for i in chosen} for side, chosen in ((self.left, lefts), (self.right, rights))]
        numbers = [
            {value for i in chosen for value, _ in side[i].facts}
            for side, chosen in ((self.left, lefts), (self.right, rights))
        ]
        cost += NUMBER_COST * min(4, len(numbers[0] ^ numbers[1]))
        if len(lefts) + len(rights) > 2:
            cost += (
                JOIN_COST + KIND_COST * (len(kinds[0]) + len(kinds[1]) > 2) + LONELY_COST * self._lonely(lefts, rights)
            )
        if kinds[0] != kinds[1]:
            cost += KIND_COST * (2 if "byline" in kinds[0] | kinds[1] else 1)
        return cost

    def _lonely(self, lefts: range, rights: range) -> int:
        """Count the joined blocks that share no anchor with the one block on the other side."""
        side, joined, other = (0, lefts, rights) if len(lefts) > 1 else (1, rights, lefts)
        known = {anchor for i in other for anchor in self.anchors[1 - side][i]}
        return sum(known.isdisjoint(self.anchors[side][i]) for i in joined)

    @staticmethod
    def _skip(block: ProfileBlock) -> float:
        return SKIP_COST + min(block.length, 400) / 200 if block.kind == "body" else SKIP_SHORT_COST

    def _likeness(self, lefts: Iterable[int], rights: Iterable[int]) -> float:
        """Give the share of weight of the anchors that both sides know, and that these blocks have in common."""
        first = {anchor for i in lefts for anchor in self.anchors[0][i] if anchor in self.weights}
        second = {anchor for i in rights for anchor in self.anchors[1][i] if anchor in self.weights}
        common, either = (sum(self.weights[a] for a in found) for found in (first & second, first | second))
        return common / (either + 0.25) if either else 0.0


def _anchors(block: ProfileBlock) -> set[str]:
    grams = {f"~{gram}" for gram in block.letters} if block.kind != "body" else set()
    return {f"#{value}" for value, _ in block.facts} | set(block.names) | grams
