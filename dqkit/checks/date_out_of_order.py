"""Declared dates that cannot be: changed before it was published, fetched before it was written, or far from any time.

Whoever sorts, splits or selects by date puts the file in the wrong place.

Bad:
    date: "2014-07-30"
    modified: "2014-06-30"

Good:
    date: "2014-07"
    modified: "2014-07-01"

Fix: correct the date that is wrong; the source's own page mostly has both.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.dates import before, iso
from dqkit.detect.declared import at
from dqkit.finding import Problem
from dqkit.seed.fields import DATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class DateOutOfOrder(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "described"

    earliest: Annotated[str, "the earliest date a text can have, as ISO 8601"] = "1000"
    latest: Annotated[str, "the latest date a text can have, as ISO 8601: there is no clock in a check"] = "2100"

    def find(self, document: Document) -> Iterable[Problem]:
        fields = document.metadata.fields
        days = {field: day for field in DATES if field in fields and (day := iso(fields[field].value))}
        first, last = iso(self.earliest), iso(self.latest)
        for field, day in days.items():
            if (first and before(day, first)) or (last and before(last, day)):
                known = f"before {self.earliest}" if first and before(day, first) else f"after {self.latest}"
                yield Problem(at(fields[field], document), f"“{field}” is {fields[field].value}, {known}")
        for one, other in combinations(days, 2):
            if before(days[other], days[one]):
                message = f"“{other}” is {fields[other].value}, before “{one}”, {fields[one].value}"
                yield Problem(at(fields[other], document), message, (at(fields[one], document),))
