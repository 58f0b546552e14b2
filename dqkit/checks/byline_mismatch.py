"""A declared author who is not the one the byline names.

Credit goes to the wrong person; often it is the translator, written where the author should be.

Bad:
    author: Karin Berg (and the text says “By Lu Chen”)

Good:
    author: Chen, Lu (and the text says “By Lu Chen, Epoch Times”)

Fix: put the author in `author`, the translator in `translator`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.agree import agree
from dqkit.detect.declared import at
from dqkit.detect.observed import observe
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class BylineMismatch(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "described"

    def find(self, document: Document) -> Iterable[Problem]:
        declared = document.metadata.text("author")
        if not declared:
            return
        names = [*document.metadata.texts("author"), declared, *declared.split(", ")]
        observed = document.once(observe)
        place = at(document.metadata.fields["author"], document)
        if observed.byline and not agree("author", names, observed.byline.person):
            message = f"the declared author is {declared}, the byline names {observed.byline.person}"
            yield Problem(place, message, (document.block_place(observed.byline.block),), "medium")
        elif observed.translator and not observed.byline and agree("author", declared, observed.translator.person):
            message = f"the declared author is {declared}, whom the text names as its translator"
            yield Problem(place, message, (document.block_place(observed.translator.block),), "medium")
