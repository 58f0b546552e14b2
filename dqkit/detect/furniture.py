"""Page furniture in a text: interface strings as whole lines, glued to prose, and footers told by their structure."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from dqkit.detect.glued import EDGE, LONG_LINE, NOUNS_CAPITALIZED, glued
from dqkit.detect.lexicon import ANY, LONGEST, lexicon
from dqkit.detect.phrasebook import BRANDS, EDGES, UNSPACED, key, keys
from dqkit.detect.uiline import FRAMED_LINE, is_copyright, recognize_folded
from dqkit.detect.wording import paired, tongues
from dqkit.record import NamedTuple, regex
from dqkit.seed.language import alike

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dqkit.detect.lexicon import Lexicon, Phrase
    from dqkit.seed.text import Block, Document

NEIGHBOURS = 3
"""Blocks within which interface strings support one another."""
SHORT_LINE = 60
FOOTER_LINES = 3
"""Short lines in a row that make a masthead or an address, where a copyright line follows."""
FOOTER_KINDS = ("footer", "navigation", "tools")
"""Classes of interface strings that a masthead may hold: roles, departments, services."""
TAIL_HITS = 2
"""Interface strings after a text's last sentence that make all the short lines after the first of them furniture."""
NO_TITLE = ("login", "cookies")
"""Classes whose words no text has as its title: somebody is to log in, or to accept."""
LONGEST_LABEL = 100
BUTTONS = 3
"""Different words of an interface, capitalized inside sentences, that make a text a manual."""
PLAIN_PARAGRAPHS, LONG_PARAGRAPHS = 3, 2
PARAGRAPHS_A_HEADING = 6
"""Paragraphs of a text at least, long ones among them, and those to each of its headings, for a word on a line of its
own to stand out."""
MOST_LABELS = 100
"""Different labels that a text is searched for: no article has as many, and each search reads it all."""
FOOTER_PROSE = 6
"""Paragraphs about the publisher that may stand between the two."""
_NAME = regex(r"[^\W\d_]{4,}")
_COPYRIGHT_WORDS = ("copyright", "rights", "reserved")
_SAID = regex('["“”„«»「『]')
"""What stands around speech, and hardly ever in interface strings."""
_SENTENCE_END = regex(r"[.!?…。！？।؟]['\"”’»)\]]?$")
_SENTENCE_INSIDE = regex(
    r"\w+ \w+[^\W\d_]{2}[.]['\"”’»)]?\s*(?=[A-Z\u00c0-\u00de\u0410-\u042f])|[^\W\d_]{4}[。।]|\d{4}\.(?=[A-Z])"
)
"""A sentence's end in a line, after a word and no abbreviation, and what follows it."""


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


@cache
def finder(phrases: tuple[str, ...]) -> Callable[[Document], list[Furniture]]:
    """Give what finds page furniture in a document, in its order, some phrases of the user's own included."""
    return partial(_furniture, lexicon().with_own(phrases)) if phrases else furniture


def furniture(document: Document) -> list[Furniture]:
    """Find page furniture in a document, in its order."""
    return _furniture(lexicon(), document)


def _furniture(words: Lexicon, document: Document) -> list[Furniture]:
    blocks = document.blocks
    folded = _folded(document)
    begins = list(map(words.begins, folded))
    hits = {
        i: phrase
        for i, (block, form, most) in enumerate(zip(blocks, folded, begins, strict=True))
        if ((most or len(block.text) <= FRAMED_LINE) and (phrase := recognize_folded(block.text, form, most, words)))
        or (phrase := _paired(document, block.text, form, words))
    }
    if any("en" not in phrase.languages for phrase in hits.values()):
        hits = {i: phrase for i, phrase in hits.items() if _speaks(phrase, document.language)}
    if any(phrase.kind == "footer" for phrase in hits.values()) and _is_list(blocks, hits):
        hits = {i: phrase for i, phrase in hits.items() if not is_copyright(blocks[i].text)}
        footer = None
    else:
        footer = _footer(blocks, hits)
    inside = range(footer.first, footer.last + 1) if footer else range(0)
    found = [footer] if footer else []
    stray = any(not phrase.alone for phrase in hits.values()) and _without_headings(blocks, hits)
    plain = stray and (document.language in NOUNS_CAPITALIZED or not _names_buttons(document, hits, words))
    counted = {
        i: phrase.kind
        for i, phrase in hits.items()
        if i not in inside
        and (_counts(i, hits, len(blocks), footer) or (plain and _stands_out(i, phrase)))
        and not (_may_be_heading(i, phrase, hits) and _spoken_of(document, blocks[i].text))
    }
    counted |= dict.fromkeys(_between(blocks, counted) - set(inside), "related")
    found += [Furniture(blocks[i].start, blocks[i].end, kind, "line", i, i) for i, kind in counted.items()]
    taken = {piece.first for piece in found}
    for piece in glued(document, begins, words, lambda phrase: _speaks(phrase, document.language)):
        if piece.block not in taken and piece.block not in inside:
            found.append(Furniture(piece.start, piece.end, piece.phrase.kind, piece.manner, piece.block, piece.block))
    return _join(sorted(set(found)))


def _paired(document: Document, text: str, folded: str, words: Lexicon) -> Phrase | None:
    """Tell a line by pairs of its words; `folded` of a long one is its beginning, which shows whether to look on."""
    if len(text) > LONGEST or not (phrase := paired(folded, document.once(tongues), words)) or _SAID.search(text):
        return None
    return phrase if len(text) <= FRAMED_LINE else paired(key(text), document.once(tongues), words)


def _folded(document: Document) -> list[str]:
    """Give the `key` of each block; of one longer than FRAMED_LINE, its beginning's."""
    texts = [text if len(text := block.text) <= FRAMED_LINE else text[:EDGE] for block in document.blocks]
    return keys(texts, document.unprintable or "  " in document.text) if texts else []


def _speaks(phrase: Phrase, language: str | None) -> bool:
    """Tell whether a phrase may stand in a text of some language: its own, a close one's, English, or none known."""
    if language is None or "en" in phrase.languages or ANY in phrase.languages:
        return True
    return any(alike(language, other) for other in phrase.languages)


def _counts(index: int, hits: dict[int, Phrase], total: int, footer: Furniture | None) -> bool:
    """Tell whether a line counts: alone, or with the footer or others near it, headings aside."""
    if hits[index].alone or (footer and 0 < footer.first - index <= NEIGHBOURS):
        return True
    near = [
        hits[i]
        for i in range(max(0, index - NEIGHBOURS), min(total, index + NEIGHBOURS + 1))
        if i in hits and i != index
    ]
    return any(phrase.alone for phrase in near) or sum(not phrase.heading for phrase in near) >= 2


def _stands_out(index: int, phrase: Phrase) -> bool:
    """Tell whether a word of prose between plain paragraphs is an interface's: it is no heading and no title."""
    return not phrase.heading and (index > 0 or phrase.kind in NO_TITLE)


def _may_be_heading(index: int, phrase: Phrase, hits: dict[int, Phrase]) -> bool:
    """Tell whether a line could be a heading of the text: a word of prose, or an advertisement's label, on its own."""
    beside = index - 1 in hits or index + 1 in hits
    return not beside and (not phrase.alone or phrase.kind == "advertisement")


def _spoken_of(document: Document, label: str) -> bool:
    """Tell whether a text is about what a label says: it says the same in a sentence, too."""
    text, lines, answers = document.once(_answers)
    bare = label.strip(EDGES).casefold()
    if bare not in answers and len(answers) >= MOST_LABELS:
        return False
    if bare not in answers:  # once a label, however often it stands
        answers[bare] = (
            text.count(bare) > lines[bare] and len(regex(rf"\b{re.escape(bare)}\b").findall(text)) > lines[bare]
        )
    return answers[bare]


def _answers(document: Document) -> tuple[str, Counter[str], dict[str, bool]]:
    """Give a text without case, how many of its lines are just some words, and room for answers about labels."""
    lines = Counter(block.text.strip(EDGES).casefold() for block in document.blocks)
    return document.text.casefold(), lines, {}


def _between(blocks: Sequence[Block], counted: dict[int, str]) -> set[int]:
    """Give the short lines that furniture encloses, and those after it where no prose follows."""
    known = sorted(counted)
    enclosed: set[int] = set()
    for before, after in pairwise(known):
        if 1 < after - before <= NEIGHBOURS and all(_is_label(blocks[i].text) for i in range(before + 1, after)):
            enclosed.update(range(before + 1, after))
    prose = next((i for i in range(len(blocks) - 1, -1, -1) if not _is_label(blocks[i].text)), -1)
    tail = [i for i in known if i > prose]
    if len(tail) >= TAIL_HITS:
        enclosed.update(i for i in range(tail[0] + 1, len(blocks)) if i not in counted)
    return enclosed


def _is_label(text: str) -> bool:
    """Tell whether a line may be a link's or a button's: short, and no sentence in it or at its end."""
    return len(text) <= LONGEST_LABEL and not _SENTENCE_END.search(text) and not _SENTENCE_INSIDE.search(text)


def _without_headings(blocks: Sequence[Block], hits: dict[int, Phrase]) -> bool:
    """Tell whether a text is plain paragraphs after its title, so that a word on a line of its own is no heading."""
    lines = [block.text for i, block in enumerate(blocks) if i and (i not in hits or hits[i].heading)]
    labels = sum(len(text) <= SHORT_LINE and not _SENTENCE_END.search(text) for text in lines)
    paragraphs = sum(len(text) > LONG_LINE or UNSPACED.search(text) is not None for text in lines)
    return (
        len(lines) >= PLAIN_PARAGRAPHS and paragraphs >= LONG_PARAGRAPHS and labels * PARAGRAPHS_A_HEADING <= len(lines)
    )


def _names_buttons(document: Document, hits: dict[int, Phrase], words: Lexicon) -> bool:
    """Tell whether a text speaks of an interface, as a manual does: it writes its words with a capital in sentences.

    Networks count for nothing: the news name them, too.
    """
    apart = (block for i, block in enumerate(document.blocks) if i not in hits)
    named = {
        bare
        for word in {word for block in apart for word in block.text.split()[1:] if word.istitle()}
        if (bare := word.strip(EDGES).casefold()) not in BRANDS
        and (phrase := words.find(word))
        and any(document.language and alike(document.language, other) for other in phrase.languages)
    }
    return len(named) >= BUTTONS


def _is_list(blocks: Sequence[Block], hits: dict[int, Phrase]) -> bool:
    """Tell credits, a cast or a catalogue, whose copyright line is its own: short lines alone, and none of a page's."""
    prose = sum(not _is_label(block.text) for i, block in enumerate(blocks) if i not in hits)
    page = any(phrase.alone and not is_copyright(blocks[i].text) for i, phrase in hits.items())
    return not page and prose * PARAGRAPHS_A_HEADING <= len(blocks)


def _footer(blocks: Sequence[Block], hits: dict[int, Phrase]) -> Furniture | None:
    """Find the block at the end that a copyright line closes and a masthead or address opens."""
    ends = range(len(blocks) - 1, max(-1, len(blocks) - 4), -1)
    last = next((i for i in ends if len(blocks[i].text) <= FRAMED_LINE and is_copyright(blocks[i].text)), None)
    if last is None:
        return None
    holder = {word for word in _NAME.findall(blocks[last].text) if word.lower() not in _COPYRIGHT_WORDS}
    first, prose, short, named = last, 0, 0, False
    for at in range(last - 1, -1, -1):
        text = blocks[at].text
        if (at in hits and hits[at].kind not in FOOTER_KINDS) or prose > FOOTER_PROSE:
            break
        if len(text) <= SHORT_LINE and not _SENTENCE_END.search(text):
            short += 1
            named = named or any(name in text for name in holder)
            if short >= FOOTER_LINES and (not prose or named):
                first = at
            if first == at:
                prose = 0
        else:
            short, prose, named = 0, prose + 1, False
    return None if first == last else Furniture(blocks[first].start, blocks[last].end, "footer", "footer", first, last)


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
