"""Declared metadata that cannot be read, holds a value of the wrong form, or is not as a JSON Schema wants it.

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

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.declared import at
from dqkit.detect.forms import wrong
from dqkit.finding import Problem
from dqkit.place import Place
from dqkit.seed.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class InvalidMetadata(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "declares"

    json_schema: Annotated[
        str, "a JSON Schema (draft 2020-12, JSON or YAML) every file must satisfy, relative to the rule file", "path"
    ] = ""

    def __init__(self, **options: Any) -> None:  # as given to the base
        super().__init__(**options)
        if self.json_schema:
            self.__dict__["when"] = ""  # a schema may demand what a file without metadata lacks

    def find(self, document: Document) -> Iterable[Problem]:
        metadata = document.metadata
        for fault in metadata.faults:
            yield Problem(Place(fault.path, fault.line, fault.column, fault.line, fault.column, ""), fault.message)
        for field, declared in metadata.fields.items():
            if field in FIELDS and (message := wrong(field, declared.value)):
                yield Problem(at(declared, document), message)
        if self.json_schema:
            from dqkit.detect.schema import violations

            for place, message in violations(document, self.json_schema):
                yield Problem(place, message)
