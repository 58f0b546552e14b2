"""Check seed files against rules, and answer with an exit code a gate can trust: 0 passed, 1 failed, 2 cannot vouch."""

from __future__ import annotations

import os
import sys
from functools import lru_cache, partial
from time import monotonic
from typing import TYPE_CHECKING

from dqkit import checks
from dqkit.backends.serial import serial
from dqkit.check import FAMILIES
from dqkit.corpus import collect
from dqkit.engine import run as engine_run
from dqkit.errors import DqkitError, nearest
from dqkit.place import printable
from dqkit.reports import FORMATS, Setting, render
from dqkit.reports.account import closing
from dqkit.rulefile import load, rule_paths
from dqkit.settings import find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable

    from dqkit.backends import Backend
    from dqkit.corpus import Source
    from dqkit.finding import Report
    from dqkit.gate.run import Run
    from dqkit.rule import Rule
    from dqkit.settings import Settings
    from dqkit.text import Document

HELP = "check seed files against rules"
PARALLEL_FILES = 1_500
"""Files from which several processes are worth their start."""
REMEMBERED_FILES = 256
"""Files from which it is worth while to keep what they show for the next run."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="seed files and folders of them (default: the setting `paths`)")
    focus = parser.add_mutually_exclusive_group()
    focus.add_argument("--staged", action="store_true", help="only what is staged, as the git index has it")
    focus.add_argument("--since", metavar="REF", help="only what changed since HEAD left REF (their merge base)")
    add("--scope", choices=("file", "all"), default="all", help="file: only rules that look at one file alone")
    add("--no-cache", action="store_true", help="neither read nor keep what files show")
    add("--rules", action="append", metavar="PATH", help="a rule file or a folder of them; may be given again")
    add("--select", action="append", metavar="NAMES", help="only these rules, checks or families (comma-separated)")
    add("--ignore", action="append", metavar="NAMES", help="all but these rules, checks or families")
    add(
        "--fail-on",
        choices=("error", "warning", "info", "none"),
        help="the mildest severity that fails (default: error)",
    )
    add("--output", action="append", metavar="FORMAT[=FILE]", help=f"one of {', '.join(FORMATS)}; may be given again")
    add("--quiet", "-q", action="store_true", help="print nothing but what --output asks for")
    add("--verbose", "-v", action="store_true", help="also say why each finding matters, and what was left out")
    add("--color", choices=("auto", "always", "never"), default="auto", help="colour the text report (default: auto)")
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
    outputs = [_output(word) for word in arguments.output or ["text"]]
    rules = choose(
        load(rule_paths(arguments.rules, settings)),
        arguments.select or settings.select,
        arguments.ignore or settings.ignore,
    )
    if arguments.scope == "file":
        rules = tuple(rule for rule in rules if rule.scope == "file")
    fail_on = arguments.fail_on or settings.fail_on
    identify = any(name in ("json", "html") for name, _ in outputs)
    if part := _part(arguments, settings, rules):
        report = part.report(
            fail_on=fail_on,
            identify=identify,
            keep=not arguments.no_cache,
            backend=partial(_backend, arguments.jobs),
            progress=_progress("indexing", arguments.quiet),
        )
        source: Callable[[str], Source] = part.source
    else:
        corpus = collect(_paths(arguments, settings), settings)
        report = engine_run(
            corpus,
            rules,
            fail_on=fail_on,
            backend=_backend(arguments.jobs, len(corpus.sources)),
            identify=identify,
            remember=not arguments.no_cache and len(corpus.sources) >= REMEMBERED_FILES,
            progress=_progress("checking", arguments.quiet),
        )
        source = {source.path: source for source in corpus.sources}.__getitem__
    _write(part.turned(report) if part else report, outputs, source, arguments)
    if part:
        part.close()
    if report.count_files("unreadable"):
        return 2
    return 0 if report.passed else 1


def _paths(arguments: Namespace, settings: Settings) -> list[str]:
    paths = arguments.paths or [os.path.join(settings.root, path) for path in settings.paths]
    if not paths:
        raise DqkitError("no path to check: name one, or set `paths` in dqkit.yaml or [tool.dqkit]")
    return paths


def _part(arguments: Namespace, settings: Settings, rules: tuple[Rule, ...]) -> Run | None:
    """Say which part of the corpus the run is about; None where it is about all that is named.

    Named files are a part where the settings say what the corpus is, and git keeps it.
    """
    if not (arguments.staged or arguments.since):
        named = [os.path.realpath(path) for path in arguments.paths]
        corpus = [os.path.realpath(os.path.join(settings.root, path)) for path in settings.paths]
        if (
            all(any(f"{whole}{os.sep}".startswith(f"{path}{os.sep}") for path in named) for whole in corpus)
            or not named
            or all(rule.scope == "file" for rule in rules)
            or not _in_git(settings.root)
        ):
            return None
    from dqkit.gate.run import part

    whole = [os.path.join(settings.root, path) for path in settings.paths]
    if arguments.staged or arguments.since:
        return part(settings, rules, arguments.paths or whole, staged=arguments.staged, since=arguments.since)
    return part(settings, rules, whole, named=arguments.paths)


def _in_git(folder: str) -> bool:
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    return True


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


def _output(word: str) -> tuple[str, str | None]:
    name, equals, file = word.partition("=")
    if name not in FORMATS:
        raise DqkitError(f'--output {word}: no format "{name}": {nearest(name, FORMATS)}')
    if equals and not file:
        raise DqkitError(f"--output {word}: no file after the equals sign")
    return name, file or None


def _backend(jobs: int, files: int) -> Backend:
    count = jobs or (os.cpu_count() or 1 if files >= PARALLEL_FILES else 1)
    if count < 0:
        raise DqkitError(f"--jobs {jobs}: wants 0 or more")
    if count == 1:
        return serial
    from dqkit.backends.processes import processes

    return processes(count)


def _progress(what: str, quiet: bool) -> Callable[[int, int], None] | None:
    """Make what draws a progress bar on a terminal, once a run has taken a second."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    begin, done = monotonic(), 0

    def show(count: int, total: int) -> None:
        nonlocal done
        done += count
        if done >= total:
            sys.stderr.write("\r\x1b[K")
        elif monotonic() - begin > 1:
            filled = round(30 * done / total)
            sys.stderr.write(f"\r{what} [{'#' * filled}{'.' * (30 - filled)}] {done:,} of {total:,} files")
        sys.stderr.flush()

    return show


def _write(
    report: Report, outputs: list[tuple[str, str | None]], source: Callable[[str], Source], arguments: Namespace
) -> None:
    @lru_cache(maxsize=64)
    def read(path: str) -> Document | None:
        try:
            return source(path).document()
        except (OSError, KeyError):
            return None

    for name, file in outputs:
        on_terminal = file is None and not (arguments.output is None and arguments.quiet)
        text = render(name, report, Setting(read, on_terminal and colored(arguments.color), arguments.verbose))
        if on_terminal:
            sys.stdout.write(text)
        elif file:
            _save(text, name, file)
            if not arguments.quiet:
                sys.stderr.write(f"{name} report: {printable(file)}\n")
    if all(file for _, file in outputs) and not arguments.quiet:
        sys.stderr.write("\n".join(closing(report, Setting(read))) + "\n")


def _save(text: str, name: str, file: str) -> None:
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise DqkitError(f"--output {name}={file}: cannot be written: {error.strerror}") from None


def colored(choice: str) -> bool:
    """Tell whether to colour what goes to the terminal: NO_COLOR, FORCE_COLOR and TERM=dumb are honoured."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
