"""Looks interface strings up, in all languages at once; `dqkit.detect.phrasebook` says what they are."""

from __future__ import annotations

import marshal
import os
from functools import cache, cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dqkit import cache as disk
from dqkit.detect.phrasebook import (
    BRANDS,
    CASELESS,
    EDGES,
    FRAME_EDGE,
    MARKER,
    TRIE_HEAD,
    bucket,
    key,
    stem,
    tables,
    words,
)
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_OPEN, MOST_OPEN_WORDS = 60, 8
"""Code points and words that `{words}` stands for."""
FEWEST_WORDS, MOST_WORDS = 2, 7
"""Words of a line that is told by its words."""
ANY = "*"
"""The language of phrases that no language lists."""
_CASELESS = regex(f"[{CASELESS}]")
LONGEST = 240
"""Code points beyond which a text is no phrase."""


class Phrase(NamedTuple):
    """What is known of a phrase: its class, whether it counts alone, and the languages it is listed in."""

    kind: str
    alone: bool
    languages: frozenset[str]


class Lexicon:
    """All phrases, looked up by a line as it stands. They lie in buckets that are unpacked when one is first needed.

    `own` are phrases that no language lists, by their `key`.
    """

    def __init__(
        self,
        phrases: list[bytes],
        openings: list[bytes],
        caseless: bytes,
        frames: bytes,
        vocabulary: list[bytes],
        own: Mapping[str, Phrase] = MappingProxyType({}),
    ) -> None:
        self.own = own
        self.own_openings = {" ".join(form.split(" ", 2)[:2]) for form in own}
        self.phrases: list[Any] = list(phrases)
        self.openings: list[Any] = list(openings)
        self.caseless = caseless
        self.frames = frames
        self.vocabulary: list[Any] = list(vocabulary)

    def with_own(self, phrases: Iterable[str]) -> Lexicon:
        """Give the same lexicon with more phrases, which count alone and in any language; `{n}` is a number."""
        own = {key(phrase.replace("{n}", "1")): Phrase("site", True, frozenset((ANY,))) for phrase in phrases}
        own.pop("", None)
        caseless = {*marshal.loads(self.caseless), *filter(_CASELESS.match, own)}
        packed = marshal.dumps(sorted(caseless, key=lambda form: (-len(form), form)))
        return Lexicon(self.phrases, self.openings, packed, self.frames, self.vocabulary, own)

    def find(self, text: str) -> Phrase | None:
        """Look a text up: as it is, and with a network's name in it left open."""
        folded = key(text)
        return self.at(folded) if len(folded) <= LONGEST else None

    def at(self, folded: str) -> Phrase | None:
        """Look up what is folded already (see `key`)."""
        if folded in self.own:
            return self.own[folded]
        found = _unpacked(self.phrases, folded).get(folded)
        if found is None and (opened := _open(folded)) != folded:
            found = _unpacked(self.phrases, opened).get(opened)
        if found is None:
            return None
        return _phrase(found)

    def framed(self, folded: str) -> Phrase | None:
        """Look up a folded line that has what a phrase with `{words}` fixes, and a few words where it fixes none."""
        whole, heads, tails, markers = self._frame_edges
        begins = folded[:FRAME_EDGE] in whole or folded.startswith(heads)
        if begins or folded[-FRAME_EDGE:] in whole or folded.endswith(tails):
            for line in dict.fromkeys((folded, _open(folded))):
                for size in range(FRAME_EDGE, 0, -1):
                    for edge in (line[:size], line[-size:]):
                        if found := _fitting(line, self._frames.get(edge, ())):
                            return found
        for marker in sorted(markers.intersection(folded.split())):
            if found := _fitting(folded, self._frames[MARKER + marker]):
                return found
        return None

    @cached_property
    def _frame_edges(self) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...], frozenset[str]]:
        """Edges of full size, the shorter ones at the beginning and at the end, and words of what is open at both."""
        edges = [edge for edge in self._frames if not edge.startswith(MARKER)]
        shorter = [frame for edge in edges if len(edge) < FRAME_EDGE for frame in self._frames[edge]]
        return (
            frozenset(edge for edge in edges if len(edge) == FRAME_EDGE),
            tuple({before for before, _, _, _ in shorter if before}),
            tuple({after for before, _, after, _ in shorter if not before}),
            frozenset(edge[len(MARKER) :] for edge in self._frames if edge.startswith(MARKER)),
        )

    def composed(self, folded: str) -> Phrase | None:
        """Tell whether a folded line is made of words of interface strings alone, one of them telling its class.

        It is, in each language that has them all. Inflections are passed over: words are compared by their beginnings.
        """
        listed = words(folded)
        if not FEWEST_WORDS <= len(listed) <= MOST_WORDS:
            return None
        languages: set[str] | None = None
        kinds: dict[str, str] = {}
        for form in map(stem, listed):
            uses = [use.partition("=") for use in _unpacked(self.vocabulary, form).get(form, "").split()]
            own = {language for language, _, _ in uses}
            languages = own if languages is None else languages & own
            if not languages:
                return None
            kinds |= {language: kind for language, _, kind in uses if kind and language not in kinds}
        telling = sorted((languages or set()) & kinds.keys())
        return Phrase(kinds[telling[0]], False, frozenset(telling)) if telling else None

    @cached_property
    def _frames(self) -> dict[str, list[tuple[str, list[str], str, str]]]:
        """What stands before, between and after open words, by its first code points, or last where it begins open."""
        return marshal.loads(self.frames)  # type: ignore[no-any-return]  # what `tables` packed

    @cached_property
    def _heads(self) -> dict[str, list[str]]:
        """Phrases in scripts without capitals, longest first, by their first code points."""
        heads: dict[str, list[str]] = {}
        for form in marshal.loads(self.caseless):
            heads.setdefault(form[:TRIE_HEAD], []).append(form)
        return heads

    def begun(self, head: str) -> Iterator[tuple[str, Phrase]]:
        """Give the phrases, longest first, that begin with some code points of a script without capitals."""
        return ((form, phrase) for form in self._heads.get(head, ()) if (phrase := self.at(form)))

    def may_begin(self, folded: str) -> bool:
        """Tell, at little cost, whether a folded text begins like a phrase: one of one word, or its first two words."""
        first, _, rest = folded.partition(" ")
        head = f"{first} {rest.partition(' ')[0]}".rstrip(EDGES)
        first = first.rstrip(EDGES)
        if first in self.own_openings or head in self.own_openings:
            return True
        return first in _unpacked(self.openings, first) or head in _unpacked(self.openings, head)


def _fitting(line: str, frames: Iterable[tuple[str, list[str], str, str]]) -> Phrase | None:
    for before, inner, after, found in frames:
        if line.startswith(before) and line.endswith(after) and all(part in line for part in inner):
            rest = line[len(before) : len(line) - len(after)]
            if _is_open(rest, inner):
                return _phrase(found)
    return None


def _is_open(rest: str, inner: list[str]) -> bool:
    """Tell whether a few words stand before, between and after some parts."""
    for part in inner:
        between, found, rest = rest.partition(part)
        if not found or not _few(between):
            return False
    return _few(rest)


def _few(words: str) -> bool:
    return 0 < len(words.strip()) <= MOST_OPEN and words.count(" ") <= MOST_OPEN_WORDS


def _phrase(found: str) -> Phrase:
    kind, tier, *languages = found.split()
    return Phrase(kind, tier == "alone", frozenset(languages))


def _unpacked(buckets: list[Any], word: str) -> Any:
    number = bucket(word)
    if isinstance(buckets[number], bytes):
        buckets[number] = marshal.loads(buckets[number])
    return buckets[number]


def folder() -> str:
    """Name the folder of the lexicon."""
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lexicon")


def _open(folded: str) -> str:
    """Put `{brand}` for the names of networks."""
    if BRANDS.isdisjoint(folded.split()):
        return folded
    return " ".join("{brand}" if word in BRANDS else word for word in folded.split())


@cache
def lexicon() -> Lexicon:
    """Load the lexicon of all languages."""
    with os.scandir(folder()) as entries:
        files = sorted(
            (entry.name, entry.stat().st_size, entry.stat().st_mtime_ns)
            for entry in entries
            if entry.name.endswith(".yaml")
        )
    return Lexicon(
        *disk.compiled("lexicon", [repr(files).encode()], partial(tables, folder(), [name for name, *_ in files]))
    )
