"""A run at a glance: the verdict, the account of every file, counts by kind, and where which rule found something."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dqkit import __version__
from dqkit.check import FAMILIES
from dqkit.finding import SEVERITIES, STANDINGS, STATUSES, FileRecord, at_least
from dqkit.record import NamedTuple
from dqkit.reports.account import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dqkit.finding import Finding, Report, RuleRecord

MATRIX_COLUMNS = 60
"""Columns of the matrix; where more files have findings, a column stands for several neighbours by path."""
TOP = 4
"""Findings that a file's summary shows."""


class Bar(NamedTuple):
    """A bar of a chart: what it counts, and how many findings of each severity, the worst first."""

    name: str
    counts: tuple[int, ...]
    field: str
    """The field of a finding the bar is for: family, rule, severity, language or standing."""

    @property
    def total(self) -> int:
        """Give the bar's length."""
        return sum(self.counts)


class Chart(NamedTuple):
    """Bars that count the same findings."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def longest(self) -> int:
        """Give the longest bar's length, at least 1."""
        return max((bar.total for bar in self.bars), default=1) or 1


class Cell(NamedTuple):
    """A rule's findings in a column's files."""

    column: int
    findings: int
    first: Finding


class MatrixRow(NamedTuple):
    """A rule of the matrix: its cells that are not empty, and the sum of all."""

    rule: str
    severity: str
    cells: tuple[Cell, ...]
    total: int

    def counts(self, columns: int) -> list[int]:
        """Give the count of each of so many columns."""
        found = {cell.column: cell.findings for cell in self.cells}
        return [found.get(column, 0) for column in range(columns)]


class Matrix(NamedTuple):
    """Rules by files: each column is a run of files, of which the paths are given; only files with findings."""

    columns: tuple[tuple[str, ...], ...]
    rows: tuple[MatrixRow, ...]

    @property
    def most(self) -> int:
        """Give the highest count of a cell, at least 1."""
        return max((cell.findings for row in self.rows for cell in row.cells), default=1)


class Summary(NamedTuple):
    """A file with findings: how many of each severity, the worst first, and its worst findings."""

    record: FileRecord
    counts: tuple[int, ...]
    top: tuple[Finding, ...]

    @property
    def total(self) -> int:
        """Give the number of findings."""
        return sum(self.counts)


class Overview(NamedTuple):
    """All that the first view shows."""

    verdict: str
    tone: str
    """passed, failed, off (nothing is held against the run) or unsure (a file could not be read)."""
    sentence: str
    version: str
    account: tuple[tuple[str, tuple[FileRecord, ...]], ...]
    """Each status with its files."""
    standing: tuple[tuple[str, int], ...]
    charts: tuple[Chart, ...]
    matrix: Matrix
    files: tuple[Summary, ...]
    """Files with findings, the worst first."""
    clean: tuple[FileRecord, ...]
    idle: tuple[RuleRecord, ...]
    """Rules that never ran."""


def overview(report: Report) -> Overview:
    """Sum a report up."""
    by_path = records(report)
    summaries = tuple(_summaries(report, by_path))
    tone, verdict = _verdict(report)
    found = {summary.record.path for summary in summaries}
    return Overview(
        verdict, tone, _sentence(report, summaries), __version__,
        tuple((status, tuple(r for r in report.files if r.status == status)) for status in STATUSES),
        tuple((standing, sum(f.standing == standing for f in report.findings)) for standing in STANDINGS),
        tuple(_charts(report, by_path)), _matrix(report), summaries,
        tuple(record for record in report.files if record.status == "checked" and record.path not in found),
        tuple(rule for rule in report.rules if not rule.ran_on),
    )  # fmt: skip


def records(report: Report) -> dict[str, FileRecord]:
    """Give each file's record by its path; a file that is no seed, such as a sidecar with findings, gets one.

    A file that is mostly mojibake has no language: what its wrong letters look like is none.
    """
    known = {record.path: record for record in report.files}
    garbled: Counter[str] = Counter()
    for finding in report.findings:
        if finding.at.path not in known:
            known[finding.at.path] = FileRecord(finding.at.path, "not applicable", "declares metadata of a seed file")
        if finding.check == "mojibake":
            garbled[finding.at.path] += len(finding.at.quote.encode("utf-8", "surrogatepass"))
    for path, size in garbled.items():
        if 2 * size >= known[path].size:
            known[path] = known[path]._replace(language=None)
    return known


def _verdict(report: Report) -> tuple[str, str]:
    unreadable = report.count_files("unreadable")
    if unreadable:
        return "unsure", f"Cannot vouch: {plural(unreadable, 'file')} could not be read"
    if report.fail_on == "none":
        return "off", "Gate off: nothing is held against this run"
    return ("passed", "Gate passed") if report.passed else ("failed", "Gate failed")


def _sentence(report: Report, summaries: Sequence[Summary]) -> str:
    """Say what the verdict rests on."""
    checked = plural(report.count_files("checked"), "file")
    if report.fail_on == "none":
        return f"{plural(len(report.findings), 'finding')} in {len(summaries):,} of {checked} (fail-on none)."
    held = [f for f in report.findings if f.standing == "new" and at_least(f.severity, report.fail_on)]
    least = report.fail_on if report.fail_on == SEVERITIES[-1] else f"{report.fail_on} or worse"
    if not held:
        return f"No new finding is {'an ' if least[0] in 'aei' else 'a '}{least}, in {checked} checked."
    files = len({finding.at.path for finding in held})
    return f"{plural(len(held), 'new finding')} at {least}, in {files:,} of {checked} checked."


def by_severity(findings: Sequence[Finding]) -> tuple[int, ...]:
    """Count findings of each severity, the worst first."""
    counts = Counter(finding.severity for finding in findings)
    return tuple(counts[severity] for severity in reversed(SEVERITIES))


def _summaries(report: Report, by_path: dict[str, FileRecord]) -> list[Summary]:
    grouped: dict[str, list[Finding]] = {}
    for finding in report.findings:
        grouped.setdefault(finding.at.path, []).append(finding)
    summaries = []
    for path, found in grouped.items():
        top = sorted(found, key=lambda f: (f.standing != "new", -SEVERITIES.index(f.severity)))[:TOP]
        summaries.append(Summary(by_path[path], by_severity(found), tuple(top)))
    return sorted(summaries, key=lambda summary: (*(-count for count in summary.counts), summary.record.path))


def _charts(report: Report, by_path: dict[str, FileRecord]) -> Iterator[Chart]:
    def chart(title: str, field: str, value: Callable[[Finding], str], order: Sequence[str] = ()) -> Chart:
        groups: dict[str, list[Finding]] = {}
        for finding in report.findings:
            groups.setdefault(value(finding), []).append(finding)
        names = sorted(groups, key=lambda name: (order.index(name) if name in order else -len(groups[name]), name))
        return Chart(title, tuple(Bar(name, by_severity(groups[name]), field) for name in names))

    yield chart("Severity", "severity", lambda f: f.severity, tuple(reversed(SEVERITIES)))
    yield chart("Family", "family", lambda f: f.family, FAMILIES)
    yield chart("Language", "language", lambda f: by_path[f.at.path].language or "unknown")
    yield chart("Rule", "rule", lambda f: f.rule)


def _matrix(report: Report) -> Matrix:
    paths = sorted({finding.at.path for finding in report.findings})
    step = max(1, -(-len(paths) // MATRIX_COLUMNS))
    columns = tuple(tuple(paths[at : at + step]) for at in range(0, len(paths), step))
    column = {path: number for number, group in enumerate(columns) for path in group}
    cells: dict[str, dict[int, list[Finding]]] = {}
    for finding in report.findings:
        cells.setdefault(finding.rule, {}).setdefault(column[finding.at.path], []).append(finding)
    rows = [
        MatrixRow(rule, max((f.severity for found in row.values() for f in found), key=SEVERITIES.index),
                  tuple(Cell(at, len(found), found[0]) for at, found in sorted(row.items())),
                  sum(map(len, row.values())))
        for rule, row in cells.items()
    ]  # fmt: skip
    return Matrix(columns, tuple(sorted(rows, key=lambda row: (-SEVERITIES.index(row.severity), -row.total, row.rule))))
