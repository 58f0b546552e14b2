"""Propose phrases for `leftover-ui`: lines and glued words that many files share as a site's furniture is shared."""

from __future__ import annotations

import json
import math
import os
import sys
from typing import TYPE_CHECKING, Any

from dqkit.corpus import collect
from dqkit.detect.recurring import Recurring, is_furniture, is_known
from dqkit.errors import DqkitError
from dqkit.place import printable
from dqkit.record import NamedTuple
from dqkit.settings import find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from dqkit.detect.recurring import Tally

HELP = "propose phrases that many files share, for the lexicon"
_KINDS = {"head": "navigation", "tail": "footer", "body": "tools"}
"""The class proposed for a phrase, by where it mostly stands."""
_WAYS = {"line": "a line of its own", "before": "before text on its line", "after": "after text on its line"}


class Proposal(NamedTuple):
    """A phrase that may be a site's: as a lexicon lists it, its class, whether it would count alone, and its tally."""

    phrase: str
    kind: str
    alone: bool
    tally: Tally


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="seed files and folders of them (default: the setting `paths`)")
    add("--least-files", type=int, default=4, metavar="N", help="files a phrase must stand in (default: 4)")
    add("--least-share", type=float, default=0.002, metavar="X", help="share of the files, 0 to 1 (default: 0.002)")
    add("--limit", type=int, default=200, metavar="N", help="phrases to propose at most (default: 200)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--lexicon", action="store_true", help="write a lexicon file instead of a rule")
    form.add_argument("--json", action="store_true", help="write JSON instead of a rule")


def run(arguments: Namespace) -> int:
    """Read the files, one at a time, and print the proposals."""
    if arguments.least_files < 2:
        raise DqkitError(f"--least-files {arguments.least_files}: wants 2 or more")
    if not 0 <= arguments.least_share <= 1:
        raise DqkitError(f"--least-share {arguments.least_share}: wants a share, 0 to 1")
    settings = find(os.getcwd())
    paths = arguments.paths or [os.path.join(settings.root, path) for path in settings.paths]
    if not paths:
        raise DqkitError("no path to read: name one, or set `paths` in dqkit.yaml or [tool.dqkit]")
    recurring = Recurring()
    for source in collect(paths, settings).sources:
        try:
            recurring.add(source.document())
        except OSError as error:
            sys.stderr.write(f"{printable(source.path)}: {error.strerror or 'cannot be read'}\n")
    least = max(arguments.least_files, math.ceil(arguments.least_share * recurring.files))
    found = proposals(recurring, least)[: max(0, arguments.limit)]
    if arguments.json:
        sys.stdout.write(json.dumps(_data(recurring, least, found), ensure_ascii=False, indent=2) + "\n")
    else:
        lines = _lexicon(recurring, found) if arguments.lexicon else _rule(recurring, found)
        sys.stdout.write("\n".join([_heading(recurring, least, found), *lines]) + "\n")
    return 0


def proposals(recurring: Recurring, least: int) -> list[Proposal]:
    """Give the phrases of at least some files that are furniture and in no lexicon, those of most files first."""
    found = [
        Proposal(
            form.replace("#", "{n}") if "#" in form else tally.text,
            _KINDS[max(tally.edges, key=lambda edge: (tally.edges[edge], edge))],
            tally.manners.keys() != {"line"} or (" " in form and not _may_be_name(tally)),
            tally,
        )
        for form, tally in recurring.tallies.items()
        if tally.files >= least and is_furniture(tally) and not is_known(tally.text)
    ]
    return sorted(found, key=lambda proposal: (-proposal.tally.files, proposal.phrase))


def _may_be_name(tally: Tally) -> bool:
    """Tell whether a line could be an author's name: capitalized words alone, mostly right below the title."""
    words = tally.text.split()
    return len(words) <= 3 and all(word[0].isupper() for word in words) and 2 * tally.edges.get("head", 0) > tally.files


def _heading(recurring: Recurring, least: int, found: list[Proposal]) -> str:
    copies = f", {recurring.copies:,} of them copies of others and passed over" if recurring.copies else ""
    number = f"{len(found)} phrase{'' if len(found) == 1 else 's'}" if found else "no phrase"
    return f"# {recurring.files:,} files read{copies}; {number} to propose that at least {least} share."


def _rule(recurring: Recurring, found: list[Proposal]) -> Iterator[str]:
    """Give the lines of a rule; what may be a heading or a name is proposed behind a comment sign."""
    if not found:
        return
    yield "# Strike out what belongs to the texts, then give the rest to your leftover-ui rule."
    yield from ("dqkit: 1", "rules:", "  - check: leftover-ui", "    severity: error", "    with:", "      phrases:")
    certain = [proposal for proposal in found if proposal.alone]
    if not certain:
        yield "        []"
    for proposal in certain:
        yield f"        - {_quoted(proposal.phrase)}  # {_said(recurring, proposal.tally)}"
    for proposal in found:
        if not proposal.alone:
            said = f"perhaps a heading or a name; {_said(recurring, proposal.tally)}"
            yield f"        # - {_quoted(proposal.phrase)}  # {said}"


def _lexicon(recurring: Recurring, found: list[Proposal]) -> Iterator[str]:
    """Give the lines of a lexicon file: by tier and class."""
    for tier in (True, False):
        some = [proposal for proposal in found if proposal.alone is tier]
        if some:
            yield "alone:" if tier else "supported:"
        for kind in sorted({proposal.kind for proposal in some}):
            yield f"  {kind}:"
            for proposal in some:
                if proposal.kind == kind:
                    yield f"    - {_quoted(proposal.phrase)}  # {_said(recurring, proposal.tally)}"


def _quoted(phrase: str) -> str:
    return json.dumps(phrase, ensure_ascii=False)


def _said(recurring: Recurring, tally: Tally) -> str:
    ways = ", ".join(_WAYS[manner] for manner in sorted(tally.manners, key=lambda m: (-tally.manners[m], m)))
    places = ", ".join(f"{printable(path)}:{line}" for path, line in tally.examples)
    return f"{tally.files:,} files ({tally.files / recurring.files:.1%}), {ways}: {places}"


def _data(recurring: Recurring, least: int, found: list[Proposal]) -> dict[str, Any]:
    return {
        "files": recurring.files,
        "copies": recurring.copies,
        "least_files": least,
        "proposals": [
            {
                "phrase": proposal.phrase,
                "class": proposal.kind,
                "tier": "alone" if proposal.alone else "supported",
                "files": proposal.tally.files,
                "share": round(proposal.tally.files / recurring.files, 6),
                "times": proposal.tally.times,
                "manners": proposal.tally.manners,
                "edges": proposal.tally.edges,
                "examples": [{"path": path, "line": line} for path, line in proposal.tally.examples],
            }
            for proposal in found
        ],
    }
