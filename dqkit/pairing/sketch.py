"""A sketch of a document: little enough to keep for a whole corpus, enough to find its translation by."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dqkit.detect.declared import at
from dqkit.observed import translation_note
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from dqkit.place import Place
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
    declared_at: Place | None
    """Where the source is declared."""
    note: tuple[int, str] | None
    """The line of a translator's note and the source's language it names."""
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    length: float = 0.0
    """See `words.length`."""


def outline(document: Document, *, alone: bool = False) -> Sketch:
    """Sketch a document without its anchors; `alone`: there is no other, so its language is not worth finding out."""
    note = translation_note(document.blocks)
    metadata = document.metadata
    return Sketch(
        document.path,
        metadata.language if alone else document.language,
        metadata.text("id") or "",
        metadata.text("translation_of") or "",
        at(metadata.fields["translation_of"], document) if metadata.text("translation_of") else None,
        (note.block.first, note.language) if note else None,
    )


def sketch(document: Document, known: Sketch | None = None) -> Sketch:
    """Sketch a document; `known` is its outline, where it was made before."""
    from dqkit.pairing.facts import facts
    from dqkit.pairing.words import length, names

    known = known or outline(document)
    text = "\n".join([block.text for block in document.blocks])[:LETTERS]
    found = facts(text, known.language)
    intern = sys.intern  # the same words stand in many sketches
    return known._replace(
        numbers=tuple(sorted({intern(fact.value) for fact in found if not fact.is_date})),
        dates=tuple(sorted({intern(fact.value) for fact in found if fact.is_date})),
        names=tuple(sorted(map(intern, names(text, known.language)))),
        length=length(text, known.language),
    )
