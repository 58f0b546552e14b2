r"""A line break other than LF, CR LF and CR: U+0085, U+2028 or U+2029.

Some programs break the line here and others do not, so line numbers and paragraphs differ between them.

Bad:
    one paragraph\u2028another

Good:
    one paragraph
    another

Fix: put a line feed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line, name, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.finding import Problem
    from dqkit.seed.text import Document


class UnusualLineBreak(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "unprintable"

    def find(self, document: Document) -> Iterable[Problem]:
        if document.rare.isdisjoint("\x85\u2028\u2029"):
            return ()
        found = pattern("\x85\u2028\u2029").finditer(document.text)
        return by_line(document, found, lambda character: f"a line break that few programs know: {name(character)}")
