"""A declared date that is not the one the text gives as its own.

Often a crawler wrote down the day it came by, or the metadata is another article's.

Bad:
    date: "2014-08-15" (and below the title stands “Published: July 30, 2014”)

Good:
    date: "2014-07-30" (and an event on 15 August is announced in the text)

Fix: put the day of publication in `date`, that of a change in `modified`, that of fetching in `retrieved`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.dates import apart, iso, written
from dqkit.detect.declared import at
from dqkit.detect.observed import observe
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class DateMismatch(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "described"

    days: Annotated[int, "days that two time zones, or a night at the press, may put between them"] = 1

    def find(self, document: Document) -> Iterable[Problem]:
        fields = document.metadata.fields
        said = {field: day for field in ("date", "modified") if field in fields and (day := iso(fields[field].value))}
        observed = document.once(observe) if said else None
        for field, day in said.items():
            line = observed.day(field) if observed else None
            # A page that shows one date shows the newer; either of the declared ones may be it.
            if line and all(apart(line.day, known) > self.days for known in said.values()):
                message = f"the declared {field} is {written(day)}, the text's {written(line.day)}"
                yield Problem(at(fields[field], document), message, (document.block_place(line.block),), "medium")
