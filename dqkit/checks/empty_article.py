"""A file without a word: nothing at all, white space, or metadata alone.

It is a fetch that failed, and counts as an article all the same.

Bad:
    a file of 0 bytes

Good:
    a file of one word

Fix: fetch the article again, or delete the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class EmptyArticle(FileCheck):
    family: ClassVar[str] = "metadata"

    def find(self, document: Document) -> Iterable[Problem]:
        if not document.blocks:
            yield Problem(document.place(0, 0), _message(document))


def _message(document: Document) -> str:
    if not document.raw:
        return "the file is empty: 0 bytes"
    return "metadata and no article" if document.body_line > 1 else "white space and no word"
