"""Runs the tests inside rules, and says whether they show what a rule does: that it fires, is silent, and is needed."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dqkit.corpus import Corpus, Source, collect
from dqkit.engine import run
from dqkit.errors import DqkitError
from dqkit.place import shorten
from dqkit.record import NamedTuple
from dqkit.settings import Settings
from dqkit.stage import runs_here, table_judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dqkit.place import Place
    from dqkit.rules.file import RuleBook
    from dqkit.rules.grammar import Case, Draft
    from dqkit.rules.rule import Rule

STATUSES = ("passed", "failed", "known miss")


class Outcome(NamedTuple):
    """How one test ended: what it expects that was not found, and what was found that it does not expect."""

    case: Case
    status: str
    missed: tuple[Mapping[str, Any], ...]
    unexpected: tuple[Place, ...]


class Result(NamedTuple):
    """How the tests of one rule ended, and what is wrong with them as a whole."""

    rule: str
    file: str
    line: int
    outcomes: tuple[Outcome, ...]
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every test did, and they show what they must."""
        return not self.faults and all(outcome.status != "failed" for outcome in self.outcomes)


def results(books: Sequence[RuleBook]) -> Iterator[Result]:
    """Test each rule that some rule files write themselves, that is not off and whose needs are installed, in order.

    Raises:
        DqkitError: a test has no seed file among its files.
    """
    for book in books:
        for draft in book.drafts.values():
            if draft.id in book.own and draft.severity != "off" and runs_here(draft.rule()):
                yield _result(book, draft)


def _result(book: RuleBook, draft: Draft) -> Result:
    rule = draft.rule()
    outcomes = tuple(outcome(case, rule, book.path) for case in draft.cases)
    promises = [one.case for one in outcomes if not one.case.todo]
    firing = [case for case in promises if case.expect]
    shown = [one.case for one in outcomes if one.status == "passed" and one.case.expect]
    faults = []
    if not firing:
        faults.append("no test in which it fires")
    if len(firing) == len(promises):
        faults.append("no test in which it is silent")
    others = [other.rule() for other in book.drafts.values() if other.id != draft.id and other.severity != "off"]
    others = [other for other in others if runs_here(other)]
    if shown and not any(_needs(case, rule, others, book.path) for case in shown):
        faults.append("it is not needed: other rules of the file report the same places in each test in which it fires")
    return Result(draft.id, book.path, int(draft.at.rpartition(":")[2]), outcomes, tuple(faults))


def outcome(case: Case, rule: Rule, file: str) -> Outcome:
    """Hold what a rule finds in a test's files against what the test expects.

    Raises:
        DqkitError: there is no seed file among them; `file` is the rule file, for the message.
    """
    missed, unexpected = _compare(case.expect, found(case, [rule], file))
    same = not (missed or unexpected)
    status = "failed" if same == case.todo else "known miss" if case.todo else "passed"
    return Outcome(case, status, missed, unexpected)


def found(case: Case, rules: Sequence[Rule], file: str) -> list[Place]:
    """Give the places that some rules find in a test's files, in order; a lone text has no name for globs to match."""
    if not case.whole:
        rules = [rule._replace(files=(), languages=(), overrides=()) for rule in rules]
    rules = [rule._replace(severity="warning") if rule.severity == "off" else rule for rule in rules]
    with _corpus(case, file) as corpus:
        return [finding.at for finding in run(corpus, rules, identify=False, table=table_judge(rules)).findings]


@contextmanager
def _corpus(case: Case, file: str) -> Iterator[Corpus]:
    if not case.whole:
        yield Corpus(tuple(Source(path, path, (), raw) for path, raw in case.files), ())
        return
    with tempfile.TemporaryDirectory(prefix="dqkit-") as folder:
        for path, raw in case.files:
            name = os.path.join(folder, *path.split("/"))
            try:
                os.makedirs(os.path.dirname(name), exist_ok=True)
                with open(name, "wb") as stream:
                    stream.write(raw)
            except (OSError, UnicodeEncodeError) as error:
                raise DqkitError(f"{file}:{case.line}: the test's file {path!r} cannot be written: {error}") from None
        try:
            corpus = collect([folder], Settings(folder))
        except DqkitError:
            raise DqkitError(f"{file}:{case.line}: the test has no seed file, such as text.txt") from None
        yield corpus


def _compare(
    wanted: Sequence[Mapping[str, Any]], places: Sequence[Place]
) -> tuple[tuple[Mapping[str, Any], ...], tuple[Place, ...]]:
    """Pair what is expected with what was found, as many as can be, and give both remainders."""
    taken: dict[int, int] = {}

    def take(index: int, tried: set[int]) -> bool:
        for number, place in enumerate(places):
            if number not in tried and _meets(place, wanted[index]):
                tried.add(number)
                if number not in taken or take(taken[number], tried):
                    taken[number] = index
                    return True
        return False

    missed = tuple(one for index, one in enumerate(wanted) if not take(index, set()))
    return missed, tuple(place for number, place in enumerate(places) if number not in taken)


def _meets(place: Place, wanted: Mapping[str, Any]) -> bool:
    return all(getattr(place, key) == (shorten(value) if key == "quote" else value) for key, value in wanted.items())


def _needs(case: Case, rule: Rule, others: Sequence[Rule], file: str) -> bool:
    """Tell whether a test shows that a rule is needed: with the rule off, not all of its places are found."""
    return not others or not set(found(case, [rule], file)) <= set(found(case, others, file))
