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
from dqkit.detect.misread import misread
from dqkit.detect.mojibake import is_mojibake, is_suspicious, repair, spans
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.seed.text import Document


class Mojibake(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "non_ascii"

    def find(self, document: Document) -> Iterable[Problem]:
        if document.undecodable:
            return
        for start, end, meant in list(_known_to_ftfy(document)) or misread(document):
            words = document.text[start:end]
            if meant == words:
                message = "text that was read in the wrong encoding; what it was cannot be told for certain"
            else:
                shown = meant if len(meant) <= 80 else meant[:79] + "…"
                message = f"text that was read in the wrong encoding; it was “{shown}”"
            yield Problem(document.place(start, end), message, fix=None if meant == words else meant)


def _known_to_ftfy(document: Document) -> Iterator[tuple[int, int, str]]:
    """Find the lines that ftfy calls mojibake: the range from their first bad word to the last, and what it was."""
    if not document.clustered or not is_suspicious(document.text):
        return
    for line, start in zip(document.lines, document.starts, strict=False):
        if is_suspicious(line) and is_mojibake(line):
            hits = spans(line)
            first, last = hits[0][0], hits[-1][1]
            yield start + first, start + last, repair(line[first:last])
