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
from dqkit.detect.declared import at
from dqkit.finding import Problem
from dqkit.observed import byline, same_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.text import Document


class BylineMismatch(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "declares"

    def find(self, document: Document) -> Iterable[Problem]:
        declared = document.metadata.text("author")
        observed = byline(document.blocks, document.language) if declared else None
        if (
            declared
            and observed
            and not any(same_name(name, observed.person) for name in (declared, *declared.split(", ")))
        ):
            message = f"the declared author is {declared}, the byline names {observed.person}"
            yield Problem(
                at(document.metadata.fields["author"], document),
                message,
                (document.block_place(observed.block),),
                "medium",
            )
