"""Show the results of an earlier run again, in any format, without checking again.

Texts are those the results carry (`dqkit check --output json=… --texts`), else the files, where they are unchanged.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from dqkit.commands.check import colored, output, save
from dqkit.place import printable
from dqkit.reports import FORMATS, Setting, render
from dqkit.reports.results import Shelf, read
from dqkit.settings import find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "show the results of an earlier run again"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("results", metavar="RESULTS.json", help="a JSON report, as `dqkit check --output json=FILE` writes it")
    add("--output", action="append", metavar="FORMAT[=FILE]", help=f"one of {', '.join(FORMATS)}; may be given again")
    add("--root", metavar="FOLDER", help="the folder its paths are relative to (default: that of the settings)")
    add("--quiet", "-q", action="store_true", help="print nothing but what --output asks for")
    add("--verbose", "-v", action="store_true", help="also say why each finding matters, and what was left out")
    add("--color", choices=("auto", "always", "never"), default="auto", help="colour the text report (default: auto)")


def run(arguments: Namespace) -> int:
    """Write the reports; 0, for nothing was checked."""
    outputs = [output(word) for word in arguments.output or ["text"]]
    results = read(arguments.results)
    shelf = Shelf(results, arguments.root or find(os.getcwd()).root)
    cached = lru_cache(maxsize=64)(shelf.read)
    for name, file in outputs:
        color = file is None and colored(arguments.color)
        setting = Setting(cached, color, arguments.verbose, missing=shelf.missing)
        if file is None:
            sys.stdout.write(render(name, results.report, setting))
            continue
        save(name, results.report, setting, file)
        if not arguments.quiet:
            sys.stderr.write(f"{name} report: {printable(file)}\n")
    return 0
