"""Source of the page in the text: tags, styles, scripts, data, short codes.

It is no language anyone speaks, and whatever counts or learns words learns it.

Bad:
    <br />The mayor said
    [caption id="attachment_12" align="aligncenter"]

Good:
    a manual or a lesson that shows tags as code or speaks of HTML; 3 < 5 and 7 > 2

Fix: delete it; better, take the text from the page with a parser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.markup import MARKUP, remnants
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class MarkupRemnant(FileCheck):
    family: ClassVar[str] = "leftover-ui"

    def find(self, document: Document) -> Iterable[Problem]:
        if not any(mark in document.text for mark in "<{["):
            return
        for match in remnants(document, MARKUP):
            yield Problem(document.place(*match.span()), "source of the page left in the text")
