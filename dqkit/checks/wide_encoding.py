r"""A file in UTF-16 or UTF-32.

Tools that expect UTF-8 see it as binary: they skip it, or read a NUL between any two letters.

Bad:
    \xff\xfeh\x00i\x00 (UTF-16 with a byte order mark)

Good:
    hi

Fix: store the file as UTF-8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class WideEncoding(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "wide"

    def find(self, document: Document) -> Iterable[Problem]:
        if document.encoding != "utf-8":
            mark = "with" if document.bom else "without"
            end = len(document.lines[0]) if document.lines else 0
            yield Problem(document.place(0, end), f"the file is {document.encoding.upper()} {mark} a byte order mark")
