"""Which paragraphs of one side of a pair have no counterpart on the other."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING

from dqkit.pairing.evidence import Evidence
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dqkit.pairing.align import Alignment
    from dqkit.pairing.profile import ProfileBlock

    Pairs = list[tuple[tuple[int, ...], tuple[int, ...]]]
    """The beads of a pair, the side that is looked at first."""

UNSURE = 0.4
"""What the strength of a missing passage is multiplied by where it is no sentence."""
MOST_SAID = 5.0
"""The most that what a passage shares with its surroundings adds to its strength or takes from it."""
USUAL = ((5, 0.8, 0.05), (10, 0.4, 0.05), (50, 0.2, 0.05))
"""How many facts, names and runs of letters a pair must show to be believed half, and which shares of them are usually
found in the counterpart and in the block beside it."""
SAID = (1.0, 0.5, 0.15)
"""What one fact, name or run of letters says: the runs of a word, and the words of a name, come together."""


def alone(pair: Alignment, side: str) -> Iterator[Evidence]:
    """Give the paragraphs of one side, `source` or `translation`, with how surely they have no counterpart.

    The strength is how much dearer, in half squared standard deviations, every alignment is that gives it one, moved
    ones included; more where its facts and names are found nowhere near, as far as this pair keeps them; less where it
    is no sentence: items of lists, code and captions are joined, split and left out at will.
    """
    order = 1 if side == "source" else -1
    (own, other), margins = (pair.source.blocks, pair.translation.blocks)[::order], pair.grid.lonely[side != "source"]
    beads = [(bead.source, bead.translation) if order > 0 else (bead.translation, bead.source) for bead in pair.beads]
    traces: Traces | None = None
    moved = _moved(pair, side)
    for i, (margin, block) in enumerate(zip(margins, own, strict=True)):
        if block.kind != "body":
            continue
        if margin > -MOST_SAID:
            traces = traces or Traces(own, other, beads)
            margin += max(-MOST_SAID, min(MOST_SAID, traces.lost(i)))
        strength = min(margin, moved.get(i, margin))
        if strength > 0 and not (block.prose and block.ended):
            strength *= UNSURE
        yield Evidence(strength, *(((i,), ()) if side == "source" else ((), (i,))))


def _moved(pair: Alignment, side: str) -> dict[int, float]:
    """Say of each block that stands alone how much dearer than usual its best counterpart elsewhere is."""
    usual = median([b.cost for b in pair.beads if len(b.source) == len(b.translation) == 1] or [0.0])
    found: dict[int, float] = {}
    for crossing in pair.crossings:
        if len(crossing.source) == len(crossing.translation) == 1:
            dearer = pair.grid.single(crossing.source[0], crossing.translation[0]) - usual
            index = getattr(crossing, side)[0]
            found[index] = min(dearer, found.get(index, dearer))
    return found


class _Said(NamedTuple):
    """What an anchor of one kind says, as logarithms of how much likelier it is of a block that is not translated."""

    found: float
    """Where it stands in what would be the counterpart."""
    lost: float
    """Where it does not."""


class Traces:
    """What the blocks of one side leave in those of the other, by how much this pair keeps of what translations keep.

    That is measured on blocks that correspond one to one, against the blocks beside their counterparts.
    """

    def __init__(self, own: Sequence[ProfileBlock], other: Sequence[ProfileBlock], beads: Pairs) -> None:
        self.own, self.other, self.beads = own, other, beads
        self.where = {i: at for at, (mine, _) in enumerate(beads) for i in mine}
        self.said = self._said()

    def _said(self) -> list[_Said]:
        total, found, beside, chance = ([0] * len(USUAL) for _ in range(4))
        for mine, theirs in self.beads:
            if len(mine) != 1 or len(theirs) != 1:
                continue
            anchors, j = self.own[mine[0]].anchors, theirs[0]
            counts = _kinds(anchors)
            _add(total, counts)
            _add(found, _kinds(anchors & self.other[j].anchors))
            for near in (j - 1, j + 1):
                if 0 <= near < len(self.other):
                    _add(beside, counts)
                    _add(chance, _kinds(anchors & self.other[near].anchors))
        said = []
        for kind, (believed, kept, by_chance) in enumerate(USUAL):
            random = (chance[kind] + by_chance * believed) / (beside[kind] + believed)
            true = max(random, (found[kind] + kept * believed) / (total[kind] + believed))
            said.append(_Said(SAID[kind] * math.log(random / true), SAID[kind] * math.log((1 - random) / (1 - true))))
        return said

    def lost(self, index: int) -> float:
        """Say how much likelier it is that a block is not translated than that any block around holds its translation.

        Around are what it was aligned with and the blocks before and after that; what they share with the blocks that
        they correspond to as well is left aside. The value is a logarithm; without blocks around it is 0.
        """
        at = self.where[index]
        mine, theirs = self.beads[at]
        around = [(j, [i for i in mine if i != index]) for j in theirs]
        for step in (-1, 1):
            near = at + step
            while 0 <= near < len(self.beads) and not self.beads[near][1]:
                near += step
            if 0 <= near < len(self.beads):
                around.append((self.beads[near][1][min(0, -step)], list(self.beads[near][0])))
        return min((self._lost_from(index, j, shared) for j, shared in around), default=0.0)

    def _lost_from(self, index: int, other: int, shared: list[int]) -> float:
        anchors = self.own[index].anchors.difference(*(self.own[i].anchors for i in shared))
        found = _kinds(anchors & self.other[other].anchors)
        counts = zip(self.said, _kinds(anchors), found, strict=True)
        return sum(here * said.found + (total - here) * said.lost for said, total, here in counts)


def _kinds(anchors: Collection[str | int]) -> tuple[int, int, int]:
    """Count the facts, the names and sounds, and the runs of letters among anchors."""
    words = [anchor for anchor in anchors if isinstance(anchor, str)]
    facts = sum(word[0] in "#@" for word in words)
    return facts, len(words) - facts, len(anchors) - len(words)


def _add(totals: list[int], counts: Sequence[int]) -> None:
    for at, count in enumerate(counts):
        totals[at] += count
