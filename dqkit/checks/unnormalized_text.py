r"""Text that is not in Unicode's normal form C.

The same letter is stored in two ways, so equal words compare as different: é is not e with a combining accent.

Bad:
    cafe\u0301

Good:
    café; combining marks that have no composed form, as in Vietnamese tone letters of linguists or Yoruba ẹ̀

Fix: normalize the text to NFC.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.finding import Problem
from dqkit.place import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document

_SIMPLE = frozenset("–—‘’‚“”„…•€‹›″′")
"""Characters above U+0300 that no normal form changes, and that texts in the Latin script have."""
MOST_MARKS = 30
"""Combining marks in a row that any writing has at most; the Unicode standard calls more than 30 unsafe (UAX #15)."""


class UnnormalizedText(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "non_ascii"

    def find(self, document: Document) -> Iterable[Problem]:
        if all(character < "\u0300" or character in _SIMPLE for character in document.rare):
            return
        marks = "".join(filter(unicodedata.combining, document.rare))
        heap = re.compile(f"[{marks}]{{{MOST_MARKS + 1},}}") if marks else None
        if not (heap and heap.search(document.text)) and unicodedata.is_normalized("NFC", document.text):
            return
        for line, start in zip(document.lines, document.starts, strict=False):
            plain = heap.sub(_blank, line) if heap else line
            if not unicodedata.is_normalized("NFC", plain):
                first, last = _difference(plain)
                composed = unicodedata.normalize("NFC", line[first:last])
                message = (
                    f"not in normal form C: “{shorten(line[first:last])}” should be stored as “{shorten(composed)}”"
                )
                yield Problem(document.place(start + first, start + last), message, fix=composed)


def _blank(heap: re.Match[str]) -> str:
    """Give as many spaces: to put marks in order takes time that grows with the square of their number."""
    return " " * len(heap[0])


def _difference(line: str) -> tuple[int, int]:
    """Find the first word that normalizing changes, as start and end in the line."""
    start = 0
    for word in line.split(" "):
        if not unicodedata.is_normalized("NFC", word):
            return start, start + len(word)
        start += len(word) + 1
    return 0, len(line)
