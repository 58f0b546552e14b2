"""SARIF 2.1.0 for GitHub code scanning and other viewers. Columns are code points from 1, which the run declares.

Known and accepted findings are in it, suppressed and with their reason: were they left out, a service would close and
open their alerts anew. Our fingerprint has a key of its own, since GitHub computes and compares its own one.

GitHub shows 5,000 results of a run, takes 25,000, and files of 10 MB. What is beyond that is left out, the mildest and
the known first, and counted in a notification. Source: https://docs.github.com/en/code-security/code-scanning
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dqkit import __version__, checks
from dqkit.check import Manual, manual
from dqkit.finding import SEVERITIES, STATUSES
from dqkit.place import QUOTE_LIMIT, printable, wellformed
from dqkit.reports.account import plural, statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.finding import Finding, Gate, Report, RuleRecord
    from dqkit.place import Place
    from dqkit.reports import Setting

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note", "off": "none"}
SHOWN, RESULTS = 5_000, 25_000
"""Results of one run that GitHub shows, and takes."""
BYTES = 9_500_000
"""Bytes the results may take: the rest of 10 MB is for the rules and the account."""
RELATED = 100
"""Related places of a result that GitHub shows."""


def render(report: Report, setting: Setting) -> str:
    """Write a log of one run."""
    order = sorted(report.findings, key=lambda f: (f.standing != "new", -SEVERITIES.index(f.severity)))
    numbers = {rule.id: number for number, rule in enumerate(report.rules)}
    results: list[tuple[Finding, str]] = []
    left = BYTES
    for finding in order[:RESULTS]:
        text = json.dumps(_result(finding, numbers, report.gate, setting.prefix), ensure_ascii=False)
        left -= len(text.encode()) + 2
        if left < 0:
            break
        results.append((finding, text))
    run = {
        "tool": {"driver": _driver(report)},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "invocations": [_invocation(report, len(results), setting.prefix)],
        "properties": _account(report, len(results)),
    }
    head = json.dumps(run, ensure_ascii=False, indent=1)
    body = ",\n".join(text for _, text in sorted(results, key=lambda item: item[0].at))
    return (
        f'{{\n"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [{head.removesuffix("}").rstrip()},\n'
        f'"results": [\n{body}\n]}}]\n}}\n'
    )


def _driver(report: Report) -> dict[str, Any]:
    home = "https://github.com/dqkit/dqkit"
    return {
        "name": "dqkit",
        "version": __version__,
        "informationUri": home,
        "rules": [_rule(rule) for rule in report.rules],
    }


def _rule(rule: RuleRecord) -> dict[str, Any]:
    foreign = Manual(what=f"A row for which {rule.check} of Great Expectations does not hold.", why="")
    page = manual(checks.load(rule.check)) if rule.check in checks.names() else foreign
    return {
        "id": rule.id,
        "shortDescription": {"text": page["what"]},
        "fullDescription": {"text": page["why"] or page["what"]},
        "help": {"text": page.get("Fix", page["what"])},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family], "check": rule.check, "ran_on": rule.ran_on},
    }


def _result(finding: Finding, numbers: dict[str, int], gate: Gate, prefix: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": LEVELS[finding.severity],
        "message": {"text": printable(finding.message)},
        "locations": [{"physicalLocation": _location(finding.at, prefix)}],
        "partialFingerprints": {"dqkit/v1": finding.fingerprint},
        "properties": {"confidence": finding.confidence, "standing": finding.standing},
    }
    if gate.baseline:
        result["baselineState"] = "new" if finding.standing == "new" else "unchanged"
    if finding.standing != "new":
        reason = wellformed(finding.reason) or f"known: it stands in {gate.baseline}"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _location(place, prefix)}
            for number, place in enumerate(finding.related[:RELATED], 1)
        ]
        if len(finding.related) > RELATED:
            result["properties"]["related_left_out"] = len(finding.related) - RELATED
    if finding.fix is not None:
        replacement = {"deletedRegion": _region(finding.at), "insertedContent": {"text": wellformed(finding.fix)}}
        change = {"artifactLocation": _artifact(finding.at.path, prefix), "replacements": [replacement]}
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _location(place: Place, prefix: str) -> dict[str, Any]:
    region = _region(place)
    if place.quote and len(place.quote) < QUOTE_LIMIT:  # a snippet is the whole of the words, or none
        region["snippet"] = {"text": wellformed(place.quote)}
    return {"artifactLocation": _artifact(place.path, prefix), "region": region}


def _region(place: Place) -> dict[str, Any]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _artifact(path: str, prefix: str) -> dict[str, str]:
    return {"uri": quote(os.fsencode(prefix + path)), "uriBaseId": "%SRCROOT%"}


def _invocation(report: Report, written: int, prefix: str) -> dict[str, Any]:
    """Say whether the run can be vouched for, which files it could not read, what was left out, and the account."""
    readable = not report.count_files("unreadable")
    notifications: list[dict[str, Any]] = [
        {
            "level": "error",
            "message": {"text": f"unreadable: {printable(record.path)}: {record.reason}"},
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(record.path, prefix)}}],
        }
        for record in report.files
        if record.status == "unreadable"
    ][:RELATED]
    notifications += [{"level": "note", "message": {"text": text}} for text in _beyond(report.findings, written)]
    notifications.append({"level": "note", "message": {"text": "\n".join(_short(report))}})
    return {"executionSuccessful": readable, "toolExecutionNotifications": notifications}


def _short(report: Report) -> list[str]:
    """Give the account, cut where thousands of files could not be read: the totals, the last line, always stand."""
    lines = list(statement(report))
    if len(lines) <= 2 * RELATED:
        return lines
    return [*lines[:RELATED], f"and {plural(len(lines) - RELATED - 1, 'more line')}", lines[-1]]


def _beyond(findings: Sequence[Finding], written: int) -> Iterator[str]:
    if written < len(findings):
        left_out = plural(len(findings) - written, "finding")
        yield f"{left_out} of {len(findings):,} left out: GitHub takes {RESULTS:,} results and 10 MB of a run"
    if written > SHOWN:
        yield f"GitHub shows {SHOWN:,} of the {written:,} results of this run"


def _account(report: Report, written: int) -> dict[str, Any]:
    return {
        "files": {status.replace(" ", "_"): report.count_files(status) for status in STATUSES},
        "findings": len(report.findings),
        "findings_left_out": len(report.findings) - written,
        "rules_never_ran": list(report.never_ran),
        "passed": report.passed,
        "fail_on": report.fail_on,
    }
