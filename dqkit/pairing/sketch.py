"""A sketch of a document: little enough to keep for a whole corpus, enough to find its translation by."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING

from dqkit.detect.declared import at as place_of
from dqkit.detect.observed import translation_note
from dqkit.pairing.sound import grams, roman, sounds
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.place import Place
    from dqkit.seed.text import Document

LETTERS = 20_000
"""Code points of a text that are looked at for anchors."""
STEP, MOST = 8, 0xFFFF
"""Characters to a unit of place, and the greatest place that is told."""


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
    anchors: tuple[str, ...] = ()
    """`#` before a number, `@` before a date, `~` before a sound; the stems of names as they are."""
    anchors_at: bytes = b""
    """Where each stands first: unsigned 16-bit numbers of STEP characters, those of dense scripts weighted."""
    grams: bytes = b""
    """Runs of letters (see `sound.grams`) as unsigned 32-bit numbers."""
    grams_at: bytes = b""
    """Where each stands first."""
    blocks: int = 0
    """How many paragraphs it has."""
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
        place_of(metadata.fields["translation_of"], document) if metadata.text("translation_of") else None,
        (note.block.first, note.language) if note else None,
    )


def sketch(document: Document, known: Sketch | None = None) -> Sketch:
    """Sketch a document; `known` is its outline, where it was made before."""
    from dqkit.pairing.words import length

    known = known or outline(document)
    text = "\n".join([block.text for block in document.blocks])[:LETTERS]
    size = length(text, known.language)
    scale = size / max(1, len(text)) / STEP
    intern = sys.intern  # the same words stand in many sketches
    named = {intern(anchor): min(MOST, int(at * scale)) for anchor, at in _named(text, known.language).items()}
    romanised = roman(text)
    scale = size / max(1, len(romanised)) / STEP
    runs: dict[int, int] = {}
    for gram, at in grams(romanised):
        if gram not in runs:
            runs[gram] = min(MOST, int(at * scale))
    return known._replace(
        anchors=tuple(named),
        anchors_at=array("H", named.values()).tobytes(),
        grams=array("I", runs).tobytes(),
        grams_at=array("H", runs.values()).tobytes(),
        blocks=len(document.blocks),
        length=size,
    )


def _named(text: str, language: str | None) -> dict[str, int]:
    """Give the anchors of a text but its runs of letters, and where each stands first, in code points."""
    from dqkit.pairing.facts import facts
    from dqkit.pairing.words import names

    found: dict[str, int] = {}
    for fact in facts(text, language):
        found.setdefault(("@" if fact.is_date else "#") + fact.value, fact.start)
    for name, at in names(text, language):
        found.setdefault(name, at)
    for sound, at in sounds(text, language):
        found.setdefault("~" + sound, at)
    return found


def anchors(sketch: Sketch) -> Iterator[str | int]:
    """Give the anchors and runs of letters of a sketch, each once."""
    yield from sketch.anchors
    yield from _numbers("I", sketch.grams)


def places(sketch: Sketch) -> Iterator[tuple[str, int]]:
    """Give each anchor of a sketch and where it stands first, in STEP characters."""
    return zip(sketch.anchors, _numbers("H", sketch.anchors_at), strict=True)


def gram_places(sketch: Sketch) -> Iterator[tuple[int, int]]:
    """Give each run of letters of a sketch and where it stands first, in STEP characters."""
    return zip(_numbers("I", sketch.grams), _numbers("H", sketch.grams_at), strict=True)


def _numbers(kind: str, packed: bytes) -> array[int]:
    numbers: array[int] = array(kind)
    numbers.frombytes(packed)
    return numbers
