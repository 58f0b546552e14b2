"""A translation that is dated before its source.

One of the two dates is wrong, or the two files stand the wrong way round.

Bad:
    date: "2014-07-30" in the source, date: "2014-07-03" in the translation

Good:
    a translation that came out two days after its source

Fix: correct the date that is wrong; where both files carry the source's date, set `equal`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.detect.dates import apart, before, iso
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class DateDisagreement(PairCheck):
    family: ClassVar[str] = "pairing"

    equal: Annotated[bool, "any difference counts: a translation carries the date of its source"] = False
    days: Annotated[int, "days that two time zones may put between them"] = 1

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        source, translation = pair.source.stated.get("date"), pair.translation.stated.get("date")
        first, second = (iso(found[1][0]) if found else None for found in (source, translation))
        if not (source and translation and first and second) or apart(first, second) <= self.days:
            return
        if before(second, first) or (self.equal and first != second):
            message = f"the date is {translation[1][0]}, the source's {source[1][0]}"
            yield Problem(translation[0], message, (source[0],), "medium")
