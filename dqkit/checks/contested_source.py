"""A source that two files in one language declare themselves translations of.

One of them is a copy, a draft or a wrong reference; nobody can tell which of the two counts.

Bad:
    river.sv.txt and river-new.sv.txt, both with translation_of: river-en

Good:
    a Swedish and a German translation of one source

Fix: keep one, or correct the reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import LinkCheck
from dqkit.finding import Problem
from dqkit.place import whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.link import Links


class ContestedSource(LinkCheck):
    family: ClassVar[str] = "pairing"

    def find(self, links: Links) -> Iterable[Problem]:
        claims: dict[tuple[str, str], list[str]] = {}
        for pair in links.pairs:
            language = links.sketches[pair.translation].language
            if pair.declared and language:
                claims.setdefault((pair.source, language), []).append(pair.translation)
        for (source, language), paths in sorted(claims.items()):
            for path in paths[1:]:
                at, beside = links.declared(path)
                message = f"{paths[0]} is declared a translation of {source} into the same language, {language}"
                yield Problem(at, message, (*beside, whole_lines(paths[0], 1, 1)))
