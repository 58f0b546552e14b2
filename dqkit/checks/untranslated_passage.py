"""A passage of a translation that is still in the source's language.

It was forgotten. A reader of the translation cannot read it, and language statistics go wrong.

Bad:
    a Swedish text whose fourth paragraph is the English one, word for word

Good:
    a quotation, a list of names, a title or a line of code that is the same in both

Fix: translate the passage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.evidence import untranslated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class UntranslatedPassage(PairCheck):
    family: ClassVar[str] = "pairing"

    least_share: Annotated[float, "share of three-word runs that must be copied from the source, 0 to 1", "share"] = 0.5

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        for found in untranslated(pair):
            if found.strength >= self.least_share:
                message = "this passage is copied from the source and not translated"
                yield Problem(
                    pair.place("translation", found.translation), message, (pair.place("source", found.source),)
                )
