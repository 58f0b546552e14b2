"""A number or date that the translation changes.

It is the commonest real error of published translations, and the one a reader cannot see.

Bad:
    500 to 1,000 phones — 500 till 7000 telefoner

Good:
    1,000 and 1 000; July 30 and den 30 juli; $1.5 billion and 1,5 miljarder dollar; a number moved to another sentence

Fix: put the source's number.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.pairing.align import Alignment
    from dqkit.pairing.profile import ProfileBlock
    from dqkit.place import Place


class AlteredNumber(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        everywhere = [
            Counter(v for block in side.blocks for v, _ in block.facts) for side in (pair.source, pair.translation)
        ]
        lost, new = everywhere[0] - everywhere[1], everywhere[1] - everywhere[0]
        for bead in pair.beads:
            missing = _of([pair.source.blocks[i] for i in bead.source], lost)
            added = _of([pair.translation.blocks[i] for i in bead.translation], new)
            for value, at in missing:
                other = next((found for found in added if _is_alike(value, found[0])), None)
                if other:
                    added.remove(other)
                    message = f"the source says “{at.quote}” where the translation says “{other[1].quote}”"
                    yield Problem(other[1], message, (at,), "medium")


def _of(blocks: Sequence[ProfileBlock], wanted: Counter[str]) -> list[tuple[str, Place]]:
    return [(value, place) for block in blocks for value, place in block.facts if wanted[value]]


def _is_alike(left: str, right: str) -> bool:
    """Tell whether one value may have become the other by a slip: both dates, or numbers of one length."""
    if ("-" in left) != ("-" in right):
        return False
    return "-" in left or len(left.replace(".", "")) == len(right.replace(".", ""))
