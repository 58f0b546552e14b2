"""Options far from what anybody means: a check may find nothing, or too much, and never breaks a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dqkit import checks
from dqkit.rules.option import options
from dqkit.rules.rule import rule_for
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from dqkit.finding import Report

ODD = {int: (0, -1, 10**9), float: (0.0, -1.0, 2.0, float("inf"), float("nan"))}


@pytest.mark.parametrize("name", [name for name in checks.names() if options(checks.load(name))])
def test_no_number_breaks_a_check(name: str, check_folder: Callable[..., Report]) -> None:
    kind = checks.load(name)
    folders = sorted((ROOT / "fixtures" / name).iterdir())[:3]
    for option in options(kind):
        for value in ODD.get(option.kind, ()):
            rule = rule_for(kind(**{option.name: value}))
            for folder in folders:
                assert check_folder(folder, [rule]).rules[0].id == name
