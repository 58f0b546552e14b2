r"""A file whose lines all end in CR LF or CR, where the corpus uses LF.

Every line counts as changed when one program writes the file anew.

Bad:
    one line\r\n

Good:
    one line\n

Fix: put LF throughout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class ForeignLineEnd(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "carriage_returns"

    def find(self, document: Document) -> Iterable[Problem]:
        text = document.text
        pairs, returns, feeds = text.count("\r\n"), text.count("\r"), text.count("\n")
        if pairs == returns == feeds or not feeds:
            start = text.index("\r")
            kind = "CR LF" if pairs else "CR"
            yield Problem(document.place(start, start + (2 if pairs else 1)), f"every line ends in {kind}, not in LF")
