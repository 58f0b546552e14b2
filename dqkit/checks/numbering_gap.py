"""Numbered files of a folder with a number left out or given twice.

A file was lost or never fetched, or one overwrote another's place.

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
    from dqkit.text import Document


class NumberingGap(Check):
    family: ClassVar[str] = "metadata"

    pattern: Annotated[str, "regular expression whose first group is the number in a file's name", "regex"] = (
        r"(\d{2,})_[0-9a-f]{16}\.\w+"
    )

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        folder, _, name = document.path.rpartition("/")
        found = re.fullmatch(self.pattern, name)
        if found and found.re.groups and (found[1] or "").isdecimal():
            yield folder, (int(found[1]),)

    def judge(self, key: Key, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem]:
        numbered = sorted((number, path) for path, (number,) in notes)
        for (before, first), (number, path) in pairwise(numbered):
            if number == before:
                yield Problem(
                    whole_lines(path, 1, 1),
                    f"the number {number} is given to {first} as well",
                    (whole_lines(first, 1, 1),),
                )
            elif number > before + 1:
                missing = f"{before + 1}" if number == before + 2 else f"{before + 1} to {number - 1}"
                message = f"no file has the number {missing}, between {first} and this one"
                yield Problem(whole_lines(path, 1, 1), message, (whole_lines(first, 1, 1),), "medium")
