"""Text of another script in the wrong letters: Cyrillic, Greek, Hebrew or Arabic in Latin ones, kana in Chinese ones.

A word of four letters and more, all of them accented, is of no language written in Latin letters. The Chinese
characters that UTF-8's kana begin with in Shift-JIS hardly occur in any text.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.seed.text import Document


class Misread(NamedTuple):
    """A stretch of text that was read in the wrong encoding, as a half-open range of code points, and what it was."""

    start: int
    end: int
    meant: str


_ACCENTED = regex("(?<![^\\W\\d_])[\xc0-\xd6\xd8-\xf6\xf8-\xff\xa8\xb8]{4,}(?![^\\W\\d_])")
_LETTER, _FOUR = regex("[\xc0-\xff]"), regex("[\xc0-\xff\xa8\xb8]{4}")
"""What a text must have for such a word to be looked for: a quick search."""
_WHOLE = regex("(?<![^\\W\\d_])[\xc0-\xff\xa8\xb8\xaa\xb3\xba\xbf\xaf\xbe\xb4]+(?![^\\W\\d_])")
_LEAST_KINDS = 3
"""Different letters such a word has at least: `èèèè` is a cry."""
_LEAST_LETTERS = 6
"""Letters that are enough to tell an alphabet by."""
_ALPHABETS = (
    ("cp1251", "оеаинтсрвл"),
    ("koi8-r", "оеаинтсрвл"),
    ("iso8859-7", "αοιετσνηρςάί"),
    ("cp1255", "יוהלארתבשמ"),
    ("cp1256", "اليمونرتبة"),
)
"""Encodings of other alphabets, and the letters their languages use most."""
_USUAL = 0.5
"""Least share of letters that must be among these."""
_KANA = regex("[縺繧繝][\uff61-\uff9f\u3000-\u9fff・･]")
_KANA_RUN = regex("[^\x00-\x7f]+")
_LEAST_KANA = 2
_LOST = regex('(?<![“"「『])(?:锟斤拷)+锟?(?![”"」』])')
"""What replacement characters look like in GBK: the letters are gone."""


def other_alphabet(document: Document) -> Iterator[Misread]:
    """Find the lines in which text of another script stands in the wrong letters, one stretch a line."""
    text = document.text
    latin = document.shows(_LETTER) and _FOUR.search(text) is not None and _ACCENTED.search(text) is not None
    if not latin and not any(sign in document.rare for sign in "縺繧繝锟"):
        return
    for line, start in zip(document.lines, document.starts, strict=False):
        if line.isascii():
            continue
        found = (_latin(line) if latin else None) or _kana(line) or _lost(line)
        if found:
            yield Misread(start + found.start, start + found.end, found.meant)


def _latin(line: str) -> Misread | None:
    if not any(_is_odd(match[0]) for match in _ACCENTED.finditer(line)):
        return None
    spans = [match.span() for match in _WHOLE.finditer(line)]
    first, last = spans[0][0], spans[-1][1]
    meant = _likeliest(line[first:last])
    return Misread(first, last, meant) if meant else None


def _is_odd(word: str) -> bool:
    """Tell a word from a cry, `èèèè`, and from a row of the code table."""
    rows = sum(ord(b) - ord(a) == 1 for a, b in pairwise(word))
    return len(set(word.lower())) >= _LEAST_KINDS and rows * 2 < len(word)


def _likeliest(words: str) -> str | None:
    readings = []
    for codec, usual in _ALPHABETS:
        try:
            meant = words.encode("cp1252").decode(codec)
        except UnicodeError:
            continue
        letters = [letter for letter in meant if letter.isalpha()]
        share = sum(letter in usual for letter in letters) / max(1, len(letters))
        if share >= _USUAL and len(letters) >= _LEAST_LETTERS:
            readings.append((share, meant))
    return max(readings)[1] if readings else None


def _kana(line: str) -> Misread | None:
    if len(_KANA.findall(line)) < _LEAST_KANA:
        return None
    match = next(run for run in _KANA_RUN.finditer(line) if _KANA.search(run[0]))
    try:
        meant = match[0].encode("cp932").decode("utf-8")
    except UnicodeError:  # some of its bytes are gone
        meant = match[0]
    return Misread(*match.span(), meant)


def _lost(line: str) -> Misread | None:
    match = _LOST.search(line)
    return Misread(*match.span(), match[0]) if match else None
