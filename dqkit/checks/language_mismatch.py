"""A declared language that the text contradicts.

The file is counted, split and checked as what it is not.

Bad:
    language: en (and the text is Swedish)

Good:
    language: no (and the text reads as Danish to a machine: the two are too close to tell in a short text)

Fix: correct the declaration, or the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.declared import at
from dqkit.finding import Problem
from dqkit.language import alike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.text import Document


class LanguageMismatch(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "declares"

    least_letters: Annotated[int, "characters a text must have to be judged"] = 200

    def find(self, document: Document) -> Iterable[Problem]:
        declared = document.metadata.language
        if declared is None or sum(len(block.text) for block in document.blocks) < self.least_letters:
            return
        observed = document.observed_language
        if observed and not alike(declared, observed):
            place = at(document.metadata.fields["language"], document)
            yield Problem(place, f"declared as {declared}, and written in {observed}", confidence="medium")
