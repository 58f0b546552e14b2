"""A translation that stops before its source does.

It was cut off: by a limit of length, a copy that failed, a translator who was not done.

Bad:
    forty paragraphs in English, the first twenty-eight of them in German

Good:
    a last caption or credit line that one side has alone

Fix: translate the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.evidence import cut_end, is_cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class TruncatedEnd(PairCheck):
    family: ClassVar[str] = "pairing"

    least_share: Annotated[float, "share of the source that must be missing at its end, 0 to 1", "share"] = 0.1

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        end = cut_end(pair)
        whole = sum(block.length for block in pair.source.blocks)
        share = sum(pair.source.blocks[i].length for i in end.source) / max(1.0, whole)
        if is_cut(end) and share >= self.least_share:
            at = pair.place("translation", [len(pair.translation.blocks) - 1])
            first = pair.source.blocks[end.source[0]]
            message = f"the translation ends here; {share:.0%} of the source follows, from its line {first.first} on"
            yield Problem(at, message, (pair.place("source", end.source),))
