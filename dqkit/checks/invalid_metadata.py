"""Declared metadata that cannot be read, or holds a value of the wrong form.

Whatever selects, splits or credits by it goes wrong, mostly without a word.

Bad:
    language: english
    date: 30 July 2014

Good:
    language: en
    date: "2014-07-30"

Fix: languages are BCP 47 tags, dates ISO 8601, licences SPDX expressions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.declared import at
from dqkit.finding import Problem
from dqkit.place import Place
from dqkit.record import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.text import Document

_TAG = regex(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*")
_DATE = regex(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?")
_LICENSE = regex(r"\(?[A-Za-z0-9.+-]+\)?( (AND|OR|WITH) \(?[A-Za-z0-9.+-]+\)?)*")


class InvalidMetadata(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "declares"

    def find(self, document: Document) -> Iterable[Problem]:
        metadata = document.metadata
        for fault in metadata.faults:
            yield Problem(Place(fault.path, fault.line, fault.column, fault.line, fault.column, ""), fault.message)
        for field, declared in metadata.fields.items():
            if message := _wrong(field, declared.value):
                yield Problem(at(declared, document), message)


def _wrong(field: str, value: object) -> str | None:
    """Say what is wrong with the form of a field's value; None where nothing is."""
    if value is None or value == "" or value == []:
        return f'"{field}" is declared and empty'
    if field == "language" and not (isinstance(value, str) and _TAG.fullmatch(value)):
        return f'"{value}" is no language tag of BCP 47 such as en, sv or pt-BR'
    if field in ("date", "modified") and not (isinstance(value, str) and _is_date(value)):
        return f'"{value}" is no date of ISO 8601 such as 2014-07-30'
    if field == "license" and not (isinstance(value, str) and _LICENSE.fullmatch(value)):
        return f'"{value}" is no SPDX licence expression such as CC-BY-4.0'
    return None


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
