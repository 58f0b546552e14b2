r"""Control characters: NUL, escape sequences and the rest of C0 and C1, tab and line ends aside.

They cannot be seen, break parsers and databases, and C1 ones are mostly letters of windows-1252 read wrongly.

Bad:
    It\x92s late (U+0092, in windows-1252 an apostrophe)

Good:
    It’s late

Fix: remove them, or put the character that was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line, name, pattern, runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.finding import Problem
    from dqkit.seed.text import Document

_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f"


class ControlCharacter(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "unprintable"

    def find(self, document: Document) -> Iterable[Problem]:
        if not document.shows(pattern(_CONTROLS)):
            return ()
        return by_line(document, runs(_CONTROLS).finditer(document.text), _message)


def _message(character: str) -> str:
    if "\x80" <= character <= "\x9f":
        meant = character.encode("latin-1").decode("cp1252", "ignore")
        if meant:
            return f"control character {name(character)}, in windows-1252 {name(meant)}"
    return f"control character {name(character)}"
