"""Mojibake: UTF-8 that was read in a single-byte encoding, once or twice.

What it looks like is ftfy's knowledge (`ftfy.badness`); a cheap screen decides which lines it is asked about.
"""

from __future__ import annotations

import re
from functools import cache

CODECS = (
    "latin-1",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1257",
    "iso8859-2",
    "mac-roman",
    "cp437",
    "cp850",
    "cp852",
)
"""Single-byte encodings that UTF-8 is taken for."""


@cache
def screens() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile what a UTF-8 character looks like in any of CODECS: a quick and loose pattern, and an exact one.

    A character of two to four bytes is a lead byte and one to three continuation bytes, each shown as a character.
    """
    shapes, leads, rests = [], set("\x80\x81"), set()
    for codec in CODECS:
        rest = _characters(codec, 0x80, 0xBF)
        rests |= rest
        for first, last, count in ((0xC2, 0xDF, 1), (0xE0, 0xEF, 2), (0xF0, 0xF4, 3)):
            lead = _characters(codec, first, last)
            leads |= lead
            shapes.append(f"[{_escaped(lead)}][{_escaped(rest)}]{{{count}}}")
    return re.compile(f"[\x80-\x9f]|[{_escaped(leads)}][{_escaped(rests)}]"), re.compile(
        "|".join(["[\x80-\x9f]", *shapes])
    )


def _characters(codec: str, first: int, last: int) -> set[str]:
    decoded = (bytes((byte,)).decode(codec, "ignore") for byte in range(first, last + 1))
    return {character for character in decoded if character}


def _escaped(characters: set[str]) -> str:
    return "".join(sorted(map(re.escape, characters)))


def is_suspicious(text: str) -> bool:
    """Tell whether a text may hold mojibake; most texts do not, and are told so at little cost."""
    if text.isascii():
        return False
    loose, exact = screens()
    return loose.search(text) is not None and exact.search(text) is not None


def is_mojibake(line: str) -> bool:
    """Tell whether a line holds mojibake, by ftfy's table of characters that do not stand side by side."""
    from ftfy.badness import is_bad

    return bool(is_bad(line))


def spans(line: str) -> list[tuple[int, int]]:
    """Find the words of a line that are mojibake, as half-open ranges of code points."""
    from ftfy.badness import BADNESS_RE

    words = [match.span() for match in re.finditer(r"\S+", line)]
    bad = [match.span() for match in BADNESS_RE.finditer(line)]
    hit = [(a, b) for a, b in words if any(start < b and a < end for start, end in bad)]
    return hit or bad


def repair(line: str) -> str:
    """Give what the line was before it was read wrongly, or the line itself where that cannot be told."""
    from ftfy import fix_encoding

    return str(fix_encoding(line))
