"""A web address, e-mail address or handle of the source that the translation has otherwise.

It is what no translation may touch; a letter less, and it leads nowhere or elsewhere.

Bad:
    press@example.org — pres@example.org

Good:
    an address that both have, in another paragraph; a page's version in the other language, /en/ and /sv/

Fix: copy it from the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem
from dqkit.pairing.evidence import changed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class AlteredLink(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        for was, now, source, translation in changed(pair):
            message = f"the source has “{was}” where the translation has “{now}”"
            yield Problem(pair.place("translation", [translation]), message, (pair.place("source", [source]),))
