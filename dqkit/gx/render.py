"""How dqkit's expectations are shown in Data Docs: what is asked, how many findings there are, and where they are."""

from __future__ import annotations

from typing import Any, ClassVar

from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.render import (
    LegacyDiagnosticRendererType,
    LegacyRendererType,
    RenderedStringTemplateContent,
    RenderedTableContent,
)
from great_expectations.render.renderer.renderer import renderer

from dqkit.place import printable
from dqkit.reports.account import plural

ROWS = 50
"""Findings that a table shows; the rest is counted."""


class Rendered:
    """The renderers, for classes made of a check."""

    check_name: ClassVar[str]
    manual_page: ClassVar[dict[str, str]]

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> Any:
        config = configuration if configuration is not None else result.expectation_config
        kwargs = config.kwargs
        said = f"no {cls.check_name.replace('-', ' ')}: {cls.manual_page['what'].rstrip('.')}"
        if "mostly" in kwargs and kwargs["mostly"] != 1:
            said += f", in at least {kwargs['mostly']:.2%} of the files"
        if config.description:
            said += f". {config.description}"
        return [_words("$severity $what", severity=FailureSeverity(config.severity).value, what=said)]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _diagnostic_observed_value_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> str:
        details = _details(result)
        if "finding_count" not in details:
            return "--"
        return plural(details["finding_count"], "finding")

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_STATEMENT)
    def _diagnostic_unexpected_statement_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> Any:
        details = _details(result)
        if not details.get("findings"):
            return []
        left = details["finding_count"] - min(ROWS, len(details["findings"]))
        shown = f" {left:,} more are not shown here." if left else ""
        return [_words("$fix$left", fix=f"What to do: {cls.manual_page.get('Fix', '')}", left=shown)]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> Any:
        findings = _details(result).get("findings")
        if not findings:
            return None
        rows = [
            [
                _words("$where", where=f"{printable(finding['path'])}:{finding['line']}:{finding['column']}"),
                _words("$message", message=printable(finding["message"])),
                _words("$quote", quote=printable(finding["quote"])),
            ]
            for finding in findings[:ROWS]
        ]
        return [RenderedTableContent(content_block_type="table", header_row=["Where", "What", "Words"], table=rows)]


def _details(result: Any) -> dict[str, Any]:
    found: dict[str, Any] = ((result.result if result else None) or {}).get("details") or {}
    return found


def _words(template: str, **values: str) -> Any:
    """Say something in a template of theirs, which escapes its values."""
    return RenderedStringTemplateContent(
        content_block_type="string_template",
        string_template={"template": template, "params": values, "styling": {}},
    )
