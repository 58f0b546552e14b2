r"""A space other than the ordinary one: no-break, thin, figure, en, em or ideographic.

Words beside it are glued together for everything that splits at the ordinary space.

Bad:
    the\u00a0house of\u2003the mayor

Good:
    « Vraiment ? » and 12 000 with the no-break spaces French and Swedish want; 全角　の空白 between Japanese words

Fix: put an ordinary space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line, name, pattern
from dqkit.record import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from dqkit.finding import Problem
    from dqkit.seed.text import Document

_CJK = "\u2e80-\u9fff\uac00-\ud7ff\u3000-\u303f\uff00-\uffef"
_CJK_BEFORE, _CJK_AFTER = regex(f"[{_CJK}]\\Z"), regex(f"[{_CJK}]")
_KEPT = regex(r"[\d«‹“„—–§№#%&(\[+±=×/]\Z|\b[^\W\d_]{1,2}\Z|\b[^\W\d_]{1,5}\.\Z")
"""What a no-break space may keep to what follows: a number, an opening mark, a short word or an abbreviation."""
_KEEPS = regex(r"[\d»›”!?;:%‰€$£¥°…–—)\]+±=×/]")
"""What may be kept to what precedes: a number, a closing mark."""
_ITEM = regex(r"^[(\[]?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[)\].]?$")
"""What an item of a Japanese or Chinese list begins with, in ASCII; an ideographic space follows it."""
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"


class ExoticSpace(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "unprintable"

    no_break: Annotated[bool, "report no-break spaces between two words as well"] = True

    def find(self, document: Document) -> Iterable[Problem]:
        if not document.shows(pattern(_SPACES)):
            return ()
        text = document.text
        found = (
            m
            for m in pattern(_SPACES).finditer(text)
            if (self.no_break or m[0] not in "\u00a0\u202f") and _is_wrong(m, text)
        )
        return by_line(document, found, lambda character: f"a space that is not the ordinary one: {name(character)}")


def _is_wrong(match: re.Match[str], text: str) -> bool:
    """Tell whether a space stands where an ordinary one should: inside a line, and not keeping two things together."""
    start, end = match.span()
    before, after = text[max(0, start - 5) : start], text[end : end + 5]
    if not before.strip() or not after.strip() or before[-1] in "\r\n" or after[0] in "\r\n":
        return False  # at the edge of a line: trailing-space and indentation have their own say
    if match[0] == "\u3000" and (_CJK_BEFORE.search(before) or _CJK_AFTER.match(after)):
        return False
    if match[0] == "\u3000" and _ITEM.search(text[text.rfind("\n", 0, start) + 1 : start][-6:]):
        return False
    if match[0] in "\u00a0\u202f\u2007\u2009\u200a":
        return not (_KEPT.search(before) or _KEEPS.match(after))
    return True
