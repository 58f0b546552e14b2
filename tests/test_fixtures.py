"""Each check against its cases: `fixtures/<check>/<case>/` holds files, and in expect.txt what must be found in them.

A line that begins with `todo ` is a known miss: it fails the day it is found, so that it becomes a promise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dqkit import checks
from dqkit.place import printable
from dqkit.rules.file import load
from dqkit.rules.rule import rule_for
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dqkit.finding import Finding, Report

FIXTURES = ROOT / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/*/expect.txt"))


def shown(finding: Finding) -> str:
    at = finding.at
    quote = printable(at.quote if len(at.quote) <= 60 else at.quote[:59] + "…")
    related = "".join(f" [{place.path}:{place.line}-{place.end_line}]" for place in finding.related)
    return (
        f"{at.path}:{at.line}:{at.column}-{at.end_line}:{at.end_column} “{quote}” {printable(finding.message)}{related}"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_gives_what_it_expects(
    case: Path, check_folder: Callable[..., Report], request: pytest.FixtureRequest
) -> None:
    rules = case / "rules.yaml"
    chosen = load([str(rules)]) if rules.exists() else (rule_for(checks.load(case.parent.name)()),)
    report = check_folder(case, chosen)
    found = [shown(finding) for finding in report.findings]
    lines = (case / "expect.txt").read_text("utf-8").splitlines()
    missed = [line.removeprefix("todo ") for line in lines if line.startswith("todo ")]
    if request.config.getoption("--golden"):
        kept = [f"todo {line}" for line in missed if line not in found]
        (case / "expect.txt").write_text("".join(f"{line}\n" for line in [*found, *kept]), "utf-8")
        return

    assert found == [line for line in lines if not line.startswith("todo ")]
    assert not set(missed) & set(found), "a known miss is found: make it a promise"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_the_name_of_a_case_says_whether_it_finds(case: Path) -> None:
    finds = any(not line.startswith("todo ") for line in (case / "expect.txt").read_text("utf-8").splitlines())

    assert case.name.startswith(("finds-", "clean-", "looks-guilty-"))
    assert finds == case.name.startswith("finds-")
