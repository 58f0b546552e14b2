"""One file: its text with every finding in place, a card for each, a map of where they lie, and what is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.record import NamedTuple
from dqkit.reports.view.card import Card, card, holders
from dqkit.reports.view.marks import Mark, Row, is_wide, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.finding import FileRecord, Finding
    from dqkit.place import Place
    from dqkit.reports.view.card import Read
    from dqkit.seed.text import Document

RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"))
MAP_HEIGHT = 1_000.0
"""Units of the map from the first line of the text to its last."""
MAP_LINES = 400
"""Lines the map draws one by one; in a longer text each stroke stands for several."""


class Stroke(NamedTuple):
    """Lines on the map: where they begin and how high they are, of MAP_HEIGHT; how full, 0 to 1."""

    top: float
    height: float
    share: float


class Tick(NamedTuple):
    """A finding on the map."""

    card: Card
    top: float
    height: float
    wide: bool
    """Whether it spans so many lines that they are tinted as well."""


class Arc(NamedTuple):
    """A repeated passage on the map: where the two copies begin and end."""

    card: Card
    first: tuple[float, float]
    second: tuple[float, float]


class Preview(NamedTuple):
    """What removing the flagged spans and putting the certain fixes would leave: lines with text, and characters."""

    lines_before: int
    lines_after: int
    characters_before: int
    characters_after: int


class FileView(NamedTuple):
    """A file as it is shown; `missing` says why its text is not, where it is not."""

    path: str
    language: str
    direction: str
    """`rtl` or `ltr`."""
    size: int
    encoding: str
    lines: int
    cards: tuple[Card, ...]
    rows: tuple[Row, ...]
    strokes: tuple[Stroke, ...]
    ticks: tuple[Tick, ...]
    arcs: tuple[Arc, ...]
    preview: Preview | None
    missing: str

    def count(self, severity: str) -> int:
        """Count the findings of one severity."""
        return sum(card.finding.severity == severity for card in self.cards)

    def inside(self, number: int) -> tuple[Card, ...]:
        """Give the cards that lie in the copy another card is about."""
        return tuple(card for card in self.cards if card.inside == number)

    @property
    def compared(self) -> tuple[Card, ...]:
        """Give the cards that hold two copies side by side."""
        return tuple(card for card in self.cards if card.comparison)


def direction(language: str | None) -> str:
    """Give the direction a language is written in, as HTML names it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def file_view(record: FileRecord, findings: tuple[Finding, ...], read: Read, missing: str = "") -> FileView:
    """Show a file with its own findings, sorted; `missing` is what is said where its text cannot be had."""
    document = read(record.path)
    held = holders(findings)
    cards = tuple(card(n, finding, document, read, held.get(n, 0)) for n, finding in enumerate(findings, 1))
    language = record.language or ""
    if document is None:
        missing = missing or "its text is not at hand"
        return FileView(
            record.path, language, direction(language), record.size, "", 0, cards, (), (), (), (), None, missing
        )
    marks = [mark for card in cards for mark in _marks(card)]
    shown = tuple(rows(document, marks))
    total = max(1, len(document.lines))
    return FileView(
        record.path, language, direction(language), len(document.raw), document.encoding, len(document.lines), cards,
        shown, tuple(_strokes(document.lines)), tuple(_tick(card, total) for card in cards),
        tuple(_arcs(cards, total)), _preview(document, shown, marks), "",
    )  # fmt: skip


def _marks(card: Card) -> Iterator[Mark]:
    """Give the marks of a finding: its own, and a cut at each further copy that its cure takes away."""
    finding = card.finding
    copy = finding.check == "duplicate-block" and bool(finding.related)
    removed = copy or finding.family == "leftover-ui" or finding.fix is not None
    yield Mark(card.number, finding.at, finding.severity, removed and finding.at.quote != "", finding.fix or "")
    for place in finding.related[1:] if copy else ():
        yield Mark(card.number, place, finding.severity, True)


def _scale(line: float, total: int) -> float:
    return round(line / total * MAP_HEIGHT, 1)


def _strokes(lines: Sequence[str]) -> Iterator[Stroke]:
    """Draw each line as long as its text is, several as one where there are many."""
    step = max(1, -(-len(lines) // MAP_LINES))
    longest = max(1, min(max(map(len, lines), default=1), 400))
    for at in range(0, len(lines), step):
        length = max(map(len, lines[at : at + step]))
        if length:
            height = _scale(min(step, len(lines) - at), len(lines))
            yield Stroke(_scale(at, len(lines)), height, round(min(1.0, length / longest), 3))


def _tick(card: Card, total: int) -> Tick:
    at = card.finding.at
    first, last = min(at.line, total), min(at.end_line, total)
    return Tick(card, _scale(first - 1, total), max(6.0, _scale(last - first + 1, total)), is_wide(at))


def _arcs(cards: Sequence[Card], total: int) -> Iterator[Arc]:
    for one in cards:
        finding = one.finding
        for place in finding.related if finding.family == "duplicates" else ():
            if place.path == finding.at.path:
                yield Arc(one, _extent(place, total), _extent(finding.at, total))


def _extent(at: Place, total: int) -> tuple[float, float]:
    return _scale(min(at.line, total) - 1, total), _scale(min(at.end_line, total), total)


def _preview(document: Document, shown: Sequence[Row], marks: Sequence[Mark]) -> Preview | None:
    """Count what is left; None where nothing would be taken away or put in."""
    if not any(mark.cut or mark.fix for mark in marks):
        return None
    before = sum(1 for line in document.lines if line.strip())
    gone = sum(1 for row, line in zip(shown, document.lines, strict=False) if row.cut and line.strip())
    taken = sum(len(document.lines[row.number - 1]) for row in shown if row.cut and row.number <= len(document.lines))
    for row in shown:
        if not row.cut:
            taken += sum(len(piece.text) if piece.kind != "chip" else 1 for piece in row.pieces if piece.cut)
            taken -= sum(len(piece.text) for piece in row.pieces if piece.kind == "fix")
    total = sum(map(len, document.lines))
    return Preview(before, before - gone, total, total - taken)
