"""A placeholder that nothing filled, or filler text.

The words that should stand there are missing, and the template's own are in their place.

Bad:
    By {{ article.author }}
    [object Object]
    Lorem ipsum dolor sit amet

Good:
    a lesson about templates that shows `{{ name }}` as code, or speaks of it in a sentence; 100 %

Fix: put the words that were meant, or delete the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.placeholder import placeholders
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class Placeholder(FileCheck):
    family: ClassVar[str] = "leftover-ui"

    def find(self, document: Document) -> Iterable[Problem]:
        for match in placeholders(document):
            yield Problem(document.place(*match.span()), "a placeholder that nothing filled")
