"""Check seed files against rules, and answer with an exit code a gate can trust: 0 passed, 1 failed, 2 cannot vouch."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING

from dqkit import checks
from dqkit.backends.serial import serial
from dqkit.check import FAMILIES
from dqkit.corpus import collect
from dqkit.engine import run as engine_run
from dqkit.errors import DqkitError, nearest
from dqkit.gate.standing import files as gate_files
from dqkit.gate.standing import settle
from dqkit.place import printable
from dqkit.reports import FORMATS, Setting, files, render
from dqkit.reports.account import closing
from dqkit.rulefile import load, rule_paths
from dqkit.settings import find
from dqkit.stage import divide, table_judge

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable, Sequence

    from dqkit.backends import Backend
    from dqkit.corpus import Corpus
    from dqkit.finding import Report
    from dqkit.rule import Rule
    from dqkit.settings import Settings
    from dqkit.text import Document

HELP = "check seed files against rules"
PARALLEL_FILES = 1_500
"""Files from which several processes are worth their start."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="seed files and folders of them (default: the setting `paths`)")
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


def add_selection(parser: ArgumentParser) -> None:
    """Add the flags that say which rules run, and how."""
    add = parser.add_argument
    add("--rules", action="append", metavar="PATH", help="a rule file or a folder of them; may be given again")
    add("--select", action="append", metavar="NAMES", help="only these rules, checks or families (comma-separated)")
    add("--ignore", action="append", metavar="NAMES", help="all but these rules, checks or families")
    add(
        "--jobs",
        "-j",
        type=int,
        default=0,
        metavar="N",
        help="processes; 0 takes what the corpus is worth (default: 0)",
    )


def run(arguments: Namespace) -> int:
    """Check, write the reports, and give the exit code."""
    settings = find(os.getcwd())
    outputs = [output(word) for word in arguments.output or ["text"]]
    where = gate_files(settings, arguments.baseline, without_baseline=arguments.no_baseline)
    report, read = examine(
        arguments,
        settings,
        arguments.paths,
        fail_on=arguments.fail_on or settings.fail_on,
        identify=any(name in ("json", "jsonl", "html") for name, _ in outputs),
        quiet=arguments.quiet,
    )
    report = settle(report, where, settings, read, today=arguments.today, whole=not arguments.paths)
    setting = Setting(read, verbose=arguments.verbose, prefix=prefix(settings.root), texts=arguments.texts)
    write(report, outputs, setting, arguments)
    if report.count_files("unreadable"):
        return 2
    return 0 if report.passed else 1


def examine(
    arguments: Namespace,
    settings: Settings,
    paths: Sequence[str],
    *,
    fail_on: str = "error",
    identify: bool = False,
    quiet: bool = True,
) -> tuple[Report, Callable[[str], Document | None]]:
    """Hold some paths, by default those of the settings, against the rules; give the report, and what reads a file."""
    rules = choose(
        load(rule_paths(arguments.rules, settings)),
        arguments.select or settings.select,
        arguments.ignore or settings.ignore,
    )
    paths = paths or [os.path.join(settings.root, path) for path in settings.paths]
    if not paths:
        raise DqkitError("no path to check: name one, or set `paths` in dqkit.yaml or [tool.dqkit]")
    corpus = collect(paths, settings)
    rules, skipped = divide(rules, whole=any(map(os.path.isdir, paths)))
    report = engine_run(
        corpus,
        rules,
        fail_on=fail_on,
        backend=backend(arguments.jobs, len(corpus.sources)),
        identify=identify,
        progress=_progress(len(corpus.sources), quiet),
        table=table_judge(rules),
        skipped=skipped,
    )
    return report, reader(corpus)


def reader(corpus: Corpus) -> Callable[[str], Document | None]:
    """Give what reads a file of a corpus by its path; None for one that cannot be read."""
    sources = {source.path: source for source in corpus.sources}

    @lru_cache(maxsize=64)
    def read(path: str) -> Document | None:
        try:
            return sources[path].document()
        except (OSError, KeyError):
            return None

    return read


def choose(rules: tuple[Rule, ...], select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """Keep the rules that are selected and not ignored, by their id, check or family.

    Raises:
        DqkitError: a name is none of those, or no rule is left.
    """
    known = {name for rule in rules for name in (rule.id, rule.check_name)} | set(FAMILIES) | set(checks.names())

    def names(words: Iterable[str]) -> set[str]:
        listed = {name.strip() for word in words for name in word.split(",") if name.strip()}
        for name in sorted(listed - known):
            raise DqkitError(f'no rule, check or family "{name}": {nearest(name, known)}')
        return listed

    wanted, unwanted = names(select), names(ignore)
    kept = tuple(
        rule
        for rule in rules
        for own in [{rule.id, rule.check_name, rule.family}]
        if (not wanted or own & wanted) and not own & unwanted
    )
    if not kept:
        raise DqkitError("no rule is left to run: see --select, --ignore and the rules' severities")
    return kept


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


def backend(jobs: int, files: int) -> Backend:
    """Choose where work runs: `jobs` processes, or for 0 as many as that number of files is worth.

    Raises:
        DqkitError: `jobs` is below 0.
    """
    count = jobs or (os.cpu_count() or 1 if files >= PARALLEL_FILES else 1)
    if count < 0:
        raise DqkitError(f"--jobs {jobs}: wants 0 or more")
    if count == 1:
        return serial
    from dqkit.backends.processes import processes

    return processes(count)


def _progress(total: int, quiet: bool) -> Callable[[int], None] | None:
    """Make what draws a progress bar on a terminal, once a run has taken a second."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    begin, done = monotonic(), 0

    def show(count: int) -> None:
        nonlocal done
        done += count
        if done >= total:
            sys.stderr.write("\r\x1b[K")
        elif monotonic() - begin > 1:
            filled = round(30 * done / total)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,} of {total:,} files")
        sys.stderr.flush()

    return show


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
