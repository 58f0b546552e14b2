"""Hard-wrapped text: paragraphs broken into lines of like length."""

from __future__ import annotations

from dqkit.record import NamedTuple

_SENTENCE_END = tuple(".!?…:;。！？」』”\"'’»)]।؟۔")


class Block(NamedTuple):
    """A paragraph, heading, caption or list item: consecutive lines that belong together.

    `start` and `end` are code points from 0, half-open; `first` and `last` are lines from 1, both included.
    """

    text: str
    start: int
    end: int
    first: int
    last: int


def is_wrapped(lines: list[str]) -> bool:
    """Tell whether lines are pieces of hard-wrapped paragraphs: of like length, and broken inside sentences.

    >>> is_wrapped(["A short heading", "A whole paragraph on one line, however long that may be."])
    False
    """
    if len(lines) < 4 or max(map(len, lines)) > 120:
        return False
    inner = lines[:-1]
    full = [line for line in inner if 50 <= len(line) <= 100]
    if len(full) < 0.5 * len(inner):
        return False
    return sum(line.rstrip().endswith(_SENTENCE_END) for line in full) < 0.4 * len(full)
