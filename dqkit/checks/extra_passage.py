"""A passage of the translation that the source does not have.

Something was put in: an editor's paragraph, another article, words of the page. The pair no longer says the same.

Bad:
    a sixth paragraph in Swedish that no English one says

Good:
    a caption, a sub-heading, a paragraph cut in two

Fix: delete the passage, or add it to the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.absence import alone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class ExtraPassage(PairCheck):
    family: ClassVar[str] = "pairing"

    least_length: Annotated[int, "characters a passage must have to count, those of dense scripts weighted"] = 60
    least_margin: Annotated[float, "how much dearer it must be to align it, in half squared standard deviations"] = 3.0

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        for found in alone(pair, "translation"):
            index = found.translation[0]
            if found.strength >= self.least_margin and pair.translation.blocks[index].length >= self.least_length:
                message = f"a passage that the source {pair.source.path} does not have"
                at = pair.place("translation", [index])
                yield Problem(at, message, (pair.beside("source", index),), "medium")
