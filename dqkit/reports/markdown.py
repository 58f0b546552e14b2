"""A summary in GitHub's Markdown, for a step summary or a comment: the verdict, the account, new findings by rule.

It stays below what GitHub takes of a step; what does not fit is counted. Places are lines and columns in code points.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dqkit.finding import SEVERITIES
from dqkit.place import printable
from dqkit.reports.account import plural, said, shown, statement, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.finding import Finding, Report
    from dqkit.reports import Setting

LIMIT = 900 * 1024
"""Bytes of UTF-8. GitHub refuses the whole of a step summary above 1,024 KiB."""
ACCOUNT_LIMIT = 64 * 1024
"""Bytes of it that the account may take, where thousands of files cannot be read."""
_SPECIAL = re.compile(r"([\\`*_\[\]|~<>&:]|(?<=www)\.)")
_REFERENCE = re.compile(r"([@#$])")
"""What GitHub makes mentions, references to issues and formulas of, a backslash before it or not."""
_MARGIN = 400
"""Bytes kept for the line that says what was left out."""


def render(report: Report, setting: Setting) -> str:
    """Write the summary."""
    return summary(report, setting, LIMIT)


def summary(report: Report, setting: Setting, limit: int) -> str:
    """Write the summary in at most `limit` bytes of UTF-8, rule by rule; what is left out is counted."""
    text = f"## dqkit: {verdict(report)}\n\n{_account(report)}"
    left = limit - _MARGIN - len(text.encode())
    hidden = 0
    found = shown(report, setting)
    for rule, findings in _by_rule(found):
        title = f"\n### {plain(rule)}: {len(findings):,} × {findings[0].severity}\n\n"
        table = f"{title}{plain(findings[0].why)}\n\n| place | finding |\n|---|---|\n"
        rows: list[str] = []
        left -= len(table.encode())
        for finding in findings if left > 0 else ():
            row = _row(finding)
            left -= len(row.encode())
            if left < 0:
                break
            rows.append(row)
        text += table + "".join(rows) if rows else ""
        hidden += len(findings) - len(rows)
    more = f"\n{plural(hidden, 'finding')} of {len(found):,} left out: a summary holds {limit // 1024:,} KiB.\n"
    text += more if hidden else ""
    return text if len(text.encode()) <= limit else f"dqkit: {verdict(report)}; no room for more\n"[: max(0, limit)]


def _account(report: Report) -> str:
    """List the account's lines, the totals last; what takes too much room is counted."""
    *lines, totals = (f"- {plain(line)}\n" for line in statement(report))
    left, taken = ACCOUNT_LIMIT, 0
    while taken < len(lines) and (left := left - len(lines[taken].encode())) >= 0:
        taken += 1
    more = f"- and {plural(len(lines) - taken, 'more line')} of the account\n" if taken < len(lines) else ""
    return "".join([*lines[:taken], more, totals])


def _by_rule(findings: tuple[Finding, ...]) -> Iterator[tuple[str, list[Finding]]]:
    """Group findings by rule, errors first, the commonest first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.rule), []).append(finding)
    order = sorted(groups, key=lambda key: (-SEVERITIES.index(key[0]), -len(groups[key]), key[1]))
    return ((key[1], groups[key]) for key in order)


def _row(finding: Finding) -> str:
    return f"| {plain(str(finding.at))} | {plain(said(finding))} |\n"


def plain(text: str) -> str:
    r"""Show a text as it is: no link, mention, table cell or HTML is made of it.

    >>> plain("a|b <img> @all")
    'a\\|b \\<img\\> <span>@</span>all'
    """
    return _REFERENCE.sub(r"<span>\1</span>", _SPECIAL.sub(r"\\\1", printable(text)))
