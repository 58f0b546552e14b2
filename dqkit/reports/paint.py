"""Colours for a terminal."""

from __future__ import annotations

_CODES = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36", "dim": "2", "bold": "1"}
SEVERITY_COLORS = {"error": "red", "warning": "yellow", "info": "blue"}


def paint(text: str, color: str, on: bool) -> str:
    """Put a text in a colour, or leave it where colours are off."""
    return f"\x1b[{_CODES[color]}m{text}\x1b[0m" if on and text else text
