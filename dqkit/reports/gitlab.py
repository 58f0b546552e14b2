"""GitLab's Code Quality report: a JSON array that the merge request's widget compares with the target branch's.

Places are lines; GitLab knows no columns. Known findings are in it, so that they are new to no branch; accepted ones
are not. The account is the last entry, of severity `info`: it stands in both branches, and so shows in none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dqkit.place import printable
from dqkit.reports.account import statement

if TYPE_CHECKING:
    from dqkit.finding import Finding, Report
    from dqkit.reports import Setting

SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, setting: Setting) -> str:
    """Write the array."""
    entries = [_entry(finding, setting.prefix) for finding in report.findings if finding.standing != "accepted"]
    entries += [
        _issue(f"unreadable: {record.reason}", "dqkit-unreadable", f"unreadable:{record.path}", "blocker",
               setting.prefix + printable(record.path), 1)
        for record in report.files
        if record.status == "unreadable"
    ]  # fmt: skip
    path = setting.prefix + printable(report.files[0].path) if report.files else "dqkit.yaml"
    entries.append(_issue("\n".join(statement(report)), "dqkit-account", "dqkit-account", "info", path, 1))
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _entry(finding: Finding, prefix: str) -> dict[str, Any]:
    path = prefix + printable(finding.at.path)
    description = f"{finding.rule}: {printable(finding.message)}"
    severity = SEVERITIES[finding.severity]
    entry = _issue(description, finding.rule, finding.fingerprint, severity, path, finding.at.line)
    if finding.at.end_line > finding.at.line:
        entry["location"]["lines"]["end"] = finding.at.end_line
    return entry


def _issue(description: str, check: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": printable(fingerprint),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }
