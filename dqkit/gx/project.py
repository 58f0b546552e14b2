"""Checks a corpus as one Checkpoint of a project of Great Expectations, which keeps the validation result."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from dqkit.engine import run
from dqkit.errors import DqkitError
from dqkit.gx.frame import NOT_EMPTY, frame
from dqkit.gx.metric import given
from dqkit.gx.report import failing, report_of
from dqkit.gx.run import new_context, run_checkpoint
from dqkit.gx.suite import expectations
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.corpus import Corpus
    from dqkit.finding import Problem, Report, RuleRecord
    from dqkit.rules.rule import Rule
    from dqkit.table import Row


class Done(NamedTuple):
    """What became of a run: dqkit's report, and the file of the validation result that the project keeps."""

    report: Report
    stored: str


def run_in_project(project: str, root: str, corpus: Corpus, rules: Sequence[Rule], fail_on: str) -> Done:
    """Check a corpus, its paths relative to `root`, in the project whose folder `gx/` is in `project`.

    The engine runs once; the checkpoint answers from what it found.

    Raises:
        DqkitError: nothing can be vouched for: a file cannot be read, an expectation raised, a result is missing, or
            the verdict of the results is not the report's.
    """
    rows: list[Row] = []

    def take(_: Sequence[Rule], found: Sequence[Row]) -> Iterable[tuple[int, Problem]]:
        rows.extend(found)
        return ()

    checked = run(corpus, [NOT_EMPTY, *rules], fail_on=fail_on, table=take)
    if unread := [record.path for record in checked.files if record.status == "unreadable"]:
        raise DqkitError(f"cannot vouch: {', '.join(unread)}: cannot be read")
    context = new_context(project)
    here = os.path.relpath(root)
    with given(here, checked):
        result = run_checkpoint(context, expectations(rules, here), frame(rows, rules))
        found = report_of([result], fail_on, {str(row.cells["path"]): row for row in rows})
    report = found._replace(files=checked.files, pairs=checked.pairs, rules=_counted(checked.rules, found.rules))
    if report.passed == failing([result], fail_on):
        raise DqkitError("cannot vouch: the verdict of the validation results is not that of the findings")
    return Done(report, _stored(context, result))


def _counted(ran: Iterable[RuleRecord], found: Iterable[RuleRecord]) -> tuple[RuleRecord, ...]:
    """Take from the run how many files each rule was for, from the results how many findings it has."""
    findings = {record.id: record.findings for record in found}
    return tuple(record._replace(findings=findings[record.id]) for record in ran if record.id != NOT_EMPTY.id)


def _stored(context: Any, result: Any) -> str:
    """Name the file of a validation result."""
    store = context.validation_results_store
    keys = [key for key in store.list_keys() if key.run_id == result.meta["run_id"]]
    if not keys:
        raise DqkitError("cannot vouch: the project has not kept the validation result")
    url = str(store.store_backend.get_url_for_key(store.key_to_tuple(keys[-1])))
    return os.path.relpath(url.removeprefix("file://"))
