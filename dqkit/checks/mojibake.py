"""UTF-8 text that was once read in another encoding.

Each letter with an accent became two or three odd ones. Words are misspelt, and nothing in the file says so.

Bad:
    The cafÃ© on the corner

Good:
    The café on the corner; SÃO PAULO in capitals

Fix: put the text that was meant, given in the finding; check the step that read the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.misread import wrongly_read
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class Mojibake(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "non_ascii"

    def find(self, document: Document) -> Iterable[Problem]:
        if document.undecodable:
            return
        for start, end, meant in document.once(wrongly_read):
            words = document.text[start:end]
            if meant == words:
                message = "text that was read in the wrong encoding; what it was cannot be told for certain"
            else:
                shown = meant if len(meant) <= 80 else meant[:79] + "…"
                message = f"text that was read in the wrong encoding; it was “{shown}”"
            yield Problem(document.place(start, end), message, fix=None if meant == words else meant)
