"""A source and a translation that name different publications.

A translation may be another house's work; often it is the wrong house's name, and with it the wrong licence.

Bad:
    publisher: Epoch Times — publisher: Valley Courier

Good:
    publisher: Epoch Times — publisher: Epoch Times Sverige

Fix: name the house that published each text, or accept the finding where a translation was licensed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import PairCheck
from dqkit.detect.agree import agree
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.align import Alignment


class PublicationDisagreement(PairCheck):
    family: ClassVar[str] = "pairing"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        source, translation = pair.source.stated.get("publisher"), pair.translation.stated.get("publisher")
        if source and translation and not agree("publisher", list(source[1]), list(translation[1])):
            message = f"the publication is {', '.join(translation[1])}, the source's {', '.join(source[1])}"
            yield Problem(translation[0], message, (source[0],), "medium")
