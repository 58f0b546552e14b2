"""Reviewdog's diagnostic format, one diagnostic a line: new findings, then what could not be read, then the account.

Columns count bytes of UTF-8 from 1, ends are exclusive, as the format's definition has it (reviewdog.proto, message
`Position`). A byte order mark counts; a byte that is no UTF-8 counts as the one byte it is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dqkit.place import printable, wellformed
from dqkit.reports.account import statement

if TYPE_CHECKING:
    from dqkit.finding import Finding, Report
    from dqkit.place import Place
    from dqkit.reports import Setting
    from dqkit.seed.text import Document


def render(report: Report, setting: Setting) -> str:
    """Write the diagnostics."""
    diagnostics = [_diagnostic(f, setting.prefix, setting.read(f.at.path)) for f in report.new]
    diagnostics += [
        _plain(f"unreadable: {record.reason}", "ERROR", setting.prefix + printable(record.path))
        for record in report.files
        if record.status == "unreadable"
    ]
    path = setting.prefix + printable(report.files[0].path) if report.files else "dqkit.yaml"
    diagnostics.append(_plain("\n".join(statement(report)), "INFO", path))
    return "".join(json.dumps(diagnostic, ensure_ascii=False) + "\n" for diagnostic in diagnostics)


def _plain(message: str, severity: str, path: str) -> dict[str, Any]:
    return {"message": message, "location": {"path": path}, "severity": severity, "source": {"name": "dqkit"}}


def _diagnostic(finding: Finding, prefix: str, document: Document | None) -> dict[str, Any]:
    diagnostic = _plain(printable(finding.message), finding.severity.upper(), prefix + printable(finding.at.path))
    where = _range(finding.at, document)
    diagnostic["location"]["range"] = where
    diagnostic["code"] = {"value": finding.rule}
    if finding.fix is not None and document:
        diagnostic["suggestions"] = [{"range": where, "text": wellformed(finding.fix)}]
    return diagnostic


def _range(at: Place, document: Document | None) -> dict[str, dict[str, int]]:
    """Give a place in bytes; whole lines where the file is gone and columns cannot be counted."""
    if document is None:
        return {"start": {"line": at.line}, "end": {"line": at.end_line}}
    return {
        "start": {"line": at.line, "column": column_in_bytes(document, at.line, at.column)},
        "end": {"line": at.end_line, "column": column_in_bytes(document, at.end_line, at.end_column)},
    }


def column_in_bytes(document: Document, line: int, column: int) -> int:
    """Turn a column in code points into one in bytes of UTF-8, both from 1."""
    before = document.lines[line - 1][: column - 1] if line <= len(document.lines) else ""
    mark = len(document.bom) if line == 1 and not document.wide else 0
    return 1 + mark + len(before.encode("utf-8", "surrogateescape"))
