r"""A soft hyphen (U+00AD): where a word may be broken at the end of a line.

It is layout of the page the text was on. In a corpus it splits the word for search, comparison and tokenizers.

Bad:
    elec\u00adtion

Good:
    election, well-known

Fix: remove it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line, runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.finding import Problem
    from dqkit.seed.text import Document


class SoftHyphen(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "unprintable"

    def find(self, document: Document) -> Iterable[Problem]:
        if "\xad" not in document.rare:
            return ()
        return by_line(document, runs("\xad").finditer(document.text), lambda _: "a soft hyphen, which nobody can see")
