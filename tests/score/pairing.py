"""Which text of a labelled pool dqkit takes for the translation of which."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dqkit.language import canonical
from dqkit.pairing.likeness import Likeness
from dqkit.pairing.link import link
from dqkit.pairing.shelf import Sketches
from dqkit.pairing.sketch import outline, sketch
from dqkit.text import Document
from tests.score.predict import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dqkit.pairing.sketch import Sketch

NOISY = ("noisy_chrome", "noisy_twice")


def sketched(folder: Path, path: str, tag: str) -> Sketch:
    """Sketch a text whose language is told."""
    document = Document(path, (folder / path).read_bytes())
    return sketch(document, outline(document)._replace(language=canonical(tag)))


def retrieve(folder: Path) -> Iterator[dict[str, Any]]:
    """Rank the texts of the wanted language for each pair's source and for its translation."""
    pool = rows(folder / "pool.jsonl")
    sketches = [sketched(folder, row["path"], row["lang"]) for row in pool]
    likeness = Likeness(Sketches(sketches))
    by_id = {row["id"]: row["path"] for row in pool}
    ids = {row["path"]: row["id"] for row in pool}
    members = defaultdict(list)
    for row in pool:
        members[row["lang"]].append(row["path"])
    for pair in rows(folder / "pairs.jsonl"):
        for direction, query, language in (("fwd", "src", "tgt_lang"), ("rev", "tgt", "src_lang")):
            ranked = likeness.rank(by_id[pair[query]], members[pair[language]])
            yield {"pair": pair["pair"], "dir": direction, "ranked": [ids[path] for path in ranked[:10]]}


def noisy(folder: Path, defect: str) -> tuple[int, int]:
    """Count the damaged translations of one kind, and those whose source is found first in the whole pool."""
    pool = rows(folder / "pool.jsonl")
    sketches = [sketched(folder, row["path"], row["lang"]) for row in pool]
    groups = {row["path"]: row["group"] for row in pool}
    items = [row for row in rows(folder / "labels.jsonl") if row["defect"] == defect]
    damaged = [sketched(folder, row["tgt"], row["tgt_lang"]) for row in items]
    likeness = Likeness(Sketches([*sketches, *damaged]))
    hits = 0
    for row in items:
        best = likeness.rank(row["tgt"], [other["path"] for other in pool if other["lang"] == row["src_lang"]])[0]
        hits += groups[best] == groups[row["src"]]
    return len(items), hits


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
