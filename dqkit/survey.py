"""What a folder holds that dqkit could check: where the seed files are, and what the default rules find in them."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from dqkit.corpus import collect
from dqkit.record import NamedTuple
from dqkit.rules.rule import matches
from dqkit.settings import INCLUDE, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dqkit.finding import Report
    from dqkit.rules.rule import Rule
    from dqkit.table import Judge

ABOUT = ("README*", "LICENSE*", "LICENCE*", "CHANGELOG*", "CONTRIBUTING*", "CODE_OF_CONDUCT*", "NOTICE*", "SECURITY*",
         "requirements*.txt", "CMakeLists.txt", "robots.txt")  # fmt: skip
"""Files that look like seed files and are about their folder."""
NO_SEEDS = ("node_modules", "venv", "env", "site-packages", "__pycache__", "build", "dist", "docs", "test", "tests")
"""Folders of programs and their papers; what lies in them is taken for no seed unless there is nothing else."""
HABIT = 0.5
"""Share of the files, 0 to 1, from which a milder finding is a habit of the corpus rather than a slip."""
LEAST_FILES = 10
"""Files a corpus must have to have habits."""


class Survey(NamedTuple):
    """Where the seed files of a folder are."""

    folders: tuple[tuple[str, int], ...]
    """Folders at the top and how many seed files each has, the fullest first; "." for the folder itself."""
    extensions: tuple[tuple[str, int], ...]
    """Endings such as ".txt" and how many seed files have each, the commonest first."""
    about: tuple[str, ...]
    """Paths of files that are about the folder."""


def survey(folder: str) -> Survey:
    """Look for seed files in a folder and all that is in it, hidden folders left out."""
    paths = _files(folder)
    about = {path for path in paths if matches(os.path.basename(path), ABOUT) and path.isprintable()}
    seeds = [(_top(path), path) for path in paths if path not in about]
    wanted = {top for top, _ in seeds if top not in NO_SEEDS} or {top for top, _ in seeds}
    kept = [(top, path) for top, path in seeds if top in wanted]
    extensions = Counter(os.path.splitext(path)[1] for _, path in kept)
    return Survey(_ordered(Counter(top for top, _ in kept)), _ordered(extensions), tuple(sorted(about)))


def _top(path: str) -> str:
    """Name the folder at the top that a path lies in; "." where there is none, or none that a file can name."""
    top = path.partition("/")[0] if "/" in path else "."
    return top if top.isprintable() else "."


def _files(folder: str) -> list[str]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in NO_SEEDS[:5])
        prefix = os.path.relpath(place, folder).replace(os.sep, "/")
        found += [
            name if prefix == "." else f"{prefix}/{name}"
            for name in sorted(names)
            if not name.startswith(".") and matches(name, INCLUDE)
        ]
    return found


def _ordered(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def examine(folder: str, found: Survey, rules: Sequence[Rule], table: Judge | None = None) -> Report:
    """Hold the seed files of a folder against rules, those on the corpus table where `table` judges them.

    Raises:
        DqkitError: there are none.
    """
    from dqkit.engine import run

    settings = Settings(os.path.abspath(folder), exclude=found.about)
    return run(collect([os.path.join(folder, name) for name, _ in found.folders], settings), rules, table=table)


class Proposal(NamedTuple):
    """A rule as it could stand in a rule file, and what it finds today."""

    rule: Rule
    findings: int
    files: int
    severity: str
    """The one proposed: milder than the rule's own where what it finds is a habit of the corpus."""


def propose(report: Report, rules: Sequence[Rule]) -> tuple[Proposal, ...]:
    """Propose each rule with the count of what it finds, in the order given."""
    checked = report.count_files("checked")
    proposals = []
    for rule in rules:
        found = [finding for finding in report.findings if finding.rule == rule.id]
        files = len({finding.at.path for finding in found})
        habit = rule.severity == "warning" and checked >= LEAST_FILES and files >= HABIT * checked
        proposals.append(Proposal(rule, len(found), files, "info" if habit else rule.severity))
    return tuple(proposals)
