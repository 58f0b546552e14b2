"""A passage that the translation has twice and the source once.

It was pasted again, and the pair no longer corresponds block by block. What the translation alone shows to be a copy is
left to duplicate-block; the source tells what only looks like a refrain.

Bad:
    a Swedish paragraph that stands three times, and the English one once

Good:
    a refrain, or a heading like “Related links”, that the source repeats as well

Fix: delete one of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.evidence import repeated
from dqkit.place import whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class RepeatedPassage(PairCheck):
    family: ClassVar[str] = "pairing"

    least_length: Annotated[int, "characters a passage must have to count, those of dense scripts weighted"] = 40

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        path = pair.translation.path
        for found in repeated(pair):
            if found.strength >= self.least_length and not found.told:
                message = f"stands in line {found.first[0]} already, and once in the source {pair.source.path}"
                yield Problem(whole_lines(path, *found.copy), message, (whole_lines(path, *found.first),))
