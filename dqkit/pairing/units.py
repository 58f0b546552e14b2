"""What a number counts: parts of a hundred, or the money of a country."""

from __future__ import annotations

from functools import cache

from dqkit.pairing.moments import SPACES
from dqkit.record import regex
from dqkit.reference import table

_LINK = regex(
    rf"\.?[{SPACES}-]?(?:(?:de|di|do|of|af|von)[{SPACES}]|d['’]|(?:us|u\.s\.|americ\w*|amerik\w*|америк\w*|сша)[{SPACES}-])?"
)
"""What may stand between a number and the word for what it counts, in small letters."""
LONGEST = 18
"""Code points of the longest word for a unit."""
MOST_ENDING = 3
"""Letters that inflection may add to a word of four letters or more."""


def unit(text: str, start: int, end: int) -> str:
    """Name what the number at a half-open range of code points counts, as the table of units does, else "".

    >>> unit("$1.5 billion", 1, 12), unit("1,5 miljarder dollar", 0, 13), unit("5 procent", 0, 1), unit("5 av 7", 0, 1)
    ('dollar', 'dollar', '%', '')
    """
    names = _names()
    after = text[end : end + 2 * LONGEST].casefold()
    link = _LINK.match(after)
    rest = after[link.end() :] if link else after
    for size in range(min(LONGEST, len(rest)), 0, -1):
        if rest[:size] in names and _ends(rest[:size], rest[size:]):
            return names[rest[:size]]
    before = text[max(0, start - LONGEST) : start].casefold().rstrip()
    for size in range(len(before), 0, -1):
        word = before[-size:]
        if word in names and (size == len(before) or not (word[0].isalpha() and before[-size - 1].isalpha())):
            return names[word]
    return ""


@cache
def _names() -> dict[str, str]:
    return {word.replace("~", " "): unit for unit, words in table("units").items() for word in words.split()}


def _ends(word: str, rest: str) -> bool:
    """Tell whether a word may end so: with a few letters of an alphabet, or none after a code of letters."""
    if not word[-1].isalpha() or word[-1] > "\u2e80":
        return True
    most = MOST_ENDING if len(word) > 3 else 0
    return not rest[: most + 1].isalpha() or len(rest) <= most
