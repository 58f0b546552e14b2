"""dqkit's HTML report as an action of any checkpoint."""

from __future__ import annotations

from typing import Any, Literal

from great_expectations.checkpoint.actions import ValidationAction

from dqkit.gx.report import reader, report_of
from dqkit.reports import Setting, render


class DqkitReport(ValidationAction):
    """Writes dqkit's report of a checkpoint to a file: `DqkitReport(name="report", path="report.html")`.

    Findings of dqkit's expectations are shown in their text; rows that fail others, by their column `path`. A stored
    checkpoint that has it can only be read where dqkit is imported: none of its expectations gets lost in silence.

    Raises:
        DqkitError: an expectation raised, so there is nothing to vouch for.
    """

    type: Literal["dqkit_report"] = "dqkit_report"
    name: str = "dqkit report"
    path: str
    fail_on: Literal["error", "warning", "info", "none"] = "error"
    """The mildest severity that fails the report's verdict."""

    def run(self, checkpoint_result: Any, action_context: Any = None) -> dict[str, Any]:
        """Write the report, and tell where it is and how many findings it has."""
        results = list(checkpoint_result.run_results.values())
        report = report_of(results, self.fail_on)
        page = render("html", report, Setting(reader(results)))
        with open(self.path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(page)
        return {"path": self.path, "findings": len(report.findings), "passed": report.passed}
