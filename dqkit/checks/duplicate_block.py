"""A passage that stands twice in one file: a caption, a sentence in a row, some paragraphs, or the whole article again.

A scraper took the page's mobile and desktop version, or a teaser and the text. The corpus counts the words twice.

Bad:
    Two men carry a ladder down a street in the rain. (Photo: A. Berg)
    Two men carry a ladder down a street in the rain. (Photo: A. Berg)

Good:
    a refrain, a litany, lines of dialogue, rows of a table: short lines that come again by nature

Fix: remove the copy; the finding names both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.runs import repeats
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.detect.repeats import Repeat
    from dqkit.place import Place
    from dqkit.seed.text import Block, Document


class DuplicateBlock(FileCheck):
    family: ClassVar[str] = "duplicates"

    least_letters: Annotated[int, "letters a repeated passage must have to count; one CJK character counts 2.5"] = 40

    def find(self, document: Document) -> Iterable[Problem]:
        blocks = document.blocks
        for repeat in document.once(repeats):
            if repeat.weight >= self.least_letters:
                yield _problem(document, blocks, repeat)


def _problem(document: Document, blocks: tuple[Block, ...], repeat: Repeat) -> Problem:
    places = _places(document, blocks, repeat)
    if repeat.interleaved:
        return Problem(places[0], "each block here is followed by its own copy")
    count = len(places)
    lines = (
        f"lines {places[0].line} to {places[0].end_line}"
        if places[0].end_line > places[0].line
        else f"line {places[0].line}"
    )
    what = (
        "a passage of a paragraph"
        if repeat.partial
        else "this passage"
        if repeat.copies[0][0] < repeat.copies[0][1]
        else "this block"
    )
    alike = "" if repeat.likeness > 0.995 else f", {repeat.likeness:.0%} alike"
    stands = "stands twice" if count == 2 else f"stands {count} times"
    return Problem(places[-1], f"{what} {stands}{alike}: first at {lines}", tuple(places[:-1]))


def _places(document: Document, blocks: tuple[Block, ...], repeat: Repeat) -> list[Place]:
    if repeat.partial:
        return [document.place(blocks[i].start + start, blocks[i].start + end) for i, start, end in repeat.partial]
    return [document.block_place(blocks[first], blocks[last]) for first, last in repeat.copies]
