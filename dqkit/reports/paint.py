"""Colours and widths for a terminal."""

from __future__ import annotations

_CODES = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36", "dim": "2", "bold": "1"}
SEVERITY_COLORS = {"error": "red", "warning": "yellow", "info": "blue"}


def paint(text: str, color: str, on: bool) -> str:
    """Put a text in a colour, or leave it where colours are off."""
    return f"\x1b[{_CODES[color]}m{text}\x1b[0m" if on and text else text


def wrap(text: str, width: int) -> list[str]:
    """Break a text at its spaces into lines of some columns, 0 for one line; a word is never broken.

    >>> wrap("a passage of some words", 10)
    ['a passage', 'of some', 'words']
    """
    if not width or columns(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and columns(f"{lines[-1]} {word}") > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def columns(text: str) -> int:
    """Count the columns a text takes on a terminal: two for wide East Asian characters, none for combining ones.

    >>> columns("añ世")
    4
    """
    from unicodedata import combining, east_asian_width

    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
