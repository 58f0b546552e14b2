"""How strongly a declared pair speaks for each defect, by what dqkit's checks weigh, and what the checks report."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from dqkit import checks
from dqkit.check import PairCheck
from dqkit.pairing.absence import alone
from dqkit.pairing.align import align
from dqkit.pairing.evidence import altered, cut_end, renamed, repeated, untranslated
from dqkit.pairing.link import PairLink, Search
from dqkit.pairing.profile import profile
from dqkit.pairing.shelf import Sketches
from dqkit.seed.language import canonical
from dqkit.seed.text import Document
from tests.score.pairing import pooled, sketched, spread
from tests.score.predict import rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dqkit.pairing.align import Alignment
    from dqkit.pairing.evidence import Change
    from dqkit.pairing.profile import Profile

    Row = dict[str, Any]
    Measured = tuple[str, dict[str, float], tuple[str, ...]]

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
KNOWN = {
    "missing-passage": "omission", "truncated-end": "omission", "altered-number": "number",
}  # fmt: skip
"""What labels call the real errors that a check is right to report in an unaltered pair."""


def labelled(folder: Path) -> list[Row]:
    """Give all labelled pairs."""
    names = ("labels", "natural", "natural_incomplete", "natural_omissions", "natural_numbers")
    return [row for name in names if (file := folder / f"{name}.jsonl").exists() for row in rows(file)]


def verify(folder: Path) -> tuple[dict[str, dict[str, float]], dict[str, tuple[str, ...]]]:
    """Give each item's score by each detector, and the checks that report something of it."""
    items = sorted(labelled(folder), key=lambda row: (row["src"], row["tgt"]))
    tasks = [(folder, items[i : i + 16]) for i in range(0, len(items), 16)]
    measured = [found for chunk in spread()(_measure, tasks) for found in chunk]
    scores = {name: {item: found[name] for item, found, _ in measured} for name in DETECTORS if name != "partner"}
    return scores | {"partner": partners(folder, items)}, {item: told for item, _, told in measured}


def partners(folder: Path, items: list[Row]) -> dict[str, float]:
    """Give each unaltered pair, true or not, how far its margin over all texts that are there is below 0."""
    wanted = [row for row in items if row["defect"] in ("none", "wrong")]
    tags = {row[side]: row[f"{side}_lang"] for row in wanted for side in ("src", "tgt")}
    known = {sketch.path for sketch in pooled(folder)}
    others = [sketched(folder, path, tag) for path, tag in sorted(tags.items()) if path not in known]
    search = Search(Sketches((*pooled(folder), *others)))
    return {row["item"]: -search.margin(row["src"], row["tgt"]) for row in wanted}


def _measure(task: tuple[Path, list[Row]]) -> list[Measured]:
    folder, items = task
    measured = []
    for row in items:
        link = PairLink(row["src"], row["tgt"], 0.0, declared=True)
        sides = (profiled(folder, row[side], row[f"{side}_lang"]) for side in ("src", "tgt"))
        pair = align(link, *sides)
        told = tuple(name for name, check in pair_checks().items() if any(True for _ in check.compare(pair)))
        measured.append((row["item"], strengths(pair), told))
    return measured


@lru_cache(maxsize=512)
def profiled(folder: Path, path: str, tag: str) -> Profile:
    """Profile a text whose language is told: its name declares it."""
    return profile(Document(f"{path.removesuffix('.txt')}.{canonical(tag)}.txt", (folder / path).read_bytes()))


@cache
def pair_checks() -> dict[str, PairCheck]:
    """Give each check of pairs, its options as they are by default."""
    kinds = {name: checks.load(name) for name in checks.names()}
    return {name: kind() for name, kind in kinds.items() if issubclass(kind, PairCheck)}


def strengths(pair: Alignment) -> dict[str, float]:
    """Give how strongly a pair speaks for each defect."""

    def most(found: Iterable[Any]) -> float:
        return max((evidence.strength for evidence in found), default=0.0)

    return {
        "missing": most(alone(pair, "source")),
        "extra": most(alone(pair, "translation")),
        "cut": cut_end(pair).strength,
        "repeated": most(repeated(pair)),
        "swapped": most(pair.crossings),
        "untranslated": most(untranslated(pair)),
        "number": most((*altered(pair, dates=False), *filter(_is_other_day, altered(pair, dates=True)))),
        "date": most(altered(pair, dates=True)),
        "name": float(len(list(renamed(pair)))),
    }


def _is_other_day(change: Change) -> bool:
    return change.was.partition("-")[0] == change.now.partition("-")[0]


def clean(items: Iterable[Row], known: str) -> list[str]:
    """Name the unaltered pairs without a real error of a known kind."""
    errors = {known, known + "?"}
    return [row["item"] for row in items if row["defect"] == "none" and errors.isdisjoint(row["known_in_base"])]


def recalls(folder: Path, scores: dict[str, dict[str, float]]) -> list[str]:
    """Say how many of each defect are found at the thresholds that 1 % and 0.5 % of all unaltered pairs exceed."""
    items, lines = labelled(folder), []
    for name, defects in DETECTORS.items():
        known = {"missing": "omission", "cut": "omission", "number": "number"}.get(name, "")
        noise = sorted((scores[name][item] for item in clean(items, known)), reverse=True)
        for defect in defects:
            found = [scores[name].get(row["item"], 0.0) for row in items if row["defect"] == defect]
            shares = [sum(s > noise[int(q * len(noise))] for s in found) / len(found) for q in (0.01, 0.005) if found]
            if found:
                lines.append(f"  {defect:22s} n={len(found):4d} " + " ".join(f"{share:.3f}" for share in shares))
    return lines


def alarms(folder: Path, told: dict[str, tuple[str, ...]]) -> list[str]:
    """Say of each check how many unaltered pairs it reports something of, and how many of its defects it finds."""
    items = labelled(folder)
    finds: dict[str, Counter[str]] = {name: Counter() for name in pair_checks()}
    totals = Counter(row["defect"] for row in items)
    lines = []
    for name in pair_checks():
        finds[name].update(row["defect"] for row in items if name in told[row["item"]])
        true = clean(items, KNOWN.get(name, ""))
        false = sum(name in told[item] for item in true)
        best = sorted(((n / totals[d], d) for d, n in finds[name].items() if d != "none"), reverse=True)[:3]
        shown = ", ".join(f"{defect} {share:.3f}" for share, defect in best)
        lines.append(f"  {name:22s} {false:3d} of {len(true)}, {false / len(true):.4f} a pair; finds {shown}")
    return lines
