"""Page furniture in a text: interface strings as whole lines, glued to prose, and footers told by their structure."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from dqkit.detect.lexicon import LONGEST, Lexicon, Phrase, key, lexicon
from dqkit.language import alike
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.text import Block, Document

NEIGHBOURS = 3
"""Blocks within which interface strings support one another."""
COPYRIGHT_LINE = 160
"""Code points a copyright notice has at most."""
GLUED = 80
"""Code points of a line's beginning and end in which a glued phrase is looked for."""
SHORT_LINE = 60
FOOTER_LINES = 3
"""Short lines in a row that make a masthead or an address, where a copyright line follows."""
FOOTER_KINDS = ("footer", "navigation", "tools")
"""Classes of interface strings that a masthead may hold: roles, departments, services."""
FOOTER_PROSE = 6
"""Paragraphs about the publisher that may stand between the two."""
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽȘȚΆ-Ϋ\u0400-\u042fҐЄІЇЎ"
_CASELESS = "\u0590-\u07ff\u0900-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff"
_SEAM = regex(f"[{_UPPER}](?<=[a-zß-öø-ÿ\u0101-\u017f\u0430-\u045f\u03ac-\u03ce.!?…”»][{_UPPER}])")
"""Where prose meets a glued phrase: a small letter or a sentence's end right before a capital, no space between."""
_SENTENCE_END = regex(r"[.!?…。！？।؟]['\"”’»)\]]?$")
_COPYRIGHT = regex(
    r"(?:©|\(c\)|copyright|&copy;)[^.!?]{0,80}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b[^.!?]{0,10}©|^©", re.IGNORECASE
)


class Furniture(NamedTuple):
    """A piece of page furniture: half-open range of code points of the document, its class, and how it stands there."""

    start: int
    end: int
    kind: str
    manner: str
    """line: whole lines; before, after: glued to the text that follows or precedes it; footer: told by structure."""
    first: int
    """Index of its first block."""
    last: int
    """Index of its last block."""


def furniture(document: Document) -> list[Furniture]:
    """Find page furniture in a document, in its order."""
    blocks, words = document.blocks, lexicon()
    hits = {i: phrase for i, block in enumerate(blocks) if (phrase := _line(block.text, words))}
    if any("en" not in phrase.languages for phrase in hits.values()):
        hits = {i: phrase for i, phrase in hits.items() if _speaks(phrase, document.language)}
    footer = _footer(blocks, hits)
    inside = range(footer.first, footer.last + 1) if footer else range(0)
    found = [footer] if footer else []
    for i, phrase in hits.items():
        if i not in inside and _counts(i, hits, len(blocks), footer):
            found.append(Furniture(blocks[i].start, blocks[i].end, phrase.kind, "line", i, i))
    taken = {piece.first for piece in found}
    found += [piece for piece in _glued(document, words) if piece.first not in taken and piece.first not in inside]
    return _join(sorted(found))


def _line(text: str, words: Lexicon) -> Phrase | None:
    """Look a whole line up: as it is, or as a row of phrases."""
    if len(text) > LONGEST:
        return None
    if words.may_begin(text):
        folded = key(text)
        if phrase := words.at(folded):
            return phrase
        if not _SENTENCE_END.search(text) and (phrase := _tiles(folded, words)):
            return phrase
    if len(text) <= COPYRIGHT_LINE and is_copyright(text):
        return Phrase("footer", True, frozenset(("en",)))
    return None


def _tiles(folded: str, words: Lexicon) -> Phrase | None:
    """Cover a line with phrases of the lexicon, longest first: `share tweet e-mail`, `home | news | sport`."""
    tokens = re.sub(r"[|•·/»›>,–—-]+", " ", folded).split()
    if not 2 <= len(tokens) <= 16:
        return None
    at, tiles = 0, []
    while at < len(tokens):
        ends = range(min(len(tokens), at + 6), at, -1)
        tile = next(((end, phrase) for end in ends if (phrase := words.at(" ".join(tokens[at:end])))), None)
        if tile is None:
            return None
        at = tile[0]
        tiles.append(tile[1])
    alone = any(phrase.alone for phrase in tiles) or len(tiles) >= 3
    return Phrase(tiles[0].kind, alone, frozenset.union(*(phrase.languages for phrase in tiles)))


def _speaks(phrase: Phrase, language: str | None) -> bool:
    """Tell whether a phrase may stand in a text of some language: its own, a close one's, English, or none known."""
    return language is None or "en" in phrase.languages or any(alike(language, other) for other in phrase.languages)


def _counts(index: int, hits: dict[int, Phrase], total: int, footer: Furniture | None) -> bool:
    """Tell whether a line counts: alone, or with others or the footer near it."""
    if hits[index].alone or (footer and 0 < footer.first - index <= NEIGHBOURS):
        return True
    near = [
        hits[i]
        for i in range(max(0, index - NEIGHBOURS), min(total, index + NEIGHBOURS + 1))
        if i in hits and i != index
    ]
    return any(phrase.alone for phrase in near) or len(near) >= 2


def _glued(document: Document, words: Lexicon) -> Iterator[Furniture]:
    """Find phrases that stand right before or after prose on its line, no space between."""
    text, blocks = document.text, document.blocks
    edges = [
        t if len(t) <= 2 * GLUED else f"{t[: GLUED + 1]}\n{t[-GLUED - 1 :]}" for t in (block.text for block in blocks)
    ]
    if not _SEAM.search("\n".join(edges)):
        return
    starts = [block.start for block in blocks]
    for match in _SEAM.finditer(text):
        at = match.start()
        index = bisect_right(starts, at) - 1
        if index < 0:
            continue
        start, end = blocks[index].start, blocks[index].end
        for first, last, manner in ((start, at, "before"), (at, end, "after")):
            if (
                last - first <= GLUED
                and (phrase := words.find(text[first:last]))
                and _may_glue(text[first:last], phrase)
            ):
                yield Furniture(first, last, phrase.kind, manner, index, index)


def _may_glue(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase is plain enough to be told inside a line: several words, or a word no prose begins with."""
    return phrase.alone and (phrase.kind in ("loading", "advertisement") or len(text.split()) > 1)


def _footer(blocks: Sequence[Block], hits: dict[int, Phrase]) -> Furniture | None:
    """Find the block at the end that a copyright line closes and a masthead or address opens."""
    ends = range(len(blocks) - 1, max(-1, len(blocks) - 4), -1)
    last = next((i for i in ends if len(blocks[i].text) <= COPYRIGHT_LINE and is_copyright(blocks[i].text)), None)
    if last is None:
        return None
    first, prose, short = last, 0, 0
    for at in range(last - 1, -1, -1):
        text = blocks[at].text
        if (at in hits and hits[at].kind not in FOOTER_KINDS) or prose > FOOTER_PROSE:
            break
        if len(text) <= SHORT_LINE and not _SENTENCE_END.search(text):
            short += 1
            if short >= FOOTER_LINES:
                first, prose = at, 0
        else:
            short, prose = 0, prose + 1
    return None if first == last else Furniture(blocks[first].start, blocks[last].end, "footer", "footer", first, last)


def is_copyright(text: str) -> bool:
    """Tell whether a line is a copyright notice."""
    return ("©" in text or "opyright" in text or "(c)" in text or "OPYRIGHT" in text) and _COPYRIGHT.search(
        text
    ) is not None


def _join(found: list[Furniture]) -> list[Furniture]:
    """Make one piece of a run of whole lines: three or more, each beside the next."""
    joined: list[list[Furniture]] = []
    for piece in found:
        beside = joined and piece.manner == joined[-1][-1].manner == "line" and piece.first == joined[-1][-1].last + 1
        if beside:
            joined[-1].append(piece)
        else:
            joined.append([piece])
    result = []
    for run in joined:
        if len(run) >= 3:
            result.append(run[0]._replace(end=run[-1].end, last=run[-1].last))
        else:
            result += run
    return result
