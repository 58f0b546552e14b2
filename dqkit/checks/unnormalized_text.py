r"""Text that is not in Unicode's normal form C.

The same letter is stored in two ways, so equal words compare as different: é is not e with a combining accent.

Bad:
    cafe\u0301

Good:
    café; combining marks that have no composed form, as in Vietnamese tone letters of linguists or Yoruba ẹ̀

Fix: normalize the text to NFC.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.text import Document


class UnnormalizedText(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "non_ascii"

    def find(self, document: Document) -> Iterable[Problem]:
        if unicodedata.is_normalized("NFC", document.text):
            return
        for line, start in zip(document.lines, document.starts, strict=False):
            if not unicodedata.is_normalized("NFC", line):
                first, last = _difference(line)
                composed = unicodedata.normalize("NFC", line[first:last])
                message = f"not in normal form C: “{line[first:last]}” should be stored as “{composed}”"
                yield Problem(document.place(start + first, start + last), message, fix=composed)


def _difference(line: str) -> tuple[int, int]:
    """Find the first word that normalizing changes, as start and end in the line."""
    start = 0
    for word in line.split(" "):
        if not unicodedata.is_normalized("NFC", word):
            return start, start + len(word)
        start += len(word) + 1
    return 0, len(line)
