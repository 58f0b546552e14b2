"""Mojibake: UTF-8 that was read in a single-byte encoding, once or twice.

What it looks like is ftfy's knowledge (`ftfy.badness`); a cheap screen decides which lines it is asked about.
"""

from __future__ import annotations

import re
from functools import cache

from dqkit import cache as disk
from dqkit.patterns import compiled

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
def _shapes() -> tuple[str, str]:
    """Give two patterns: any lead and any continuation byte of UTF-8, and whole characters, as CODECS show them."""
    found: tuple[str, str] = disk.compiled("mojibake", [repr(CODECS).encode()], _compile)
    return found


def _compile() -> tuple[str, str]:
    leads, rests, shapes = set(), set(), ["[\x80-\x9f]"]
    for codec in CODECS:
        rest = _characters(codec, 0x80, 0xBF)
        rests |= rest
        for first, last, count in ((0xC2, 0xDF, 1), (0xE0, 0xEF, 2), (0xF0, 0xF4, 3)):
            lead = _characters(codec, first, last)
            leads |= lead
            shapes.append(f"[{_escaped(lead)}][{_escaped(rest)}]{{{count}}}")
    return f"[\x80-\x9f]|[{_escaped(leads)}][{_escaped(rests)}]", "|".join(shapes)


def _characters(codec: str, first: int, last: int) -> set[str]:
    decoded = (bytes((byte,)).decode(codec, "ignore") for byte in range(first, last + 1))
    return {character for character in decoded if character}


def _escaped(characters: set[str]) -> str:
    return "".join(sorted(map(re.escape, characters)))


@cache
def _pattern(exact: bool) -> re.Pattern[str]:
    return compiled(_shapes()[exact])


def is_suspicious(text: str) -> bool:
    """Tell whether a text may hold mojibake; most texts do not, and are told so at little cost."""
    if text.isascii():
        return False
    return _pattern(exact=False).search(text) is not None and _pattern(exact=True).search(text) is not None


def is_mojibake(line: str) -> bool:
    """Tell whether a line holds mojibake, by ftfy's table of characters that do not stand side by side."""
    from ftfy.badness import is_bad

    return bool(is_bad(line))


def spans(line: str) -> list[tuple[int, int]]:
    """Find the words of a line that are mojibake, as half-open ranges of code points."""
    from ftfy.badness import BADNESS_RE

    bad = [match.span() for match in BADNESS_RE.finditer(line)]
    hit, at = [], 0
    for match in re.finditer(r"\S+", line):
        while at < len(bad) and bad[at][1] <= match.start():
            at += 1
        if at < len(bad) and bad[at][0] < match.end():
            hit.append(match.span())
    return hit or bad


def repair(line: str) -> str:
    """Give what the line was before it was read wrongly, or the line itself where that cannot be told."""
    from ftfy import fix_encoding

    return str(fix_encoding(line))
