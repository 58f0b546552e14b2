"""A translation whose declared source is not there.

The pair cannot be checked, and whoever follows the reference finds nothing.

Bad:
    translation_of: lighthouse-en (and no file has that id, path or name)

Good:
    translation_of: lighthouse-en (and a file declares `id: lighthouse-en`)

Fix: correct the reference, or add the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import LinkCheck
from dqkit.errors import nearest
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.link import Links


class MissingSource(LinkCheck):
    family: ClassVar[str] = "pairing"

    def find(self, links: Links) -> Iterable[Problem]:
        for path, named in links.dangling:
            hint = nearest(named, links.known) if len(links.known) < 2000 else "no file has that id, path or name"
            hint = hint if hint.startswith("did") else "no file has that id, path or name"
            at, beside = links.declared(path)
            yield Problem(at, f"declared as a translation of “{named}”: {hint}", beside)
