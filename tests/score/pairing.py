"""Which text of a labelled pool dqkit takes for the translation of which."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from dqkit.backends.processes import processes
from dqkit.backends.serial import serial
from dqkit.pairing.likeness import Likeness
from dqkit.pairing.link import link
from dqkit.pairing.shelf import Sketches
from dqkit.pairing.sketch import outline, sketch
from dqkit.seed.language import canonical
from dqkit.seed.text import Document
from tests.score.predict import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dqkit.backends import Backend
    from dqkit.pairing.sketch import Sketch

    Query = tuple[Path, str, str, tuple[str, ...]]

NOISY = ("noisy_chrome", "noisy_twice")


def spread() -> Backend:
    """Give a backend of all processors."""
    count = os.cpu_count() or 1
    return processes(count) if count > 1 else serial


@cache
def sketched(folder: Path, path: str, tag: str) -> Sketch:
    """Sketch a text whose language is told."""
    document = Document(path, (folder / path).read_bytes())
    return sketch(document, outline(document)._replace(language=canonical(tag)))


@cache
def pooled(folder: Path) -> tuple[Sketch, ...]:
    """Sketch the pool."""
    return tuple(sketched(folder, row["path"], row["lang"]) for row in rows(folder / "pool.jsonl"))


@cache
def compared(folder: Path, defect: str) -> Likeness:
    """Compare the pool and the damaged translations of one kind."""
    items = [row for row in rows(folder / "labels.jsonl") if row["defect"] == defect]
    return Likeness(Sketches([*pooled(folder), *(sketched(folder, row["tgt"], row["tgt_lang"]) for row in items)]))


def rank(queries: tuple[Query, ...]) -> list[list[str]]:
    """Give the ten of each query's texts that are most like its text."""
    return [compared(folder, defect).rank(text, others)[:10] for folder, defect, text, others in queries]


def ranked(folder: Path, defect: str, queries: list[tuple[str, str]]) -> list[list[str]]:
    """Rank the pool's texts of a language for each text, in several processes that share what `compared` made."""
    compared(folder, defect)
    members = defaultdict(list)
    for row in rows(folder / "pool.jsonl"):
        members[row["lang"]].append(row["path"])
    tasks = [(folder, defect, text, tuple(members[language])) for text, language in queries]
    chunks = [tuple(tasks[i : i + 32]) for i in range(0, len(tasks), 32)]
    return [found for chunk in spread()(rank, chunks) for found in chunk]


def retrieve(folder: Path) -> Iterator[dict[str, Any]]:
    """Rank the texts of the wanted language for each pair's source and for its translation."""
    pool, pairs = rows(folder / "pool.jsonl"), rows(folder / "pairs.jsonl")
    path, ids = {row["id"]: row["path"] for row in pool}, {row["path"]: row["id"] for row in pool}
    asked = [(p, *ways) for p in pairs for ways in (("fwd", "src", "tgt_lang"), ("rev", "tgt", "src_lang"))]
    found = ranked(folder, "", [(path[pair[query]], pair[language]) for pair, _, query, language in asked])
    for (pair, direction, _, _), best in zip(asked, found, strict=True):
        yield {"pair": pair["pair"], "dir": direction, "ranked": [ids[one] for one in best]}


def noisy(folder: Path, defect: str) -> tuple[int, int]:
    """Count the damaged translations of one kind, and those whose source is found first in the whole pool."""
    groups = {row["path"]: row["group"] for row in rows(folder / "pool.jsonl")}
    items = [row for row in rows(folder / "labels.jsonl") if row["defect"] == defect]
    found = ranked(folder, defect, [(row["tgt"], row["src_lang"]) for row in items])
    return len(items), sum(groups[best[0]] == groups[row["src"]] for row, best in zip(items, found, strict=True))


def absent(folder: Path, share: float = 0.3, seed: int = 7) -> dict[str, float]:
    """Link the pool as the engine does, the partners of some texts taken away.

    Gives the recall of the pairs that are there, and the share of texts without a partner that stay unpaired.
    """
    chance = random.Random(seed)
    pool, pairs = rows(folder / "pool.jsonl"), rows(folder / "pairs.jsonl")
    by_id = {row["id"]: row for row in pool}
    taken: set[tuple[str, str]] = set()
    for pair in pairs:
        if chance.random() < share:
            side = chance.choice(("src", "tgt"))
            taken.add((by_id[pair[side]]["group"], by_id[pair[side]]["lang"]))
    kept = [row for row in pool if (row["group"], row["lang"]) not in taken]
    links = link(tuple(sorted(sketched(folder, row["path"], row["lang"]) for row in kept)))
    partners: dict[str, set[str]] = defaultdict(set)
    for found in links.pairs:
        partners[found.source].add(found.translation)
        partners[found.translation].add(found.source)
    by_path = {row["path"]: row for row in pool}
    there, hits, lonely, strangers = 0, 0, 0, 0
    for pair in pairs:
        for query, wanted in ((pair["src"], pair["tgt"]), (pair["tgt"], pair["src"])):
            own, other = by_id[query], by_id[wanted]
            if (own["group"], own["lang"]) in taken:
                continue
            near = {path for path in partners[own["path"]] if by_path[path]["lang"] == other["lang"]}
            if (other["group"], other["lang"]) in taken:
                lonely += 1
                strangers += bool(near)
            else:
                there += 1
                beside = near | {path for middle in partners[own["path"]] for path in partners[middle]}
                hits += any(_is(by_path[path], other) for path in beside)
    return {"recall": hits / there, "absent": lonely, "stays unpaired": 1 - strangers / lonely}


def _is(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return bool(row["group"] == wanted["group"] and row["lang"] == wanted["lang"])
