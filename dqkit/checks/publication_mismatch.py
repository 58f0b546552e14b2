"""A declared publisher that is not the publication the byline names.

Credit and licence are the wrong house's.

Bad:
    publisher: Valley Courier (and the byline says “By Lu Chen, Epoch Times”)

Good:
    publisher: The Epoch Times (and the byline says “By Lu Chen, Epoch Times”)

Fix: put who published the text in `publisher`; an agency that wrote it is the author.
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


class PublicationMismatch(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "described"

    def find(self, document: Document) -> Iterable[Problem]:
        declared = document.metadata.text("publisher")
        line = document.once(observe).byline if declared else None
        if line and line.publication and not agree("publisher", document.metadata.value("publisher"), line.publication):
            place = at(document.metadata.fields["publisher"], document)
            message = f"the declared publisher is {declared}, the byline names {line.publication}"
            yield Problem(place, message, (document.block_place(line.block),), "medium")
