"""How words sound, in small Latin letters: what names and cognates share across scripts and spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.record import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAM = 4
"""Letters of the runs that cognates are told by."""
LEAST_SOUND, MOST_SOUND = 3, 5
"""Consonants a name must have to be told by its sound, and how many of them are compared."""
_WORD = regex(r"[a-z]{4,}")
_NAMES = {
    "ja": regex(r"[\u30a1-\u30fa\u30fc]{2,}"),
    "zh": regex(r"(?!)"),
    "": regex(r"[^\W\d_a-zßà-öø-ÿα-ωά-ώа-џ][^\W\d_]{2,}"),
}
"""Where names stand: in katakana, nowhere in Chinese, else in words that do not begin with a small letter."""
_SPELLINGS = tuple((regex(spelling), sound) for spelling, sound in (("sh|ch|tch|sch", "s"), ("ph", "p"), ("th", "t")))
_SOUNDS = str.maketrans({**dict.fromkeys("aeiouywh' ", ""), **dict(zip("vflzjxcqgdm", "bprssskkktn", strict=True))})
"""Vowels are dropped, consonants that languages take for one another made one: v and b, l and r, z and s."""
_REPEATED = regex(r"(.)\1+")


class _Roman(dict[int, str]):
    """Maps a code point to its romanisation in small letters; made as characters are met."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if 0x300 <= point < 0x370 or not character.isalnum():
            roman = "" if 0x300 <= point < 0x370 else " "
        elif point < 0x80:
            roman = character.lower()
        else:
            from anyascii import anyascii

            roman = anyascii(character).lower()
        self[point] = roman
        return roman


_ROMAN = _Roman()


def roman(text: str) -> str:
    """Write a text in small Latin letters and digits, all else as spaces.

    >>> roman("Пекин, Göteborg 上海")
    'pekin  goteborg shanghai'
    """
    return text.translate(_ROMAN)


def grams(romanised: str) -> Iterator[tuple[int, int]]:
    """Give the runs of GRAM letters inside the words of a romanised text, each as a number, and where it begins."""
    for match in _WORD.finditer(romanised):
        word, start = match[0].encode(), match.start()
        for i in range(len(word) - GRAM + 1):
            yield int.from_bytes(word[i : i + GRAM], "big"), start + i


def sounds(text: str, language: str | None) -> Iterator[tuple[str, int]]:
    """Give the names of a text by their sound, and where each begins."""
    for match in _NAMES.get(language or "", _NAMES[""]).finditer(text):
        found = sound(match[0])
        if len(found) >= LEAST_SOUND:
            yield found[:MOST_SOUND], match.start()


def sound(word: str) -> str:
    """Give the consonants of a word as they are heard across languages.

    >>> sound("Thassalin"), sound("タサリン"), sound("Villa"), sound("ヴィラ")
    ('tsrn', 'tsrn', 'br', 'br')
    """
    plain = roman(word)
    for spelling, heard in _SPELLINGS:
        plain = spelling.sub(heard, plain)
    return _REPEATED.sub(r"\1", plain.translate(_SOUNDS))
