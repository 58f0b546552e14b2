"""The account of a run in words: how many files became what, which rules never ran, and whether the gate passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.finding import SEVERITIES, STATUSES
from dqkit.place import printable, wellformed
from dqkit.reports.paint import paint, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.finding import Comparison, Finding, Report
    from dqkit.place import Place
    from dqkit.reports import Setting


WORDS_SHOWN = 60
"""Code points of a finding's words that a line of a report shows."""


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
    """Say how many new findings there are of each severity, and how many are known and accepted."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in report.new:
        counts[finding.severity] += 1
    parts = [plural(counts["error"], "error"), plural(counts["warning"], "warning"), f"{counts['info']:,} info"]
    old = [(report.count_standing(standing), standing) for standing in ("known", "accepted")]
    parts += [f"{count:,} {standing}" for count, standing in old if count]
    return ", ".join(parts)


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


def shown(report: Report, setting: Setting) -> tuple[Finding, ...]:
    """Choose the findings that a report for people shows: the new ones, and the others where it is to be verbose."""
    return report.findings if setting.verbose else report.new


def mark(finding: Finding) -> str:
    """Say that a finding is not new.

    >>> from dqkit.finding import Finding
    >>> mark(Finding(*[""] * 11, standing="known"))
    ' (known)'
    """
    if finding.standing == "accepted":
        return f" (accepted: {printable(finding.reason)})"
    return "" if finding.standing == "new" else f" ({finding.standing})"


def said(finding: Finding) -> str:
    """Say what a finding is about on one line: its message, its words where the message lacks them, its last line."""
    words = quoted(finding)
    message = f"{finding.message}: “{words}”" if words else finding.message
    return f"{printable(message)}{until(finding)}{mark(finding)}"


def quoted(finding: Finding) -> str:
    """Give the words of a finding on one line, cut to WORDS_SHOWN; empty where its message quotes or names them.

    A message names what is one character.
    """
    words = " ".join(wellformed(finding.at.quote).split())
    if len(words) < 2 or f"“{words[: WORDS_SHOWN - 1]}" in finding.message:
        return ""
    return words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 1] + "…"


def until(finding: Finding) -> str:
    """Say where a finding of several lines ends.

    >>> from dqkit.finding import Finding
    >>> from dqkit.place import Place
    >>> until(Finding(Place("a.txt", 3, 1, 54, 9, ""), *[""] * 10))
    ' (lines 3 to 54)'
    """
    last = last_line(finding.at)
    return f" (lines {finding.at.line} to {last})" if last > finding.at.line else ""


def last_line(at: Place) -> int:
    """Give the last line that a place has words of: its end may be the beginning of the next."""
    return at.end_line - 1 if at.end_column == 1 and at.end_line > at.line else at.end_line


def closing(report: Report, setting: Setting, width: int = 0) -> list[str]:
    """Give the lines that end a report on a terminal, broken at `width` columns; 0 stands for no end."""
    lines = [part for line in statement(report, verbose=setting.verbose) for part in wrap(line, width)]
    color = ("dim" if report.fail_on == "none" else "green") if report.passed else "red"
    lines[-1] = lines[-1].replace(verdict(report), paint(verdict(report), color, setting.color))
    return lines


def statement(report: Report, *, verbose: bool = False) -> Iterator[str]:
    """Give the account line by line: what could not be read, what never ran, the gate's files, the totals."""
    for record in report.files:
        if record.status == "unreadable" or (verbose and record.status in ("excluded", "not applicable")):
            yield f"{record.status}: {printable(record.path)}: {record.reason}"
    for reason, ids in _skipped(report).items():
        yield f"not run: {', '.join(ids)}: {reason}"
    if report.never_ran:
        yield f"never ran: {', '.join(report.never_ran)}"
    yield from _gate(report, verbose)
    if report.comparison:
        yield comparison(report.comparison)
    yield f"{files(report)}; {findings(report)}; {verdict(report)}"


def _skipped(report: Report) -> dict[str, list[str]]:
    """Give the rules that were chosen and did not run, by the reason."""
    reasons: dict[str, list[str]] = {}
    for rule in report.rules:
        if rule.skipped:
            reasons.setdefault(rule.skipped, []).append(rule.id)
    return reasons


def _gate(report: Report, verbose: bool) -> Iterator[str]:
    gate = report.gate
    stale = [notice for notice in gate.notices if notice.kind == "stale"]
    for notice in gate.notices:
        if verbose or notice.kind != "stale":
            yield f"{notice.kind}: {notice.at}: {notice.message}"
    if stale:
        gone = plural(len(stale), "known finding")
        yield f"baseline {gate.baseline}: {gone} no longer there (`dqkit baseline prune` drops them)"
    if gate.today:
        yield f"{gate.accepts}: what ends there is held against {gate.today}"
