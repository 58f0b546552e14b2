"""The findings as the page's script lists, filters and sorts them: columns of numbers, each text once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dqkit.finding import SEVERITIES, STANDINGS
from dqkit.place import printable
from dqkit.reports.account import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dqkit.finding import FileRecord, Finding
    from dqkit.reports.html.addresses import Addresses


def columns(
    findings: Sequence[Finding], records: Mapping[str, FileRecord], to: Addresses, group: int
) -> dict[str, Any]:
    """Give the findings, in their order, as columns; `group` is how many files a column of the matrix stands for.

    `file`, `rule`, `message` and `words` are indexes into the tables `files` (path, language, page), `rules` (id,
    family), and `messages` twice; `severity` and `standing` are indexes from the mildest and into STANDINGS.
    """
    paths = {path: at for at, path in enumerate(sorted({finding.at.path for finding in findings}))}
    rules: dict[tuple[str, str], int] = {}
    messages: dict[str, int] = {}
    table: dict[str, list[Any]] = {
        name: [] for name in ("file", "rule", "message", "words", "line", "column", "severity", "standing", "id")
    }
    for finding in findings:
        table["file"].append(paths[finding.at.path])
        table["rule"].append(rules.setdefault((finding.rule, finding.family), len(rules)))
        table["message"].append(messages.setdefault(printable(finding.message), len(messages)))
        table["words"].append(messages.setdefault(printable(quoted(finding)), len(messages)))
        table["line"].append(finding.at.line)
        table["column"].append(finding.at.column)
        table["severity"].append(SEVERITIES.index(finding.severity))
        table["standing"].append(STANDINGS.index(finding.standing))
        table["id"].append(finding.fingerprint)
    files = [
        [printable(path), records[path].language or "unknown", "" if to.single else to.file(path)] for path in paths
    ]
    return {"files": files, "rules": list(rules), "messages": list(messages), "group": group, **table}


def script(data: dict[str, Any]) -> str:
    r"""Write data for a script element, where `<` would be markup.

    >>> script({"a": "</script>"})
    '{"a":"\\u003c/script>"}'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
