"""The one metric all of dqkit's expectations share: what the engine finds in the files a batch names.

Text never enters Great Expectations. An expectation says which rule it wants when a checkpoint asks for its
dependencies, before anything is computed; the first to be validated has the engine run, once, for all of them.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.metrics import ColumnMapMetricProvider, column_condition_partial
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.validator.metric_configuration import MetricConfiguration

from dqkit.corpus import Corpus, named
from dqkit.engine import run
from dqkit.errors import DqkitError
from dqkit.place import wellformed
from dqkit.record import NamedTuple
from dqkit.settings import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.finding import Finding, Report
    from dqkit.rules.rule import Rule

METRIC = "dqkit.findings"
CONDITION = "column_values.dqkit.clean"

_wanted: dict[tuple[str, str], dict[str, Rule]] = {}
"""The rules expectations want, by id, under the root and column they name; taken when the engine runs."""
_given: dict[str, Report] = {}
"""Reports made beforehand, by root."""
latest: dict[tuple[str, str], Findings] = {}
"""What was found last under a root and column, for actions, which see results alone."""


class Answer(NamedTuple):
    """What a rule found: how many files it ran on, and its findings."""

    rule: Rule | None
    """The rule as it was run; None where the report was made beforehand."""
    ran_on: int
    findings: tuple[Finding, ...]


class Findings:
    """What rules find in the files that a column names, relative to a root; the engine runs when the first asks."""

    def __init__(self, root: str, column: str, paths: Iterable[str]) -> None:
        self.key = root, column
        self.root = root
        self.paths = tuple(paths)
        self.answers: dict[str, Answer] = {}
        self.reports: list[Report] = []

    def of(self, rule: str) -> Answer:
        """Give what a rule found, by its id.

        Raises:
            DqkitError: a file cannot be read, or nobody asked for the rule.
        """
        if rule not in self.answers:
            self._run(tuple(_wanted.pop(self.key, {}).values()))
        if rule not in self.answers:
            raise DqkitError(f'rule "{rule}" was not run')
        return self.answers[rule]

    def corpus(self) -> Corpus:
        """Name the files of the batch.

        Raises:
            DqkitError: one is not there.
        """
        settings = find(self.root)._replace(root=self.root)
        return named(_files(self.root, sorted(set(self.paths))), settings)

    def _run(self, rules: tuple[Rule, ...]) -> None:
        asked = {} if self.root in _given else {rule.id: rule for rule in rules}
        report = _given.get(self.root) or run(self.corpus(), rules, fail_on="none")
        unread = [record for record in report.files if record.status == "unreadable"]
        if unread:
            raise DqkitError(f"{len(unread)} files cannot be read, first {wellformed(unread[0].path)}")
        self.reports.append(report)
        for record in report.rules:
            found = tuple(finding for finding in report.findings if finding.rule == record.id)
            if not record.skipped:
                self.answers[record.id] = Answer(asked.get(record.id), record.ran_on, found)


def want(root: str, column: str, rule: Rule) -> None:
    """Ask for a rule to be run with the others of a checkpoint."""
    _wanted.setdefault((root, column), {})[rule.id] = rule


def answer(findings: Findings, rule: Rule) -> Answer:
    """Give what a rule found, once all of a checkpoint is computed; it is wanted no longer.

    Raises:
        DqkitError: another rule of that name was run.
    """
    found = findings.of(rule.id)
    _wanted.get(findings.key, {}).pop(rule.id, None)  # dependencies are asked for a second time after the engine ran
    if found.rule not in (None, rule):
        raise DqkitError(f'two expectations are called "{rule.id}": give one another `rule`')
    return found


@contextmanager
def given(root: str, report: Report) -> Iterator[None]:
    """Have the metric answer from a report that was made beforehand."""
    _given[root] = report
    try:
        yield
    finally:
        del _given[root]
        for key in [key for key in _wanted if key[0] == root]:
            del _wanted[key]


def metric_of(batch_id: str | None, root: str, column: str) -> Any:
    """Name the metric; all that a checkpoint holds against one column must name it alike, or the engine runs again."""
    return MetricConfiguration(
        METRIC, metric_domain_kwargs={"batch_id": batch_id}, metric_value_kwargs={"root": root, "column_name": column}
    )


class DqkitFindings(TableMetricProvider):
    """Gives `Findings` of the batch."""

    metric_name = METRIC
    value_keys = ("root", "column_name")

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(
        cls,
        execution_engine: Any,
        metric_domain_kwargs: Any,
        metric_value_kwargs: Any,
        metrics: Any,
        runtime_configuration: Any,
    ) -> Findings:
        frame, *_ = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE)
        root, column = metric_value_kwargs["root"], metric_value_kwargs["column_name"]
        found = Findings(root, column, [path for path in frame[column] if isinstance(path, str)])
        latest[root, column] = found
        return found


class DqkitClean(ColumnMapMetricProvider):
    """Tells for each path whether a rule found nothing there."""

    condition_metric_name = CONDITION
    condition_value_keys = ("root", "rule")

    @classmethod
    def _get_evaluation_dependencies(
        cls, metric: Any, configuration: Any = None, execution_engine: Any = None, runtime_configuration: Any = None
    ) -> Any:
        needed = super()._get_evaluation_dependencies(
            metric=metric,
            configuration=configuration,
            execution_engine=execution_engine,
            runtime_configuration=runtime_configuration,
        )
        if metric.metric_name.endswith(".condition"):
            domain = metric.metric_domain_kwargs
            needed[METRIC] = metric_of(domain.get("batch_id"), metric.metric_value_kwargs["root"], domain["column"])
        return needed

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: Any, root: str, rule: str, _metrics: Any, **_: Any) -> Any:
        return ~column.isin({wellformed(finding.at.path) for finding in _metrics[METRIC].of(rule).findings})


def _files(root: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Find the files that the paths of a table name, and say where: as written, or with escaped bytes put back."""
    listings: dict[str, set[str]] = {}

    def listing(folder: str) -> set[str]:
        if folder not in listings:
            listings[folder] = set(os.listdir(folder or ".")) if os.path.isdir(folder or ".") else set()
        return listings[folder]

    for path in paths:
        for name in (path, _unescaped(path)):
            file = os.path.join(root, name)
            folder, base = os.path.split(file)
            if base in listing(folder):
                yield name, file
                break
        else:
            raise DqkitError(f"{path}: no such file in {root}: `root` is the folder that the paths are relative to")


def _unescaped(path: str) -> str:
    r"""Undo `wellformed`.

    >>> _unescaped("caf\\xe9")
    'caf\udce9'
    """
    return re.sub(r"\\x([89a-f][0-9a-f])", lambda found: chr(0xDC00 + int(found[1], 16)), path)
