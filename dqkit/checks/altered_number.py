"""A number that the translation changes.

It is the commonest real error of published translations, and the one a reader cannot see.

Bad:
    500 to 1,000 phones — 500 till 7000 telefoner

Good:
    1,000 and 1 000; $1.5 billion and 1,5 miljarder dollar; a number moved to another sentence

Fix: put the source's number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.evidence import altered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class AlteredNumber(PairCheck):
    family: ClassVar[str] = "pairing"

    least_strength: Annotated[float, "how much it must look like a slip, 0 to 3; less where much else differs"] = 1.5

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        for found in altered(pair, dates=False):
            if found.strength >= self.least_strength:
                was, now = found.source.quote, found.translation.quote
                message = f"the source says “{was}” where the translation says “{now}”"
                yield Problem(found.translation, message, (found.source,), "medium")
