"""Interface strings that stand on the same line as prose: glued to it, or before it with a space.

Scripts with capitals show the seam: a small letter or a sentence's end right before a capital. Whether the word after
the seam begins a sentence, and is no name like the second half of SharePoint, is told by the text itself: it uses the
same word in small letters elsewhere. Scripts without capitals show no seam; there a phrase of several words, or of
several signs, is looked up at the line's beginning and end.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from dqkit.detect.phrasebook import CASELESS, EDGES, UNSPACED, fold, is_caseless, key
from dqkit.detect.uiline import recognize
from dqkit.detect.wording import paired, tongues
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dqkit.detect.lexicon import Lexicon, Phrase
    from dqkit.seed.text import Block, Document

EDGE = 80
"""Code points of a line's beginning and end in which a phrase is looked for."""
LONG_LINE, LONG_UNSPACED = 40, 14
"""Code points of a line below which a phrase and what follows it are a label, not prose; without spaces, fewer do."""
MOST_WORDS = 8
LEAST_SIGNS, LEAST_LOADING_SIGNS = 4, 3
"""Code points of a phrase, and of a loading notice, told at the beginning of a line in a script without capitals."""
_MIDDLE = "中", "国國文心央间間东東学學等期级級医醫华華"
"""What a loading notice may end in, and what makes another word of it: China, middle school."""
NO_SENTENCE = ("footer", "login", "comments", "cookies", "share", "newsletter", "media", "loading")
"""Classes whose phrases no sentence begins with."""
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽȘȚΆ-Ϋ\u0400-\u042fҐЄІЇЎ"
_SMALL = "a-zß-öø-ÿ\u0101-\u017f\u0430-\u045f\u03ac-\u03ce"
_SEAM, _ASCII_SEAM = (
    regex(
        f'[{upper}"“„«](?:(?<=[{small}0-9.!?…:)\\]›][{upper}])|(?<=[^\\s(][”»][{upper}])|(?<=[{upper}]{{4}})(?=[{small}])'
        f'|(?<=[{small}?!:]["“„«])(?=[{upper}]))'
    )
    for upper, small in ((_UPPER, _SMALL), ("A-Z", "a-z"))
)
"""Where prose meets a glued phrase, no space between: a small letter, a digit, the end of a sentence or a bracket, or
capitals right before a capital, or an opening quotation mark after a word. It begins with the characters it may begin
with: `re` passes over all others in one go."""
_LOADING = regex("l(?<=[.!?]l)oading")
"""The commonest phrase, which sites write in small letters."""
_ROLES = bytes.maketrans(
    b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.!?:)]"', b"U" * 26 + b"s" * 42 + b"q"
)
_SEAM_ROLES = regex(b"U(?:(?<=sU)|(?<=sqU)|(?<=UUUU))")
"""What ASCII characters are to a seam, and what every seam ends with."""
MOST_REPLACED = 20
"""Different characters beyond ASCII that are replaced by their like in ASCII before a text is looked at for those."""
_SCRIPT_SEAM = regex(f"[{CASELESS}](?<=[A-Za-z.…].)")
"""Where a script without capitals begins after one with them."""
_SENTENCE_END = ".!?…。！？।؟।॥۔”»」』\"'"
_LAST_SENTENCE = regex(r"[^\W\d_]{2}[.!?…]['\"”’»)\]]? +(?=\S[^.!?]{3,}(?:\.\.\.|…)?$)")
"""The gap after the last sentence of a line that goes on without another full stop."""
_SAID = regex('["“”„«»「『]')
_INITIAL = regex(r"[^\w)\]”»]\w\.")
"""A single letter and a point: `U.S.`"""
_LABEL_ENDS = tuple(":…?!)")
_BULLETS = "-*+•"
_FIRST_WORD = regex(r"\W*(\w+)")
_SECOND = regex(f"\\s(?<=\\S\\s)\\s*[\"“„«‘'»]?(?=[{_UPPER}])")
"""Where a capitalized word begins after another word."""
_QUOTES = "\"“„«‘'»"
NOUNS_CAPITALIZED = ("de", "lb")
"""Languages in which a capital inside a sentence tells nothing."""
_PARTICLES = "のをはがにでともへや的了是在和与或等을를이가은는의에"
"""What follows a word inside a Chinese, Japanese or Korean sentence."""


class Glued(NamedTuple):
    """A phrase on a line of prose: half-open range of code points, what it is, and the side the prose is on."""

    start: int
    end: int
    phrase: Phrase
    manner: str
    """before: the text follows it; after: the text precedes it."""
    block: int
    """The block's index."""


def glued(
    document: Document, begins: Sequence[int], words: Lexicon, speaks: Callable[[Phrase], bool]
) -> Iterator[Glued]:
    """Find phrases that share a line with prose; `begins`: with how many words of a phrase each block may begin."""
    if document.blocks and may_have_seams(document):
        yield from _at_seams(document, words, speaks)
    caseless = any(map(is_caseless, document.rare))
    for index, (block, most) in enumerate(zip(document.blocks, begins, strict=True)):
        text = block.text
        if text[0] in _BULLETS:
            continue
        if text[-1] not in ".!?" and (found := _after_space(text, words)) and speaks(found[1]):
            yield Glued(block.start + found[0], block.end, found[1], "after", index)
        if len(text) < LONG_LINE:
            if caseless and len(text) >= LONG_UNSPACED and UNSPACED.match(text):
                yield from _without_case(block.start, text, index, words)
            continue
        if most and (found := _before_space(document, text, most, words)) and speaks(found[1]):
            yield Glued(block.start, block.start + found[0], found[1], "before", index)
        if caseless:
            yield from _without_case(block.start, text, index, words)


def _at_seams(document: Document, words: Lexicon, speaks: Callable[[Phrase], bool]) -> Iterator[Glued]:
    blocks = document.blocks
    for index, at in seams(document.text, [block.start for block in blocks], [block.end for block in blocks]):
        block = blocks[index]
        if block.text[0] in _BULLETS:
            continue
        if at - block.start <= EDGE and (phrase := _before_seam(document, block, at, words)) and speaks(phrase):
            yield Glued(block.start, at, phrase, "before", index)
        if block.end - at <= EDGE and (phrase := _after_seam(document, block, at, words)) and speaks(phrase):
            yield Glued(at, block.end, phrase, "after", index)


def may_have_seams(document: Document) -> bool:
    """Tell, at the speed of copying memory, whether a text may have seams; one with many other letters always may."""
    text = document.text
    if len(document.rare) > MOST_REPLACED:
        return True
    for letter in document.rare:
        if letter.isalpha() or letter in "…›”»“„«":
            text = text.replace(letter, "A" if letter.isupper() else '"' if letter in "“„«" else "a")
    plain = text.encode("ascii", "ignore")  # what is left has no part in a seam
    seamed = _SEAM_ROLES.search(plain.translate(_ROLES)) is not None or b"loading" in plain
    return seamed or any(map(is_caseless, document.rare))


def seams(text: str, starts: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give where blocks have seams near their beginnings and ends: the block's index, and where the text after begins.

    `starts` and `ends` are those of the blocks in the text.
    """
    for pattern in (_ASCII_SEAM, _LOADING) if text.isascii() else (_SCRIPT_SEAM, _SEAM, _LOADING):
        at = starts[0]
        while match := pattern.search(text, at):
            at = match.start()
            index = bisect_right(starts, at) - 1
            if at - starts[index] > EDGE and ends[index] - at > EDGE:
                at = ends[index] - EDGE
            else:
                yield index, at
                at += 1


def _before_seam(document: Document, block: Block, at: int, words: Lexicon) -> Phrase | None:
    piece, rest = document.text[block.start : at], document.text[at : block.end]
    if phrase := words.find(piece):
        return phrase if _plain(piece, phrase) or _own(phrase, len(rest)) or piece.endswith(_LABEL_ENDS) else None
    if len(rest) < LONG_LINE:
        return None
    phrase = paired(key(piece), document.once(tongues), words) or recognize(piece, words)
    if phrase is None or (phrase.alone and " " in piece):
        return phrase
    seen = piece.endswith(_LABEL_ENDS) or _begins_sentence(document, rest[:EDGE])
    return phrase if seen and piece.split()[-1].strip(EDGES).isalpha() else None


def _after_seam(document: Document, block: Block, at: int, words: Lexicon) -> Phrase | None:
    piece = document.text[at : block.end]
    if document.text[at - 1] in ".!?…:)]" and not _INITIAL.match(document.text, at - 3):
        found = recognize(piece, words)
    else:
        found = phrase if (phrase := words.find(piece)) and _plain(piece, phrase) else None
    if found is None and (phrase := paired(key(piece), document.once(tongues), words)) and phrase.alone:
        return phrase
    return found


def _plain(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase is known for one inside a word: several words, or a word that no brand begins with."""
    if len(text.split()) > 1:
        return True
    if phrase.kind == "loading" and (phrase.alone or phrase.heading):
        return True
    return phrase.alone and (phrase.kind == "advertisement" or "en" not in phrase.languages)


def _own(phrase: Phrase, rest: int) -> bool:
    """Tell whether a single word glued to a line of prose is no brand's beginning: brands are English."""
    return "en" not in phrase.languages and rest >= LONG_LINE


def _begins_sentence(document: Document, text: str) -> bool:
    """Tell whether the text's first word, a capitalized one, also stands in the document in small letters."""
    match = _FIRST_WORD.match(text)
    if not match or match[1] == (small := match[1].lower()):
        return False
    return small in document.once(_small_words)


def _small_words(document: Document) -> frozenset[str]:
    return frozenset(word for word in document.text.split() if word.islower())


def _before_space(document: Document, text: str, begins: int, words: Lexicon) -> tuple[int, Phrase] | None:
    """Find the longest phrase that a line of prose begins with, where a sentence begins after it."""
    if begins == 1:  # no phrase of several words begins like that
        ends = [end] if (end := text.find(" ", 2)) > 0 and _SECOND.match(text, end) else []
    else:
        ends = [match.start() for match, _ in zip(_SECOND.finditer(text[:EDGE]), range(MOST_WORDS), strict=False)]
    for end in reversed(ends):
        if len(text) - end < LONG_LINE or (phrase := words.find(text[:end])) is None:
            continue
        rest = text[end:].lstrip()
        if (
            phrase.kind in NO_SENTENCE
            and text[:end].isupper()
            and text[end - 1].isalpha()
            and not rest[:EDGE].isupper()
        ):
            return end, phrase
        if " " not in text[:end] and phrase.kind != "loading" and ("en" in phrase.languages or _is_said(text[:end])):
            return None
        notice = phrase.kind == "loading" and text[:end].endswith(("...", "…"))
        if "en" in phrase.languages and not (phrase.alone or notice):
            return None
        if not rest.lstrip(_QUOTES)[:1].isupper():
            return None
        several = phrase.alone and " " in text[:end] and document.language not in NOUNS_CAPITALIZED
        return (end, phrase) if several or notice or _begins_sentence(document, rest[:40]) else None
    return None


def _after_space(text: str, words: Lexicon) -> tuple[int, Phrase] | None:
    """Find an interface string of several words that follows a line's last sentence, a space between."""
    first = max(0, len(text) - 2 * EDGE)
    match = _LAST_SENTENCE.search(text, first)
    if not match or text.count(" ", 0, match.start()) < 2 or text[match.end()] == "©":  # a photographer's
        return None
    piece = text[match.end() :]
    if _SAID.search(piece) or (" " not in key(piece) and not piece.endswith(("...", "…"))):
        return None
    phrase = recognize(piece, words)
    if not phrase or phrase.alone:
        return phrase and (match.end(), phrase)
    return (match.end(), phrase) if phrase == words.find(piece) and phrase.kind == "related" else None


def _is_said(word: str) -> bool:
    """Tell whether a single word is a sentence or is quoted: somebody's answer."""
    return word.endswith(tuple(".!?…")) or word[0] in _QUOTES


def _without_case(start: int, text: str, index: int, words: Lexicon) -> Iterator[Glued]:
    """Look phrases up at the beginning and the end of a line in a script without capitals."""
    at = len(text[:EDGE]) - len(text[:EDGE].lstrip(EDGES))
    if not is_caseless(text[at : at + 1]):
        return
    head = fold(text[at : at + EDGE])
    for form, phrase in words.begun(head):
        loading = phrase.kind == "loading"
        if not loading and len(text) < LONG_LINE:
            continue
        if phrase.alone and len(form) >= (LEAST_LOADING_SIGNS if loading else LEAST_SIGNS):
            end = at + _raw_length(text[at : at + EDGE], form)
            if _apart(form, text[end:], phrase):
                yield Glued(start + at, start + end, phrase, "before", index)
                break
    first = max(text.rfind(mark, -EDGE, -1) for mark in _SENTENCE_END) + 1
    piece = text[first:]
    if not first or piece[0].isspace() or piece[-1] in _SENTENCE_END:
        return
    if found := recognize(piece, words):
        yield Glued(start + first, start + len(text), found, "after", index)


def _raw_length(text: str, form: str) -> int:
    """Give the code points of a text that its first folded ones come from, with the marks that fold to nothing."""
    return max(end for end in range(1, len(text) + 1) if len(fold(text[:end])) <= len(form))


def _apart(form: str, rest: str, phrase: Phrase) -> bool:
    """Tell whether what follows a phrase is another sentence and no ending or particle of it."""
    if UNSPACED.match(form[-1]):
        if form[-1] == _MIDDLE[0] and rest[:1] and rest[0] in _MIDDLE[1]:
            return False
        return len(rest) >= LONG_LINE // 4 and rest[0] not in _PARTICLES
    if rest[:1].isalpha():
        return " " in form and len(rest.split(" ", 1)[0]) > 1
    if rest[:1] == " ":
        return " " in form and phrase.kind in NO_SENTENCE and len(rest) >= LONG_LINE
    return rest[:1] in "….:!؟?" and (" " in form or phrase.kind == "loading")
