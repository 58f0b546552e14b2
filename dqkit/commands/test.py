"""Run the tests inside rules: each rule must fire, be silent and be needed. Exit code 1 where one does not."""

from __future__ import annotations

import json
import os
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dqkit import __version__
from dqkit.place import printable
from dqkit.reports.account import plural
from dqkit.rules.file import books, rule_paths
from dqkit.rules.mutation import Survivor, survivors
from dqkit.rules.trial import Result, results
from dqkit.settings import find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Mapping

    from dqkit.place import Place
    from dqkit.rules.trial import Outcome

FORMAT = 1
HELP = "run the tests inside rules"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="rule files and folders of them (default: those `check` takes)")
    add(
        "--mutate",
        action="store_true",
        help="also change each option, and list what no test notices",
    )
    add("--json", action="store_true", help="write JSON")


def run(arguments: Namespace) -> int:
    """Test the rules, print what failed, and give the exit code."""
    read = books(rule_paths(arguments.paths, find(os.getcwd())))
    tested = list(results(read))
    count, surviving = survivors(read) if arguments.mutate and all(one.passed for one in tested) else (0, [])
    named = [one for one in surviving if one.named]
    passed = all(one.passed for one in tested) and not named
    if arguments.json:
        report = {
            "dqkit": FORMAT,
            "version": __version__,
            "passed": passed,
            "rules": [_result(one) for one in tested],
            "mutants": count,
            "survivors": [{**one._asdict(), "file": printable(one.file)} for one in surviving],
        }
        sys.stdout.write(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    else:
        lines = [*_failures(tested), *_survivors(named), *_defaults(surviving), _summary(tested)]
        if arguments.mutate:
            skipped = "; mutants wait until all tests pass" if not all(one.passed for one in tested) else ""
            lines.append(f"{plural(count, 'mutant')}, {plural(len(surviving), 'survivor')}{_where(surviving)}{skipped}")
        sys.stdout.write("\n".join(lines) + "\n")
    return 0 if passed else 1


def _result(result: Result) -> dict[str, Any]:
    return {
        "file": printable(result.file),
        "line": result.line,
        "rule": result.rule,
        "passed": result.passed,
        "faults": result.faults,
        "tests": [
            {
                "name": one.case.name,
                "line": one.case.line,
                "status": one.status,
                "missed": one.missed,
                "unexpected": [_shape(place) for place in one.unexpected],
            }
            for one in result.outcomes
        ],
    }


def _shape(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column, "quote": printable(place.quote)}


def _failures(tested: list[Result]) -> Iterator[str]:
    for file, members in groupby((one for one in tested if not one.passed), key=lambda one: one.file):
        yield printable(file)
        for result in members:
            yield f"  {result.line}: {result.rule}"
            yield from (f"    {fault}" for fault in result.faults)
            yield from (f"    {line}" for one in result.outcomes if one.status == "failed" for line in _failed(one))


def _failed(outcome: Outcome) -> Iterator[str]:
    head = f"{outcome.case.line}: {printable(outcome.case.name)}: "
    if outcome.case.todo:
        yield f"{head}a known miss is found: remove `todo`"
    for wanted in outcome.missed:
        yield f"{head}not found: {_words(wanted)}"
    for place in outcome.unexpected:
        yield f"{head}found and not expected: {_words(_shape(place))}"


def _words(place: Mapping[str, Any]) -> str:
    path = f"{printable(place['path'])}:" if place.get("path") else ""
    column = f":{place['column']}" if "column" in place else ""
    quote = f" “{printable(place['quote'])}”" if "quote" in place else ""
    return f"{path}{place['line']}{column}{quote}"


def _survivors(surviving: list[Survivor]) -> Iterator[str]:
    for one in surviving:
        yield f"{printable(one.file)}:{one.line}: {one.rule}: no test notices {one.change}"


def _defaults(surviving: list[Survivor]) -> Iterator[str]:
    """List what no test notices of the options that a rule leaves at their defaults, a line a rule."""
    left = [one for one in surviving if not one.named]
    for (file, line, rule), members in groupby(left, key=lambda one: (one.file, one.line, one.rule)):
        changes = ", ".join(one.change for one in members)
        yield f"{printable(file)}:{line}: {rule}: by default, no test notices {changes}"


def _where(surviving: list[Survivor]) -> str:
    """Say how many survivors are about defaults, which fail nothing."""
    left = sum(not one.named for one in surviving)
    return f", {left:,} of them about defaults" if left else ""


def _summary(tested: list[Result]) -> str:
    outcomes = [one for result in tested for one in result.outcomes]
    failed = sum(not result.passed for result in tested)
    known = sum(one.status == "known miss" for one in outcomes)
    ending = f", {known} of them known to miss" if known else ""
    return f"{plural(len(tested), 'rule')}, {plural(len(outcomes), 'test')}{ending}: " + (
        f"{plural(failed, 'rule')} failed" if failed else "all passed"
    )
