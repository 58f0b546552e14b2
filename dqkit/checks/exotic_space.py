r"""A space other than the ordinary one: no-break, thin, figure, en, em or ideographic.

Words beside it are glued together for everything that splits at the ordinary space.

Bad:
    the\u00a0house of\u2003the mayor

Good:
    « Vraiment ? » and 12 000 with the no-break spaces French and Swedish want; 全角　の空白 between Japanese words

Fix: put an ordinary space.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line, name, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.finding import Problem
    from dqkit.text import Document

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"


class ExoticSpace(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "unprintable"

    no_break: Annotated[bool, "report no-break spaces between two words as well"] = True

    def find(self, document: Document) -> Iterable[Problem]:
        text = document.text
        found = (
            m
            for m in pattern(_SPACES).finditer(text)
            if (self.no_break or m[0] not in "\u00a0\u202f") and _is_wrong(m, text)
        )
        return by_line(document, found, lambda character: f"a space that is not the ordinary one: {name(character)}")


@cache
def _neighbours() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile what may stand before and after a space that keeps two things together."""
    before = re.compile(
        r"[\d«‹“„—–§№#%&(\[]\Z|\b[^\W\d_]{1,3}\.?\Z|[\u2e80-\u9fff\uac00-\ud7ff\u3000-\u303f\uff00-\uffef]\Z"
    )
    after = re.compile(
        r"[\d»›”!?;:%‰€$£¥°…–—)\]]|[A-Z]?[a-zµ]{1,3}\b|[\u2e80-\u9fff\uac00-\ud7ff\u3000-\u303f\uff00-\uffef]"
    )
    return before, after


def _is_wrong(match: re.Match[str], text: str) -> bool:
    start, end = match.span()
    before, after = text[max(0, start - 5) : start], text[end : end + 5]
    if not before.strip() or not after.strip() or before[-1] in "\r\n" or after[0] in "\r\n":
        return False  # at the edge of a line: trailing-space and indentation have their own say
    kept, keeps = _neighbours()
    return not (kept.search(before) or keeps.match(after))
