"""A sketch of a document: little enough to keep for a whole corpus, enough to find its translation by."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dqkit.observed import translation_note
from dqkit.record import NamedTuple

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
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    length: float = 0.0
    """See `words.length`."""


def sketch(document: Document, *, alone: bool = False) -> Sketch:
    """Sketch a document; `alone` leaves out what it could be found by, where there is no other to find it."""
    blocks = document.blocks
    note = translation_note(blocks)
    metadata = document.metadata
    blank = Sketch(
        document.path,
        metadata.language if alone else document.language,
        metadata.text("id") or "",
        metadata.text("translation_of") or "",
        (note.block.first, note.language) if note else None,
    )
    return blank if alone else _with_anchors(blank, "\n".join([block.text for block in blocks])[:LETTERS])


def _with_anchors(blank: Sketch, text: str) -> Sketch:
    from dqkit.pairing.facts import facts
    from dqkit.pairing.words import length, names

    found = facts(text, blank.language)
    intern = sys.intern  # the same words stand in many sketches
    return blank._replace(
        numbers=tuple(sorted({intern(fact.value) for fact in found if not fact.is_date})),
        dates=tuple(sorted({intern(fact.value) for fact in found if fact.is_date})),
        names=tuple(sorted(map(intern, names(text, blank.language)))),
        length=length(text, blank.language),
    )
