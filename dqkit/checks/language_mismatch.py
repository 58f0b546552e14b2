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
from dqkit.detect.tongue import contradicted
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class LanguageMismatch(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "tagged"

    least_letters: Annotated[int, "characters a text must have to be judged"] = 200

    def find(self, document: Document) -> Iterable[Problem]:
        if sum(len(block.text) for block in document.blocks) >= self.least_letters and (
            observed := document.once(contradicted)
        ):
            place = at(document.metadata.fields["language"], document)
            message = f"declared as {document.metadata.language}, and written in {observed}"
            yield Problem(place, message, confidence="medium")
