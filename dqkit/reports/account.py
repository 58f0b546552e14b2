"""The account of a run in words: how many files became what, which rules never ran, and whether the gate passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.finding import SEVERITIES, STATUSES
from dqkit.place import printable
from dqkit.reports.paint import paint

if TYPE_CHECKING:
    from dqkit.finding import Comparison, Report
    from dqkit.reports import Setting


def plural(count: int, word: str) -> str:
    """Give a count with its word.

    >>> plural(1, "file"), plural(2000, "file")
    ('1 file', '2,000 files')
    """
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def files(report: Report) -> str:
    """Say how many files became what."""
    counts = [f"{report.count_files(status):,} {status}" for status in STATUSES]
    return f"{plural(len(report.files), 'file')}: {', '.join(counts)}"


def findings(report: Report) -> str:
    """Say how many findings there are of each severity."""
    counts = [plural(report.count(severity), severity) for severity in reversed(SEVERITIES) if severity != "info"]
    return ", ".join([*counts, f"{report.count('info'):,} info"])


def comparison(part: Comparison) -> str:
    """Say what a run on a part of a corpus was about."""
    return f"focus: {plural(part.files, 'seed file')} {part.focus}; held against {plural(part.compared, 'other file')}"


def verdict(report: Report) -> str:
    """Say whether the gate passed, and what it stands at."""
    if report.count_files("unreadable"):
        return "cannot vouch: a file could not be read"
    if report.fail_on == "none":
        return "gate off (fail-on none)"
    return f"gate {'passed' if report.passed else 'failed'} (fail-on {report.fail_on})"


def closing(report: Report, setting: Setting) -> list[str]:
    """Give the lines that end a report on a terminal."""
    lines = [
        f"unreadable: {printable(record.path)}: {record.reason}"
        for record in report.files
        if record.status == "unreadable"
    ]
    if setting.verbose:
        lines += [
            f"{record.status}: {printable(record.path)}: {record.reason}"
            for record in report.files
            if record.status in ("excluded", "not applicable")
        ]
    if report.count_files("checked") and (idle := [rule.id for rule in report.rules if not rule.ran_on]):
        lines.append(f"never ran: {', '.join(idle)}")
    color = "green" if report.passed else "red"
    if report.comparison:
        lines.append(comparison(report.comparison))
    lines.append(f"{files(report)}; {findings(report)}; {paint(verdict(report), color, setting.color)}")
    return lines
