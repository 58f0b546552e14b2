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
    from dqkit.rule import Rule
    from dqkit.text import Document


def report(
    rules: Sequence[Rule],
    records: Iterable[FileRecord],
    problems: Iterable[tuple[int, Problem]],
    pairs: Iterable[PairRecord],
    ran_on: Counter[int],
    fail_on: str,
    find: Callable[[str], Source],
) -> Report:
    """Make a report of what was found, a rule named by its index; `find` gives a file by path or raises OSError."""
    findings = stamp(_stamped(rules, _complete(problems, find)))
    counted = Counter(finding.rule for finding in findings)
    return Report(
        findings,
        tuple(sorted(records)),
        tuple(pairs),
        tuple(RuleRecord(r.id, r.check_name, r.severity, ran_on[i], counted[r.id]) for i, r in enumerate(rules)),
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
