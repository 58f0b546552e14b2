"""Checks as functions, for tests and measurements: what a check sees in some bytes, and a report on a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit import checks
from dqkit.check import FileCheck
from dqkit.corpus import collect
from dqkit.engine import run
from dqkit.rules.file import load
from dqkit.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.finding import Problem, Report
    from dqkit.seed.text import Document


def problems(document: Document, names: Iterable[str]) -> Iterator[tuple[str, Problem]]:
    """Give what single-file checks, named as in `dqkit list checks`, see in a document, with their default options.

    >>> from dqkit.seed.text import Document
    >>> [(name, str(problem.at)) for name, problem in problems(Document("a.txt", b"No end"), ["missing-final-newline"])]
    [('missing-final-newline', 'a.txt:1:7')]

    Raises:
        TypeError: A check looks at several files together; `report` runs it.
    """
    for name in names:
        check = checks.load(name)()
        if not isinstance(check, FileCheck):
            raise TypeError(f"{name} looks at several files together")
        if not check.when or getattr(document, check.when):
            for problem in check.find(document):
                yield name, problem


def report(folder: str, rules: Iterable[str], names: Iterable[str]) -> Report:
    """Check all files under a folder by those rules of some rule files that use one of the checks named."""
    wanted = frozenset(names)
    chosen = tuple(rule for rule in load(list(rules)) if rule.check_name in wanted)
    return run(collect([folder], Settings(folder)), chosen)
