"""A profile of a document: its article in blocks, cleaned of copies and page furniture, with what each block shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dqkit.detect.furniture import furniture
from dqkit.detect.runs import repeats
from dqkit.detect.stated import stated
from dqkit.observed import Byline, byline, translation_note
from dqkit.pairing.facts import facts
from dqkit.pairing.sound import grams as runs
from dqkit.pairing.sound import roman, sounds
from dqkit.pairing.words import length, names
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.pairing.facts import Fact
    from dqkit.place import Place
    from dqkit.text import Block, Document

HEADING = 80
"""Length (see `words.length`) up to which a block without a sentence's end is a heading, a label or a caption."""
GRAM = 3
"""Words of the runs that tell whether a block was left untranslated."""
_SENTENCE_END = regex(r"[.!?…。！？؟।۔:][\"'”’»)\]」』]*\s*$")
_SMALL = regex(r"(?<![^\W\d_])(?![A-ZÀ-ÖØ-ÞΑ-Ω\u0400-\u042f])[^\W\d_]")
_CREDIT = regex(
    r"\((?:photo|foto|image|bild|picture|illustration|credit|kuva|valokuva|фото|صورة|写真|图|圖|撮影)\b[^)]*\)\s*$"
    r"|(?:AFP|Getty|Reuters|AP Photo|TT|DPA|EPA)\b[^.]{0,30}$",
    re.IGNORECASE,
)


class ProfileBlock(NamedTuple):
    """One block of an article: its lines from 1, both included, and what it shows."""

    first: int
    last: int
    kind: str
    """body, heading, caption or byline."""
    length: float
    facts: tuple[tuple[str, Place], ...]
    names: frozenset[str]
    grams: frozenset[str]
    small: int
    """Words that begin with a small letter: what running text has and a list of names has not."""
    anchors: frozenset[str | int]
    """What it can be told by: see `sketch.Sketch`."""
    head: str
    """Its first words, for messages."""


class Profile(NamedTuple):
    """What aligning and comparing two documents needs of one of them."""

    path: str
    language: str | None
    blocks: tuple[ProfileBlock, ...]
    byline: tuple[Place, str, str | None] | None
    """Place, person and publication of the byline."""
    stated: dict[str, tuple[Place, tuple[str, ...]]]
    """Author, publisher and date: where each is declared, or where the text gives it, and the values."""


def profile(document: Document) -> Profile:
    """Profile a document."""
    blocks = document.blocks
    left_out = _left_out(document)
    line = byline([block for i, block in enumerate(blocks) if i not in left_out], document.language)
    kept = tuple(_block(document, block, line) for i, block in enumerate(blocks) if i not in left_out)
    named = (document.block_place(line.block), line.person, line.publication) if line else None
    return Profile(document.path, document.language, kept, named, stated(document))


def _left_out(document: Document) -> set[int]:
    """Find the blocks that are no part of the article: copies, page furniture, the translator's note."""
    blocks = document.blocks
    out: set[int] = set()
    glued = set()
    for piece in document.once(furniture):
        if piece.manner in ("line", "footer"):
            out.update(range(piece.first, piece.last + 1))
        else:
            glued.add(piece.first)
    for repeat in document.once(repeats):
        if repeat.partial:
            continue
        copies = sorted(repeat.copies, key=lambda copy: (sum(i in glued for i in range(copy[0], copy[1] + 1)), copy))
        for first, last in copies[1:] if not repeat.interleaved else []:
            out.update(range(first, last + 1))
    note = translation_note(blocks)
    return out | {i for i, block in enumerate(blocks) if note and block is note.block}


def _block(document: Document, block: Block, line: Byline | None) -> ProfileBlock:
    language = document.language
    found = facts(block.text, language)
    shown = tuple((fact.value, document.place(block.start + fact.start, block.start + fact.end)) for fact in found)
    kind = "byline" if line and line.block is block else kind_of(block.text, language)
    return ProfileBlock(
        first=block.first,
        last=block.last,
        kind=kind,
        length=length(block.text, language),
        facts=shown,
        names=frozenset(name for name, _ in names(block.text, language)),
        grams=frozenset(grams(block.text)),
        small=len(_SMALL.findall(block.text)),
        anchors=frozenset(_anchors(block.text, found, language)),
        head=_head(block.text),
    )


def _anchors(text: str, found: list[Fact], language: str | None) -> Iterator[str | int]:
    yield from (("@" if fact.is_date else "#") + fact.value for fact in found)
    yield from (name for name, _ in names(text, language))
    yield from ("~" + sound for sound, _ in sounds(text, language))
    yield from (run for run, _ in runs(roman(text)))


def kind_of(text: str, language: str | None) -> str:
    """Tell a heading, a label or a caption from running text."""
    size = length(text, language)
    if size <= 3 * HEADING and _CREDIT.search(text):
        return "caption"
    if size <= HEADING / 2 and text.rstrip()[-1:] in "?!？！" and text[0].isalnum():
        return "heading"
    return "heading" if size <= HEADING and not _SENTENCE_END.search(text) else "body"


def grams(text: str) -> set[str]:
    """Give the runs of GRAM words of a text, case left aside; runs of characters in a script without spaces."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if len(words) < GRAM or max(map(len, words)) > 25:
        plain = "".join(words)
        return {plain[i : i + 6] for i in range(len(plain) - 5)} if not plain.isascii() else set()
    return {" ".join(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)}


def _head(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else plain[:59] + "…"
