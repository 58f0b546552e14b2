"""The page a maintainer reads: verdict, account, and each file with its findings and the text they stand in.

One file that asks nothing of the network and runs no script. Every word of a seed passes through Jinja2's escaping;
characters that cannot be seen are shown as their code points.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections import Counter
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from dqkit import __version__
from dqkit.check import FAMILIES, manual
from dqkit.checks import load, names
from dqkit.finding import SEVERITIES, STATUSES
from dqkit.place import printable
from dqkit.record import NamedTuple
from dqkit.reports.account import files, findings, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.finding import Finding, Report
    from dqkit.place import Place
    from dqkit.reports import Setting
    from dqkit.text import Document

CONTEXT = 1
"""Lines shown before and after those a finding is about."""
LONGEST_LINE = 1_200
"""Code points of a line that are shown around a finding; the rest is counted."""


class Piece(NamedTuple):
    """Words of a line that are marked alike: `chip` for a character shown by its code point."""

    text: str
    severity: str
    numbers: tuple[int, ...]
    chip: bool


class Row(NamedTuple):
    """A line as it is shown; `number` 0 stands for lines left out, how many is said in `left_out`."""

    number: int
    pieces: tuple[Piece, ...]
    left_out: int = 0


class FileView(NamedTuple):
    """A file with its findings, numbered from 1, and its lines around them."""

    id: str
    path: str
    language: str
    findings: tuple[tuple[int, Finding], ...]
    rows: tuple[Row, ...]
    worst: str


def render(report: Report, setting: Setting) -> str:
    """Write the page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("dqkit", "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = printable
    languages = {record.path: record.language or "" for record in report.files}
    views = [
        _view(number, path, languages.get(path, ""), tuple(group), setting.read(path))
        for number, (path, group) in enumerate(groupby(report.findings, key=lambda finding: finding.at.path), 1)
    ]
    css = _read("page.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return environment.get_template("page.html.j2").render(
        report=report,
        version=__version__,
        css=css,
        csp=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        verdict=verdict(report),
        files=files(report),
        findings=findings(report),
        views=sorted(views, key=lambda view: (-SEVERITIES.index(view.worst), view.path)),
        rules=_rules(report),
        left_out=[(status, [r for r in report.files if r.status == status]) for status in STATUSES[1:]],
        cure=_cure,
        place=_place,
    )


@cache
def _read(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


def _rules(report: Report) -> list[tuple[str, list[Any]]]:
    """Group the rules by family, in the order of FAMILIES."""
    by_family: dict[str, list[Any]] = {family: [] for family in FAMILIES}
    for rule in report.rules:
        by_family.setdefault(rule.family, []).append(rule)
    return [(family, rules) for family, rules in by_family.items() if rules]


@cache
def _cure(check: str) -> str:
    """Say what to do about a check's findings."""
    return manual(load(check)).get("Fix", "") if check in names() else ""


def _place(place: Place) -> str:
    lines = f"{place.line}-{place.end_line}" if place.end_line > place.line else f"{place.line}"
    return f"{printable(place.path)}:{lines}"


def _view(number: int, path: str, language: str, found: Sequence[Finding], document: Document | None) -> FileView:
    numbered = tuple(enumerate(found, 1))
    rows = tuple(_rows(document, numbered)) if document else ()
    worst = max((finding.severity for finding in found), key=SEVERITIES.index)
    return FileView(f"f{number}", path, language, numbered, rows, worst)


def _rows(document: Document, numbered: Sequence[tuple[int, Finding]]) -> Iterator[Row]:
    """Give the lines that findings are about, some context, and how many lines are left out between."""
    total = len(document.lines)
    wanted: set[int] = set()
    for _, finding in numbered:
        edges = (finding.at.line, min(finding.at.end_line, total))
        for edge in edges:
            wanted.update(range(max(1, edge - CONTEXT), min(total, edge + CONTEXT) + 1))
    last = 0
    for line in sorted(wanted):
        if line > last + 1:
            yield Row(0, (), line - last - 1)
        yield Row(line, tuple(_pieces(document.lines[line - 1], line, numbered)))
        last = line
    if last < total:
        yield Row(0, (), total - last)


def _pieces(text: str, line: int, numbered: Sequence[tuple[int, Finding]]) -> Iterator[Piece]:
    """Cut a line where marks begin and end, and characters that cannot be seen out of it."""
    spans = [(number, finding, *_columns(finding.at, line, len(text))) for number, finding in numbered]
    spans = [span for span in spans if span[2] is not None]
    cuts = sorted({0, len(text), *(edge for span in spans for edge in span[2:])})
    shown = _window(cuts, len(text))
    for start, end in pairwise(cuts):
        here = [(number, finding) for number, finding, first, last in spans if first <= start and end <= last]
        severity = max((finding.severity for _, finding in here), key=SEVERITIES.index, default="")
        numbers = tuple(number for number, _ in here)
        begin, stop = max(start, shown[0]), min(end, shown[1])
        if begin < stop:
            yield from _chips(text[begin:stop], severity, numbers)
    for number, finding, first, last in spans:
        if first == last:  # something is missing here
            yield Piece("⏎" if first == len(text) else "", finding.severity, (number,), True)


def _columns(at: Place, line: int, length: int) -> tuple[int, int] | tuple[None, None]:
    """Give the part of a line that a place covers, as a half-open range from 0; None where it covers none of it."""
    if not at.line <= line <= at.end_line:
        return None, None
    first = at.column - 1 if line == at.line else 0
    last = at.end_column - 1 if line == at.end_line else length
    return min(first, length), min(last, length)


def _window(cuts: list[int], length: int) -> tuple[int, int]:
    """Choose the part of a very long line that is shown: around its first mark."""
    if length <= LONGEST_LINE:
        return 0, length
    start = max(0, (cuts[1] if len(cuts) > 2 else 0) - LONGEST_LINE // 4)
    return start, start + LONGEST_LINE


def _chips(text: str, severity: str, numbers: tuple[int, ...]) -> Iterator[Piece]:
    """Show what cannot be seen by its code point, all else as it is."""
    for visible, run in groupby(text, key=lambda character: character.isprintable()):
        words = "".join(run)
        if visible:
            yield Piece(words, severity, numbers, False)
        else:
            yield from (Piece(_code(character), severity, numbers, True) for character in words)


def _code(character: str) -> str:
    code = ord(character)
    return f"{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"


def count_by(found: Sequence[Finding], field: str) -> list[tuple[str, int]]:
    """Count findings by one of their fields, the commonest first."""
    return Counter(getattr(finding, field) for finding in found).most_common()
