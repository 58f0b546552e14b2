"""A translation whose declared source is not what it translates.

The reference is wrong, or one of the two was replaced. Every check of the pair, and everyone who trusts it, goes wrong.

Bad:
    translation_of: harbour-en, in a text about a bridge that bridge-en says in English

Good:
    two articles on one subject, each declared with its own source

Fix: correct the reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import LinkCheck
from dqkit.finding import Problem
from dqkit.place import whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.link import Links


class WrongPartner(LinkCheck):
    family: ClassVar[str] = "pairing"

    most_score: Annotated[float, "likeness, 0 to 1, up to which a pair without a better one is doubted", "share"] = 0.0

    def find(self, links: Links) -> Iterable[Problem]:
        for pair in links.pairs:
            if not pair.declared or not (pair.rival or (pair.compared and pair.score <= self.most_score)):
                continue
            at, beside = links.declared(pair.translation)
            better = f"{pair.rival} is more like it" if pair.rival else "the two share next to nothing"
            message = f"not a translation of {pair.source}, it seems: {better}"
            yield Problem(at, message, (*beside, whole_lines(pair.rival or pair.source, 1, 1)), "medium")
