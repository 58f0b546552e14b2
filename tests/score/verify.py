"""How strongly a declared pair speaks for each defect, by what dqkit's checks weigh."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dqkit.pairing.align import align
from dqkit.pairing.evidence import alone, altered, cut_end, renamed, repeated, swapped, untranslated
from dqkit.pairing.likeness import Likeness
from dqkit.pairing.link import PairLink
from dqkit.pairing.profile import profile
from dqkit.pairing.shelf import Sketches
from dqkit.text import Document
from tests.score.pairing import sketched
from tests.score.predict import rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dqkit.pairing.align import Alignment
    from dqkit.pairing.profile import Profile


DETECTORS: dict[str, tuple[str, ...]] = {
    "missing": ("drop1", "drop_sent", "natural_omission"),
    "extra": ("extra1",),
    "cut": ("trunc30", "natural_incomplete"),
    "repeated": ("dup1",),
    "swapped": ("swap2",),
    "untranslated": ("untrans1", "natural_untranslated"),
    "number": ("num1", "natural_number"),
    "date": ("month1",),
    "name": ("name_all", "name_one"),
    "partner": ("wrong",),
}
"""Labels of defects by what of dqkit's looks for them."""


def verify(folder: Path) -> dict[str, dict[str, float]]:
    """Give each item's score by each detector: the strength of the strongest evidence that the checks weigh."""
    names = ("labels", "natural", "natural_incomplete", "natural_omissions", "natural_numbers")
    files = [folder / f"{name}.jsonl" for name in names]
    items = [row for file in files if file.exists() for row in rows(file)]
    likeness = _against_pool(folder, items)

    @lru_cache(maxsize=512)
    def profiled(path: str) -> Profile:
        return profile(Document(path, (folder / path).read_bytes()))

    scores: dict[str, dict[str, float]] = {name: {} for name in DETECTORS}
    for row in sorted(items, key=lambda row: (row["src"], row["tgt"])):
        link = PairLink(row["src"], row["tgt"], 0.0, declared=True)
        found = strengths(align(link, profiled(row["src"]), profiled(row["tgt"])))
        found["partner"] = -likeness.score(row["src"], row["tgt"])
        for name, strength in found.items():
            scores[name][row["item"]] = strength
    return scores


def strengths(pair: Alignment) -> dict[str, float]:
    """Give how strongly a pair speaks for each defect."""

    def most(found: Iterable[Any]) -> float:
        return max((evidence.strength for evidence in found), default=0.0)

    return {
        "missing": most(alone(pair, "source")),
        "extra": most(alone(pair, "translation")),
        "cut": cut_end(pair).strength,
        "repeated": most(repeated(pair)),
        "swapped": most(swapped(pair)),
        "untranslated": most(untranslated(pair)),
        "number": most(altered(pair, dates=False)),
        "date": most(altered(pair, dates=True)),
        "name": float(len(list(renamed(pair)))),
    }


def _against_pool(folder: Path, items: list[dict[str, Any]]) -> Likeness:
    """Sketch the pool and all items' texts."""
    tags = {row["path"]: row["lang"] for row in rows(folder / "pool.jsonl")}
    tags |= {row["src"]: row["src_lang"] for row in items} | {row["tgt"]: row["tgt_lang"] for row in items}
    return Likeness(Sketches(sketched(folder, path, tag) for path, tag in tags.items()))
