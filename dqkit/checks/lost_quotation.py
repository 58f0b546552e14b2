"""A quotation of the source that the translation gives without any quotation mark.

Who said it can no longer be told: words of a person became words of the article.

Bad:
    “We shall mend it in spring,” she said — Vi lagar den i vår, sade hon

Good:
    other marks than the source's: « », „ “, 「 」, a dash before speech; a title or a single word without its marks

Fix: put the marks of the language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.evidence import unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class LostQuotation(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        for source, translation in unquoted(pair):
            message = "the source quotes here, and no quotation mark is in the translation"
            yield Problem(
                pair.place("translation", [translation]), message, (pair.place("source", [source]),), "medium"
            )
