"""Findings by rule, the commonest first: what to mend, or to set otherwise, all at once. Columns count code points."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dqkit.finding import SEVERITIES
from dqkit.place import printable
from dqkit.reports.account import closing, plural, said, shown
from dqkit.reports.paint import SEVERITY_COLORS, paint

if TYPE_CHECKING:
    from dqkit.finding import Finding, Report
    from dqkit.reports import Setting


def render(report: Report, setting: Setting) -> str:
    """Write each rule with its findings, errors before warnings, then the account of the run."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in shown(report, setting):
        groups[finding.severity, finding.rule].append(finding)
    lines = []
    for (severity, rule), findings in sorted(
        groups.items(), key=lambda item: (-SEVERITIES.index(item[0][0]), -len(item[1]), item[0][1])
    ):
        count = f"{plural(len(findings), 'finding')} in {plural(len({f.at.path for f in findings}), 'file')}"
        title = paint(f"{severity} {rule}", SEVERITY_COLORS[severity], setting.color)
        lines.append(f"{title}: {count}")
        lines += [f"  {printable(str(f.at))}: {said(f)}" for f in findings]
        lines += ["", f"  {findings[0].why}"] if setting.verbose else []
        lines.append("")
    return "\n".join([*lines, *closing(report, setting)]) + "\n"
