"""Run, export and show rules with Great Expectations: as one Suite and Checkpoint of a project that keeps results."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from dqkit.commands.check import output, prefix, write
from dqkit.commands.examine import chosen, paths_of, reader
from dqkit.corpus import collect
from dqkit.errors import DqkitError
from dqkit.gate.standing import files as gate_files
from dqkit.gate.standing import settle
from dqkit.place import printable
from dqkit.reports import FORMATS, Setting
from dqkit.settings import find
from dqkit.stage import GET

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from dqkit.settings import Settings

HELP = "run, export and show rules with Great Expectations"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the subcommands and their arguments."""
    what = parser.add_subparsers(title="what", metavar="WHAT", required=True, dest="what")
    running = what.add_parser("run", help="check as one Checkpoint, and keep its validation results")
    running.add_argument("paths", nargs="*", metavar="PATH", help="as for dqkit check")
    running.add_argument("--fail-on", choices=("error", "warning", "info", "none"), help="as for dqkit check")
    running.add_argument(
        "--output", action="append", metavar="FORMAT[=FILE]", help=f"one of {', '.join(FORMATS)}; may be given again"
    )
    running.add_argument("--baseline", metavar="FILE", help="as for dqkit check")
    running.add_argument("--no-baseline", action="store_true", help="as for dqkit check")
    running.add_argument("--today", metavar="DATE", help="as for dqkit check")
    running.add_argument("--quiet", "-q", action="store_true", help="print nothing but what --output asks for")
    running.add_argument("--verbose", "-v", action="store_true", help="also say why each finding matters")
    running.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colour the text report")
    exporting = what.add_parser("export", help="write the rules as the JSON of a suite")
    exporting.add_argument("--output", metavar="FILE", help="where to (default: the terminal)")
    showing = what.add_parser("docs", help="write pages of all suites and results that a project keeps")
    showing.add_argument("--output", metavar="FOLDER", default="gx-docs", help="where to (default: gx-docs)")
    for command in (running, exporting):
        command.add_argument("--rules", action="append", metavar="PATH", help="as for dqkit check")
        command.add_argument("--select", action="append", metavar="NAMES", help="as for dqkit check")
        command.add_argument("--ignore", action="append", metavar="NAMES", help="as for dqkit check")
    for command in (running, showing):
        command.add_argument(
            "--project", metavar="FOLDER", help="where its folder gx/ is or is made (default: that of the settings)"
        )


def run(arguments: Namespace) -> int:
    """Run a subcommand and give its exit code."""
    from dqkit.rules.expectation import installed

    if not installed():
        raise DqkitError(f"dqkit gx needs Great Expectations: {GET}")
    settings = find(os.getcwd())
    if arguments.what == "run":
        return _run(arguments, settings)
    if arguments.what == "export":
        return _export(arguments, settings)
    from dqkit.gx.docs import build

    pages = build(arguments.project or settings.root, arguments.output)
    sys.stdout.write(f"{pages} pages: {printable(os.path.join(arguments.output, 'index.html'))}\n")
    return 0


def _run(arguments: Namespace, settings: Settings) -> int:
    outputs = [output(word) for word in arguments.output or ["text"]]
    where = gate_files(settings, arguments.baseline, without_baseline=arguments.no_baseline)
    rules = chosen(arguments, settings)
    corpus = collect(paths_of(arguments, settings), settings)
    from dqkit.gx.project import run_in_project

    done = run_in_project(
        arguments.project or settings.root, settings.root, corpus, rules, arguments.fail_on or settings.fail_on
    )
    read = reader(corpus.by_path().__getitem__)
    report = settle(done.report, where, settings, read, today=arguments.today, whole=not arguments.paths)
    write(report, outputs, Setting(read, verbose=arguments.verbose, prefix=prefix(settings.root)), arguments)
    if not arguments.quiet:
        sys.stderr.write(f"validation result: {printable(done.stored)}\n")
    return 0 if report.passed else 1


def _export(arguments: Namespace, settings: Settings) -> int:
    from dqkit.gx.suite import suite_json

    text = suite_json(chosen(arguments, settings))
    if not arguments.output:
        sys.stdout.write(text)
        return 0
    try:
        with open(arguments.output, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise DqkitError(f"--output {arguments.output}: cannot be written: {error.strerror}") from None
    sys.stderr.write(f"suite: {printable(arguments.output)}\n")
    return 0
