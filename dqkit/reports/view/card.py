"""A finding as a person decides on it: why it hurts, what to do, its bytes, its copies, and how to accept it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dqkit.check import manual
from dqkit.checks import load
from dqkit.place import printable
from dqkit.record import NamedTuple
from dqkit.reports.view.accept import entry
from dqkit.reports.view.compare import Comparison, compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from dqkit.finding import Finding
    from dqkit.place import Place
    from dqkit.seed.text import Document

    Read = Callable[[str], Document | None]

LONGEST_HEX = 24
"""Code points of a place whose bytes are shown."""
_AROUND = 5
"""Code points shown before and after them."""
SHOWN_RELATED = 6
"""Related places a card lists; of more, how many is said."""


class Bytes(NamedTuple):
    """The bytes of a place in hexadecimal, with some before and after them, and how the same place reads."""

    before: str
    there: str
    after: str
    encoding: str
    meant: str
    """The text they were meant to be, where that can be told; else empty."""


class Card(NamedTuple):
    """A finding with its number in its file, from 1."""

    number: int
    finding: Finding
    entry: str
    """The entry that accepts it: see `accept.entry`."""
    bytes: Bytes | None = None
    comparison: Comparison | None = None
    inside: int = 0
    """The number of the finding on a copy that holds this one, so that removing the copy mends both; 0 for none."""

    @property
    def where(self) -> str:
        """Give `path:line:column`, as terminals and editors take it."""
        at = self.finding.at
        return f"{printable(at.path)}:{at.line}:{at.column}"

    @property
    def lines(self) -> str:
        """Give line and column, or the lines of a longer place."""
        at = self.finding.at
        return f"{at.line}–{at.end_line}" if at.end_line > at.line else f"{at.line}:{at.column}"

    @property
    def cure(self) -> str:
        """Say what to do."""
        return cure(self.finding.check)

    @property
    def related(self) -> tuple[Place, ...]:
        """Give the related places that are shown."""
        return self.finding.related[:SHOWN_RELATED]


@cache
def cure(check: str) -> str:
    """Say what to do about a check's findings; empty for a check this version does not know."""
    return page(check).get("Fix", "")


@cache
def page(check: str) -> dict[str, str]:
    """Give a check's manual page, empty for a check that this version does not have (an older report's)."""
    try:
        return manual(load(check))
    except KeyError:
        return {}


def card(number: int, finding: Finding, document: Document | None, read: Read, inside: int = 0) -> Card:
    """Make a finding's card; what needs the text is left out where it is not at hand."""
    if document is None:
        return Card(number, finding, entry(finding), inside=inside)
    return Card(
        number, finding, entry(finding), _bytes(finding, document), _comparison(finding, document, read), inside
    )


def holders(findings: tuple[Finding, ...]) -> dict[int, int]:
    """Tell which findings, by number from 1, lie inside a copy that another finding asks to remove."""
    copies = [(number, f) for number, f in enumerate(findings, 1) if f.check == "duplicate-block" and _spans(f.at)]
    inside: dict[int, int] = {}
    for number, finding in enumerate(findings, 1):
        for holder, copy in copies:
            if holder != number and finding.family != "pairing" and _covers(copy.at, finding.at):
                inside.setdefault(number, holder)
    return {number: holder for number, holder in inside.items() if holder not in inside}


def _spans(at: Place) -> bool:
    return at.end_line > at.line


def _covers(outer: Place, inner: Place) -> bool:
    begin, end = (outer.line, outer.column), (outer.end_line, outer.end_column)
    return begin <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= end and outer != inner


def _bytes(finding: Finding, document: Document) -> Bytes | None:
    """Show the bytes of a short place in a finding about encoding."""
    at = finding.at
    if finding.family != "encoding" or at.line > len(document.starts) or at.end_line > len(document.starts):
        return None
    start = document.starts[at.line - 1] + at.column - 1
    end = document.starts[at.end_line - 1] + at.end_column - 1
    if not start < end <= min(start + LONGEST_HEX, len(document.text)):
        return None
    text = document.text
    parts = (text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND])
    before, there, after = (_hex(part, document.encoding) for part in parts)
    return Bytes(before, there, after, document.encoding, finding.fix or _guessed(finding, document, parts))


def _hex(text: str, encoding: str) -> str:
    return text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "surrogatepass").hex(" ")


def _guessed(finding: Finding, document: Document, parts: tuple[str, str, str]) -> str:
    """Read bytes that are not UTF-8 in the encoding they are likely in."""
    if finding.check != "undecodable-bytes" or document.encoding != "utf-8":
        return ""
    from dqkit.detect.bytes import guess, original

    encoding = guess(document.raw).encoding
    return original("".join(parts)).decode(encoding, "replace") if encoding else ""


def _comparison(finding: Finding, document: Document, read: Read) -> Comparison | None:
    """Hold a passage that stands twice against its first copy."""
    if finding.family != "duplicates" or not finding.related:
        return None
    first = finding.related[0]
    other = document if first.path == document.path else read(first.path)
    if other is None or first.end_line > len(other.lines) or finding.at.end_line > len(document.lines):
        return None
    return compare(other, first, document, finding.at)
