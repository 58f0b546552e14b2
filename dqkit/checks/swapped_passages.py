"""Passages of a translation that stand in another order than in the source.

Whoever aligns the two by order pairs the wrong paragraphs, and so does every reader who compares.

Bad:
    the second and the fifth paragraph have changed places

Good:
    entries of a list, each language's in the order of its own alphabet; a sentence moved to the next paragraph

Fix: put them in the source's order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class SwappedPassages(PairCheck):
    family: ClassVar[str] = "pairing"

    least_margin: Annotated[float, "what must be saved by aligning crosswise, in half squared deviations"] = 7.0

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        told: set[int] = set()
        for found in sorted(pair.crossings, reverse=True):
            if found.strength >= self.least_margin and told.isdisjoint(found.translation):
                told.update(found.translation)
                there = tuple(pair.place("source", [index]) for index in found.source)
                also = tuple(pair.place("translation", [index]) for index in found.translation[1:])
                lines = " and ".join(str(place.line) for place in there)
                message = f"stands in another order than in the source: see its line {lines}"
                yield Problem(pair.place("translation", [found.translation[0]]), message, there + also, "medium")
