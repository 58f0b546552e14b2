r"""Bytes that are not UTF-8 text.

Whoever reads the file as UTF-8 stops with an error, or sees wrong characters where the bytes stand.

Bad:
    caf\xe9 (the byte E9 alone, as windows-1252 writes é)

Good:
    café (the bytes C3 A9)

Fix: store the file as UTF-8: decode it in the encoding it is in, named in the finding, and write it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.bytes import SURROGATES, guess, hexadecimal, is_truncated, original
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class UndecodableBytes(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "not_unicode"

    def find(self, document: Document) -> Iterable[Problem]:
        if document.encoding != "utf-8":
            at = max(0, document.text.find("\ufffd"))
            yield Problem(document.place(at, at + 1), f"the file is not valid {document.encoding.upper()}")
        elif document.legacy:
            yield self._whole(document)
        else:
            for match in SURROGATES.finditer(document.text):
                raw = original(match[0])
                if not is_truncated(raw, document.text[match.end() : match.end() + 1]):
                    yield Problem(document.place(*match.span()), f"bytes {hexadecimal(raw)} are not UTF-8")

    def _whole(self, document: Document) -> Problem:
        first = SURROGATES.search(document.text)
        start, end = first.span() if first else (at := max(0, document.text.find("\x1b")), at + 1)
        found = guess(document.raw)
        line = document.position(start)[0]
        message = "the file is not UTF-8; no known encoding fits its bytes"
        if found.encoding:
            row = _line(found.text, line)
            message = f"the file is not UTF-8; it looks like {found.encoding}, in which line {line} reads “{row}”"
        return Problem(document.place(start, end), message, confidence="high" if found.encoding else "medium")


def _line(text: str, line: int) -> str:
    rows = text.splitlines()
    row = rows[line - 1].strip() if line <= len(rows) else ""
    return row if len(row) <= 80 else row[:79] + "…"
