"""Interface strings told by their words: no list has the line, but its words, side by side, are those of such lines.

A short line is composed of a language's interface words alone. A longer one, a sentence too, mostly repeats pairs of
words of phrases that are listed. Inflections are passed over: words are compared by their stems.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dqkit.detect.lexicon import Phrase
from dqkit.detect.phrasebook import EDGES, heads, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.detect.lexicon import Lexicon
    from dqkit.seed.text import Document

    Uses = dict[str, tuple[str, str]]
    """What a stem is in the interface strings of each language: a sign, and the class it tells (=) or hints at (~)."""

COMPOSED_WORDS = (2, 7)
"""Fewest and most words of a line that is composed of interface words alone, of the fewest no article among them."""
ARTICLE = 2
"""Code points an article has at most."""
COMPOSED = 0.2
"""Least share of each two words of it that stand side by side in a listed phrase."""
PAIRED_WORDS = (5, 32)
"""Fewest and most words of a line that is told by pairs of them."""
PAIRED = 0.7
"""Least share of words that stand beside a word as in a listed phrase."""
ARTICLE_EVERY = 400
"""Code points of a text in which "the" stands once at least, if it is English."""
SURE = 2
"""Words in such pairs that tell a class or hint at it, from which a line is interface text wherever it stands."""


def composed(folded: str, lexicon: Lexicon) -> Phrase | None:
    """Tell whether a folded line is made of words of interface strings alone, one of them telling its class."""
    stems = list(map(stem, words(folded)))
    if not COMPOSED_WORDS[0] <= sum(len(form) > ARTICLE for form in stems) <= len(stems) <= COMPOSED_WORDS[1]:
        return None
    languages: set[str] | None = None
    kinds: dict[str, str] = {}
    for form in stems:
        uses = _uses(lexicon.vocabulary[form] or "")
        languages = uses.keys() if languages is None else languages & uses.keys()  # type: ignore[assignment] # a set
        if not languages:
            return None
        kinds |= {code: kind for code, (sign, kind) in uses.items() if sign == "=" and code not in kinds}
    beside = list(pairwise(heads(folded)))
    telling = [
        code
        for code in sorted((languages or set()) & kinds.keys())
        if sum(pair in lexicon.pairs_of(code) for pair in beside) >= COMPOSED * len(beside)
    ]
    return Phrase(kinds[telling[0]], False, frozenset(telling)) if telling else None


def paired(folded: str, languages: Iterable[str], lexicon: Lexicon) -> Phrase | None:
    """Tell whether a folded line mostly repeats pairs of words of interface strings of one of some languages.

    Source of the shares: measured on 11,800 short lines of articles and on 500 interface strings that no list had.
    """
    if not PAIRED_WORDS[0] <= folded.count(" ") + 1 <= PAIRED_WORDS[1]:
        return None
    found = heads(folded)
    beside = list(pairwise(found))
    for code in languages:
        listed = lexicon.pairs_of(code)
        if 2 * len(listed.intersection(beside)) < PAIRED * len(found):
            continue  # nearly all lines of prose
        inside = {at for index, pair in enumerate(beside) if pair in listed for at in (index, index + 1)}
        if len(inside) >= PAIRED * len(found) and (kinds := _kinds(folded, inside, code, lexicon)):
            return Phrase(kinds.most_common(1)[0][0], kinds.total() >= SURE, frozenset((code,)))
    return None


def _kinds(folded: str, inside: set[int], code: str, lexicon: Lexicon) -> Counter[str]:
    """Count the classes that some words, by their index, tell or hint at."""
    stems = {stem(word.strip(EDGES)) for index, word in enumerate(folded.split()) if index in inside}
    uses = (_uses(lexicon.vocabulary[form] or "").get(code, ("", "")) for form in stems)
    return Counter(kind for _, kind in uses if kind)


def tongues(document: Document) -> tuple[str, ...]:
    """Name the languages whose interface strings may stand in a text: its own, and English.

    An English text is known by its articles: to ask for its language costs more than all else that is done here.
    """
    if ARTICLE_EVERY * document.text.count(" the ") >= len(document.text):
        return ("en",)
    return ("en",) if document.language in (None, "en") else (str(document.language), "en")


@lru_cache(maxsize=4096)
def _uses(found: str) -> Uses:
    parted = (use.partition("=") if "=" in use else use.partition("~") for use in found.split())
    return {code: (sign, kind) for code, sign, kind in parted}
