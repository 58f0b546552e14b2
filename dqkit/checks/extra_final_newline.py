"""Blank lines at the end of the file.

They are left over from cutting, and files put together get holes.

Bad:
    the last line, then two blank ones

Good:
    the last line, and one line feed

Fix: end the file with one line feed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class ExtraFinalNewline(FileCheck):
    family: ClassVar[str] = "encoding"

    def find(self, document: Document) -> Iterable[Problem]:
        lines = document.lines
        if not lines or lines[-1].strip():
            return
        blank = next((i for i, line in enumerate(reversed(lines)) if line.strip()), len(lines))
        first = len(lines) - blank
        message = f"{blank} blank line{'s' if blank > 1 else ''} at the end of the file"
        yield Problem(document.place(document.starts[first], len(document.text)), message, fix="")
