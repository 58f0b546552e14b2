"""What files share: copies of whole files, passages, and lines that look like a site's own furniture."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dqkit.record import NamedTuple
from dqkit.reports.view.card import Card, card

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.finding import Finding, Report
    from dqkit.place import Place
    from dqkit.reports.view.card import Read

LEAST_FILES = 2
"""Files a leftover phrase must stand in to be told here."""
COMPARED = 200
"""Clusters whose first two members are held side by side."""
FIGURES = 2_000
"""Members, of all clusters, whose place in their file is drawn: for that each file is read."""


class Member(NamedTuple):
    """A file of a cluster, and where in it, as shares of its lines, the words stand: -1 where that is not known."""

    place: Place
    begin: float = -1.0
    end: float = -1.0


class Cluster(NamedTuple):
    """Files that share words. `kind` is copy, near copy, passage or furniture."""

    kind: str
    card: Card
    members: tuple[Member, ...]

    @property
    def quote(self) -> str:
        """Give the shared words, cut as places cut them."""
        return self.card.finding.at.quote


class Phrase(NamedTuple):
    """A leftover phrase that stands in several files: the words, how often, and where first in each file."""

    text: str
    times: int
    places: tuple[Finding, ...]


class Across(NamedTuple):
    """Clusters, the largest first, and phrases, the commonest first."""

    clusters: tuple[Cluster, ...]
    phrases: tuple[Phrase, ...]


def across(report: Report, read: Read) -> Across:
    """Find what the files of a report share."""
    shared = [f for f in report.findings if f.check in ("duplicate-passage", "site-furniture")]
    ordered = sorted(shared, key=lambda f: (-len(f.related), -_lines(f), f.at))
    left = FIGURES
    clusters = []
    for number, finding in enumerate(ordered, 1):
        places = sorted({place.path: place for place in (*finding.related, finding.at)}.values())
        members = tuple(_member(place, read if left > 0 else None) for place in places)
        left -= len(members)
        document = read(finding.at.path) if number <= COMPARED else None
        clusters.append(Cluster(_kind(finding), card(number, finding, document, read), members))
    return Across(tuple(clusters), tuple(_phrases(report.findings)))


def _lines(finding: Finding) -> int:
    return finding.at.end_line - finding.at.line + 1


def _kind(finding: Finding) -> str:
    if finding.check == "site-furniture":
        return "furniture"
    if "has the same text" in finding.message:
        return "copy"
    return "near copy" if finding.message.startswith("this file") else "passage"


def _member(place: Place, read: Read | None) -> Member:
    document = read(place.path) if read else None
    if document is None or not document.lines:
        return Member(place)
    total = len(document.lines)
    return Member(place, round(min(place.line - 1, total) / total, 3), round(min(place.end_line, total) / total, 3))


def _phrases(findings: Sequence[Finding]) -> Iterator[Phrase]:
    by_words: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.check == "leftover-ui":
            by_words[" ".join(finding.at.quote.split()).casefold()].append(finding)
    told = []
    for found in by_words.values():
        firsts = {finding.at.path: finding for finding in reversed(found)}
        if len(firsts) >= LEAST_FILES:
            places = tuple(firsts[path] for path in sorted(firsts))
            told.append(Phrase(" ".join(places[0].at.quote.split()), len(found), places))
    yield from sorted(told, key=lambda phrase: (-len(phrase.places), phrase.text))
