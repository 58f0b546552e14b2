"""Whether a text is in the language it is declared to be in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.record import regex
from dqkit.seed.language import WRITTEN, alike, identify

if TYPE_CHECKING:
    from dqkit.seed.text import Document

PARAGRAPHS = 5
"""The longest paragraphs, none of which may be in the declared language."""
_ADDRESS = regex(r"\S+(?:://|@)\S+")


def contradicted(document: Document) -> str | None:
    """Give the language a text is written in, where that is surely not the declared one; None otherwise."""
    declared = document.metadata.language
    observed = document.observed_language if declared in WRITTEN else None
    if declared is None or observed is None or alike(declared, observed):
        return None
    return None if any(alike(declared, other) for other in _told(document)) else observed


def _told(document: Document) -> list[str]:
    """Tell the languages of the longest paragraphs, one by one: a file of two languages is not told by a sample.

    Addresses are left out; a character of a script without spaces counts for three, as it says as much.
    """
    texts = [_ADDRESS.sub(" ", block.text) for block in document.blocks]
    longest = sorted(texts, key=lambda text: -len(text) - 2 * sum(c > "\u2e80" for c in text))[:PARAGRAPHS]
    return [language for text in longest if (language := identify([text]))]
