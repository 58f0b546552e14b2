"""A source and its translation, block by block: what is missing, extra or doubtful, and which facts agree."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dqkit.record import NamedTuple
from dqkit.reports.view.card import Card, card
from dqkit.reports.view.file import direction
from dqkit.reports.view.tokens import Token, plain, shared_names, tokens, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.finding import Finding, Link, PairRecord
    from dqkit.reports.view.card import Read
    from dqkit.seed.text import Document

DOUBTFUL = 0.6
"""Natural logarithm of how much longer or shorter a block is than the pair as a whole, from which that is told."""
ALTERED = ("altered-number", "altered-date", "altered-link")
MISSING = ("missing-passage", "truncated-end")
"""Checks that tell in the translation what of the source is not there."""
LEAST_LENGTH = 60
"""Characters a block must have for its length to say anything, see `pairing.words.length`."""
COMPARED_FIELDS = ("title", "author", "translator", "publisher", "date", "modified", "language", "id", "source",
                   "translation_of", "license")  # fmt: skip
SAME_FIELDS = frozenset(("author", "publisher", "date", "license", "source"))
"""Declared values that a translation has in common with its source."""


class Half(NamedTuple):
    """One file of a pair."""

    path: str
    language: str
    direction: str


class Text(NamedTuple):
    """A line as one side of a pair shows it."""

    number: int
    tokens: tuple[Token, ...]


class Bead(NamedTuple):
    """Lines that correspond.

    `state` is aligned, missing, extra, untranslated, altered, swapped, doubtful, or `left` for lines that were not
    compared (copies, page furniture, notes). `ratio` is the translation's length against the source's, measured by the
    pair as a whole, 0 where one is empty.
    """

    state: str
    source: tuple[Text, ...]
    translation: tuple[Text, ...]
    ratio: float
    note: str
    cards: tuple[Card, ...]


class Field(NamedTuple):
    """A declared value on both sides: `differs` where the two should agree and do not."""

    name: str
    source: str
    translation: str
    differs: bool


class PairView(NamedTuple):
    """A pair as it is shown; `missing` says which texts are not at hand."""

    source: Half
    translation: Half
    score: float
    declared: bool
    beads: tuple[Bead, ...]
    fields: tuple[Field, ...]
    cards: tuple[Card, ...]
    missing: tuple[str, ...]

    def count(self, state: str) -> int:
        """Count the beads of one state."""
        return sum(bead.state == state for bead in self.beads)

    @property
    def agreeing(self) -> int:
        """Count the numbers and dates of the source that the translation has in the same block."""
        return sum(
            token.state == "same" and token.kind in ("number", "date")
            for bead in self.beads
            for text in bead.source
            for token in text.tokens
        )


def pair_view(pair: PairRecord, findings: Sequence[Finding], read: Read) -> PairView:
    """Show a pair; `findings` are those of the translation and the source, those of pairs among them are shown."""
    halves = [
        Half(path, language, direction(language))
        for path, language in zip((pair.source, pair.translation), pair.languages, strict=True)
    ]
    documents = [read(half.path) for half in halves]
    missing = tuple(half.path for half, document in zip(halves, documents, strict=True) if document is None)
    about = [finding for finding in findings if _is_about(finding, pair)]
    cards = tuple(card(number, finding, read(finding.at.path), read) for number, finding in enumerate(about, 1))
    beads: tuple[Bead, ...] = ()
    fields: tuple[Field, ...] = ()
    source, translation = documents
    if source and translation:
        beads = tuple(_Table(pair, source, translation, cards).beads())
        fields = tuple(_fields(source, translation))
    return PairView(halves[0], halves[1], pair.score, pair.declared, beads, fields, cards, missing)


def _is_about(finding: Finding, pair: PairRecord) -> bool:
    """Tell whether a finding compares the two files of a pair."""
    paths = {place.path for place in (finding.at, *finding.related)}
    if pair.translation not in paths | {finding.at.path}:
        return False
    return (finding.family == "pairing" and finding.at.path in (pair.source, pair.translation)
            and paths <= {pair.source, pair.translation}) or (
        finding.family == "metadata" and paths == {pair.source, pair.translation})  # fmt: skip


class _Table:
    """Makes the rows of a pair from its links and both texts."""

    def __init__(self, pair: PairRecord, source: Document, translation: Document, cards: tuple[Card, ...]) -> None:
        from dqkit.pairing.words import length

        self.pair, self.source, self.translation, self.cards = pair, source, translation, cards
        self.length = length
        self.scale = math.log(max(1.0, self._size(1)) / max(1.0, self._size(0)))

    def _size(self, side: int) -> float:
        links = [link for link in self.pair.links if link.source and link.translation]
        return sum(self._length(side, link.translation if side else link.source) for link in links)

    def _words(self, side: int, lines: tuple[int, int]) -> list[str]:
        return " ".join((self.source, self.translation)[side].lines[lines[0] - 1 : lines[1]]).split()

    def _length(self, side: int, lines: tuple[int, int] | None) -> float:
        document = (self.source, self.translation)[side]
        text = "".join(document.lines[lines[0] - 1 : lines[1]]) if lines else ""
        return self.length(text, self.pair.languages[side])

    def beads(self) -> Iterator[Bead]:
        """Give the beads in order, lines outside any bead where they stand; front matter is compared by its fields."""
        reached = [self.source.body_line - 1, self.translation.body_line - 1]
        for link in self.pair.links:
            left = self._between(reached, link.source, link.translation)
            if left:
                yield left
            yield self._bead(link)
        if left := self._between(reached, (len(self.source.lines) + 1,) * 2, (len(self.translation.lines) + 1,) * 2):
            yield left

    def _between(
        self, reached: list[int], source: tuple[int, int] | None, translation: tuple[int, int] | None
    ) -> Bead | None:
        """Give the lines with text since the last bead, which were not compared, and move on to this one's end."""
        found: list[tuple[Text, ...]] = []
        for side, (document, lines) in enumerate(((self.source, source), (self.translation, translation))):
            until = lines[0] - 1 if lines else reached[side]
            numbers = range(reached[side] + 1, until + 1)
            found.append(tuple(Text(n, tuple(plain(document.lines[n - 1]))) for n in numbers
                               if n <= len(document.lines) and document.lines[n - 1].strip()))  # fmt: skip
            if lines:
                reached[side] = max(reached[side], lines[1])
        if not any(found):
            return None
        return Bead("left", found[0], found[1], 0.0, "not compared: a copy or page furniture", ())

    def _bead(self, link: Link) -> Bead:
        here = tuple(card for card in self.cards if self._touches(card.finding, link))
        ratio = 0.0
        if link.source and link.translation:
            sizes = self._length(0, link.source), self._length(1, link.translation)
            ratio = sizes[1] / max(1.0, sizes[0]) / math.exp(self.scale)
            state, note = self._state(
                here, ratio, min(sizes), self._words(0, link.source) == self._words(1, link.translation)
            )
        elif link.source:
            state, note = "missing", "not in the translation"
        else:
            state, note = "extra", "not in the source"
        source, translation = self._texts(link, here) if state != "untranslated" else self._plain(link)
        return Bead(state, source, translation, round(ratio, 2), note, here)

    def _state(self, here: Sequence[Card], ratio: float, size: float, same: bool) -> tuple[str, str]:
        checks = {card.finding.check for card in here}
        if "untranslated-passage" in checks or (same and size >= LEAST_LENGTH):
            return "untranslated", "copied and not translated"
        if "swapped-passages" in checks:
            return "swapped", "in another order than in the source"
        if not checks.isdisjoint(ALTERED):
            return "altered", "a number, date or link differs"
        if size >= LEAST_LENGTH and abs(math.log(max(ratio, 0.01))) > DOUBTFUL:
            return "doubtful", f"{'longer' if ratio > 1 else 'shorter'} than the rest: text may have moved"
        return "aligned", ""

    def _touches(self, finding: Finding, link: Link) -> bool:
        """Tell whether a finding is about the lines of a link.

        What is missing in the translation is told there at the block before; it belongs to the source's lines.
        """
        missing = finding.check in MISSING or "no counterpart" in finding.message
        places = finding.related if missing and finding.related else (finding.at,)
        if finding.check == "swapped-passages":
            places = (finding.at, *finding.related)
        sides = ((self.pair.source, link.source), (self.pair.translation, link.translation))
        return any(
            lines is not None and place.path == path and place.line <= lines[1] and lines[0] <= place.end_line
            for place in places
            for path, lines in sides
        )

    def _plain(self, link: Link) -> tuple[tuple[Text, ...], ...]:
        """Show lines whose words are the same on both sides: no fact of theirs agrees or differs."""
        both = ((self.source, link.source), (self.translation, link.translation))
        return tuple(
            tuple(Text(n, tuple(plain(document.lines[n - 1]))) for n in range(lines[0], lines[1] + 1)) if lines else ()
            for document, lines in both
        )

    def _texts(self, link: Link, here: Sequence[Card]) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
        altered = frozenset(
            (place.path, place.line, place.column)
            for card in here
            if card.finding.check in ALTERED
            for place in (card.finding.at, *card.finding.related)
        )
        both = ((self.source, link.source), (self.translation, link.translation))
        texts = ["\n".join(document.lines[lines[0] - 1 : lines[1]]) if lines else "" for document, lines in both]
        languages = self.pair.languages
        known = values(texts[0], languages[0]) & values(texts[1], languages[1])
        names = shared_names(texts[0], languages[0], texts[1], languages[1])
        return (
            self._side(0, link.source, known, names, altered),
            self._side(1, link.translation, known, names, altered),
        )

    def _side(self, side: int, lines: tuple[int, int] | None, known: frozenset[str], names: frozenset[str],
              altered: frozenset[tuple[str, int, int]]) -> tuple[Text, ...]:  # fmt: skip
        document = (self.source, self.translation)[side]
        numbers = range(lines[0], min(lines[1], len(document.lines)) + 1) if lines else range(0)
        return tuple(
            Text(n, tuple(tokens(document.lines[n - 1], self.pair.languages[side], known, names,
                                 {column for path, line, column in altered if (path, line) == (document.path, n)})))
            for n in numbers
            if document.lines[n - 1].strip()
        )  # fmt: skip


def _fields(source: Document, translation: Document) -> Iterator[Field]:
    """Compare what the two declare, and the language each is written in."""
    both = source.metadata, translation.metadata
    extra = sorted({name for side in both for name in side.fields} - set(COMPARED_FIELDS))
    for name in (*COMPARED_FIELDS, *extra):
        left, right = (side.value(name) for side in both)
        if left is not None or right is not None:
            differs = name in SAME_FIELDS and _comparable(left, right) and left != right
            yield Field(name, _shown(left), _shown(right), differs)
    languages = source.observed_language or "unknown", translation.observed_language or "unknown"
    yield Field("language observed", *languages, languages[0] == languages[1])
    yield Field("characters", f"{len(source.text):,}", f"{len(translation.text):,}", False)


def _comparable(left: Any, right: Any) -> bool:
    """Tell whether both values are there and in like letters: a name is written anew in another script."""
    return left is not None and right is not None and _shown(left).isascii() and _shown(right).isascii()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
