"""Concludes a run: problems get the words of their places and the stamp of their rule, and become the report."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from dqkit.finding import Report, RuleRecord, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dqkit.corpus import Source
    from dqkit.finding import FileRecord, PairRecord, Problem
    from dqkit.place import Place
    from dqkit.rules.rule import Rule
    from dqkit.seed.text import Document


def report(
    rules: Sequence[Rule],
    records: Iterable[FileRecord],
    problems: Iterable[tuple[int, Problem]],
    pairs: Iterable[PairRecord],
    ran_on: Counter[int],
    fail_on: str,
    find: Callable[[str], Source],
    skipped: Iterable[tuple[Rule, str]] = (),
) -> Report:
    """Make a report of what was found, a rule named by its index.

    `find` gives a file by path or raises OSError. `skipped` are the rules that did not run, each beside the reason.
    """
    findings = stamp(_stamped(rules, _complete(problems, find)))
    found = Counter(finding.rule for finding in findings)
    ran = [RuleRecord(r.id, r.check_name, r.severity, ran_on[i], found[r.id], r.family) for i, r in enumerate(rules)]
    left = [RuleRecord(r.id, r.check_name, r.severity, 0, 0, r.family, reason) for r, reason in skipped]
    return Report(
        findings,
        tuple(sorted(records)),
        tuple(pairs),
        (*ran, *left),
        fail_on,
    )


def _complete(problems: Iterable[tuple[int, Problem]], find: Callable[[str], Source]) -> Iterable[tuple[int, Problem]]:
    """Read back the words of places that a judge, who sees no document, could name by their lines alone."""

    @lru_cache(maxsize=64)
    def document(path: str) -> Document | None:
        try:
            return find(path).document()
        except OSError:
            return None

    def whole(place: Place) -> Place:
        if place.end_column:
            return place
        found = document(place.path)
        return found.complete(place) if found else place._replace(end_column=1)

    for index, problem in sorted(problems, key=lambda numbered: numbered[1].at.path):
        yield index, problem._replace(at=whole(problem.at), related=tuple(map(whole, problem.related)))


def _stamped(
    rules: Sequence[Rule], problems: Iterable[tuple[int, Problem]]
) -> Iterable[tuple[Problem, str, str, str, str, str]]:
    for index, problem in problems:
        rule = rules[index].at(problem.at.path)
        if rule.severity != "off":
            yield problem, rule.id, rule.check_name, rule.family, rule.severity, rule.why
