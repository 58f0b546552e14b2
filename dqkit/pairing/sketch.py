"""A sketch of a document: little enough to keep for a whole corpus, enough to find its translation by."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from dqkit.observed import translation_note
from dqkit.pairing.facts import facts
from dqkit.pairing.words import length, names

if TYPE_CHECKING:
    from dqkit.text import Document

LETTERS = 20_000
"""Code points of a text that are looked at for anchors."""


class Sketch(NamedTuple):
    """What of a document is kept to find its translation by."""

    path: str
    language: str | None
    id: str
    """The declared id, else empty."""
    translation_of: str
    """The declared source, else empty."""
    note: tuple[int, str] | None
    """The line of a translator's note and the source's language it names."""
    numbers: tuple[str, ...]
    dates: tuple[str, ...]
    names: tuple[str, ...]
    length: float
    """See `words.length`."""


def sketch(document: Document) -> Sketch:
    """Sketch a document."""
    blocks = document.blocks
    text = "\n".join([block.text for block in blocks])[:LETTERS]
    language = document.language
    found = facts(text, language)
    note = translation_note(blocks)
    intern = sys.intern  # the same words stand in many sketches
    return Sketch(
        document.path, language, document.metadata.text("id") or "", document.metadata.text("translation_of") or "",
        (note.block.first, note.language) if note else None,
        tuple(sorted({intern(fact.value) for fact in found if not fact.is_date})),
        tuple(sorted({intern(fact.value) for fact in found if fact.is_date})),
        tuple(sorted(map(intern, names(text, language)))), length(text, language),
    )  # fmt: skip
