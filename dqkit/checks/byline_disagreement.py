"""A source and a translation that name different authors, in their metadata or in their bylines.

One of the two is wrong, or the translator stands where the author should.

Bad:
    By Lu Chen — Av Karin Berg

Good:
    By Lu Chen, Epoch Times — Lu Chen - Epoch Times

Fix: put the author of the source in both, the translator in a field or line of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import PairCheck
from dqkit.detect.agree import agree
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class BylineDisagreement(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        source, translation = pair.source.stated.get("author"), pair.translation.stated.get("author")
        if source and translation and not agree("author", list(source[1]), list(translation[1])):
            message = f"the author is {', '.join(translation[1])}, the source's {', '.join(source[1])}"
            yield Problem(translation[0], message, (source[0],), "medium")
        first, second = pair.source.byline, pair.translation.byline
        if first and second and not agree("author", first[1], second[1]):
            message = f"the byline names {second[1]}, the source's {first[1]}"
            if not translation or translation[0] != second[0]:
                yield Problem(second[0], message, (first[0],), "medium")
