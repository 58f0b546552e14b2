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
from dqkit.detect.misread import wrongly_read

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from dqkit.detect.alphabet import Misread
    from dqkit.finding import Problem
    from dqkit.seed.text import Document

_C1 = r"\x80-\x9f"
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f"


class ControlCharacter(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "unprintable"

    def find(self, document: Document) -> Iterable[Problem]:
        if not document.shows(pattern(_CONTROLS)):
            return ()
        found: Iterator[re.Match[str]] = runs(_CONTROLS).finditer(document.text)
        if document.shows(pattern(_C1)):
            told = document.once(wrongly_read)
            found = (match for match in found if not _is_told(match, document.text, told))
        return by_line(document, found, _message)


def _message(character: str) -> str:
    if "\x80" <= character <= "\x9f":
        meant = character.encode("latin-1").decode("cp1252", "ignore")
        if meant:
            return f"control character {name(character)}, in windows-1252 {name(meant)}"
    return f"control character {name(character)}"


def _is_told(match: re.Match[str], text: str, told: Iterable[Misread]) -> bool:
    """Tell whether a control character is a part of mojibake, after its letters, and told with it."""
    at = match.start()
    return at > 0 and not text[at - 1].isascii() and any(piece.start <= at < piece.end for piece in told)
