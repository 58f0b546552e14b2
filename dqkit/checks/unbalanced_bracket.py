"""A bracket of a translation that is opened and not closed, or closed and not opened, where its source is in order.

Half of a pair was lost in translating; what is aside and what is not can no longer be told.

Bad:
    (see below) — (se nedan

Good:
    a) and b) before list items; :-) ; brackets that the source leaves open as well

Fix: put the missing one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class UnbalancedBracket(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        if not sum(block.open for block in pair.translation.blocks):
            return  # what one paragraph opens another closes
        for bead in pair.beads:
            blocks = [pair.translation.blocks[i] for i in bead.translation]
            sources = [pair.source.blocks[i] for i in bead.source]
            if bead.source and sum(b.open for b in blocks) and not any(b.open for b in sources):
                index = next(i for i in bead.translation if pair.translation.blocks[i].open)
                what = "not closed" if pair.translation.blocks[index].open > 0 else "not opened"
                message = f"a bracket is {what} here, and all are in the source"
                yield Problem(pair.place("translation", [index]), message, (pair.place("source", bead.source),))
