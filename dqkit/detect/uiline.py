"""Whether a line, taken by itself, is interface text: a phrase of the lexicon, a row of them, or the shape of a link.

Shapes that no list can hold are told by what stands around a phrase: `Read more: …` is a label and its link,
`Home > News > Sweden` a breadcrumb, `Learn all about it >>` a link's arrow, `Tags: oil, Iran` a label and its values.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dqkit.detect.lexicon import LONGEST, Phrase
from dqkit.detect.phrasebook import EDGES, UNSPACED, key
from dqkit.detect.wording import composed
from dqkit.record import regex

if TYPE_CHECKING:
    from dqkit.detect.lexicon import Lexicon

LABELLED_LINE = 120
"""Code points a label and what it names have at most."""
COMPOSED_LINE = 70
"""Code points a line that is told by its words has at most."""
FRAMED_LINE = 160
"""Code points a line with open words in it, or a copyright notice, has at most."""
MOST_TILES, MOST_TILE = 16, 6
"""Tokens of a row of phrases, and of each of these."""
MOST_WORDS = 10
LABEL_KINDS = ("related", "tools", "share", "pagination", "navigation")
"""Classes of which a phrase and a colon begin a line of links."""
_SEPARATORS = regex(r"\s*(?:>>?|»|›|\||•|·|→|▸|/)\s*")
_ARROWS = (">", "»", "›", "→", "►")
_ARROW = regex(r"\s(?:>>|»|›|→|⟩|▸|►)\s*$|\S>>\s*$")
_BETWEEN = regex(r"[|•·/»›>,–—-]+")
_COUNT_GLUED = regex(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_COUNT_FIRST = regex(r"\d{1,5}[^\W\d_]\D{1,80}$")
_COUNT_AFTER = regex(r"\s*[(\[]?#$")
_SENTENCE_END = regex(r"[.!?…。！？।؟]['\"”’»)\]]?$")
_SENTENCES = regex(r"[.!?]['\"”’»)]?\s+(?=[A-Z\u00c0-\u0587])")
_SENTENCE = regex(r"[.?。！？؟।]['\"”’»)]?$|[,;“”„\"»،](?! ?$)")
_SENTENCE_GAP = regex(r"(?<=[a-z\u00df-\u024f\u0430-\u045f\u03ac-\u03ce\u0590-\u0fff)][.!?])\s+|(?<=[。！？।])\s*")
_GAPS = (". ", "! ", "? ", ") ", "。", "！", "？", "।")
MOST_SENTENCES = 4
"""Sentences a row of interface strings has at most."""
_COOKIE = regex(
    "cookie|куки|бисквитк|кукиз|колачић|kolačić|evästei|sütik|slapuk|sīkfail|sīkdat|piškot|küpsis|vafrakök|ciasteczk|çerez"
    "|κούκι|עוגיות|تعريف الارتباط|الكوكيز|کوکی|कुकी|কুকি|குக்கீ|คุกกี้|쿠키|クッキー",
    re.IGNORECASE,
)
"""What sites call cookies."""
_FULL_STOPS = tuple(".。।")
_SPOKEN_END = tuple("?!.。？！؟")
_COPYRIGHT = regex(
    r"(?:©|\(c\)|copyright|&copy;)[^.!?]{0,80}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b[^.!?]{0,10}©|^©", re.IGNORECASE
)


def recognize(text: str, words: Lexicon) -> Phrase | None:
    """Look a whole line up: as it is, as a row of phrases, or by its shape."""
    folded = key(text)
    return recognize_folded(text, folded, words.begins(folded), words)


def recognize_folded(text: str, folded: str, begins: int, words: Lexicon) -> Phrase | None:
    """Look a whole line up; of a line longer than FRAMED_LINE, `folded` and `begins` are of its beginning alone."""
    if len(text) > LONGEST:
        return None
    if len(text) > FRAMED_LINE:
        folded = key(text)
    return (_remembered if len(text) <= COMPOSED_LINE else _recognize)(text, folded, begins, words)


def _recognize(text: str, folded: str, begins: int, words: Lexicon) -> Phrase | None:
    if begins:
        if phrase := words.at(folded):
            return None if _is_spoken(text, folded, phrase) else _as_it_stands(text, phrase)
        if not _SENTENCE_END.search(text, len(text) - 2) and (
            phrase := _counted(folded, words)
            or _tiles(folded, words)
            or _labelled(text, words)
            or _trail(text, words)
            or _opened(folded, words)
            or _joined(folded, words)
        ):
            return phrase
    elif _COUNT_FIRST.match(text) and (phrase := _tiles(_apart(text), words)):
        return phrase
    if len(text) > FRAMED_LINE:
        return None
    if (phrase := words.framed(folded)) and not _SENTENCES.search(text):
        return None if _is_prose(text, phrase) else phrase
    if phrase := _row(text, words):
        return phrase
    if is_copyright(text):
        return Phrase("footer", True, frozenset(("en",)))
    if len(text) <= COMPOSED_LINE and not _SENTENCE.search(text) and (phrase := composed(folded, words)):
        return None if _is_spoken(text, folded, phrase) else phrase
    if len(text) <= LABELLED_LINE and text.endswith(_ARROWS) and _ARROW.search(text) and "«" not in text:
        return Phrase("related", False, frozenset(("en",)))
    return None


def _is_prose(text: str, phrase: Phrase) -> bool:
    """Tell whether a line that begins like a link, `Read more about {words}`, goes on as a sentence and a full stop."""
    return phrase.kind == "related" and text.endswith(_FULL_STOPS)


def _row(text: str, words: Lexicon) -> Phrase | None:
    """Take a line apart at its sentences: each is interface text, or speaks of cookies before a notice's button."""
    if not any(gap in text for gap in _GAPS):
        return None
    parts = [part for part in _SENTENCE_GAP.split(text) if part]
    if not 2 <= len(parts) <= MOST_SENTENCES:
        return None
    if (last := _one_of_row(parts[-1], words)) is None:
        return None
    found = [*(_one_of_row(part, words) for part in parts[:-1]), last]
    first = next((phrase for phrase in found if phrase), None)
    cookies = last.kind == "cookies"
    known = (phrase or (cookies and _COOKIE.search(part)) for phrase, part in zip(found, parts, strict=True))
    if first is None or not all(known):
        return None
    if not cookies and not any(phrase.alone for phrase in found if phrase):
        return None
    return Phrase("cookies" if cookies else first.kind, True, first.languages)


def _one_of_row(text: str, words: Lexicon) -> Phrase | None:
    folded = key(text)
    return words.at(folded) or words.framed(folded) or _tiles(folded, words) or composed(folded, words)


_remembered = lru_cache(maxsize=10_000)(_recognize)
"""Short lines are dear to look up, and those of a site come again in many of its files."""
forget = _remembered.cache_clear


def _as_it_stands(text: str, phrase: Phrase) -> Phrase:
    """Tell from a heading what is none: a loading notice with dots or without a capital, words that end in a colon."""
    if not phrase.heading:
        return phrase
    if phrase.kind == "loading":
        notice = text.islower() or text.endswith(("...", "…"))
        return phrase._replace(alone=notice, heading=not notice)
    return phrase._replace(heading=not text.endswith((":", "：")))


def _is_spoken(text: str, folded: str, phrase: Phrase) -> bool:
    """Tell whether a single word ends like a sentence: somebody says it. A loading notice may end in dots."""
    if phrase.kind == "loading" and text.endswith(("...", "…")):
        return False
    return text.endswith(_SPOKEN_END) and " " not in folded and "#" not in folded and not UNSPACED.search(folded)


def is_copyright(text: str) -> bool:
    """Tell whether a line is a copyright notice."""
    return ("©" in text or "opyright" in text or "(c)" in text or "OPYRIGHT" in text) and _COPYRIGHT.search(
        text
    ) is not None


def _apart(text: str) -> str:
    return key(_COUNT_GLUED.sub(" ", text))


def _counted(folded: str, words: Lexicon) -> Phrase | None:
    """Look up a phrase that a count follows: `leave a comment (4)`. Without brackets it may be a law's `Article 4`."""
    bare = _COUNT_AFTER.sub("", folded)
    phrase = words.at(bare) if bare != folded and bare else None
    return phrase and phrase._replace(heading=not phrase.alone and folded[len(bare) :].strip() == "#")


def _tiles(folded: str, words: Lexicon) -> Phrase | None:
    """Cover a line with phrases of the lexicon, longest first: `share tweet e-mail`, `home | news | sport`."""
    tokens = _BETWEEN.sub(" ", folded).split()
    if not 2 <= len(tokens) <= MOST_TILES:
        return None
    at, tiles = 0, []
    while at < len(tokens):
        most = MOST_TILE if words.begins(" ".join(tokens[at : at + 2])) > 1 else 1
        ends = range(min(len(tokens), at + most), at, -1)
        tile = next(((end, phrase) for end in ends if (phrase := words.at(" ".join(tokens[at:end])))), None)
        if tile is not None:
            at = tile[0]
            tiles.append(tile[1])
        elif tokens[at].strip("([,") == "#":
            at += 1
        else:
            return None
    if not tiles or sum(token.strip("([,") == "#" for token in tokens) > len(tiles):  # a date's
        return None
    numbered = len(tiles) == 1 and tokens[-1] == "#"  # a part or a telephone
    heading = all(phrase.heading or (numbered and not phrase.alone) for phrase in tiles)
    alone = any(phrase.alone for phrase in tiles) or (len(tiles) >= 3 and not heading)
    return Phrase(tiles[0].kind, alone, frozenset.union(*(phrase.languages for phrase in tiles)), heading)


def _joined(folded: str, words: Lexicon) -> Phrase | None:
    """Take a line in a script without capitals apart into two phrases with nothing between."""
    for form, phrase in words.begun(folded):
        rest = folded[len(form) :].strip(EDGES)
        if rest and (other := words.at(rest)):
            return phrase._replace(alone=phrase.alone or other.alone)
    return None


def _opened(folded: str, words: Lexicon) -> Phrase | None:
    """Look up what a short line begins with: `follow us on facebook and more`, `subscribe to our newsletter today`."""
    tokens = folded.split()
    if len(tokens) > MOST_WORDS or any(token == "#" for token in tokens):
        return None
    for end in range(len(tokens) - 1, 1, -1):
        phrase = words.at(" ".join(tokens[:end]))
        if phrase and phrase.alone and (2 * end >= len(tokens)):
            return phrase
    return None


def _labelled(text: str, words: Lexicon) -> Phrase | None:
    """Look up the label of a line of links or tags: what stands before its first colon."""
    label, colon, rest = text.partition(":")
    if not colon or len(text) > LABELLED_LINE or not rest.strip():
        return None
    phrase = words.find(label)
    return phrase if phrase and phrase.alone and phrase.kind in LABEL_KINDS else None


def _trail(text: str, words: Lexicon) -> Phrase | None:
    """Take a line apart at its separators: a breadcrumb or a menu, where half of the parts are phrases."""
    parts = [part for part in _SEPARATORS.split(text.strip(" |")) if part]
    if len(parts) < 3 or max(map(len, parts)) > 40:
        return None
    known = [phrase for part in parts if (phrase := words.find(part))]
    if not known or (2 * len(known) < len(parts) and known[0].kind != "navigation"):
        return None
    return Phrase(known[0].kind, True, frozenset.union(*(phrase.languages for phrase in known)))
