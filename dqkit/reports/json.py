r"""The machine's report: a stable contract, described by `report.schema.json` beside this file.

Lines and columns count code points from 1; ends are exclusive. Bytes that do not decode stand as `\\xNN` in texts.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from dqkit import __version__
from dqkit.finding import SEVERITIES, STANDINGS, STATUSES
from dqkit.place import wellformed

if TYPE_CHECKING:
    from dqkit.finding import FileRecord, Finding, Gate, PairRecord, Report, RuleRecord
    from dqkit.place import Place
    from dqkit.reports import Setting
    from dqkit.seed.text import Document

FORMAT = 1


def render(report: Report, setting: Setting) -> str:
    """Write the report as JSON, keys in a fixed order, a line feed at the end."""
    data = as_data(report)
    if setting.texts:
        found = ((record.path, setting.read(record.path)) for record in report.files if record.sha256)
        data["texts"] = {wellformed(path): _text(document) for path, document in found if document}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _text(document: Document) -> dict[str, Any]:
    """Give a file's bytes and those of the files beside it that declare its metadata, in base64."""
    from dqkit.seed.metadata import sidecars

    names = sidecars(document.path.rpartition("/")[2]) if document.beside else ()
    beside = {name: raw for name in names if document.beside and (raw := document.beside(name)) is not None}
    data: dict[str, Any] = {"raw": base64.b64encode(document.raw).decode()}
    if beside:
        data["beside"] = {wellformed(name): base64.b64encode(raw).decode() for name, raw in beside.items()}
    return data


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
        "standing": finding.standing,
        "fix": None if finding.fix is None else wellformed(finding.fix),
        "related": [_place(place) for place in finding.related],
        "reason": wellformed(finding.reason) or None,
    }


def _pair(pair: PairRecord) -> dict[str, Any]:
    links = [[link.source, link.translation, link.score] for link in pair.links]
    return {
        "source": wellformed(pair.source),
        "translation": wellformed(pair.translation),
        "languages": list(pair.languages),
        "score": pair.score,
        "declared": pair.declared,
        "links": links,
    }


def _rule(rule: RuleRecord) -> dict[str, Any]:
    return {**rule._asdict(), "skipped": rule.skipped or None}
