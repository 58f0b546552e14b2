"""Double quotation marks: which open, which close, and which pairs do not belong together."""

from __future__ import annotations

from dqkit.record import regex

_MARKS = regex('["“”„‟«»]')
_STRAIGHT = regex(r'(?<![\w"])"(?=[\w“‘(¿¡…-])[^"“”„\n]{1,400}"(?!\w)')
_CURLY = regex(r"(?<!\w)[“„”][^\"“”„\n]{1,400}[”“](?!\w)|«[^\"«»\n]{1,400}»|(?<!\w)»\w[^\"«»\n]{1,400}«")


def mismatched(line: str) -> list[tuple[int, int]]:
    """Find quotations of one line whose two marks are a straight and a curly one, as half-open ranges of code points.

    >>> mismatched('"It takes a second”, he said, "no more".')
    [(0, 19)]
    >>> mismatched('A 27" screen costs “a lot”.')
    []
    """
    if '"' not in line or line.isascii():
        return []
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _MARKS.finditer(line):
        at, mark = match.start(), match[0]
        before, after = line[at - 1 : at], line[at + 1 : at + 2]
        if mark == '"' and before.isdigit() and opened is None:
            continue  # inches
        opens = mark in "„‟" or (
            (not before or not (before.isalnum() or before in ".,!?…")) and bool(after) and not after.isspace()
        )
        if mark in "«»":
            opens = not before or before.isspace() or before in "(["
        if opened is None:
            opened = at if opens else None
            continue
        straight = line[opened] == '"'
        if straight != (mark == '"') and not opens:
            found.append((opened, at + 1))
        opened = at if opens and straight != (mark == '"') else None
    return found


def conventions(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Find the quotations with straight and those with curly marks, each as half-open ranges of code points."""
    return [match.span() for match in _STRAIGHT.finditer(text)], [match.span() for match in _CURLY.finditer(text)]
