"""A profile of a document: its article in blocks, cleaned of copies and page furniture, with what each block shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dqkit.detect.furniture import furniture
from dqkit.detect.observed import Byline, byline, translation_note
from dqkit.detect.runs import repeats
from dqkit.detect.stated import stated
from dqkit.pairing.facts import facts
from dqkit.pairing.quotes import has_marks, longest_quotation
from dqkit.pairing.slip import IMPERIAL
from dqkit.pairing.sound import grams as runs
from dqkit.pairing.sound import roman, sounds
from dqkit.pairing.units import unit
from dqkit.pairing.words import OTHER_SCRIPTS, length, names, spelled
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.pairing.moments import Fact
    from dqkit.place import Place
    from dqkit.seed.text import Block, Document

HEADING = 80
"""Length (see `words.length`) up to which a block without a sentence's end is a heading, a label or a caption."""
LEAST_AGAIN = 40
"""Length from which a block that stands twice word for word is told."""
LEAST_LETTERS, MOST_MARKS = 0.5, 0.2
"""Least share of letters, vowel signs left aside, and most of ASCII digits and marks that prose has."""
MOST_HEAD = 60
"""Code points of a block's first words."""
MOST_TAG_ENDS = 2
"""Ends of tags from which a block is what is left of markup."""
GRAM = 3
"""Words of the runs that tell whether a block was left untranslated."""
_SENTENCE_END = regex(r"[.!?…。！？؟।۔:][\"'”’»)\]」』]*\s*$")
_SMALL = regex(r"(?<![^\W\d_])(?![A-ZÀ-ÖØ-ÞΑ-Ω\u0400-\u042f])[^\W\d_]")
_CREDIT = regex(
    r"\((?:photo|foto|image|bild|picture|illustration|credit|kuva|valokuva|фото|صورة|写真|图|圖|撮影)\b[^)]*\)\s*$"
    r"|(?:AFP|Getty|Reuters|AP Photo|TT|DPA|EPA)\b[^.]{0,30}$",
    re.IGNORECASE,
)

_EXACT = {
    "link": regex(r"https?://[^\s<>\"'«»“”„(){}\[\]。，、（）「」『』\u3040-\u30ff\uac00-\ud7ff]+"),
    "mail": regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"),
    "handle": regex(r"(?<![\w@/.])@[A-Za-z_][A-Za-z0-9_]{2,30}(?![\w.]*@)"),
}

_UNTRANSLATABLE = regex(
    r"https?://\S+|[\w.+-]+@[\w.-]+|@\w+|\S*[/\\_]\S*|\"[^\"]{0,90}\"|“[^”]{0,90}”|«[^»]{0,90}»|„[^”“]{0,90}[”“]"
)
"""Links, addresses, handles, paths, and titles in quotation marks: what is rightly the same in both."""

_BRACKETS = str.maketrans("（）［］｛｝", "()[]{}")
_ENCLOSED = regex(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|「[^「」]*」|『[^『』]*』|【[^【】]*】")
_NO_BRACKET = regex(r"(?<!\S)[:;8=][-'^]?[()\[\]{}](?!\S)|^\s*[A-Za-z\d]{1,4}[)\]]|(?<=\s)[A-Za-z\d][)\]]")
"""Smileys, labels of list items: brackets that are none, where nothing closes or opens them."""
_TAG_ENDS = regex(r"[\"'/]>")
"""What is left of tags."""

_INSIDE = regex(r"(?<=[a-zß-ÿ,] )[A-ZÀ-ÖØ-Þ][^\W\d_]{3,}")
"""A word with a capital inside a sentence."""


class ProfileBlock(NamedTuple):
    """One block of an article: its lines from 1, both included, and what it shows."""

    first: int
    last: int
    kind: str
    """body, heading, caption or byline."""
    length: float
    facts: tuple[tuple[str, Place], ...]
    units: tuple[str, ...]
    """What each of the facts counts, see `units.unit`; empty where it is not said, and of dates."""
    names: frozenset[str]
    """The words with a capital inside sentences."""
    grams: frozenset[str]
    small: int
    """Words that begin with a small letter: what running text has and a list of names has not."""
    prose: bool
    """Whether it is made of words, which code, formulas and tables are not."""
    ended: bool
    """Whether it ends as a sentence does, which items of lists and captions seldom do."""
    spelled: tuple[str, ...]
    """The numbers it has in words, from two to twelve."""
    imperial: bool
    """Whether it measures in units that a translation may convert."""
    anchors: frozenset[str | int]
    """What it can be told by: see `sketch.Sketch`."""
    exact: frozenset[tuple[str, str]]
    """What must stand in a translation as it is, with its kind: link, mail, handle."""
    quotation: float
    """The length of its longest quotation."""
    marks: bool
    """Whether anything in it may be a quotation mark."""
    open: int
    """Brackets opened and not closed in it; below 0, closed and not opened."""
    text: str

    @property
    def head(self) -> str:
        """Its first words, for messages."""
        plain = " ".join(self.text.split())
        return plain if len(plain) <= MOST_HEAD else plain[: MOST_HEAD - 1] + "…"


class AgainBlock(NamedTuple):
    """A block that stands again word for word: its length, and the lines of the copy and of the first."""

    length: float
    copy: tuple[int, int]
    first: tuple[int, int]
    told: bool
    """Whether the text alone shows that it is a fault: `duplicate-block` reports it."""


class Profile(NamedTuple):
    """What aligning and comparing two documents needs of one of them."""

    path: str
    language: str | None
    blocks: tuple[ProfileBlock, ...]
    byline: tuple[Place, str, str | None] | None
    """Place, person and publication of the byline."""
    stated: dict[str, tuple[Place, tuple[str, ...]]]
    """Author, publisher and date: where each is declared, or where the text gives it, and the values."""
    named: bool = True
    """Whether its language writes names, and names alone, with a capital Latin letter."""
    again: tuple[AgainBlock, ...] = ()
    """What stands twice, blocks that are left out as copies included."""


def profile(document: Document) -> Profile:
    """Profile a document."""
    blocks = document.blocks
    left_out = _left_out(document)
    line = byline([block for i, block in enumerate(blocks) if i not in left_out], document.language)
    kept = tuple(_block(document, block, line) for i, block in enumerate(blocks) if i not in left_out)
    credit = (document.block_place(line.block), line.person, line.publication) if line else None
    named = document.language not in OTHER_SCRIPTS | {"de"}
    return Profile(document.path, document.language, kept, credit, stated(document), named, _again(document))


def _again(document: Document) -> tuple[AgainBlock, ...]:
    first: dict[str, Block] = {}
    found = []
    copies = [copy for repeat in document.once(repeats) for copy in repeat.copies[1:]]
    for index, block in enumerate(document.blocks):
        before = first.setdefault(" ".join(block.text.split()), block)
        size = length(block.text, document.language)
        if before is not block and size >= LEAST_AGAIN:
            told = any(copy[0] <= index <= copy[1] for copy in copies)
            found.append(AgainBlock(size, (block.first, block.last), (before.first, before.last), told))
    return tuple(found)


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
    prose = _UNTRANSLATABLE.sub(" ", block.text)
    kind = "byline" if line and line.block is block else kind_of(block.text, language)
    return ProfileBlock(
        first=block.first,
        last=block.last,
        kind=kind,
        length=length(block.text, language),
        facts=shown,
        units=tuple("" if fact.is_date else unit(block.text, fact.start, fact.end) for fact in found),
        names=frozenset(_INSIDE.findall(block.text)),
        grams=frozenset(grams(prose)),
        small=len(_SMALL.findall(prose)),
        prose=_is_prose(prose) and len(_TAG_ENDS.findall(block.text)) < MOST_TAG_ENDS,
        ended=bool(_SENTENCE_END.search(block.text)),
        spelled=tuple(spelled(block.text, language)),
        imperial=bool(IMPERIAL.search(block.text)),
        anchors=frozenset(_anchors(block.text, found, language)),
        exact=frozenset(_exact(block.text)),
        quotation=longest_quotation(block.text, language),
        marks=has_marks(block.text),
        open=_open(block.text),
        text=block.text,
    )


def _is_prose(text: str) -> bool:
    plain = "".join(text.split())
    marks = sum(c.isascii() and not c.isalpha() for c in plain)
    return sum(map(str.isalpha, plain)) > LEAST_LETTERS * len(plain) and marks <= MOST_MARKS * len(plain)


def _open(text: str) -> int:
    plain, before = text.translate(_BRACKETS), ""
    while plain != before:
        before, plain = plain, _ENCLOSED.sub("", plain)
    plain = _NO_BRACKET.sub(" ", plain)
    return sum((c in "([{「『【") - (c in ")]}」』】") for c in plain)


def _exact(text: str) -> Iterator[tuple[str, str]]:
    for kind, pattern in _EXACT.items():
        for match in pattern.finditer(text):
            yield kind, match[0].rstrip(".,;:!?)]}>'\"»”’。，、）」』")


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
    if size <= 0.75 * HEADING and text.rstrip()[-1:] in "?!？！" and text[0].isalnum():
        return "heading"
    return "heading" if size <= HEADING and not _SENTENCE_END.search(text) else "body"


def grams(text: str) -> set[str]:
    """Give the runs of GRAM words of a text, case left aside; runs of characters in a script without spaces."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if len(words) < GRAM or max(map(len, words)) > 25:
        plain = "".join(words)
        return {plain[i : i + 6] for i in range(len(plain) - 5)} if not plain.isascii() else set()
    return {" ".join(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)}
