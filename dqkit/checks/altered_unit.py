"""A number that the translation keeps, of something else: dollars that became euros, a share that became a sum.

The number is right and the statement is wrong; no check of numbers alone can see it.

Bad:
    £1.8 billion — 1,8 Milliarden Euro

Good:
    $5 and 5 dollar; 5 % and 5 procent; a sum whose currency one side leaves out; “$5 (4 euros)”

Fix: put the source's currency or percent sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.evidence import recounted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class AlteredUnit(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        for was, now in recounted(pair):
            message = f"the source's “{was.quote}” counts something else than “{now.quote}” here"
            yield Problem(now, message, (was,), "medium")
