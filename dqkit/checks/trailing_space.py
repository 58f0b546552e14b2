r"""White space at the end of a line, no-break spaces included.

It shows up as a change in every diff, and lines that look the same are not.

Bad:
    The end of a line.\u00a0

Good:
    The end of a line.

Fix: remove it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import name
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class TrailingSpace(FileCheck):
    family: ClassVar[str] = "encoding"

    def find(self, document: Document) -> Iterable[Problem]:
        plain = not (document.unprintable or document.carriage_returns)
        if plain and " \n" not in document.text and document.text[-1:] != " ":
            return
        for line, start in zip(document.lines, document.starts, strict=False):
            if line and line[-1].isspace():
                kept = len(line.rstrip())
                odd = sorted({name(character) for character in re.sub("[ \t]", "", line[kept:])})
                kind = f": {', '.join(odd)}" if odd else ""
                yield Problem(
                    document.place(start + kept, start + len(line)), f"white space at the end of the line{kind}", fix=""
                )
