r"""Characters that turn the reading direction around.

Left in a text they show words in another order than they are stored; in code and names they can hide what is said.

Bad:
    access level \u202eresu

Good:
    a mark of direction inside a text in Arabic or Hebrew, each isolate closed on its line

Fix: remove them; direction belongs to whatever shows the text.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line, has_right_to_left, name, pattern, right_to_left_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.finding import Problem
    from dqkit.seed.text import Document

_BIDI = "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"
LEAST_SHARE = 0.2
"""Share of right-to-left letters from which a text counts as written right to left."""


class BidiControl(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "unprintable"

    def find(self, document: Document) -> Iterable[Problem]:
        if not document.shows(pattern(_BIDI)):
            return ()
        right_to_left = right_to_left_share(document.text) > LEAST_SHARE
        belongs = cache(partial(_belongs, document.lines, right_to_left))
        found = pattern(_BIDI).finditer(document.text)
        wrong = (match for match in found if not belongs(document.position(match.start())[0] - 1, match[0]))
        return by_line(
            document, wrong, lambda character: f"a character that changes the reading direction: {name(character)}"
        )


def _belongs(lines: Sequence[str], right_to_left: bool, row: int, character: str) -> bool:
    """Tell whether a character may stand on a line, given by its index."""
    line = lines[row]
    if character in "\u200e\u200f\u061c":
        return right_to_left or has_right_to_left(line)
    if "\u2066" <= character <= "\u2069":
        return right_to_left and sum(map(line.count, "\u2066\u2067\u2068")) == line.count("\u2069")
    return False
