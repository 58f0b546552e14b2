r"""A character from a private use area, or a code point that is no character.

Only the font of the page it comes from knows what it shows; anywhere else it is a box.

Bad:
    Follow us \uf09a (an icon font's logo)

Good:
    Follow us

Fix: remove it, or put the character it showed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line, pattern, runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.finding import Problem
    from dqkit.seed.text import Document

_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | low) for plane in range(15) for low in (0xFFFE, 0xFFFF)
)


class PrivateUseCharacter(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "unprintable"

    def find(self, document: Document) -> Iterable[Problem]:
        if not document.shows(pattern(_PRIVATE)):
            return ()
        found = runs(_PRIVATE).finditer(document.text)
        return by_line(
            document, found, lambda character: f"U+{ord(character):04X} has no meaning outside one font or program"
        )
