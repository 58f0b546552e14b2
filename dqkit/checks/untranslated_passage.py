"""A passage of a translation that is still in the source's language.

It was forgotten. A reader of the translation cannot read it, and language statistics go wrong.

Bad:
    a Swedish text whose fourth paragraph is the English one, word for word

Good:
    a quotation, a list of names, a title or a line of code that is the same in both

Fix: translate the passage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class UntranslatedPassage(PairCheck):
    family: ClassVar[str] = "pairing"

    least_share: Annotated[float, "share of three-word runs that must be copied from the source, 0 to 1"] = 0.5
    least_runs: Annotated[int, "three-word runs a passage must have to be judged"] = 6

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        if pair.source.language == pair.translation.language:
            return
        known = frozenset().union(*(block.grams for block in pair.source.blocks))
        for index, block in enumerate(pair.translation.blocks):
            if len(block.grams) < self.least_runs or block.small < self.least_runs:
                continue
            share = len(block.grams & known) / len(block.grams)
            if share >= self.least_share:
                source = max(
                    range(len(pair.source.blocks)), key=lambda i: len(pair.source.blocks[i].grams & block.grams)
                )
                message = f"{share:.0%} of this passage is copied from the source and not translated"
                yield Problem(pair.place("translation", [index]), message, (pair.place("source", [source]),))
