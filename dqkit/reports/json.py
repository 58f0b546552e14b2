r"""The machine's report: a stable contract, described by `report.schema.json` beside this file.

Lines and columns count code points from 1; ends are exclusive. Bytes that do not decode stand as `\\xNN` in texts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dqkit import __version__
from dqkit.finding import SEVERITIES, STATUSES

if TYPE_CHECKING:
    from dqkit.finding import FileRecord, Finding, PairRecord, Report, RuleRecord
    from dqkit.place import Place
    from dqkit.reports import Setting

FORMAT = 1


def render(report: Report, setting: Setting) -> str:  # noqa: ARG001 # the signature all reports share
    """Write the report as JSON, keys in a fixed order, a line feed at the end."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=1) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """Give the report as the plain values that the JSON report holds."""
    return {
        "dqkit": FORMAT,
        "version": __version__,
        "gate": {"passed": report.passed, "fail_on": report.fail_on},
        "comparison": report.comparison._asdict() if report.comparison else None,
        "totals": {
            "files": {status.replace(" ", "_"): report.count_files(status) for status in STATUSES},
            "findings": {severity: report.count(severity) for severity in reversed(SEVERITIES)},
        },
        "files": [_file(record) for record in report.files],
        "findings": [_finding(finding) for finding in report.findings],
        "pairs": [_pair(pair) for pair in report.pairs],
        "rules": [_rule(rule) for rule in report.rules],
    }


def _file(record: FileRecord) -> dict[str, Any]:
    data = record._asdict()
    data |= {
        "path": wellformed(record.path),
        "status": record.status.replace(" ", "_"),
        "sha256": record.sha256 or None,
    }
    return data


def _place(place: Place) -> dict[str, Any]:
    return {**place._asdict(), "path": wellformed(place.path), "quote": wellformed(place.quote)}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "check": finding.check,
        "family": finding.family,
        "severity": finding.severity,
        "confidence": finding.confidence,
        **_place(finding.at),
        "message": wellformed(finding.message),
        "why": finding.why,
        "fingerprint": finding.fingerprint,
        "fix": None if finding.fix is None else wellformed(finding.fix),
        "related": [_place(place) for place in finding.related],
    }


def _pair(pair: PairRecord) -> dict[str, Any]:
    links = [[link.source, link.translation, round(link.score, 3)] for link in pair.links]
    return {
        "source": wellformed(pair.source),
        "translation": wellformed(pair.translation),
        "languages": list(pair.languages),
        "score": round(pair.score, 3),
        "declared": pair.declared,
        "links": links,
    }


def _rule(rule: RuleRecord) -> dict[str, Any]:
    return rule._asdict()


def wellformed(text: str) -> str:
    r"""Write what cannot be UTF-8 as escapes: a byte that did not decode as \\xNN, a lone surrogate as \\uNNNN.

    >>> wellformed("caf\udce9")
    'caf\\xe9'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(
            f"\\x{ord(c) - 0xDC00:02x}"
            if "\udc80" <= c <= "\udcff"
            else f"\\u{ord(c):04x}"
            if "\ud800" <= c <= "\udfff"
            else c
            for c in text
        )
    return text
