"""Says of each finding of a report whether it is new, known or accepted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dqkit.errors import DqkitError
from dqkit.finding import Gate
from dqkit.place import printable
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from dqkit.finding import Report
    from dqkit.seed.text import Document
    from dqkit.settings import Settings

BASELINE = "dqkit-baseline.jsonl"
ACCEPTS = "dqkit-accept.yaml"


class Files(NamedTuple):
    """The gate's own files that a run reads; empty where there is none."""

    baseline: str = ""
    accepts: str = ""


def files(settings: Settings, baseline: str | None = None, *, without_baseline: bool = False) -> Files:
    """Find the gate's files: as the flag names them, as the settings do, else beside the settings, where they are.

    Raises:
        DqkitError: a file that was named is not there.
    """
    if baseline == "":
        raise DqkitError("--baseline names no file: an unset variable?")
    accepts = _file("", settings.accepts, os.path.join(settings.root, ACCEPTS), settings)
    if without_baseline:
        return Files("", accepts)
    return Files(_file(baseline or "", settings.baseline, os.path.join(settings.root, BASELINE), settings), accepts)


def _file(flag: str, setting: str, default: str, settings: Settings) -> str:
    named = flag or (setting and os.path.join(settings.root, setting))
    if not named:
        return default if os.path.lexists(default) else ""
    if not os.path.lexists(named):
        whose = "--baseline" if flag else settings.origin
        raise DqkitError(
            f"{printable(whose)}: {printable(named)}: no such file: correct the name, or make it with "
            f"`dqkit baseline write` or `dqkit accept`"
        )
    return named


def settle(
    report: Report,
    where: Files,
    settings: Settings,
    document: Callable[[str], Document | None],
    *,
    today: str | None = None,
    whole: bool = False,
) -> Report:
    """Give the report with each finding's standing. An acceptance goes before the baseline: it has a reason.

    `document` reads a file of the run again; `today` is an ISO date, by default the clock's; `whole` tells that the
    run is about all files there are, so that an acceptance of nothing is a mistake. What is accepted already stays so.

    Raises:
        DqkitError: a file cannot be followed.
    """
    if today is not None:
        from dqkit.gate import accept

        accept.day(today, "--today")  # a day that is none is told with nothing to hold against it, too
    if not (where.baseline or where.accepts):
        return report
    gate = Gate()
    known: frozenset[int] = frozenset()
    reasons: tuple[str | None, ...] = (None,) * len(report.findings)
    if where.accepts:
        from dqkit.gate import accept

        entries = accept.read(where.accepts)
        held = accept.Reasons(report, entries, accept.day(today, "--today"))
        reasons, name = held.reasons, shown(where.accepts, settings)
        notices = held.notices(report, name, settings.root, whole=whole)
        gate = gate._replace(accepts=name, notices=notices)
        if any(entry.until for entry in entries):
            gate = gate._replace(today=held.today)
    if where.baseline:
        from dqkit.gate import baseline

        settled = baseline.Settled(report, baseline.read(where.baseline), document, settings.root)
        known, name = settled.known, shown(where.baseline, settings)
        gate = gate._replace(baseline=name, notices=(*settled.notices(name), *gate.notices))
    findings = tuple(
        finding._replace(standing="accepted", reason=reason)
        if (reason := reasons[index]) is not None
        else finding._replace(standing="known")
        if finding.standing == "new" and index in known
        else finding
        for index, finding in enumerate(report.findings)
    )
    return report._replace(findings=findings, gate=gate)


def shown(file: str, settings: Settings) -> str:
    """Name a file of the gate for people: as seen from the settings' folder."""
    return printable(os.path.relpath(file, settings.root).replace(os.sep, "/"))
