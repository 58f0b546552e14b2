"""Explain a check: what it reports, why that hurts, a bad and a good example, what to do, its options."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dqkit import checks
from dqkit.check import FAMILIES, manual
from dqkit.errors import DqkitError, nearest
from dqkit.rules.option import describe, options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from dqkit.check import Check

HELP = "explain a check"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("check", metavar="CHECK", nargs="?", help="a check's name, as `dqkit list checks` shows it")
    parser.add_argument("--all", action="store_true", help="write the catalogue of all checks, in Markdown")


def run(arguments: Namespace) -> int:
    """Print the manual page of a check, or of all."""
    name = arguments.check
    if arguments.all:
        sys.stdout.write("\n".join(catalogue()) + "\n")
        return 0
    if name is None:
        raise DqkitError("explain which check? `dqkit list checks` names them; --all explains each")
    if name not in checks.names():
        raise DqkitError(f'no check "{name}": {nearest(name, checks.names())}')
    kind = checks.load(name)
    page = manual(kind)
    parts = [f"{name}  ({kind.family})", page["what"], page["why"]]
    parts += [f"{part}:\n{page[part]}" for part in ("Bad", "Good") if part in page]
    parts += [f"What to do: {page['Fix']}"] if "Fix" in page else []
    if rows := [f"    {name}  {text}" for name, text in _options(kind)]:
        parts.append("Options, under `with:` in a rule:\n" + "\n".join(rows))
    sys.stdout.write("\n\n".join(parts) + "\n")
    return 0


def _options(kind: type[Check]) -> Iterator[tuple[str, str]]:
    for option in options(kind):
        default = str(option.default).lower() if isinstance(option.default, bool) else option.default or "none"
        yield option.name, f"{option.help}; {describe(option.kind)}, {default} by default"


def catalogue() -> Iterator[str]:
    """Give the lines of the catalogue: all checks by family, from their manual pages."""
    kinds = {name: checks.load(name) for name in checks.names()}
    yield "# The default rules and their checks\n"
    yield f"{len(kinds)} checks. Made by `nox -s docs` from the checks themselves; do not edit."
    for family in FAMILIES:
        yield f"\n## {family}"
        for name, kind in kinds.items():
            if kind.family == family:
                yield from _section(name, kind)


def _section(name: str, kind: type[Check]) -> Iterator[str]:
    page = manual(kind)
    yield f"\n### {name}\n"
    yield f"{page['what']} {page['why']}\n"
    for part in ("Bad", "Good"):
        yield f"{part}:\n\n{page[part]}\n"
    yield f"What to do: {page['Fix']}"
    rows = [f"- `{option}`: {text}" for option, text in _options(kind)]
    if rows:
        yield "\nOptions:\n"
        yield from rows
