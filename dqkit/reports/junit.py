"""JUnit XML, as Jenkins, GitLab and other viewers of test results read it: a test case is a rule in a file.

A file without findings is one passed case. A case fails where a new finding fails the gate; known, accepted and milder
findings do not fail it and stand in its output, so the viewer and the gate never disagree. Files that no rule is for,
and those excluded, are skipped cases; one that cannot be read is an error. Columns count code points from 1.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from dqkit import __version__
from dqkit.finding import STATUSES, at_least
from dqkit.place import printable
from dqkit.reports.account import said, statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.finding import FileRecord, Finding, Report
    from dqkit.reports import Setting


def render(report: Report, setting: Setting) -> str:  # noqa: ARG001 # the signature all reports share
    """Write one suite; no time and no host stand in it, so that the same run gives the same bytes."""
    by_file = {path: list(group) for path, group in groupby(report.findings, key=lambda finding: finding.at.path)}
    cases = [case for record in report.files for case in _cases(record, by_file.get(record.path, []), report.fail_on)]
    counts = (
        f'tests="{len(cases)}" failures="{sum("<failure" in case for case in cases)}" '
        f'errors="{sum("<error" in case for case in cases)}" skipped="{sum("<skipped" in case for case in cases)}" '
        f'time="0"'
    )
    properties = {"dqkit.version": __version__, "dqkit.fail_on": report.fail_on}
    properties |= {f"dqkit.files.{status.replace(' ', '_')}": str(report.count_files(status)) for status in STATUSES}
    properties |= {"dqkit.rules.never_ran": ", ".join(report.never_ran)}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="dqkit" {counts}>',
        f'<testsuite name="dqkit" {counts}>',
        "<properties>",
        *(f'<property name="{name}" value="{escape(printable(value))}"/>' for name, value in properties.items()),
        "</properties>",
        *cases,
        f"<system-out>{_text(statement(report))}</system-out>",
        "</testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _cases(record: FileRecord, findings: list[Finding], fail_on: str) -> Iterator[str]:
    """Write the cases of one file."""
    path = escape(printable(record.path))
    reason = escape(printable(record.reason))
    if record.status == "unreadable":
        body = f'<error message="{reason}" type="unreadable">{reason}</error>'
        yield f'<testcase classname="{path}" name="dqkit" file="{path}" time="0">{body}</testcase>'
    elif record.status != "checked":
        body = f'<skipped message="{record.status}: {reason}"/>'
        yield f'<testcase classname="{path}" name="dqkit" file="{path}" time="0">{body}</testcase>'
    elif not findings:
        yield f'<testcase classname="{path}" name="dqkit" file="{path}" time="0"/>'
    by_rule = sorted(findings, key=lambda finding: finding.rule)
    for rule, group in groupby(by_rule, key=lambda finding: finding.rule):
        case = f'<testcase classname="{path}" name="{escape(rule)}" file="{path}" time="0">'
        yield f"{case}{_body(list(group), fail_on)}</testcase>"


def _body(findings: list[Finding], fail_on: str) -> str:
    failing: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        fails = finding.standing == "new" and fail_on != "none" and at_least(finding.severity, fail_on)
        (failing if fails else others).append(finding)
    body = ""
    if failing:
        first = failing[0]
        more = f" (and {len(failing) - 1:,} more)" if len(failing) > 1 else ""
        message = escape(f"{first.at.line}:{first.at.column}: {printable(first.message)}{more}")
        body = f'<failure message="{message}" type="{first.severity}">{_text(map(_line, failing))}</failure>'
    return body + (f"<system-out>{_text(map(_line, others))}</system-out>" if others else "")


def _line(finding: Finding) -> str:
    return f"{finding.at}: {finding.severity} {finding.rule}: {said(finding)}"


def _text(lines: Iterable[str]) -> str:
    """Escape lines; what XML 1.0 cannot hold, such as most control characters, is written as an escape of ours."""
    return escape("\n".join(map(printable, lines)), quote=False)
