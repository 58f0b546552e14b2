"""Characters that a reader cannot see or tell apart: how to find, name and group them."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from dqkit.finding import Problem
from dqkit.patterns import compiled
from dqkit.record import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from dqkit.seed.text import Document

_CONTROLS = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0B: "LINE TABULATION",
    0x0C: "FORM FEED",
    0x1A: "SUBSTITUTE",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
}
"""Names the Unicode standard gives as aliases alone."""
_RIGHT_TO_LEFT = regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")


def name(character: str) -> str:
    r"""Name a character as the Unicode standard does.

    >>> name("\u200b"), name("\x00")
    ('U+200B ZERO WIDTH SPACE', 'U+0000 NULL')
    """
    code = ord(character)
    known = _CONTROLS.get(code, "CONTROL CHARACTER" if code < 0xA0 else "")
    return f"U+{code:04X} {unicodedata.name(character, known)}".rstrip()


@cache
def pattern(characters: str) -> re.Pattern[str]:
    """Compile a character class, once, when a text first needs it."""
    return compiled(f"[{characters}]")


@cache
def runs(characters: str) -> re.Pattern[str]:
    """Compile a pattern for any of some characters and its repeats right after it, of which `re` remembers each."""
    return compiled(f"([{characters}])\\1{{0,999}}")


def has_right_to_left(text: str) -> bool:
    """Tell whether a text holds a letter of a right-to-left script."""
    return _RIGHT_TO_LEFT.search(text) is not None


def right_to_left_share(text: str) -> float:
    """Give the share of right-to-left letters among all letters of a text, 0 to 1."""
    letters = sum(map(str.isalpha, text))
    return len(_RIGHT_TO_LEFT.findall(text)) / letters if letters else 0.0


def by_line(document: Document, found: Iterator[re.Match[str]], message: Callable[[str], str]) -> Iterator[Problem]:
    """Make one problem of all matches with the same words on one line, at the first; `message` is given the words.

    A pattern with a group, like those of `runs`, matches any number of times what its group holds.
    """
    groups: dict[tuple[int, str], tuple[int, int]] = {}
    line, end = 0, -1
    for match in found:
        at, words = match.start(), match[match.re.groups]
        if at >= end:
            line = document.position(at)[0]
            end = document.starts[line] if line < len(document.starts) else len(document.text) + 1
        first, times = groups.get((line, words), (at, 0))
        groups[line, words] = (first, times + len(match[0]) // len(words))
    for (_, words), (first, times) in groups.items():
        more = f" ({times} times on this line)" if times > 1 else ""
        yield Problem(document.place(first, first + len(words)), message(words) + more)
