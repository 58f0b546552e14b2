"""Which rules run now: those of stage `corpus` need the whole corpus, expectations need Great Expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.errors import DqkitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.finding import Problem
    from dqkit.rules.rule import Rule
    from dqkit.table import Judge, Row

GET = "pip install 'dqkit[gx]'"
WHOLE = "only the whole corpus shows it: name a folder, or no path"
MISSING = f"it needs Great Expectations: {GET}"


def divide(rules: Iterable[Rule], whole: bool) -> tuple[tuple[Rule, ...], tuple[tuple[Rule, str], ...]]:
    """Tell the rules that run from those that do not, each beside the reason; `whole`: a whole corpus is checked.

    Raises:
        DqkitError: a rule that is not optional needs Great Expectations, and it is not installed.
    """
    run: list[Rule] = []
    skipped: list[tuple[Rule, str]] = []
    lacking: list[str] = []
    present: bool | None = None
    for rule in rules:
        if rule.stage == "corpus" and not whole:
            skipped.append((rule, WHOLE))
            continue
        if rule.scope == "table":
            present = _installed() if present is None else present
            if not present:
                skipped.append((rule, MISSING))
                lacking += [] if rule.optional else [rule.id]
                continue
        run.append(rule)
    if lacking:
        names = ",".join(lacking)
        raise DqkitError(
            f"{', '.join(lacking)}: needs Great Expectations: {GET}; or leave it out with --ignore {names}, "
            "or give the rule `optional: true`"
        )
    return tuple(run), tuple(skipped)


def runs_here(rule: Rule) -> bool:
    """Tell whether what a rule needs is installed."""
    return rule.scope != "table" or _installed()


def _installed() -> bool:
    from dqkit.rules.expectation import installed

    return installed()


def table_judge(rules: Iterable[Rule]) -> Judge | None:
    """Give what holds the corpus table against expectations; None where no rule asks for it, and nothing is loaded."""
    return _judge if any(rule.scope == "table" for rule in rules) else None


def _judge(rules: Sequence[Rule], rows: Sequence[Row]) -> Iterable[tuple[int, Problem]]:
    from dqkit.gx.judge import judge  # loads Great Expectations, about 3 s

    return judge(rules, rows)
