"""A name of the source that the translation has otherwise, as far as letters tell.

Names are inflected, transliterated and translated, so this is for information and no reason to fail.

Bad:
    Zhou Yongkang — Wang Lijun

Good:
    Shanghai and Shanghais; Beijing and Пекин; Göteborg and Gothenburg

Fix: put the source's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.evidence import renamed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class AlteredName(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        for was, now, source, translation in renamed(pair):
            message = f"“{was}” of the source is not here, and “{now}” is not there"
            at, there = pair.place("translation", [translation]), pair.place("source", [source])
            yield Problem(at, message, (there,), "low")
