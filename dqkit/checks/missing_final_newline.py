"""A last line without a line end.

Files put together run into one another here, and the next edit changes a line nobody touched.

Bad:
    the last line

Good:
    the last line, and a line feed

Fix: end the file with one line feed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class MissingFinalNewline(FileCheck):
    family: ClassVar[str] = "encoding"

    def find(self, document: Document) -> Iterable[Problem]:
        text = document.text
        if text and text[-1] not in "\n\r":
            yield Problem(document.place(len(text), len(text)), "the last line has no line end", fix="\n")
