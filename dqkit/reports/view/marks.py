"""A text as it is shown: lines cut into pieces where findings begin and end, with what cannot be seen made visible."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from dqkit.finding import SEVERITIES
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dqkit.place import Place
    from dqkit.seed.text import Document

WIDE = 2
"""Line ends inside a finding from which it is drawn as a band beside its lines, not as a mark on each word."""
LONGEST_PIECE = 6_000
"""Code points of a piece that are shown; of a longer one, its beginning and end, and how many are left out."""
_EDGE = 1_000
_HIDDEN = regex("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
_SHORT = {
    0x00: "NUL", 0x09: "TAB", 0x0A: "LF", 0x0D: "CR", 0x1B: "ESC", 0x7F: "DEL", 0x85: "NEL", 0xA0: "NBSP", 0xAD: "SHY",
    0x200B: "ZWSP", 0x200C: "ZWNJ", 0x200D: "ZWJ", 0x200E: "LRM", 0x200F: "RLM", 0x202A: "LRE", 0x202B: "RLE",
    0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO", 0x202F: "NNBSP", 0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI",
    0x2068: "FSI", 0x2069: "PDI", 0x3000: "IDSP", 0xFEFF: "BOM", 0x2028: "LSEP", 0x2029: "PSEP", 0x061C: "ALM",
}  # fmt: skip


class Mark(NamedTuple):
    """A finding as the text shows it, by its number; `cut` says that its words would go, `fix` what would come."""

    number: int
    at: Place
    severity: str
    cut: bool = False
    fix: str = ""


class Piece(NamedTuple):
    """Words of a line that are shown alike.

    `kind` is "" for plain words, `space` for an unusual space, `chip` for a character shown by its name, `gap` for
    where something is missing, `more` for words left out, `fix` for words that a fix would put here.
    """

    text: str
    kind: str = ""
    marks: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    """The findings that begin with this piece."""
    severity: str = ""
    cut: bool = False
    title: str = ""


class Row(NamedTuple):
    """One line of a file: its number, its pieces, and the findings that are drawn as bands beside it."""

    number: int
    pieces: tuple[Piece, ...]
    bands: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    """The bands that begin here."""
    severity: str = ""
    """The worst of its bands'."""
    cut: bool = False
    """Whether nothing of it would be left."""


def rows(document: Document, marks: Sequence[Mark]) -> Iterator[Row]:
    """Give all lines of a document with the marks that lie on them."""
    total = len(document.lines)
    on: defaultdict[int, list[Mark]] = defaultdict(list)
    bands: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        where = bands if is_wide(mark.at) else on
        for line in range(min(mark.at.line, max(1, total)), min(mark.at.end_line, total) + 1):
            where[line].append(mark)
    for number, text in enumerate(document.lines or ("",), 1):
        beside = bands[number]
        here = [*on[number], *(mark for mark in beside if mark.cut)]
        cut = bool(beside or text) and _is_cut(text, number, here)
        drawn = frozenset(mark.number for mark in on[number])
        pieces = tuple(_pieces(text, number, here, drawn))
        starts = tuple(mark.number for mark in beside if mark.at.line == number)
        numbers = tuple(mark.number for mark in beside)
        yield Row(number, pieces, numbers, starts, worst(mark.severity for mark in beside), cut)


def is_wide(at: Place) -> bool:
    """Tell whether a place spans so many lines that it is drawn as a band."""
    return at.end_line - at.line >= WIDE


def worst(severities: Iterable[str]) -> str:
    """Give the worst of some severities; empty where there is none."""
    return max(severities, key=SEVERITIES.index, default="")


def _is_cut(text: str, line: int, marks: Sequence[Mark]) -> bool:
    """Tell whether marks that are to be cut, without anything put instead, take a whole line away."""
    spans = sorted(columns(mark.at, line, len(text)) for mark in marks if mark.cut and not mark.fix)
    reach = 0
    for start, end in spans:
        if not text[reach:start].strip():
            reach = max(reach, end)
    return bool(spans) and not text[reach:].strip()


def columns(at: Place, line: int, length: int) -> tuple[int, int]:
    """Give the part of a line that a place covers, as a half-open range from 0; the place must touch the line."""
    first = at.column - 1 if line == at.line else 0
    last = at.end_column - 1 if line == at.end_line and at.end_column else length
    return min(first, length), min(max(first, last), length)


def _pieces(text: str, line: int, marks: Sequence[Mark], drawn: frozenset[int]) -> Iterator[Piece]:
    """Cut a line where marks begin and end; marks not in `drawn` only cut words away."""
    spans = [(*columns(mark.at, line, len(text)), mark) for mark in marks]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    for start, end in [*pairwise(edges), (len(text), len(text))]:
        for first, last, mark in spans:
            if first != start or mark.at.line != line:
                continue
            if mark.fix:
                yield Piece(mark.fix.strip("\n") or "⏎", "fix")
            if first == last and mark.number in drawn:
                at_end = "line end" if mark.at.end_line > line else "no line end"
                what = at_end if first == len(text) else "missing"
                yield Piece(what, "gap", (mark.number,), (mark.number,), mark.severity)
        if start < end:
            yield from _run(text[start:end], start, [s for s in spans if s[0] <= start and end <= s[1]], line, drawn)


def _run(text: str, start: int, here: list[tuple[int, int, Mark]], line: int, drawn: frozenset[int]) -> Iterator[Piece]:
    shown = [(first, mark) for first, _, mark in here if mark.number in drawn]
    marks = tuple(mark.number for _, mark in shown)
    starts = tuple(mark.number for first, mark in shown if first == start and mark.at.line == line)
    severity = worst(mark.severity for _, mark in shown)
    cut = any(mark.cut for _, _, mark in here)
    for words, kind, title in visible(text, keep_joiners=not marks):
        yield Piece(words, kind, marks, starts, severity, cut and kind != "more", title)
        starts = ()


def visible(text: str, *, keep_joiners: bool = True) -> Iterator[tuple[str, str, str]]:
    """Cut a text into words, unusual spaces and characters shown by name: text, kind and title of each piece.

    `keep_joiners` leaves the joiners of Persian, Indic and emoji as they are, for nobody asks about them there.
    """
    if len(text) > LONGEST_PIECE:
        left_out = len(text) - 2 * _EDGE
        yield from visible(text[:_EDGE], keep_joiners=keep_joiners)
        yield f"… {left_out:,} characters left out …", "more", ""
        yield from visible(text[-_EDGE:], keep_joiners=keep_joiners)
        return
    if text.isprintable() and not _HIDDEN.search(text):
        if text:
            yield text, "", ""
        return
    plain: list[str] = []
    for character in text:
        kind = _kind(character, keep_joiners)
        if not kind:
            plain.append(character)
            continue
        if plain:
            yield "".join(plain), "", ""
            plain = []
        yield (character if kind == "space" else label(character)), kind, name(character)
    if plain:
        yield "".join(plain), "", ""


def excerpted(text: str) -> Iterator[tuple[str, str, str]]:
    """Cut an excerpt as `visible` does; a line feed between words breaks its line and is shown by no name."""
    lines = text.split("\n") if text.strip() else [text]
    for number, line in enumerate(lines):
        if number:
            yield "\n", "", ""
        yield from visible(line)


def _kind(character: str, keep_joiners: bool) -> str:
    if keep_joiners and character in "\u200c\u200d":
        return ""
    if character.isprintable() and not _HIDDEN.search(character):
        return ""
    return "space" if unicodedata.category(character) == "Zs" else "chip"


def label(character: str) -> str:
    r"""Name a character in little room; a byte that did not decode by its two digits.

    >>> label("\u200b"), label("\x01"), label("\udce9")
    ('ZWSP', 'U+0001', 'E9')
    """
    code = ord(character)
    return f"{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else _SHORT.get(code, f"U+{code:04X}")


def name(character: str) -> str:
    r"""Name a character in full.

    >>> name("\u00a0"), name("\udce9")
    ('U+00A0 NO-BREAK SPACE', 'byte E9, which is not UTF-8')
    """
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"byte {code - 0xDC00:02X}, which is not UTF-8"
    return f"U+{code:04X} {unicodedata.name(character, _SHORT.get(code, ''))}".rstrip()
