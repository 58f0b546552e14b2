"""A character written as an HTML entity.

The page's source leaked into its text: readers see the code, and tokenizers see words that are none.

Bad:
    Fish &amp; chips&nbsp;to go

Good:
    Fish & chips to go; AT&T; a lesson that shows `&amp;` as code or speaks of HTML

Fix: put the character the entity stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line
from dqkit.detect.markup import shown
from dqkit.record import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from dqkit.finding import Problem
    from dqkit.seed.text import Document

_ENTITY = regex(r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class HtmlEntity(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "entities"

    def find(self, document: Document) -> Iterable[Problem]:
        return by_line(
            document, _entities(document), lambda entity: f"an HTML entity, {entity}, for “{_character(entity)}”"
        )


def _entities(document: Document) -> Iterator[re.Match[str]]:
    if "&" not in document.text:
        return
    inside = shown(document)
    for match in _ENTITY.finditer(document.text):
        if not inside(match.start()) and _character(match[0]) != match[0]:
            yield match


def _character(entity: str) -> str:
    from html import unescape

    while (character := unescape(entity)) != entity:
        entity = character
    return character
