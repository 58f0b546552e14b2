"""The JSON report a line at a time, for streams: each line is an object with a `kind`.

First comes `run` (format, version, gate, totals: the account), then every `rule`, `file`, `pair` and `finding`, with
the fields that `report.schema.json` gives them. Columns count code points from 1.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dqkit.reports.json import as_data

if TYPE_CHECKING:
    from dqkit.finding import Report
    from dqkit.reports import Setting

KINDS = (("rule", "rules"), ("file", "files"), ("pair", "pairs"), ("finding", "findings"))


def render(report: Report, setting: Setting) -> str:  # noqa: ARG001 # the signature all reports share
    """Write one object a line; no line end stands inside one."""
    data = as_data(report)
    lists = {kind: data.pop(name) for kind, name in KINDS}
    records = [{"kind": "run", **data}, *({"kind": kind, **item} for kind in lists for item in lists[kind])]
    return "".join(_line(record) + "\n" for record in records)


def _line(record: dict[str, object]) -> str:
    text = json.dumps(record, ensure_ascii=False)
    for end in "\x85\u2028\u2029":  # which some readers take for the end of a line
        text = text.replace(end, f"\\u{ord(end):04x}")
    return text
