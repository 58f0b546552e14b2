"""What the tests with Great Expectations share; without it they are not collected, and `nox -s gx` installs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dqkit import stage
from dqkit.rules.expectation import installed
from dqkit.rules.expectation import rule as expectation_rule
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dqkit.rules.rule import Rule

collect_ignore_glob = [] if installed() else ["test_*.py"]
EXCLUDE = ("expect.txt", "rules.yaml")
"""Files of the fixtures that are no seeds."""


@pytest.fixture(autouse=True)
def _with_great_expectations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "_installed", installed)
    monkeypatch.chdir(ROOT)


@pytest.fixture
def validate() -> Callable[..., list[Any]]:
    """Run expectations over a frame in memory, as one Checkpoint; give a result for each, in their order."""
    from dqkit.gx.run import new_context, run_checkpoint

    def run(frame: Any, expectations: Iterable[Any], actions: Iterable[Any] = ()) -> list[Any]:
        listed = list(expectations)
        results = run_checkpoint(new_context(), listed, frame, list(actions)).results
        order = {kind: number for number, kind in enumerate(_key(one.configuration) for one in listed)}
        return sorted(results, key=lambda result: order[_key(result.expectation_config)])

    return run


def _key(config: Any) -> str:
    kwargs = {name: value for name, value in config.kwargs.items() if name != "batch_id"}
    return f"{config.type} {sorted(kwargs.items(), key=str)}"


def table_rule(expectation: str, /, severity: str = "warning", **fields: Any) -> Rule:
    """Make a rule on the corpus table: `files`, `languages` and `id` are the rule's, all else is the expectation's."""
    own = {name: fields.pop(name) for name in ("files", "languages", "id") if name in fields}
    rule = expectation_rule(expectation, fields)._replace(severity=severity, reason="Why.")
    return rule._replace(**own)
