"""A source and a translation that name different authors.

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
from dqkit.finding import Problem
from dqkit.observed import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class BylineDisagreement(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        source, translation = pair.source.byline, pair.translation.byline
        if not source or not translation or not _comparable(source[1], translation[1]):
            return
        if not same_name(source[1], translation[1]):
            message = f"the byline names {translation[1]}, the source's {source[1]}"
            yield Problem(translation[0], message, (source[0],), "medium")


def _comparable(left: str, right: str) -> bool:
    """Tell whether two names are both in Latin letters, so that they can be compared letter by letter."""
    return all(letter < "\u0370" for name in (left, right) for letter in name if letter.isalpha())
