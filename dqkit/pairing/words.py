"""Words that tend to survive translation: names and other words in Latin letters, cut to what inflection leaves."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dqkit.record import regex

STEM = 6
"""Letters of a name that are compared: Shanghais and Shanghai are one."""
_NAME = regex(r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{2,}")
_ASCII_NAME = regex(r"[A-Z][A-Za-z]{2,}")
_LATIN = regex(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]{2,}")
OTHER_SCRIPTS = frozenset(
    [
        "am",
        "ar",
        "be",
        "bg",
        "bn",
        "el",
        "fa",
        "gu",
        "he",
        "hi",
        "hy",
        "ja",
        "ka",
        "km",
        "kn",
        "ko",
        "lo",
        "mk",
        "ml",
        "mn",
        "mr",
        "my",
        "ne",
        "pa",
        "ru",
        "si",
        "sr",
        "ta",
        "te",
        "th",
        "uk",
        "ur",
        "yi",
        "zh",
    ]
)
"""Languages written in another script than Latin, where a Latin word is most likely a name."""
DENSE = frozenset(("ja", "ko", "zh"))
_WEIGHTS = (
    (regex("[\u4e00-\u9fff\u3400-\u4dbf]"), 2.0),
    (regex("[\u3040-\u30ff]"), 1.1),
    (regex("[\uac00-\ud7ff]"), 0.75),
)
"""What a character of these scripts says more than one of an alphabet.

Source: measured on 2,178 translated articles; with it one length scale serves 37 languages, standard deviation of
the logarithm of the ratio 0.124.
"""


def names(text: str, language: str | None) -> set[str]:
    """Give the stems of words that look like names: capitalized ones, all Latin ones in a text of another script."""
    pattern = _LATIN if language in OTHER_SCRIPTS else _ASCII_NAME if text.isascii() else _NAME
    return {stem(word) for word in set(pattern.findall(text))}


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Cut a word to its first letters, without case and accents.

    >>> stem("Göteborgs"), stem("Shanghai")
    ('gotebo', 'shangh')
    """
    return _plain(word)[:STEM]


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalpha())


def letters(text: str) -> set[str]:
    """Give the runs of four letters inside the words of a text, without case and accents: what cognates share.

    >>> sorted(letters("Party"))
    ['arty', 'part']
    """
    words = (_plain(word) for word in re.findall(r"[^\W\d_]{4,}", text))
    return {word[i : i + 4] for word in words for i in range(len(word) - 3)}


def length(text: str, language: str | None) -> float:
    """Measure how much a text says: characters, those of dense scripts weighted."""
    if language not in DENSE or text.isascii():
        return float(len(text))
    return len(text) + sum(weight * len(pattern.findall(text)) for pattern, weight in _WEIGHTS)
