"""What a command runs on and how: the rules that are chosen, the paths or the part of the corpus, the processes."""

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
from dqkit.engine import run
from dqkit.errors import DqkitError, nearest
from dqkit.reports.account import plural
from dqkit.rules.file import load, rule_paths
from dqkit.stage import divide, table_judge

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

    from dqkit.backends import Backend
    from dqkit.corpus import Source
    from dqkit.finding import Report
    from dqkit.gate.run import Run
    from dqkit.rules.rule import Rule
    from dqkit.seed.text import Document
    from dqkit.settings import Settings

    Reader = Callable[[str], Document | None]
    """Reads a file of a run by its path; None for one that cannot be read."""

PARALLEL_FILES = 1_500
"""Files from which several processes are worth their start."""
MOST_JOBS = 512
"""Processes that may be asked for."""
REMEMBERED_FILES = 256
"""Files from which it is worth while to keep what they show for the next run."""


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


def chosen(arguments: Namespace, settings: Settings) -> tuple[Rule, ...]:
    """Load the rules that the flags and the settings choose.

    Raises:
        DqkitError: a rule file or a flag cannot be followed, or no rule is left.
    """
    return choose(
        load(rule_paths(arguments.rules, settings)),
        arguments.select or settings.select,
        arguments.ignore or settings.ignore,
    )


def choose(rules: tuple[Rule, ...], select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Keep the rules that are selected and not ignored, by their id, check or family.

    Raises:
        DqkitError: a name is none of those, or no rule is left.
    """
    known = {name for rule in rules for name in (rule.id, rule.check_name)} | set(FAMILIES) | set(checks.names())

    def names(words: Sequence[str]) -> set[str]:
        listed = {name.strip() for word in words for name in word.split(",") if name.strip()}
        for name in sorted(listed - known):
            raise DqkitError(f'no rule, check or family "{name}": {nearest(name, known)}')
        if words and not listed:
            raise DqkitError("--select or --ignore names nothing: an unset variable?")
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


def paths_of(arguments: Namespace, settings: Settings) -> list[str]:
    """Give the paths a run is about: those that are named, else those of the settings.

    Raises:
        DqkitError: there are none.
    """
    paths = arguments.paths or [os.path.join(settings.root, path) for path in settings.paths]
    if not paths:
        raise DqkitError("no path to check: name one, or set `paths` in dqkit.yaml or [tool.dqkit]")
    return list(paths)


def examine(
    paths: Sequence[str],
    settings: Settings,
    rules: tuple[Rule, ...],
    *,
    fail_on: str = "error",
    identify: bool = False,
    remember: bool = False,
    jobs: int = 0,
    quiet: bool = True,
) -> tuple[Report, Reader]:
    """Hold the files of some paths against rules; give the report, and what reads a file. For `identify` see `run`.

    Raises:
        DqkitError: there is no seed file, or in a whole folder none that a rule is for.
    """
    corpus = collect(paths, settings)
    whole = any(map(os.path.isdir, paths))
    rules, skipped = divide(rules, whole)
    report = run(
        corpus,
        rules,
        fail_on=fail_on,
        backend=backend(jobs, len(corpus.sources)),
        identify=identify,
        remember=remember and len(corpus.sources) >= REMEMBERED_FILES,
        progress=progress("checking", quiet),
        table=table_judge(rules),
        skipped=skipped,
    )
    if whole and corpus.sources and not (report.count_files("checked") or report.count_files("unreadable")):
        count = plural(len(corpus.sources), "file")
        raise DqkitError(f"nothing was checked: no rule is for any of {count}: mend the rules' `files` and `languages`")
    return report, reader(corpus.by_path().__getitem__)


def reader(find: Callable[[str], Source]) -> Reader:
    """Give what reads a file by its path; `find` gives its source, or raises OSError or KeyError."""

    @lru_cache(maxsize=64)
    def read(path: str) -> Document | None:
        try:
            return find(path).document()
        except (OSError, KeyError):
            return None

    return read


def part_of(arguments: Namespace, settings: Settings, rules: tuple[Rule, ...]) -> Run | None:
    """Say which part of the corpus a run is about; None where it is about all that is named.

    Named files are a part where the settings say what the corpus is, and git keeps it.
    """
    if arguments.since == "":
        raise DqkitError("--since names no commit: an unset variable?")
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


def backend(jobs: int, files: int) -> Backend:
    """Choose where work runs: `jobs` processes, or for 0 as many as that number of files is worth.

    Raises:
        DqkitError: `jobs` is below 0, or more than any machine is good for.
    """
    if not 0 <= jobs <= MOST_JOBS:
        raise DqkitError(f"--jobs {jobs}: wants 0 to {MOST_JOBS}")
    count = min(files, jobs or (os.cpu_count() or 1 if files >= PARALLEL_FILES else 1))
    if count <= 1:
        return serial
    from dqkit.backends.processes import processes

    return processes(count)


def progress(what: str, quiet: bool) -> Callable[[int, int], None] | None:
    """Make what draws a progress bar on a terminal, once a run has taken a second."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    begin, done, drawn = monotonic(), 0, False

    def show(count: int, total: int) -> None:
        nonlocal done, drawn
        done += count
        if done >= total:
            sys.stderr.write("\r\x1b[K" if drawn else "")
        elif monotonic() - begin > 1:
            drawn = True
            filled = round(30 * done / total)
            sys.stderr.write(f"\r{what} [{'#' * filled}{'.' * (30 - filled)}] {done:,} of {total:,} files")
        sys.stderr.flush()

    return show
