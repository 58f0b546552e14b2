"""Accept findings that are to stay, each with a reason: they no longer fail the gate, and every report says why."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from dqkit.commands.examine import add_selection, chosen, examine, paths_of
from dqkit.errors import DqkitError
from dqkit.gate.standing import ACCEPTS, shown
from dqkit.place import printable
from dqkit.settings import find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from dqkit.finding import Finding, Report
    from dqkit.gate.accept import Accept

HELP = "accept findings, with a reason"
LEAST_DIGITS = 6
"""Digits of a fingerprint that are enough, where they mean one finding."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("fingerprints", nargs="+", metavar="FINGERPRINT", help="as --verbose and the reports show them")
    add("--reason", required=True, metavar="TEXT", help="why the finding is to stay")
    add("--until", metavar="DATE", help="the day from which it is to be asked again")
    add("--path", metavar="GLOB", help="accept the same words in these files, not in the finding's alone")
    add("--in", dest="paths", action="append", metavar="PATH", help="where to look (default: the setting `paths`)")
    add_selection(parser)


def run(arguments: Namespace) -> int:
    """Put entries for findings at the end of the file of accepted findings."""
    from dqkit.gate import accept

    if not arguments.reason.strip():
        raise DqkitError("--reason: say why the finding is to stay")
    until = accept.day(arguments.until, "--until") if arguments.until else ""
    if until and until <= accept.day(None, ""):
        raise DqkitError(f"--until {until}: is no day to come: name the one from which it is to be asked again")
    settings = find(os.getcwd())
    file = os.path.join(settings.root, settings.accepts or ACCEPTS)
    text = _text(file)
    old = accept.parse(text, file)
    paths = paths_of(arguments, settings) if arguments.paths or settings.paths else ["."]
    report, _ = examine(paths, settings, chosen(arguments, settings), jobs=arguments.jobs)
    new: list[Accept] = []
    for finding in _named(report, arguments.fingerprints):
        entry = accept.entry_for(finding, arguments.reason.strip(), until, arguments.path)
        if not entry.covers(finding):
            raise DqkitError(f"--path {arguments.path}: does not mean {printable(finding.at.path)}")
        held = [known for known in old if known.covers(finding) and known.until in ("", until)]
        if held:
            sys.stderr.write(f"{shown(file, settings)}:{held[0].line}: has {finding.fingerprint} already\n")
        elif entry not in new:
            new.append(entry)
    if new:
        _save(file, accept.appended(text, new, file))
    for entry in new:
        words = f" “{entry.quote}”" if entry.quote else ""
        sys.stdout.write(f"{shown(file, settings)}: {entry.rule}{words} in {printable(entry.path)}\n")
    return 0


def _named(report: Report, fingerprints: Iterable[str]) -> list[Finding]:
    """Find the findings that some fingerprints, or beginnings of them, name.

    Raises:
        DqkitError: one names none, or several.
    """
    found = []
    for word in fingerprints:
        meant = [finding for finding in report.findings if finding.fingerprint.startswith(word.lower())]
        if len(word) < LEAST_DIGITS or len(meant) > 1:
            raise DqkitError(f"{printable(word)}: give more digits of the fingerprint, at least {LEAST_DIGITS}")
        if not meant:
            raise DqkitError(f"no finding {printable(word)}: `dqkit check --verbose` shows each finding's fingerprint")
        found += meant
    return found


def _text(file: str) -> str:
    try:
        with open(file, encoding="utf-8", newline="") as stream:
            return stream.read()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise DqkitError(f"{printable(file)}: cannot be read: {error}") from None


def _save(file: str, text: str) -> None:
    try:
        with open(file, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
    except OSError as error:
        raise DqkitError(f"{printable(file)}: cannot be written: {error.strerror}") from None
