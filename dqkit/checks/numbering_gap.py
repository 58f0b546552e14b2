"""Numbered files of a folder with a number left out, given twice or written with another number of digits.

A file was lost or never fetched, one overwrote another's place, or the order by name is not the order by number.

Bad:
    000_….txt, 001_….txt, 003_….txt

Good:
    000_….txt to 009_….txt; a folder where only some names begin with a number

Fix: find the missing file, or number the files anew.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import Check
from dqkit.finding import Problem
from dqkit.place import whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.check import Key, Note
    from dqkit.seed.text import Document


class NumberingGap(Check):
    family: ClassVar[str] = "metadata"
    quorum: ClassVar[int] = 2

    most: Annotated[int, "gaps of one folder that are named one by one; of more, the first and their number"] = 20

    pattern: Annotated[
        str, "regular expression whose first group is the number in a file's name; none: the setting `names`", "regex"
    ] = ""

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        folder, _, name = document.path.rpartition("/")
        found = re.fullmatch(self.pattern, name) if self.pattern else None
        digits = found[1] or "" if found and found.re.groups else ""
        if document.named and not self.pattern:
            digits = document.named.values.get("index", "")
        if digits.isascii() and digits.isdigit() and len(digits) < 19:
            yield folder, (int(digits), len(digits))

    def judge(self, key: Key, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem]:
        numbered = sorted((number, path) for path, (number, _) in notes)
        gaps = []
        for (before, first), (number, path) in pairwise(numbered):
            if number == before:
                message = f"the number {number} is given to {first} as well"
                yield Problem(whole_lines(path, 1, 1), message, (whole_lines(first, 1, 1),))
            elif number > before + 1:
                gaps.append((before, first, number, path))
        for before, first, number, path in gaps[:1] if len(gaps) > self.most else gaps:
            missing = f"{before + 1}" if number == before + 2 else f"{before + 1} to {number - 1}"
            more = f"; {len(gaps) - 1:,} more numbers or runs of them are missing" if len(gaps) > self.most else ""
            message = f"no file has the number {missing}, between {first} and this one{more}"
            yield Problem(whole_lines(path, 1, 1), message, (whole_lines(first, 1, 1),), "medium")
        yield from _widths(notes)


def _widths(notes: Sequence[tuple[str, Note]]) -> Iterable[Problem]:
    """Find the numbers written with leading zeros, or without, where most of the folder's are not."""
    widths = [width for _, (_, width) in notes]
    usual = max(sorted(set(widths)), key=widths.count)
    if widths.count(usual) < 0.8 * len(widths):
        return
    for path, (number, width) in notes:
        natural = len(str(number))
        if width != usual and not (width == natural > usual):
            message = f"the number is written with {width} digits, most of this folder's with {usual}"
            yield Problem(whole_lines(path, 1, 1), message, confidence="medium")
