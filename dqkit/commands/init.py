"""Set a folder up: settings, a pre-commit hook and a CI job, made from what is in it. Nothing is overwritten."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from itertools import groupby
from string import Template
from typing import TYPE_CHECKING

from dqkit import __version__
from dqkit.errors import DqkitError
from dqkit.place import printable
from dqkit.reports.account import plural
from dqkit.rules.file import load
from dqkit.rules.packs import EDITION
from dqkit.rules.rule import default_folder
from dqkit.settings import NAMES
from dqkit.stage import divide, table_judge
from dqkit.survey import Survey, examine, propose, survey

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from dqkit.finding import Report
    from dqkit.survey import Proposal

HELP = "set a folder up: settings, hook, CI"
RULES = "expectations/rules.yaml"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="default: the working folder")
    parser.add_argument(
        "--from-corpus",
        action="store_true",
        help="check the seed files, and write a rule file that says of each rule what it finds today",
    )


def run(arguments: Namespace) -> int:
    """Write what is missing, and say what was left alone."""
    folder = arguments.folder
    if not os.path.isdir(folder):
        raise DqkitError(f"{printable(folder)}: no such folder")
    found = survey(folder)
    if not found.folders:
        raise DqkitError(
            f"{printable(folder)}: no text files in it (*.txt, *.md and the like): put some seeds there first"
        )
    parts = _parts(folder, found)
    if arguments.from_corpus:
        rules = load([default_folder()])
        chosen, _ = divide(rules, whole=True)
        report = examine(folder, found, chosen, table_judge(chosen))
        parts[RULES] = "\n".join(_rules(report, propose(report, rules))) + "\n"
    for name, text in parts.items():
        _put(folder, name, text)
    if arguments.from_corpus and report.findings:
        count = plural(len(report.findings), "finding")
        sys.stdout.write(f"{count} today: `dqkit baseline write` makes them known, so that only new ones fail\n")
    return 0


def _parts(folder: str, found: Survey) -> dict[str, str]:
    """Give the text of each file that belongs to a set-up, by its name."""
    names = [name for name, _ in found.folders]
    seen = ", ".join(f"{plural(count, 'file')} in {printable(name)}" for name, count in found.folders)
    globs = [f"*{ending}" for ending, _ in found.extensions]
    values = {
        "version": __version__,
        "paths": _flow(names),
        "seen": seen,
        "include": _flow(globs),
        "extensions": ", ".join(f"{count:,} *{ending}" for ending, count in found.extensions),
        "exclude": _flow(list(found.about)),
        "about": f"  # {plural(len(found.about), 'file')} about the folder" if found.about else "",
        "attributes": "\n".join(f"{glob} -text" for glob in (globs if "." in names else map(_inside, names))),
    }
    hook = ".github/workflows/dqkit.yml"
    parts = {
        "dqkit.yaml": "dqkit.yaml",
        ".pre-commit-config.yaml": "pre-commit.yaml",
        **({".gitlab-ci.yml": "gitlab.yaml"} if _is_gitlab(folder) else {hook: "github.yaml"}),
        ".gitattributes": "gitattributes",
    }
    return {name: Template(_template(source)).substitute(values) for name, source in parts.items()}


def _flow(words: list[str]) -> str:
    """Write a YAML list on one line."""
    return json.dumps(words, ensure_ascii=False)


def _inside(name: str) -> str:
    """Write a folder's files for .gitattributes, which wants quotation marks around white space."""
    return json.dumps(f"{name}/**", ensure_ascii=False) if re.search(r"\s", name) else f"{name}/**"


def _is_gitlab(folder: str) -> bool:
    """Tell whether the folder's repository lives on GitLab, by what is there and by git's configuration."""
    if os.path.exists(os.path.join(folder, ".gitlab-ci.yml")):
        return True
    return "gitlab" in _read(os.path.join(folder, ".git", "config"))


def _template(name: str) -> str:
    return _read(os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "init", name))


def _read(path: str) -> str:
    """Read a file; one that is not there or cannot be read says nothing."""
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return stream.read()
    except OSError:
        return ""


def _rules(report: Report, proposals: tuple[Proposal, ...]) -> Iterator[str]:
    """Write a rule file that names every rule with its count."""
    languages = Counter(record.language or "unknown" for record in report.files if record.status == "checked")
    told = ", ".join(f"{name} {count:,}" for name, count in sorted(languages.items(), key=lambda i: (-i[1], i[0])))
    checked = report.count_files("checked")
    yield f"# What the default rules find in {plural(checked, 'seed file')} ({told})"
    yield f"# and {plural(len(report.pairs), 'pair')} of a text and its translation."
    yield "# Set a severity to error, warning, info or off."
    yield "dqkit: 1"
    yield "extends:"
    yield f"  - dqkit:all@{EDITION}"
    yield "rules:"
    for family, group in groupby(proposals, key=lambda proposal: proposal.rule.family):
        yield f"  # {family}"
        for proposal in group:
            yield from _rule(proposal, checked)


def _rule(proposal: Proposal, checked: int) -> Iterator[str]:
    rule = proposal.rule
    count = f"{plural(proposal.findings, 'finding')} in {proposal.files:,} of {plural(checked, 'file')}"
    yield f"  - id: {rule.id}  # {count if proposal.findings else 'nothing found'}"
    habit = f"  # {rule.severity} by default: a habit of this corpus" if proposal.severity != rule.severity else ""
    yield f"    severity: {proposal.severity}{habit}"


def _put(folder: str, name: str, text: str) -> None:
    """Write a file that is not there, and say so; of one that is there, show what it could have held."""
    path = os.path.join(folder, name)
    taken = _taken(folder, name)
    if taken:
        sys.stdout.write(f"left alone: {taken}\n")
        if name not in (RULES, "dqkit.yaml") and "dqkit" not in _read(os.path.join(folder, taken)):
            sys.stdout.write("what it could hold:\n")
            sys.stdout.write("".join(f"    {line}\n" for line in text.splitlines() if not line.startswith("#")))
        return
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise DqkitError(f"{printable(path)}: cannot be written: {error.strerror}") from None
    sys.stdout.write(f"wrote {printable(name)}\n")


def _taken(folder: str, name: str) -> str:
    """Name what already stands where a file would: itself, or another one that says the same things."""
    others: tuple[str, ...] = (name,)
    if name == "dqkit.yaml":
        others = NAMES
        if "[tool.dqkit]" in _read(os.path.join(folder, "pyproject.toml")):
            return "pyproject.toml"
    elif name == RULES:
        others = (name, os.path.dirname(name))
    elif name == ".pre-commit-config.yaml":
        others = (name, ".pre-commit-config.yml")
    return next((other for other in others if os.path.lexists(os.path.join(folder, other))), "")
