"""A field that two sources declare differently: manifest, sidecar, front matter or file name.

The stronger source wins in silence, and whoever edits the weaker one changes nothing.

Bad:
    lighthouse.sv.txt (and its front matter says `language: en`)

Good:
    a manifest that says `author: Chen, Lu`, and front matter that says `creator: Lu Chen`

Fix: declare the field in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.agree import agree
from dqkit.detect.declared import at
from dqkit.finding import Problem
from dqkit.seed.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document

ONLY_NAMES = ("id", "index", "slug")
"""Fields that a file name may have its own value of."""


class ConflictingMetadata(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "described"

    def find(self, document: Document) -> Iterable[Problem]:
        metadata = document.metadata
        for field, weaker in metadata.overruled:
            winner = metadata.fields[field]
            if field not in FIELDS or (weaker.origin == "file name" and field in ONLY_NAMES):
                continue
            if not agree(field, winner.value, weaker.value):
                same = (winner.path, winner.origin) == (weaker.path, weaker.origin)
                other = "and" if same else f"the {weaker.origin}"
                message = (
                    f"{field}: the {winner.origin} says “{_shown(winner.value)}”, {other} “{_shown(weaker.value)}”"
                )
                yield Problem(at(winner, document), message, (at(weaker, document),))


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
