"""Check seed files against rules, and answer with an exit code a gate can trust: 0 passed, 1 failed, 2 cannot vouch."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from dqkit.commands.examine import add_selection, backend, chosen, examine, part_of, paths_of, progress, reader
from dqkit.errors import DqkitError, nearest
from dqkit.gate.standing import files as gate_files
from dqkit.gate.standing import settle
from dqkit.place import printable
from dqkit.reports import FORMATS, Setting, files, render
from dqkit.reports.account import closing
from dqkit.settings import find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from dqkit.finding import Report

HELP = "check seed files against rules"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="seed files and folders of them (default: the setting `paths`)")
    focus = parser.add_mutually_exclusive_group()
    focus.add_argument("--staged", action="store_true", help="only what is staged, as the git index has it")
    focus.add_argument("--since", metavar="REF", help="only what changed since HEAD left REF (their merge base)")
    add("--scope", choices=("file", "all"), default="all", help="file: only rules that look at one file alone")
    add("--no-cache", action="store_true", help="neither read nor keep what files show")
    add_selection(parser)
    add(
        "--fail-on",
        choices=("error", "warning", "info", "none"),
        help="the mildest severity that fails (default: error)",
    )
    add("--output", action="append", metavar="FORMAT[=FILE]", help=f"one of {', '.join(FORMATS)}; may be given again")
    add("--baseline", metavar="FILE", help="what was found before (default: dqkit-baseline.jsonl, where there is one)")
    add("--no-baseline", action="store_true", help="call every finding new that nobody has accepted")
    add("--today", metavar="DATE", help="the day acceptances are held against (default: the clock's)")
    add("--texts", action="store_true", help="put the texts into the JSON report, so that `dqkit report` can show them")
    add("--quiet", "-q", action="store_true", help="print nothing but what --output asks for")
    add(
        "--verbose",
        "-v",
        action="store_true",
        help="also say why each finding matters, which are known or accepted, and what was left out",
    )
    add("--color", choices=("auto", "always", "never"), default="auto", help="colour the text report (default: auto)")


def run(arguments: Namespace) -> int:
    """Check, write the reports, and give the exit code."""
    settings = find(os.getcwd())
    outputs = [output(word) for word in arguments.output or ["text"]]
    if arguments.today is not None:
        from dqkit.gate.accept import day

        day(arguments.today, "--today")
    where = gate_files(settings, arguments.baseline, without_baseline=arguments.no_baseline)
    rules = chosen(arguments, settings)
    if arguments.scope == "file":
        rules = tuple(rule for rule in rules if rule.scope == "file")
    fail_on = arguments.fail_on or settings.fail_on
    identify = any(name in ("json", "jsonl", "html") for name, _ in outputs)
    part = part_of(arguments, settings, rules)
    if part:
        report = part.report(
            fail_on=fail_on,
            identify=identify,
            keep=not arguments.no_cache,
            backend=partial(backend, arguments.jobs),
            progress=progress("indexing", arguments.quiet),
        )
        read = reader(part.source)
    else:
        report, read = examine(
            paths_of(arguments, settings),
            settings,
            rules,
            fail_on=fail_on,
            identify=identify,
            remember=not arguments.no_cache,
            jobs=arguments.jobs,
            quiet=arguments.quiet,
        )
    report = settle(report, where, settings, read, today=arguments.today, whole=not (part or arguments.paths))
    if part:
        report = part.turned(report)
    setting = Setting(read, verbose=arguments.verbose, prefix=prefix(settings.root), texts=arguments.texts)
    write(report, outputs, setting, arguments)
    if part:
        part.close()
    if report.count_files("unreadable"):
        return 2
    return 0 if report.passed else 1


def output(word: str) -> tuple[str, str | None]:
    """Read `FORMAT[=FILE]` as it is given to --output.

    Raises:
        DqkitError: there is no such format, or no file after the equals sign.
    """
    name, equals, file = word.partition("=")
    if name not in FORMATS:
        raise DqkitError(f'--output {word}: no format "{name}": {nearest(name, FORMATS)}')
    if equals and not file:
        raise DqkitError(f"--output {word}: no file after the equals sign")
    return name, file or None


def write(report: Report, outputs: list[tuple[str, str | None]], setting: Setting, arguments: Namespace) -> None:
    """Write a report to the terminal and to files, as asked for."""
    for name, file in outputs:
        on_terminal = file is None and not (arguments.output is None and arguments.quiet)
        own = setting._replace(color=colored(arguments.color), width=_columns()) if on_terminal else setting
        if on_terminal:
            sys.stdout.write(render(name, report, own))
        elif file:
            save(name, report, setting, file)
            if not arguments.quiet:
                sys.stderr.write(f"{name} report: {printable(file)}\n")
        if name == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
            _summarize(report, setting, summary)
    if all(file for _, file in outputs) and not arguments.quiet:
        sys.stderr.write("\n".join(closing(report, setting)) + "\n")


def _summarize(report: Report, setting: Setting, file: str) -> None:
    """Add the summary of a GitHub step to what the step has said before, within what GitHub takes."""
    from dqkit.reports.markdown import LIMIT, summary

    try:
        with open(file, "a", encoding="utf-8", newline="\n") as stream:
            stream.write(summary(report, setting, LIMIT - stream.tell()))
    except OSError as error:
        raise DqkitError(f"GITHUB_STEP_SUMMARY={printable(file)}: cannot be written: {error.strerror}") from None


def prefix(root: str) -> str:
    """Give the folder that a report's paths are relative to, as seen from the repository it lies in."""
    folder = os.path.abspath(root)
    above = folder
    while not os.path.exists(os.path.join(above, ".git")):
        parent = os.path.dirname(above)
        if parent == above:
            return ""
        above = parent
    return "" if folder == above else os.path.relpath(folder, above).replace(os.sep, "/") + "/"


def save(name: str, report: Report, setting: Setting, target: str) -> None:
    """Write a report to its file, or to the several it needs.

    Raises:
        DqkitError: one of them cannot be written.
    """
    for file, text in files(name, report, setting, target):
        try:
            if folder := os.path.dirname(file) if file != target else "":
                os.makedirs(folder, exist_ok=True)
            with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                stream.write(text)
        except OSError as error:
            raise DqkitError(
                f"--output {name}={target}: {printable(file)} cannot be written: {error.strerror}"
            ) from None


def colored(choice: str) -> bool:
    """Tell whether to colour what goes to the terminal: NO_COLOR, FORCE_COLOR and TERM=dumb are honoured."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if force := os.environ.get("FORCE_COLOR"):
        return force != "0"
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _columns() -> int:
    """Give the terminal's width, 0 where there is none; `shutil` would tell it at the price of five modules."""
    if not sys.stdout.isatty():
        return 0
    try:
        return int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        pass  # not set, or not a number: the terminal knows
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 0
