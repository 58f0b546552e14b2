"""A quotation that opens with one kind of mark and closes with another.

Whatever looks for quotations misses this one, or runs on to the next mark. It is the trace of half a correction.

Bad:
    "It takes a second”, he said.

Good:
    “It takes a second”, he said. "It takes a second", she said. A 27" screen costs “a lot”.

Fix: put the two marks of one pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.quotes import mismatched
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class MismatchedQuotes(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "non_ascii"

    def find(self, document: Document) -> Iterable[Problem]:
        if '"' not in document.text:
            return
        for line, start in zip(document.lines, document.starts, strict=False):
            for first, last in mismatched(line):
                message = f"a quotation that opens with {line[first]} and closes with {line[last - 1]}"
                yield Problem(document.place(start + first, start + last), message)
