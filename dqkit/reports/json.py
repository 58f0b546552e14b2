r"""The machine's report: a stable contract, described by `report.schema.json` beside this file.

Lines and columns count code points from 1; ends are exclusive. Bytes that do not decode stand as `\\xNN` in texts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dqkit import __version__
from dqkit.finding import SEVERITIES, STANDINGS, STATUSES
from dqkit.place import wellformed

if TYPE_CHECKING:
    from dqkit.finding import FileRecord, Finding, Gate, PairRecord, Report, RuleRecord
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
        "gate": {"passed": report.passed, "fail_on": report.fail_on, **_gate(report.gate)},
        "comparison": report.comparison._asdict() if report.comparison else None,
        "totals": {
            "files": {status.replace(" ", "_"): report.count_files(status) for status in STATUSES},
            "findings": {severity: report.count(severity) for severity in reversed(SEVERITIES)},
            "standings": {standing: report.count_standing(standing) for standing in STANDINGS},
        },
        "files": [_file(record) for record in report.files],
        "findings": [finding_data(finding) for finding in report.findings],
        "pairs": [_pair(pair) for pair in report.pairs],
        "rules": [_rule(rule) for rule in report.rules],
    }


def _gate(gate: Gate) -> dict[str, Any]:
    files = {"baseline": gate.baseline or None, "accepts": gate.accepts or None, "today": gate.today or None}
    return {**files, "notices": [notice._asdict() for notice in gate.notices]}


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


def finding_data(finding: Finding) -> dict[str, Any]:
    """Give a finding as the plain values that the JSON report holds."""
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
        "standing": finding.standing,
        "reason": wellformed(finding.reason) or None,
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
    return {**rule._asdict(), "skipped": rule.skipped or None}
