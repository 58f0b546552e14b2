"""Quotations of a text, in whatever marks its language uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.pairing.words import length
from dqkit.record import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTATION = regex(
    r"(?<!\w)\"([^\"]+)\"(?!\w)|“([^”“]+)”|«([^»]+)»|„([^”“\"]+)[”“\"]|»([^«]+)«|「([^」]+)」|『([^』]+)』"
)
_MARK = regex(r"[\"“”„«»「」『』《》‹›＂〝〟—–‒―]|(?<!\w)['‘’‚`]|^\s*-|''|,,|-\s")
"""Whatever may stand for a quotation mark: dashes before speech as well, and single marks before a word."""


def longest_quotation(text: str, language: str | None) -> float:
    """Measure the longest quotation of a text, see `words.length`; 0 where it has none.

    >>> longest_quotation("“Yes,” he said. “We shall mend it.”", "en"), longest_quotation("no marks", "en")
    (17.0, 0)
    """
    return max((length(quotation, language) for quotation in _quotations(text)), default=0)


def _quotations(text: str) -> Iterator[str]:
    for match in _QUOTATION.finditer(text):
        yield match[match.lastindex or 0]


def has_marks(text: str) -> bool:
    """Tell whether anything in a text may stand for a quotation mark."""
    return bool(_MARK.search(text))
