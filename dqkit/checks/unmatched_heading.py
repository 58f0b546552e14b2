"""A heading, caption, label or byline that stands on one side of a pair alone.

Editors add and drop them freely, so this is for information; a missing headline is worth a look.

Bad:
    an English headline, and a Swedish text that begins with the deck

Good:
    a heading on both sides

Fix: add the counterpart where the corpus wants one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class UnmatchedHeading(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        for bead in pair.beads:
            for index in bead.source if not bead.translation else ():
                block = pair.source.blocks[index]
                if block.kind != "body":
                    what = "headline" if index == 0 and block.kind == "heading" else block.kind
                    message = f"the source's {what} has no counterpart: its line {block.first}, “{block.head}”"
                    yield Problem(pair.before("translation", bead), message, (pair.place("source", [index]),))
            for index in bead.translation if not bead.source else ():
                block = pair.translation.blocks[index]
                if block.kind != "body":
                    message = f"a {block.kind} that the source {pair.source.path} does not have"
                    yield Problem(pair.place("translation", [index]), message, (pair.before("source", bead),))
