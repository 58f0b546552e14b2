r"""Line ends of more than one kind in one file.

Line numbers, diffs and paragraph breaks differ between programs; it is the seam of texts from two sources.

Bad:
    one line\r\n
    another line\n

Good:
    a file all in LF, or all in CR LF

Fix: put LF throughout.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document

_NAMES = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}


class MixedLineEnds(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "carriage_returns"

    def find(self, document: Document) -> Iterable[Problem]:
        both = document.text.count("\r\n")
        counts = {"\r\n": both, "\n": document.text.count("\n") - both, "\r": document.text.count("\r") - both}
        if sum(map(bool, counts.values())) > 1:
            common = max(counts, key=lambda kind: counts[kind])
            first = next(end for end in re.finditer(r"\r\n|\n|\r", document.text) if end[0] != common)
            listed = ", ".join(f"{count} {_NAMES[kind]}" for kind, count in counts.items() if count)
            yield Problem(
                document.place(*first.span()),
                f"line ends of several kinds: {listed}; the first of the rarer kind is here",
            )
