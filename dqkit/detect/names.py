"""Names of persons and publications, and when two spellings are one name."""

from __future__ import annotations

import unicodedata

from dqkit.record import regex

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i"})
_WORD = regex(r"[^\W\d_]+")
_TWO_FOR_ONE = regex(r"([aou])(?:e(?!\b)|(?<=a)a)")
"""How ä, ö, ü and å are written without their marks: Mueller is Müller."""


def same_name(left: str, right: str) -> bool:
    """Tell whether two spellings name the same person or publication.

    They have the same words, or one's are all among the other's; an initial or a short form stands for a word.

    >>> same_name("Lu Chen", "Chen, Lu"), same_name("Lu Chen", "Li Chen"), same_name("L. Chen", "Lu Chen")
    (True, False, True)
    """
    first, second = words(left), words(right)
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    rest = list(long)
    for word in sorted(short, key=len, reverse=True):
        match = next((other for other in rest if word == other), None) or next(
            (other for other in rest if _stands_for(word, other)), None
        )
        if match is None:
            return False
        rest.remove(match)
    return True


def _stands_for(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return long.startswith(short) and len(short) in (1, *range(3, 40))


def words(name: str) -> list[str]:
    """Give the words of a name, small letters without marks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return [_TWO_FOR_ONE.sub(r"\1", word) for word in _WORD.findall(plain.translate(_LETTERS))]


def comparable(left: str, right: str) -> bool:
    """Tell whether two names are in one script, so that they can be compared letter by letter.

    >>> comparable("Lu Chen", "陈璐"), comparable("Lu Chen", "Mara Lindqvist")
    (False, True)
    """
    return len({_script(letter) for name in (left, right) for letter in name if letter.isalpha()}) == 1


def _script(letter: str) -> str:
    return "LATIN" if letter < "\u0250" else unicodedata.name(letter, "?").partition(" ")[0]
