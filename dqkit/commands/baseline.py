"""Keep the baseline: the findings that are known, so that a gate asks for new ones alone. A check only reads it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

from dqkit.commands.examine import add_selection, chosen, examine, paths_of
from dqkit.errors import DqkitError
from dqkit.gate.standing import BASELINE, Files, files, settle, shown
from dqkit.place import printable
from dqkit.reports.account import plural
from dqkit.settings import find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from dqkit.gate.baseline import Baseline
    from dqkit.settings import Settings

HELP = "keep the list of known findings"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add(
        "what",
        choices=("write", "prune", "show"),
        help="write it as findings are now; drop what is gone; or show what is in it",
    )
    add("paths", nargs="*", metavar="PATH", help="seed files and folders of them (default: the setting `paths`)")
    add("--accept-new", action="store_true", help="let `write` take in findings that an existing baseline lacks")
    add("--baseline", metavar="FILE", help="the file (default: dqkit-baseline.jsonl beside the settings)")
    add_selection(parser)


def run(arguments: Namespace) -> int:
    """Write, prune or show the baseline."""
    from dqkit.gate.baseline import Baseline, read

    settings = find(os.getcwd())
    named = arguments.baseline or (settings.baseline and os.path.join(settings.root, settings.baseline))
    file = named or os.path.join(settings.root, BASELINE)
    if arguments.what == "show":
        return _show(read(file))
    there = os.path.lexists(file)
    if arguments.what == "prune" or there:
        return _update(arguments, settings, read(file), accept_new=arguments.accept_new)
    return _update(arguments, settings, Baseline(file, ()), accept_new=True)


def _show(baseline: Baseline) -> int:
    from dqkit.gate.baseline import describe

    by_rule = Counter(entry.rule for entry in baseline.entries)
    lines = [describe(entry) for entry in baseline.entries]
    lines += [f"{count:>6,}  {rule}" for rule, count in sorted(by_rule.items(), key=lambda item: (-item[1], item[0]))]
    sys.stdout.write("\n".join([*lines, f"{plural(len(baseline.entries), 'known finding')}"]) + "\n")
    return 0


def _update(arguments: Namespace, settings: Settings, baseline: Baseline, *, accept_new: bool) -> int:
    from dqkit.gate.baseline import Baseline, Settled, describe, updated

    report, document = examine(
        paths_of(arguments, settings), settings, chosen(arguments, settings), jobs=arguments.jobs
    )
    settled = Settled(report, baseline, document, settings.root)
    if arguments.what == "prune":
        result = Baseline(baseline.file, set(baseline.entries) - set(settled.stale))
        came, went, left_out = 0, len(settled.stale), 0
    else:
        accepts = Files("", files(settings, without_baseline=True).accepts)
        judged = settle(report, accepts, settings, document)
        accepted = [finding.standing == "accepted" for finding in judged.findings]
        result, (came, went, left_out) = updated(baseline, settled, accepted, accept_new=accept_new)
    result.write()
    say = sys.stdout.write
    for entry in settled.stale:
        say(f"gone: {describe(entry)}\n")
    say(f"{shown(baseline.file, settings)}: +{came:,} −{went:,}, {plural(len(result.entries), 'known finding')}\n")
    if left_out:
        say(f"{plural(left_out, 'new finding')} not taken in: mend them, or say --accept-new\n")
    _advise(result, settings)
    if report.count_files("unreadable"):
        raise DqkitError(f"{plural(report.count_files('unreadable'), 'file')} could not be read: see `dqkit check`")
    return 1 if left_out else 0


def _advise(baseline: Baseline, settings: Settings) -> None:
    """Say how two branches' baselines merge without conflict, where git has not been told."""
    name = os.path.basename(baseline.file)
    try:
        with open(os.path.join(settings.root, ".gitattributes"), encoding="utf-8", errors="replace") as stream:
            told = any(name in line and "merge=union" in line for line in stream)
    except OSError:
        told = False
    if not told and os.path.isdir(os.path.join(settings.root, ".git")):
        sys.stderr.write(f'to let branches merge it, put "{printable(name)} merge=union" into .gitattributes\n')
