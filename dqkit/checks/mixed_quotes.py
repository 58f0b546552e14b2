"""Quotation marks of two conventions in one text.

A reader stumbles, and programs that look for quotations find half of them. It is the seam of texts from two hands.

Bad:
    "One," he said, and later: “Two,” and “Three,” she said.

Good:
    “He said ‘one’,” she said; a text that uses " for inches and “ ” for quotations

Fix: choose one convention for the whole text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.quotes import conventions
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class MixedQuotes(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "non_ascii"

    least: Annotated[int, "quotations each convention must have"] = 1
    least_together: Annotated[int, "quotations both conventions must have together"] = 3

    def find(self, document: Document) -> Iterable[Problem]:
        if '"' not in document.text:
            return
        straight, curly = conventions(document.text)
        if min(len(straight), len(curly)) >= max(1, self.least) and len(straight) + len(curly) >= self.least_together:
            rare, common = sorted((straight, curly), key=len)
            kind = 'straight ("…")' if rare is straight else "curly (“…”)"
            message = f"{kind} quotation marks, {_times(rare)}, in a text that has the other kind {_times(common)}"
            yield Problem(document.place(*rare[0]), message)


def _times(found: list[tuple[int, int]]) -> str:
    return "once" if len(found) == 1 else f"{len(found)} times"
