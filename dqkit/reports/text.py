"""For a person at a terminal: findings file by file, each with its line and a mark under the words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dqkit.place import printable
from dqkit.reports.account import closing, last_line, mark, shown, until
from dqkit.reports.paint import SEVERITY_COLORS, columns, paint, wrap

if TYPE_CHECKING:
    from dqkit.finding import Finding, Report
    from dqkit.reports import Setting
    from dqkit.seed.text import Document

CONTEXT = 30
"""Code points shown before the words that are marked, where the line is longer than the terminal."""
WIDTH, NARROWEST, WIDEST = 110, 32, 160
"""Columns of the report: where it goes to no terminal, and within which limits it follows one."""


def render(report: Report, setting: Setting) -> str:
    """Write the findings, then the account of the run."""
    width = max(NARROWEST, min(WIDEST, setting.width or WIDTH))
    parts = []
    for path, findings in groupby(shown(report, setting), key=lambda finding: finding.at.path):
        document = setting.read(path)
        parts.append(paint(printable(path), "bold", setting.color))
        parts += [_finding(finding, document, width, setting) for finding in findings]
    return "\n".join([*parts, *closing(report, setting, width if setting.width else 0)]) + "\n"


def _finding(finding: Finding, document: Document | None, width: int, setting: Setting) -> str:
    color = SEVERITY_COLORS[finding.severity]
    place = f"{finding.at.line}:{finding.at.column}"
    severity = paint(f"{finding.severity:7}", color, setting.color)
    room = width - 22 if setting.width else 0
    said = wrap(f"{printable(finding.message)}{until(finding)}{mark(finding)}", room)
    if room and columns(said[-1]) + 2 + len(finding.rule) > room:
        said.append("")
    said[-1] += ("  " if said[-1] else "") + paint(finding.rule, "dim", setting.color)
    lines = [f"  {place:>9}  {severity}  {said[0]}", *(f"{'':22}{line}" for line in said[1:])]
    if document and finding.at.line <= len(document.lines):
        last = last_line(finding.at)
        lines += _excerpt(finding, finding.at.line, document, width - 16, color, setting.color)
        if finding.at.line < last <= len(document.lines):
            lines += [f"{'…':>11} |"] if last > finding.at.line + 1 else []
            lines += _excerpt(finding, last, document, width - 16, color, setting.color)
    places = finding.related if setting.verbose else finding.related[:3]
    for place_ in places:
        where = f"{printable(place_.path)}:{place_.line}" + (
            f"-{place_.end_line}" if place_.end_line > place_.line else ""
        )
        lines.append(f"{'':13}= see {where}")
    if len(places) < len(finding.related):
        lines.append(f"{'':13}= and {len(finding.related) - len(places)} more (--verbose lists them)")
    if setting.verbose:
        lines += [f"{'':13}= {finding.why}", f"{'':13}= fingerprint {finding.fingerprint}"]
    return "\n".join(lines) + "\n"


def _excerpt(finding: Finding, number: int, document: Document, width: int, color: str, colored: bool) -> list[str]:
    """Show one line of a file, from 1, cut to the width, with a mark under what the finding is about."""
    line = document.lines[number - 1]
    start = finding.at.column - 1 if finding.at.line == number else 0
    end = finding.at.end_column - 1 if finding.at.end_line == number else len(line)
    left = max(0, start - min(CONTEXT, width // 3)) if len(line) > width else 0
    right = min(len(line), left + width)
    before, words, after = (
        printable(part) for part in (line[left:start], line[start : min(end, right)], line[min(end, right) : right])
    )
    lead, tail = "…" if left else "", "…" if right < len(line) else ""
    mark = "^" * max(1, columns(words))
    return [
        f"{number:>11} | {lead}{before}{paint(words, color, colored)}{after}{tail}",
        f"{'':11} | {' ' * columns(lead + before)}{paint(mark, color, colored)}",
    ]
