"""dqkit's report on the validation results of a checkpoint, whichever expectations it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dqkit.finding import FileRecord, Report, RuleRecord, at_least, stamp
from dqkit.gx.judge import problems
from dqkit.gx.metric import Findings, latest
from dqkit.gx.run import NAME, raised, rule_id, severity, vouch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dqkit.finding import Finding
    from dqkit.seed.text import Document
    from dqkit.table import Row


def report_of(results: Iterable[Any], fail_on: str = "error", rows: Mapping[str, Row] | None = None) -> Report:
    """Make the report of some validation results, made in this process a moment ago.

    What `mostly` tolerates is shown as accepted, so the verdict is that of the expectations. `rows` are the corpus
    table's by path; where they are not given, the findings of other expectations name the first line of a file.

    Raises:
        DqkitError: an expectation raised, so nothing can be vouched for.
    """
    findings: list[Finding] = []
    files: dict[str, FileRecord] = {}
    rules: list[RuleRecord] = []
    pairs: list[Any] = []
    for validation in results:
        vouch(validation, len(validation.results))
        for result in validation.results:
            seen = seen_by(result)
            found = _own(result, seen) if seen else _others(result, rows or {})
            findings += found
            for report in seen.reports if seen else ():
                files.update({record.path: record for record in report.files})
                pairs += report.pairs
            rules.append(_record(result, seen, len(found), len(rows or ())))
    for finding in findings:
        files.setdefault(finding.at.path, FileRecord(finding.at.path, "checked"))
    ordered = tuple(files[path] for path in sorted(files))
    return Report(tuple(sorted(findings)), ordered, tuple(sorted(set(pairs))), tuple(rules), fail_on)


def failing(results: Sequence[Any], fail_on: str) -> bool:
    """Tell whether an expectation as severe as `fail_on` or worse failed, asking the results alone."""
    return fail_on != "none" and any(
        not result.success and at_least(severity(result), fail_on)
        for validation in results
        for result in validation.results
    )


def reader(results: Iterable[Any]) -> Callable[[str], Document | None]:
    """Make what reads the files of some validation results again, by their path."""
    sources = {
        source.path: source
        for validation in results
        for result in validation.results
        if (seen := seen_by(result))
        for source in seen.corpus().sources
    }

    def read(path: str) -> Document | None:
        try:
            return sources[path].document()
        except (OSError, KeyError):
            return None

    return read


def seen_by(result: Any) -> Findings | None:
    """Give what dqkit found for a result; None where the expectation is none of dqkit's."""
    kwargs = result.expectation_config.kwargs
    if raised(result) or "finding_count" not in (result.result.get("details") or {}):
        return None
    return latest.get((kwargs.get("root", "."), kwargs.get("column", "path")))


def _own(result: Any, seen: Findings) -> list[Finding]:
    found = seen.of(rule_id(result)).findings
    return [finding._replace(standing="accepted") for finding in found] if result.success else list(found)


def _others(result: Any, rows: Mapping[str, Row]) -> list[Finding]:
    config = result.expectation_config
    why = (config.meta or {}).get(NAME, {}).get("why") or config.description or "The checkpoint asks it of the table."
    stamped = [
        (problem, rule_id(result), config.type, "metadata", severity(result), why) for problem in problems(result, rows)
    ]
    return [
        finding._replace(at=finding.at._replace(end_column=finding.at.end_column or 1)) for finding in stamp(stamped)
    ]


def _record(result: Any, seen: Findings | None, findings: int, rows: int) -> RuleRecord:
    config = result.expectation_config
    name = rule_id(result)
    if seen:
        known = next(record for report in seen.reports for record in report.rules if record.id == name)
        return known._replace(severity=severity(result))
    ran_on = result.result.get("element_count") or rows or 1
    return RuleRecord(name, config.type, severity(result), int(ran_on), findings, "metadata")
