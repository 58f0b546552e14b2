"""One line a finding: `path:line:column: severity rule message`. Columns count code points from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.place import printable
from dqkit.reports.account import closing, said, shown

if TYPE_CHECKING:
    from dqkit.finding import Report
    from dqkit.reports import Setting


def render(report: Report, setting: Setting) -> str:
    """Write the findings, then the account of the run."""
    lines = [
        f"{printable(f.at.path)}:{f.at.line}:{f.at.column}: {f.severity} {f.rule}: {said(f)}"
        for f in shown(report, setting)
    ]
    return "\n".join([*lines, *closing(report, setting)]) + "\n"
