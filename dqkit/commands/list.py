"""List the checks there are, the packs a rule file may extend, or the rules that would run here."""

from __future__ import annotations

import os
import sys
from itertools import groupby
from typing import TYPE_CHECKING

from dqkit import checks
from dqkit.check import FAMILIES, manual
from dqkit.rules import packs
from dqkit.rules.file import load, rule_paths
from dqkit.settings import find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

HELP = "list checks, packs or rules"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("what", choices=("checks", "packs", "rules"))
    parser.add_argument(
        "--rules", action="append", metavar="PATH", help="a rule file or a folder of them; may be given again"
    )


def run(arguments: Namespace) -> int:
    """Print the list."""
    if arguments.what == "packs":
        lines: Iterable[str] = packs.references()
    else:
        lines = _checks() if arguments.what == "checks" else _rules(arguments.rules)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _checks() -> Iterator[str]:
    kinds = [(checks.load(name), name) for name in checks.names()]
    for family, members in groupby(
        sorted(kinds, key=lambda k: (FAMILIES.index(k[0].family), k[1])), key=lambda k: k[0].family
    ):
        yield family
        for kind, name in members:
            yield f"  {name:24} {manual(kind)['what']}"


def _rules(given: list[str] | None) -> Iterator[str]:
    for rule in load(rule_paths(given, find(os.getcwd()))):
        files = f"  files: {', '.join(rule.files)}" if rule.files else ""
        languages = f"  languages: {', '.join(rule.languages)}" if rule.languages else ""
        check = f"  ({rule.check_name})" if rule.check_name != rule.id else ""
        yield f"{rule.severity:8} {rule.id}{check}{files}{languages}"
        for globs, severity, options in rule.overrides:
            changed = " ".join(filter(None, (severity, *(f"{name}={value}" for name, value in options))))
            yield f"{'':8}   in {', '.join(globs)}: {changed}"
