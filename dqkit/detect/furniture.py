"""Page furniture in a text: interface strings as whole lines, glued to prose, and footers told by their structure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dqkit.detect.lexicon import Lexicon, Phrase, key, lexicon
from dqkit.language import alike

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dqkit.text import Block

NEIGHBOURS = 3
"""Blocks within which interface strings support one another."""
LONGEST_LINE = 240
"""Code points beyond which a line is prose, whatever it says."""
SHORT_LINE = 60
FOOTER_LINES = 3
"""Short lines in a row that make a masthead or an address, where a copyright line follows."""
FOOTER_PROSE = 6
"""Paragraphs about the publisher that may stand between the two."""
_GLUE = re.compile(r"(?<=[^\W\d_])(?=[A-ZÀ-ÖØ-ÞĀ-Ž\u0386-\u03ab\u0400-\u042f\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7ff\u0590-\u06ff])|(?<=[^\W\d_])(?=\d)")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟]['\"”’»)\]]?$")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright|&copy;)[^.!?]{0,80}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b[^.!?]{0,10}©|^©", re.IGNORECASE)


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


def furniture(blocks: Sequence[Block], language: Callable[[], str | None]) -> list[Furniture]:
    """Find page furniture in the blocks of a document, in their order; `language` is asked for only where it matters."""
    words = lexicon()
    hits = {i: phrase for i, block in enumerate(blocks) if (phrase := _line(block.text, words))}
    if hits and any(not phrase.languages & {"en"} for phrase in hits.values()):
        known = language()
        hits = {i: phrase for i, phrase in hits.items() if _speaks(phrase, known)}
    found = [
        Furniture(blocks[i].start, blocks[i].end, phrase.kind, "line", i, i) for i, phrase in hits.items() if _counts(i, hits, len(blocks))
    ]
    taken = {piece.first for piece in found}
    found += [piece for i, block in enumerate(blocks) if i not in taken for piece in _glued(block, i, words)]
    if footer := _footer(blocks, taken):
        found = [piece for piece in found if not footer.first <= piece.first <= footer.last]
        found.append(footer)
    return _join(sorted(found))


def _line(text: str, words: Lexicon) -> Phrase | None:
    """Look a whole line up: as it is, or as a row of phrases."""
    if len(text) > LONGEST_LINE:
        return None
    folded = key(text)
    if folded in words.phrases:
        return words.phrases[folded]
    if _COPYRIGHT.search(text) and len(text) <= 160:
        return Phrase("footer", True, frozenset(("en",)))
    if folded.partition(" ")[0] in words.first_words and not _SENTENCE_END.search(text):
        return _tiles(folded, words)
    return None


def _tiles(folded: str, words: Lexicon) -> Phrase | None:
    """Cover a line with phrases of the lexicon, longest first: `share tweet e-mail`, `home | news | sport`."""
    tokens = re.sub(r"[|•·/»›>,–—-]+", " ", folded).split()
    if not 2 <= len(tokens) <= 16:
        return None
    at, kinds = 0, []
    while at < len(tokens):
        for end in range(min(len(tokens), at + 6), at, -1):
            phrase = words.phrases.get(" ".join(tokens[at:end]))
            if phrase:
                kinds.append(phrase)
                at = end
                break
        else:
            return None
    common = frozenset.union(*(phrase.languages for phrase in kinds))
    return Phrase(kinds[0].kind, any(phrase.alone for phrase in kinds) or len(kinds) >= 3, common)


def _speaks(phrase: Phrase, language: str | None) -> bool:
    """Tell whether a phrase may stand in a text of some language: its own, a close one's, English, or none known."""
    return language is None or "en" in phrase.languages or any(alike(language, other) for other in phrase.languages)


def _counts(index: int, hits: dict[int, Phrase], total: int) -> bool:
    """Tell whether a line counts: alone, or with others near it."""
    if hits[index].alone:
        return True
    near = [hits[i] for i in range(max(0, index - NEIGHBOURS), min(total, index + NEIGHBOURS + 1)) if i in hits and i != index]
    return any(phrase.alone for phrase in near) or len(near) >= 2


def _glued(block: Block, index: int, words: Lexicon) -> Iterator[Furniture]:
    """Find phrases that stand right before or after prose on its line, no space between."""
    text = block.text
    if len(text) < 12:
        return
    limit = min(words.longest, 80)
    for match in _GLUE.finditer(text, 0, limit):
        phrase = words.phrases.get(key(text[: match.start()]))
        if phrase and _may_glue(text[: match.start()], phrase):
            yield Furniture(block.start, block.start + match.start(), phrase.kind, "before", index, index)
            break
    tail = max(0, len(text) - limit)
    for match in re.finditer(r"(?<=[.!?…”»。！？])(?=[^\W\d_])|" + _GLUE.pattern, text[tail:]):
        at = tail + match.start()
        phrase = words.phrases.get(key(text[at:])) if at else None
        if phrase and _may_glue(text[at:], phrase):
            yield Furniture(block.start + at, block.end, phrase.kind, "after", index, index)
            break


def _may_glue(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase is plain enough to be told inside a line: several words, or a word no prose begins with."""
    return phrase.alone and (phrase.kind == "loading" or len(text.split()) > 1 or phrase.kind == "advertisement" or text[0] > "\u2e80")


def _footer(blocks: Sequence[Block], taken: set[int]) -> Furniture | None:
    """Find the block at the end that a copyright line closes and a masthead or address opens."""
    last = next((i for i in range(len(blocks) - 1, max(-1, len(blocks) - 4), -1) if _COPYRIGHT.search(blocks[i].text)), None)
    if last is None or len(blocks[last].text) > 160:
        return None
    first, at, prose, short = last, last - 1, 0, 0
    while at >= 0 and at not in taken and prose <= FOOTER_PROSE:
        text = blocks[at].text
        if len(text) <= SHORT_LINE and not _SENTENCE_END.search(text):
            short += 1
            if short >= FOOTER_LINES:
                first, prose = at, 0
        else:
            short, prose = 0, prose + 1
        at -= 1
    if first == last:
        return None
    return Furniture(blocks[first].start, blocks[last].end, "footer", "footer", first, last)


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
