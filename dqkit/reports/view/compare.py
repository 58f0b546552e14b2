"""Two copies of a passage side by side: equal lines folded, and what differs marked word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dqkit.record import NamedTuple
from dqkit.reports.view.marks import Piece, columns, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dqkit.place import Place
    from dqkit.seed.text import Document

MOST_LINES = 2_000
"""Lines of a copy that are compared; of more, how many are left out is said."""
MOST_WORDS = 4_000
"""Words of a line that are compared; a longer line that differs is marked as a whole."""
SHOWN_EQUAL = 2
"""Equal lines that are shown at the beginning and at the end of a run of them."""
_WORDS = re.compile(r"\w+|\s+|.", re.DOTALL)


class Side(NamedTuple):
    """One line of one copy; number 0 where this copy has no such line."""

    number: int
    pieces: tuple[Piece, ...]


class Line(NamedTuple):
    """A line of either copy; `folded` counts equal lines that stand in its place, not shown."""

    left: Side
    right: Side
    equal: bool
    folded: int = 0


class Comparison(NamedTuple):
    """Two copies: where they stand, their lines, how many of those are equal, how many were not compared."""

    left: Place
    right: Place
    lines: tuple[Line, ...]
    equal: int
    left_out: int


NOTHING = Side(0, ())


def compare(first: Document, left: Place, second: Document, right: Place) -> Comparison:
    """Hold two passages against each other, lines without text left aside."""
    mine, theirs = _lines(first, left), _lines(second, right)
    left_out = max(0, len(mine) - MOST_LINES) + max(0, len(theirs) - MOST_LINES)
    found = list(_aligned(mine[:MOST_LINES], theirs[:MOST_LINES]))
    return Comparison(left, right, tuple(_folded(found)), sum(line.equal for line in found), left_out)


def _lines(document: Document, at: Place) -> list[tuple[int, str]]:
    last = min(at.end_line, len(document.lines))
    found = []
    for number in range(at.line, last + 1):
        text = document.lines[number - 1]
        start, end = columns(at, number, len(text))
        if text[start:end].strip():
            found.append((number, text[start:end]))
    return found


def _aligned(mine: Sequence[tuple[int, str]], theirs: Sequence[tuple[int, str]]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, [text for _, text in mine], [text for _, text in theirs], autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        for at in range(max(i_end - i, j_end - j)):
            left = mine[i + at] if i + at < i_end else None
            right = theirs[j + at] if j + at < j_end else None
            if tag == "equal" and left and right:
                yield Line(_plain(left), _plain(right), True)
            elif left and right:
                yield Line(*_differing(left, right), False)
            else:
                yield Line(_plain(left, cut=True), _plain(right, cut=True), False)


def _plain(line: tuple[int, str] | None, *, cut: bool = False) -> Side:
    return Side(line[0], tuple(_shown([(line[1], cut)]))) if line else NOTHING


def _differing(left: tuple[int, str], right: tuple[int, str]) -> tuple[Side, Side]:
    mine, theirs = _WORDS.findall(left[1]), _WORDS.findall(right[1])
    if max(len(mine), len(theirs)) > MOST_WORDS:
        return _plain(left, cut=True), _plain(right, cut=True)
    runs: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for tag, i, i_end, j, j_end in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        runs[0].append(("".join(mine[i:i_end]), tag != "equal"))
        runs[1].append(("".join(theirs[j:j_end]), tag != "equal"))
    return Side(left[0], tuple(_shown(runs[0]))), Side(right[0], tuple(_shown(runs[1])))


def _shown(runs: Iterable[tuple[str, bool]]) -> Iterator[Piece]:
    for text, differs in runs:
        for words, kind, title in visible(text):
            yield Piece(words, kind, cut=differs, title=title)


def _folded(lines: Sequence[Line]) -> Iterator[Line]:
    """Fold the middle of each long run of equal lines."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].equal:
            end += 1
        if end - start > 2 * SHOWN_EQUAL + 1:
            yield from lines[start : start + SHOWN_EQUAL]
            yield Line(NOTHING, NOTHING, True, end - start - 2 * SHOWN_EQUAL)
            yield from lines[end - SHOWN_EQUAL : end]
        else:
            yield from lines[start:end]
        if end < len(lines):
            yield lines[end]
        start = end + 1
