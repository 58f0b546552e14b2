"""Explain a check: what it reports, why that hurts, a bad and a good example, what to do, its options."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dqkit import checks
from dqkit.check import manual
from dqkit.errors import DqkitError, nearest
from dqkit.option import describe, options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "explain a check"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("check", metavar="CHECK", help="a check's name, as `dqkit list checks` shows it")


def run(arguments: Namespace) -> int:
    """Print the check's manual page."""
    name = arguments.check
    if name not in checks.names():
        raise DqkitError(f'no check "{name}": {nearest(name, checks.names())}')
    kind = checks.load(name)
    page = manual(kind)
    parts = [f"{name}  ({kind.family})", page["what"], page["why"]]
    parts += [f"{part}:\n{page[part]}" for part in ("Bad", "Good") if part in page]
    parts += [f"What to do: {page['Fix']}"] if "Fix" in page else []
    if known := options(kind):
        rows = [f"    {o.name}  {o.help}\n        {describe(o.kind)}, default {_shown(o.default)}" for o in known]
        parts.append("Options, under `with:` in a rule:\n" + "\n".join(rows))
    sys.stdout.write("\n\n".join(parts) + "\n")
    return 0


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value == () else str(value)
