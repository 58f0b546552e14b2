"""Annotations for GitHub Actions: workflow commands in the step's log, new findings only.

GitHub shows 10 errors and 10 warnings of a step and drops the rest without a word, so there are no more: the first of
each rule in each file, and where that is not all, a last one that says how many more. Columns count code points; GitHub
marks lines.
Source: https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.place import printable
from dqkit.reports.account import plural, statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.finding import Finding, Report
    from dqkit.reports import Setting

LIMIT = 10
"""Annotations of one kind that GitHub shows of a step."""
COMMANDS = (("error", "error"), ("warning", "warning"), ("info", "notice"))


def render(report: Report, setting: Setting) -> str:
    """Write the commands, then the account of the run as plain lines of the log."""
    new = report.new
    unreadable = [record for record in report.files if record.status == "unreadable"]
    lines: list[str] = []
    for severity, command in COMMANDS:
        texts = [
            _command("error", f"{setting.prefix}{record.path}", "", "unreadable", record.reason)
            for record in (unreadable if severity == "error" else ())
        ]
        lines += _annotations([f for f in new if f.severity == severity], command, texts, setting.prefix)
    lines += [line.replace("##[", "## [") for line in statement(report)]  # the runner would read a command in it
    return "\n".join(lines) + "\n"


def _annotations(found: Sequence[Finding], command: str, texts: list[str], prefix: str) -> Iterator[str]:
    """Write what has no finding, then the first finding of each rule in each file, in LIMIT commands at most."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        groups.setdefault((finding.rule, finding.at.path), []).append(finding)
    whole = [*texts, *(_annotation(group, command, prefix) for group in groups.values())]
    yield from whole[: LIMIT if len(whole) <= LIMIT else LIMIT - 1]
    if len(whole) > LIMIT:
        hidden = max(0, len(texts) - LIMIT + 1)
        shown = max(0, LIMIT - 1 - len(texts))
        more = hidden + sum(len(group) for group in list(groups.values())[shown:])
        what = {"error": "error", "warning": "warning", "notice": "notice"}[command]
        yield f"::{command} title=dqkit::{more:,} more {what}s: see the summary of this step, or the other reports"


def _annotation(group: Sequence[Finding], command: str, prefix: str) -> str:
    at = group[0].at
    place = f",line={at.line},endLine={at.end_line}"
    if at.end_line == at.line:  # GitHub takes columns of one line alone
        place += f",col={at.column},endColumn={max(at.column, at.end_column)}"
    more = f" (and {plural(len(group) - 1, 'more finding')} of this rule in the file)" if len(group) > 1 else ""
    return _command(command, f"{prefix}{at.path}", place, group[0].rule, f"{group[0].message}{more}")


def _command(command: str, path: str, place: str, title: str, message: str) -> str:
    return f"::{command} file={_property(path)}{place},title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    """Escape a message: printable() leaves no line end, and % must not be read as the escape of one."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
