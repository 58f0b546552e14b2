"""A date that the translation changes: another day, another month.

It is read as a fact and cannot be seen without the source.

Bad:
    July 30 — den 30 juni

Good:
    July 30 and den 30 juli, 30.7., 7月30日; “January 7–9” and „7.–9. ledna“

Fix: put the source's date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.evidence import altered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class AlteredDate(PairCheck):
    family: ClassVar[str] = "pairing"

    least_strength: Annotated[float, "how much it must look like a slip, 0 to 3; less where much else differs"] = 1.5

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        for found in altered(pair, dates=True):
            if found.strength >= self.least_strength:
                was, now = found.source.quote, found.translation.quote
                message = f"the source says “{was}” where the translation says “{now}”"
                yield Problem(found.translation, message, (found.source,), "medium")
