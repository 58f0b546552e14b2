"""The replacement character U+FFFD, or question marks in its place.

It stands where a decoder gave up: the letter that was there is lost for good.

Bad:
    A caf� on the corner

Good:
    A café on the corner

Fix: fetch the text again and decode it in its own encoding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line
from dqkit.finding import Problem
from dqkit.record import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document

_INSIDE_WORD = regex(r"(?<=[^\W\d_])\?+(?=[^\W\d_])")


class ReplacementCharacter(FileCheck):
    family: ClassVar[str] = "encoding"

    least_question_marks: Annotated[int, "question marks inside words from which they count as lost letters"] = 5
    least_share: Annotated[float, "their share of all characters, 0 to 1, from which they count", "share"] = 0.002

    def find(self, document: Document) -> Iterable[Problem]:
        text = document.text
        if document.undecodable:
            return
        if "\ufffd" in document.rare:
            yield from by_line(
                document,
                re.finditer("\ufffd+", text),
                lambda _: "a replacement character: the letter that stood here is lost",
            )
        if text.count("?") >= self.least_question_marks:
            marks = list(_INSIDE_WORD.finditer(text))
            if len(marks) >= self.least_question_marks and len(marks) > self.least_share * len(text):
                message = f"{len(marks)} question marks inside words: letters were lost when the text was stored"
                yield Problem(document.place(*marks[0].span()), message)
