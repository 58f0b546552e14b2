"""Lines and glued phrases that many files share as a site's furniture is shared: mined in one pass, in bounded memory.

Counts are kept by lossy counting (Manku and Motwani 2002, "Approximate Frequency Counts over Data Streams"): when the
table is full, what was seen in fewest files is let go, so that no phrase of many files is lost.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from dqkit.detect.glued import seams
from dqkit.detect.lexicon import LONGEST, lexicon
from dqkit.detect.phrasebook import key
from dqkit.detect.uiline import recognize
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.seed.text import Document

LONGEST_LINE = 120
"""Code points a line may have; a longer one is a passage."""
HEAD, TAIL = 3, 8
"""Blocks of a file's beginning and end, where furniture gathers."""
TABLE = 200_000
"""Phrases that are counted at a time."""
EXAMPLES = 3
MOST_GLUED = 20
"""Glued phrases of one file that are looked at."""
SEEN_BITS = 1 << 24
"""Size of the table of articles already seen: of a million articles, one in 70 is taken for a copy."""
PROSE = 60
"""Code points from which a block is a paragraph."""
NEIGHBOUR = 40
"""Bytes from which a neighbour is prose, and with the line a passage when it comes again."""
SENTENCE = 3
"""Words from which a line that ends as a sentence does is one."""
_SENTENCE_END = tuple(".!?…。！？।؟")
_QUOTED = tuple('"“”„«»‘’「」『』')
_BYLINE = regex(
    r"(?i:by|av|af|von|par|por|de|di|door|od|text|words|foto|fotos|photo|photos|bild)(?:\s*:\s*|\s)(?P<name>\S)"
)
_LETTER = regex(r"[^\W\d_]")
_LABEL = regex(r"[^:|»]{6,60}?(?::|\s[|»])\s*(?=\S)")
_AFTER = regex(r"\s[|»•]\s*([^|»•]{3,60})$")


class Standing(NamedTuple):
    """One place where a phrase stands: path, line from 1, how, and what stands around it."""

    path: str
    line: int
    manner: str
    """line: a line of its own; before, after: on one line with the text that follows or precedes it."""
    edge: str
    """head, tail or body: where in the file."""
    around: int
    """Checksum of the paragraphs beside it, or of the text it is glued to; 0 where there are none."""
    text: str


class Tally:
    """What is known of one phrase: in how many files it stands, where, and beside what."""

    __slots__ = ("around", "edges", "examples", "files", "manners", "same", "text", "times")

    def __init__(self) -> None:
        self.files = self.times = self.same = self.around = 0
        self.edges: dict[str, int] = {}
        self.manners: dict[str, int] = {}
        self.examples: list[tuple[str, int]] = []
        self.text = ""

    def add(self, place: Standing, times: int) -> None:
        """Count one more file, in which the phrase stands some times, first at `place`."""
        self.files += 1
        self.times += times
        self.same += bool(place.around) and place.around == self.around
        self.around = place.around or self.around
        self.edges[place.edge] = self.edges.get(place.edge, 0) + 1
        self.manners[place.manner] = self.manners.get(place.manner, 0) + 1
        if len(self.examples) < EXAMPLES:
            self.examples.append((place.path, place.line))
            self.text = self.text or place.text


class Recurring:
    """Counts the phrases of a stream of documents; the same documents in the same order give the same counts."""

    def __init__(self, table: int = TABLE) -> None:
        self.table = table
        self.tallies: dict[str, Tally] = {}
        self.files = self.copies = self.let_go = 0
        self._seen = bytearray(SEEN_BITS // 8)

    def add(self, document: Document) -> None:
        """Count one document; a copy of an article seen before is passed over, for it shares all of its lines."""
        blocks = document.folded_blocks
        self.files += 1
        if not blocks:
            return
        longest = max(blocks, key=len)
        if self._again(longest if len(longest) >= PROSE else b"\n".join(blocks)):
            self.copies += 1
            return
        found: dict[str, tuple[Standing, int]] = {}
        for form, place in standings(document):
            before = found.get(form)
            found[form] = (before[0], before[1] + 1) if before else (place, 1)
        for form, (place, times) in found.items():
            tally = self.tallies.get(form)
            if tally is None:
                tally = self.tallies[form] = Tally()
            tally.add(place, times)
        if len(self.tallies) > self.table:
            self._let_go()

    def _again(self, text: bytes) -> bool:
        again = True
        for seed in (0, 0x9E3779B9):
            bit = zlib.crc32(text, seed) % SEEN_BITS
            again = again and bool(self._seen[bit >> 3] & 1 << (bit & 7))
            self._seen[bit >> 3] |= 1 << (bit & 7)
        return again

    def _let_go(self) -> None:
        while len(self.tallies) > self.table // 2:
            self.let_go += 1
            self.tallies = {form: tally for form, tally in self.tallies.items() if tally.files > self.let_go}


def standings(document: Document) -> Iterator[tuple[str, Standing]]:
    """Give the phrases of a document that might be furniture, by the form they are counted under."""
    blocks = document.blocks
    short = sum(len(block.text) <= PROSE for block in blocks)
    listed = 2 * short > len(blocks) and len(blocks) > HEAD + TAIL  # verse, a play, a list: its short lines are its own
    glued = 0
    for index, block in enumerate(blocks):
        edge = "head" if index < HEAD else "tail" if index >= len(blocks) - TAIL else "body"
        text = " ".join(block.text.split())
        if len(text) <= LONGEST_LINE:
            if not (listed and edge == "body"):
                yield from _standing(document, index, edge, text, "line")
        elif glued < MOST_GLUED:
            for phrase, manner in _glued(text):
                glued += 1
                yield from _standing(document, index, edge, phrase, manner)


def _standing(document: Document, index: int, edge: str, text: str, manner: str) -> Iterator[tuple[str, Standing]]:
    form = key(text)
    if not 3 <= len(form) <= LONGEST or not text.isprintable() or not _LETTER.search(form):
        return
    if form.count("#") > 1 and len(form.split()) <= 1 + form.count("#"):
        return  # a date or a score
    block = document.blocks[index]
    around = _beside(document, index) if manner == "line" else zlib.crc32(block.text.encode("utf-8", "replace"))
    yield form, Standing(document.path, block.first, manner, edge, around, text)


def _beside(document: Document, index: int) -> int:
    """Give a checksum of the paragraphs right before and after a line, 0 where there are none."""
    near = [document.folded_blocks[i] for i in (index - 1, index + 1) if 0 <= i < len(document.blocks)]
    prose = [text for text in near if len(text) >= NEIGHBOUR]
    return zlib.crc32(b"\n".join(prose)) if prose else 0


def _glued(text: str) -> Iterator[tuple[str, str]]:
    """Give what a long line begins or ends with, cut off by a seam, a colon or a bar."""
    for _, at in seams(text, [0], [len(text)]):
        if 3 <= at <= LONGEST_LINE // 2:
            yield text[:at], "before"
        elif 3 <= len(text) - at <= LONGEST_LINE // 2:
            yield text[at:], "after"
    if (match := _LABEL.match(text)) and " " in match[0].strip():
        yield match[0].rstrip(" :|»"), "before"
    if match := _AFTER.search(text, max(0, len(text) - LONGEST_LINE)):
        yield match[1], "after"


def is_known(text: str) -> bool:
    """Tell whether the lexicon has a phrase already."""
    return recognize(text, lexicon()) is not None or lexicon().find(text) is not None


def is_furniture(tally: Tally) -> bool:
    """Tell a site's phrase from content that several files share: passages, quotations, bylines, refrains, speakers."""
    text = tally.text
    if tally.same * 2 > tally.files or tally.times > 3 * tally.files:
        return False
    if (
        text.startswith(_QUOTED)
        or text.endswith(_QUOTED)
        or ((credit := _BYLINE.match(text)) and credit["name"].isupper())
    ):
        return False
    sentence = len(text.split()) >= SENTENCE and text.endswith(_SENTENCE_END)
    at_edges = tally.edges.get("head", 0) + tally.edges.get("tail", 0)
    return not sentence or 2 * at_edges >= tally.files
