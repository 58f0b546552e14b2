"""Looks interface strings up, in all languages at once; `dqkit.detect.phrasebook` says what they are."""

from __future__ import annotations

import os
from functools import cache, cached_property, lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from dqkit import cache as disk
from dqkit.detect.phrasebook import (
    BRANDS,
    EDGES,
    FRAME_EDGE,
    MARKER,
    TRIE_HEAD,
    is_caseless,
    key,
    tables,
)
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Frame = tuple[str, list[str], str, str]
    """What a phrase with open words has before, between and after these, and what is known of it."""

MOST_OPEN, MOST_OPEN_WORDS = 60, 8
"""Code points and words that `{words}` stands for."""
ANY = "*"
"""The language of phrases that no language lists."""
LONGEST = 240
"""Code points beyond which a text is no phrase."""


class Phrase(NamedTuple):
    """What is known of a phrase: its class, whether it counts alone, and the languages it is listed in."""

    kind: str
    alone: bool
    languages: frozenset[str]
    heading: bool = False
    """Whether it also heads a part of an article, and never counts by itself."""


class Lexicon:
    """All phrases, looked up by a line as it stands.

    The tables are those of `phrasebook.tables`; what of them is not asked for stays on disk. `own` are phrases that no
    language lists, by their `key`.
    """

    def __init__(
        self,
        phrases: disk.Table,
        heads: disk.Table,
        frames: disk.Table,
        vocabulary: disk.Table,
        pairs: disk.Table,
        own: Mapping[str, Phrase] = MappingProxyType({}),
    ) -> None:
        self.phrases, self.heads, self.frames = phrases, heads, frames
        self.vocabulary, self.pairs = vocabulary, pairs
        self.pairs_of = cache(self._pairs_of)
        self.own = own
        self.own_openings = {" ".join(form.split(" ", 2)[:2]) for form in own}

    def with_own(self, phrases: Iterable[str]) -> Lexicon:
        """Give the same lexicon with more phrases, which count alone and in any language; `{n}` is a number."""
        own = {key(phrase.replace("{n}", "1")): Phrase("site", True, frozenset((ANY,))) for phrase in phrases}
        own.pop("", None)
        return Lexicon(self.phrases, self.heads, self.frames, self.vocabulary, self.pairs, own)

    def find(self, text: str) -> Phrase | None:
        """Look a text up: as it is, and with a network's name in it left open."""
        folded = key(text)
        return self.at(folded) if len(folded) <= LONGEST else None

    def at(self, folded: str) -> Phrase | None:
        """Look up what is folded already (see `key`)."""
        if self.own and folded in self.own:
            return self.own[folded]
        found = self.phrases[folded]
        if not found and (opened := _open(folded)) != folded:
            found = self.phrases[opened]
        return _phrase(found) if found else None

    def framed(self, folded: str) -> Phrase | None:
        """Look up a folded line that has what a phrase with `{words}` fixes, and a few words where it fixes none."""
        heads, tails, markers = self._shorter
        frames = self.frames
        if (
            frames[folded[:FRAME_EDGE]]
            or frames[folded[-FRAME_EDGE:]]
            or folded.startswith(heads)
            or folded.endswith(tails)
        ):
            for line in dict.fromkeys((folded, _open(folded))):
                for size in range(FRAME_EDGE, 0, -1):
                    for edge in (line[:size], line[-size:]):
                        if found := _fitting(line, frames[edge] or ()):
                            return found
        if not markers.isdisjoint(folded.split()):
            for marker in sorted(markers.intersection(folded.split())):
                if found := _fitting(folded, frames[MARKER + marker]):
                    return found
        return None

    @cached_property
    def _shorter(self) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
        heads, tails, markers = self.frames[MARKER]
        return tuple(heads), tuple(tails), frozenset(markers)

    def _pairs_of(self, language: str) -> frozenset[tuple[str, str]]:
        return frozenset(self.pairs[language] or ())

    def begun(self, folded: str) -> Iterator[tuple[str, Phrase]]:
        """Give the phrases, longest first, that a folded text in a script without capitals begins with."""
        forms = self.heads[folded[:TRIE_HEAD]] or []
        if self.own:
            forms = sorted(
                {*forms, *(form for form in self.own if is_caseless(form[0]))}, key=lambda form: (-len(form), form)
            )
        return ((form, phrase) for form in forms if folded.startswith(form) and (phrase := self.at(form)))

    def begins(self, folded: str) -> int:
        """Tell, at little cost, how many words of a phrase a folded text may begin with: none, one, or two and more."""
        first, *rest = folded.split(" ", 2)
        if rest and self._opens(f"{first} {rest[0]}".rstrip(EDGES)):
            return 2
        return int(self._opens(first.rstrip(EDGES)))

    def _opens(self, words: str) -> bool:
        return self.phrases[words] is not None or words in self.own_openings


def _fitting(line: str, frames: Iterable[Frame]) -> Phrase | None:
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


@lru_cache(maxsize=4096)
def _phrase(found: str) -> Phrase:
    kind, tier, *languages = found.split()
    return Phrase(kind, tier == "alone", frozenset(languages), tier == "heading")


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
    names = [name for name, *_ in files]
    return Lexicon(*disk.tables("lexicon", [repr(files).encode()], 6, partial(tables, folder(), names)))
