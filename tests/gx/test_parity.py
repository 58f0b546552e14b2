"""Both ways give one verdict: the engine alone, and the engine behind expectations in a Checkpoint."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from dqkit.corpus import Corpus, collect
from dqkit.engine import run
from dqkit.finding import SEVERITIES
from dqkit.gx import metric
from dqkit.gx.expectations import expectation_of
from dqkit.gx.frame import NOT_EMPTY, frame
from dqkit.gx.judge import judge
from dqkit.gx.report import failing
from dqkit.gx.run import new_context, rule_id, run_checkpoint, severity
from dqkit.gx.suite import expectations
from dqkit.settings import Settings
from tests.conftest import ROOT
from tests.gx.conftest import EXCLUDE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dqkit.finding import Report
    from dqkit.rules.rule import Rule
    from dqkit.table import Row


class Direct:
    """What the engine says of a corpus, and the corpus as a table."""

    def __init__(self, folder: str, rules: Sequence[Rule]) -> None:
        self.folder = folder
        self.corpus: Corpus = collect([str(ROOT / folder)], Settings(str(ROOT), exclude=EXCLUDE))
        self.rows: list[Row] = []

        def table(chosen: Sequence[Rule], rows: Sequence[Row]) -> Any:
            self.rows.extend(rows)
            return judge(chosen, rows)

        self.report: Report = run(self.corpus, [NOT_EMPTY, *rules], table=table)


@pytest.fixture(scope="module", params=["seeds", "fixtures"])
def direct(request: pytest.FixtureRequest, default_rules: tuple[Rule, ...]) -> Direct:
    return Direct(request.param, default_rules)


CALLS: list[int] = []
"""How many rules the engine was given, each time that Great Expectations had it run."""


@pytest.fixture(scope="module")
def results(direct: Direct, default_rules: tuple[Rule, ...]) -> list[Any]:
    def counted(corpus: Corpus, rules: Sequence[Rule], **options: Any) -> Report:
        CALLS.append(len(rules))
        return run(corpus, rules, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(metric, "run", counted)
        CALLS.clear()
        done = run_checkpoint(new_context(), expectations(default_rules), frame(direct.rows, default_rules))
        return list(done.results)


def test_the_engine_runs_once_a_checkpoint(results: list[Any], default_rules: tuple[Rule, ...]) -> None:
    checks = [rule for rule in default_rules if rule.scope != "table"]

    assert len(results) == len(default_rules) + 1
    assert [len(checks)] == CALLS


def test_every_rule_has_one_verdict(direct: Direct, results: list[Any], default_rules: tuple[Rule, ...]) -> None:
    found = Counter(finding.rule for finding in direct.report.findings)

    assert {rule_id(result): result.success for result in results} == {
        rule.id: not found[rule.id] for rule in (NOT_EMPTY, *default_rules)
    }
    assert found, "a corpus without a fault compares nothing"


def test_the_findings_are_the_same_to_the_letter(direct: Direct, results: list[Any]) -> None:
    from dqkit.reports.json import finding_data

    for result in results:
        details = result.result.get("details") or {}
        if "finding_count" in details:
            mine = [finding_data(finding) for finding in direct.report.findings if finding.rule == rule_id(result)]
            assert details["finding_count"] == len(mine)
            assert details["findings"] == mine[:200]


def test_the_files_that_failed_are_the_same(direct: Direct, results: list[Any]) -> None:
    compared = 0
    table = {row.path for row in direct.rows}  # a manifest has no row: what is found there is told without one
    for result in results:
        if listed := result.result.get("unexpected_index_list"):
            paths = {f.at.path for f in direct.report.findings if f.rule == rule_id(result)} & table
            if result.expectation_config.type.startswith("expect_no_"):
                assert {entry["path"] for entry in listed} == paths
                compared += 1
    assert compared > 10


@pytest.mark.parametrize("fail_on", [*SEVERITIES, "none"])
def test_the_gate_stands_at_the_same_severity(direct: Direct, results: list[Any], fail_on: str) -> None:
    class Validation:
        def __init__(self) -> None:
            self.results = results

    assert failing([Validation()], fail_on) == (not direct.report._replace(fail_on=fail_on).passed)


def test_severities_are_those_of_the_rules(results: list[Any], default_rules: tuple[Rule, ...]) -> None:
    known = {rule.id: rule.severity for rule in (NOT_EMPTY, *default_rules)}

    assert {rule_id(result): severity(result) for result in results} == known


def test_mostly_is_a_share_of_the_files(
    direct: Direct, default_rules: tuple[Rule, ...], validate: Callable[..., list[Any]]
) -> None:
    shares = (0.5, 0.95, 1.0)
    rules = [rule for rule in default_rules if rule.scope == "file"]
    asked = [expectation_of(rule).copy(update={"mostly": mostly}) for rule in rules for mostly in shares]
    results = validate(frame(direct.rows), asked)
    bad = Counter(rule for rule, _ in {(finding.rule, finding.at.path) for finding in direct.report.findings})
    table = {row.path for row in direct.rows}
    outside = {finding.rule for finding in direct.report.findings if finding.at.path not in table}
    verdicts = {
        (rule_id(result), result.expectation_config.kwargs.get("mostly", 1)): result.success for result in results
    }

    assert verdicts == {
        (rule.id, mostly): 1 - bad[rule.id] / len(direct.rows) >= mostly - 1e-12 and rule.id not in outside
        for rule in rules
        for mostly in shares
    }


def test_mostly_asks_of_the_files_a_rule_is_for(validate: Callable[..., list[Any]]) -> None:
    from dqkit.gx import EXPECTATIONS, table

    kind = EXPECTATIONS["leftover-ui"]
    swedish, all_files = validate(
        table("seeds"), [kind(mostly=0.93, languages=["sv"], rule="sv"), kind(mostly=0.93, rule="all")]
    )

    assert not all_files.success  # 2 of 28 files
    assert not swedish.success  # 1 of 6
    relaxed, strict = validate(
        table("seeds"), [kind(mostly=share, files=["001_*", "lighthouse.*"]) for share in (0.8, 0.9)]
    )
    assert relaxed.success  # 1 of 6
    assert not strict.success
