"""A passage of the source that the translation leaves out.

The pair is no longer a pair: whoever aligns or compares the two goes wrong from there on.

Bad:
    five paragraphs in English, the third of them not in the Swedish text

Good:
    two paragraphs made one, a sentence moved to the paragraph before

Fix: translate the passage, or cut it from the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.absence import alone
from dqkit.pairing.evidence import cut_end, is_cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class MissingPassage(PairCheck):
    family: ClassVar[str] = "pairing"

    least_length: Annotated[int, "characters a passage must have to be missed, those of dense scripts weighted"] = 60
    least_margin: Annotated[float, "how much dearer it must be to align it, in half squared standard deviations"] = 3.0

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        end = cut_end(pair)
        told = set(end.source) if is_cut(end) else set()
        for found in alone(pair, "source"):
            index = found.source[0]
            block = pair.source.blocks[index]
            if found.strength >= self.least_margin and block.length >= self.least_length and index not in told:
                at = pair.beside("translation", index)
                message = f"a passage of the source is missing after this block: its line {block.first}, “{block.head}”"
                yield Problem(at, message, (pair.place("source", [index]),), "medium")
