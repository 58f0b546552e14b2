"""Text read in the wrong encoding in ways ftfy does not know: other alphabets, one legacy encoding taken for another.

Each way leaves marks that ordinary text of the script does not have: box drawing among Cyrillic letters, capitals that
follow small letters, symbols inside words, letters of another language in place of all the language's own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dqkit.detect.alphabet import Misread, other_alphabet
from dqkit.detect.mojibake import is_mojibake, is_suspicious, repair, spans
from dqkit.record import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.seed.text import Document

LEAST = 3
"""Marks in a text, or letters of a run, that are no accident."""
_BOXES = regex("[Ѐ-ӿ \xa0]?[\u2500-\u25a0][Ѐ-ӿ\u2500-\u25a0]|[\u2550-\u256c][\u2500-\u25a0Ѐ-ӿ]")
_ARABIC = regex("[طظ][^\\sء-ي؀-؟ً-ْ.,:;!?()\\d]")
_FLIPPED = regex("\\b[а-я][А-Я]{3,}\\b")
_INSIDE = regex("(?<=[A-Za-zÀ-ž])[¸‰ˆŽ„†‡”Θ╔═µ£§±¿¶³¹²¬¨∂ß≈Ø\u201a\u2030\u2039\u203a¼½¾ª¢¥¤]{1,12}(?=[a-zß-ž])")
_CURRENCY = regex("(?<=[A-Za-zÀ-ž])¤(?=[a-zß-ž])")
LEAST_CURRENCY = 2
"""Currency signs inside words that are no accident: nobody writes them there."""
_RUN = regex("[^\x00-\x7f\\s]{4,}")
_WORD = regex("[^\\s-]+")
_ANY_WORD = regex("\\S+")
_TWO = regex("[^\x00-\x7f]{2}")
_PUNCTUATION = ".,:;!?…\"'()[]“”‘’„«»–—"
_LATIN_CODECS = ("cp1252", "cp1250", "mac-roman", "cp850", "cp437", "cp1254", "cp1257")
_PAIRS = (
    ("mac-roman", "cp1252"),
    ("cp1252", "cp850"),
    ("cp437", "cp1252"),
    ("cp850", "cp1252"),
    ("latin-1", "iso8859-2"),
    ("cp1252", "cp1250"),
    ("cp1252", "mac-roman"),
)
"""What a text was read as, and what it was in."""
_SWAPPED = {
    "tr": ("cp1252", "cp1254", "ðþýÐÞÝ", "ğşıĞŞİ"),
    "az": ("cp1252", "cp1254", "ðþýÐÞÝ", "ğşıĞŞİ"),
    "hu": ("cp1252", "cp1250", "õûÕÛ", "őűŐŰ"),
    "cs": ("cp1252", "cp1250", "ìèøùïòÈØ", "ěčřůďňČŘ"),
    "sk": ("cp1252", "cp1250", "èïòÈ", "čďňČ"),
    "hr": ("cp1252", "cp1250", "èæðÈÆÐ", "čćđČĆĐ"),
    "sl": ("cp1252", "cp1250", "èÈ", "čČ"),
    "ro": ("cp1252", "cp1250", "ãºþªÞ", "ăşţșțŞŢȘȚ"),
    "pl": ("cp1252", "cp1250", "¹ê³ñæœ¿", "ąęłńćśż"),
}
"""By language: read as, was in, the letters seen in place of its own, and its own."""
_FOREIGN = regex("[ðþýÐÞÝõûÕÛìèøùïòÈØæÆãºª¹ê³ñæœ¿]")
"""All the letters in place of others."""


def wrongly_read(document: Document) -> list[Misread]:
    """Find what was read wrongly: what ftfy can restore, else what other ways left marks of, else what ftfy sees."""
    known = list(_known_to_ftfy(document))
    if known and all(found.meant != document.text[found.start : found.end] for found in known):
        return known
    return misread(document) or known


def _known_to_ftfy(document: Document) -> Iterator[Misread]:
    """Find the lines that ftfy calls mojibake: the range from their first bad word to the last, and what it was."""
    if not document.clustered or not is_suspicious(document.text):
        return
    for line, start in zip(document.lines, document.starts, strict=False):
        if is_suspicious(line) and is_mojibake(line):
            hits = spans(line)
            first, last = hits[0][0], hits[-1][1]
            meant = repair(line[first:last])
            yield Misread(start + first, start + last, line[first:last] if is_mojibake(meant) else meant)


def misread(document: Document) -> list[Misread]:
    """Find the lines of a document that were read in the wrong encoding, one stretch a line."""
    text = document.text
    if text.isascii():
        return []
    found = list(other_alphabet(document))
    for sign, mark, codecs in _SCREENS:
        if not found and document.shows(sign) and len(mark.findall(text)) >= LEAST:
            found = list(_runs(document, codecs))
    if not found and document.shows(_CYRILLIC_CAPITAL) and len(_FLIPPED.findall(text)) >= LEAST:
        found = list(_lines(document, "cp1251", "koi8-r", _FLIPPED.pattern))
    if (
        not found
        and document.shows(_SIGN)
        and (len(_INSIDE.findall(text)) >= LEAST or len(_CURRENCY.findall(text)) >= LEAST_CURRENCY)
    ):
        found = _between_legacies(document)
    return found or _swapped(document) or list(_words(document))


_SIGN = regex("[¸‰ˆ„†‡Θ╔═µ£§±¿¶³¹²¬¨∂≈Ø\u201a\u2030\u2039\u203a¼½¾ª¢¥¤]")
"""The signs of `_INSIDE`, but for ß and closing quotation marks: ordinary texts have those, and others come along."""
_CYRILLIC_CAPITAL = regex("[А-Я]")
_SCREENS = (
    (regex("[\u2500-\u25a0]"), _BOXES, ("koi8-r", "cp866")),
    (regex("[طظ]"), _ARABIC, ("cp1256",)),
)
"""What a text must have for a mark to be looked for, the mark, and the encodings it speaks for."""


def _runs(document: Document, codecs: tuple[str, ...]) -> Iterator[Misread]:
    """Find the runs beyond ASCII that are UTF-8 in an encoding of their script."""
    for line, start in zip(document.lines, document.starts, strict=False):
        hits = [(*m.span(), meant) for m in _RUN.finditer(line) if (meant := _utf8(m[0], codecs))]
        if hits:
            yield _one(line, start, hits)


def _words(document: Document) -> Iterator[Misread]:
    """Find single words with signs or capitals inside that are plain words of the Latin script when read as UTF-8."""
    if not document.clustered or not is_suspicious(document.text):
        return
    for line, start in zip(document.lines, document.starts, strict=False):
        if line.isascii() or not is_suspicious(line):
            continue
        hits = []
        for match in _WORD.finditer(line):
            if not _TWO.search(match[0]):
                continue
            bare = match[0].strip(_PUNCTUATION)
            at = match.start() + match[0].index(bare)
            if _is_odd(bare) and (meant := _utf8(bare, _LATIN_CODECS)) and _is_word(meant):
                hits.append((at, at + len(bare), meant))
        if hits:
            yield _one(line, start, hits)


def _is_odd(word: str) -> bool:
    """Tell whether a word has a sign or a capital beyond ASCII after a small letter."""
    inside = (b for a, b in pairwise(word) if a.islower() and not b.isascii())
    return any(b.isupper() or not b.isalpha() for b in inside) and not word.isupper()


def _is_word(word: str) -> bool:
    latin = max(word) < "\u0370" or "\u1ea0" < max(word) < "\u1f00"
    return latin and word.isalpha() and (word[1:].islower() or word.isupper())


def _one(line: str, start: int, hits: list[tuple[int, int, str]]) -> Misread:
    """Make one stretch of the words of a line, with what stands between them."""
    first, last = hits[0][0], hits[-1][1]
    meant, at = [], first
    for begin, end, word in hits:
        meant += [line[at:begin], word]
        at = end
    return Misread(start + first, start + last, "".join(meant))


def _utf8(run: str, codecs: tuple[str, ...]) -> str | None:
    for codec in codecs:
        try:
            meant = run.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if sum(map(str.isalpha, meant)) * 2 >= len(meant) >= 2 and not meant.isascii():
            return meant
    return None


def _between_legacies(document: Document) -> list[Misread]:
    for read_as, was in _PAIRS:
        if meant := _again(document.text, read_as, was):
            marks = len(_INSIDE.findall(document.text))
            more = LEAST if marks >= LEAST else 1
            if len(_INSIDE.findall(meant)) * 10 <= marks and _accents(meant) >= _accents(document.text) + more:
                return list(_lines(document, read_as, was, _INSIDE.pattern))
    return []


def _accents(text: str) -> int:
    """Count letters beyond ASCII that stand inside or at the end of a word in small letters."""
    return sum(a.islower() and b in _LETTERS for a, b in pairwise(text))


_LETTERS = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœßąćęłńóśźżčďěňřšťůžőűğışđ")


def _swapped(document: Document) -> list[Misread]:
    """Find text that has another language's letters wherever it should have its own."""
    if not document.shows(_FOREIGN):
        return []
    counts = {letter: document.text.count(letter) for letter in document.rare if _FOREIGN.match(letter)}
    marked = [
        language
        for language, (_, _, wrong, _) in _SWAPPED.items()
        if sum(counts.get(letter, 0) for letter in wrong) >= LEAST
    ]
    if not marked or document.language not in marked:
        return []
    read_as, was, wrong, right = _SWAPPED[str(document.language)]
    if any(letter in document.text for letter in right):
        return []
    return list(_lines(document, read_as, was, f"[{wrong}]"))


def _lines(document: Document, read_as: str, was: str, mark: str) -> Iterator[Misread]:
    """Give the lines that have a mark, from their first word with one to their last."""
    marked = regex(mark)
    for line, start in zip(document.lines, document.starts, strict=False):
        spans = (
            [match.span() for match in _ANY_WORD.finditer(line) if marked.search(match[0])]
            if marked.search(line)
            else ()
        )
        if spans:
            first, last = spans[0][0], spans[-1][1]
            yield Misread(start + first, start + last, _again(line[first:last], read_as, was) or line[first:last])


def _again(text: str, read_as: str, was: str) -> str | None:
    """Read a text again in the encoding it was in; None where it cannot have been in that."""
    try:
        return text.encode(read_as, "replace").decode(was, "replace")
    except LookupError:
        return None
