r"""Characters with no width: zero width spaces and joiners, word joiners, fillers, tag characters.

A word with one inside is another word to search, to compare and to a tokenizer, and nobody can see why.

Bad:
    elec\u200btion

Good:
    می‌خواهم (a zero width non-joiner that Persian spelling wants), 👨‍👩‍👧 (joiners inside an emoji)

Fix: remove them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line, name, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from dqkit.finding import Problem
    from dqkit.seed.text import Document

_INVISIBLE = "\u200b-\u200d\u2060-\u2064\u180b-\u180e\u034f\u115f\u1160\u3164\uffa0\u17b4\u17b5\U000e0000-\U000e007f"
_JOINING = (
    "\u0600-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufeff"
    "\u200d\ufe0f\u20e3\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\U00010a00-\U00011fff"
)
"""Arabic, Indic, South-East Asian, Mongolian and emoji: where a joiner or non-joiner belongs to the spelling."""


class InvisibleCharacter(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "unprintable"

    def find(self, document: Document) -> Iterable[Problem]:
        if not document.shows(pattern(_INVISIBLE)):
            return ()
        text = document.text
        found = (match for match in pattern(_INVISIBLE).finditer(text) if not _belongs(text, match))
        return by_line(document, found, lambda character: f"a character nobody can see: {name(character)}")


def _belongs(text: str, match: re.Match[str]) -> bool:
    character, before, after = (
        match[0],
        text[max(0, match.start() - 1) : match.start()],
        text[match.end() : match.end() + 1],
    )
    if character in "\u200c\u200d":
        return bool(before and pattern(_JOINING).match(before)) or bool(
            after and pattern(_JOINING).match(after) and after > "\u2190"
        )
    if "\U000e0020" <= character <= "\U000e007f":  # flags of England, Scotland, Wales: a black flag and tags
        head = text[max(0, match.start() - 12) : match.start()]
        return "\U0001f3f4" in head and all("\U000e0020" <= c <= "\U000e007f" for c in head.rpartition("\U0001f3f4")[2])
    if "\u180b" <= character <= "\u180e":  # variation selectors of Mongolian
        return bool(before) and "\u1800" <= before <= "\u18af"
    return False
