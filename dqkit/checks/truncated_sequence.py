r"""A UTF-8 character of which only the first bytes are there.

The character is lost. It is the mark of a file cut by bytes, at a size limit or where two buffers meet.

Bad:
    caf\xc3 (the second byte of é is missing)

Good:
    café

Fix: fetch the text again; the missing bytes cannot be guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.bytes import SURROGATES, hexadecimal, is_truncated, original
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class TruncatedSequence(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "undecodable"

    def find(self, document: Document) -> Iterable[Problem]:
        if document.wide or document.legacy:
            return
        for match in SURROGATES.finditer(document.text):
            raw = original(match[0])
            if is_truncated(raw, document.text[match.end() : match.end() + 1]):
                where = "the file ends" if match.end() == len(document.text) else "the next character begins"
                message = f"a UTF-8 character breaks off: {where} after its bytes {hexadecimal(raw)}"
                yield Problem(document.place(*match.span()), message)
