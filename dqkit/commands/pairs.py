"""List which file translates which, how sure that is and why, and the files that are left without a partner."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from dqkit.commands.examine import backend, paths_of
from dqkit.corpus import collect
from dqkit.linking import pairs_of
from dqkit.place import printable
from dqkit.reports.account import plural
from dqkit.settings import find

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from dqkit.pairing.link import Links, PairLink

HELP = "list which file translates which"
SHOWN = 8
"""Shared numbers, dates and names that are shown of a pair."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="seed files and folders (default: the setting `paths`)"
    )
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.add_argument("--jobs", "-j", type=int, default=0, metavar="N", help="processes (default: what it is worth)")


def run(arguments: Namespace) -> int:
    """Print the pairs."""
    settings = find(os.getcwd())
    corpus = collect(paths_of(arguments, settings), settings)
    links = pairs_of(corpus, backend(arguments.jobs, len(corpus.sources)))
    if arguments.json:
        import json

        sys.stdout.write(json.dumps(_data(links), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(links)) + "\n")
    return 0


def unpaired(links: Links) -> list[str]:
    """List the files that belong to no pair."""
    paired = {path for pair in links.pairs for path in (pair.source, pair.translation)}
    return sorted(links.sketches.keys() - paired)


def _data(links: Links) -> dict[str, Any]:
    pairs = [
        {
            "source": pair.source,
            "translation": pair.translation,
            "languages": [links.sketches[path].language for path in (pair.source, pair.translation)],
            "declared": pair.declared,
            "score": round(pair.score, 4),
            "margin": round(pair.margin, 4),
            "rival": pair.rival or None,
            "shared": list(pair.shared),
        }
        for pair in links.pairs
    ]
    alone = [{"path": path, "language": links.sketches[path].language} for path in unpaired(links)]
    dangling = [{"path": path, "translation_of": named} for path, named in links.dangling]
    return {"pairs": pairs, "unpaired": alone, "dangling": dangling}


def _lines(links: Links) -> Iterator[str]:
    for pair in links.pairs:
        languages = " → ".join(links.sketches[path].language or "?" for path in (pair.source, pair.translation))
        yield f"{printable(pair.source)} → {printable(pair.translation)}  ({languages})"
        yield f"  {_why(pair)}"
    alone = unpaired(links)
    yield f"{plural(len(links.pairs), 'pair')}, {plural(len(alone), 'file')} without a partner{':' if alone else ''}"
    yield from (f"  {printable(path)}  ({links.sketches[path].language or '?'})" for path in alone)


def _why(pair: PairLink) -> str:
    """Say how sure a pair is and why it is believed: declared, and what the two share."""
    how = "declared" if pair.declared else "found"
    doubt = f"; {printable(pair.rival)} is more like it" if pair.rival else ""
    shared = ", ".join(anchor.lstrip("#@") for anchor in pair.shared[:SHOWN])
    return (
        f"{how}, likeness {pair.score:.2f}, margin {pair.margin:.2f}{doubt}{f'; both have {shared}' if shared else ''}"
    )
