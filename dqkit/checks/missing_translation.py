"""A source that is not there in a language it is required in.

The corpus promises every text in these languages, and whoever takes it at its word finds a hole.

Bad:
    languages: [sv, de], and an English text with a Swedish translation alone

Good:
    a translation, which is no source and needs no translations of its own

Fix: add the translation, or take the language off the rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import LinkCheck
from dqkit.finding import Problem
from dqkit.place import whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.link import Links


class MissingTranslation(LinkCheck):
    family: ClassVar[str] = "pairing"

    languages: Annotated[tuple[str, ...], "codes of the languages that every source must be translated into"] = ()

    def find(self, links: Links) -> Iterable[Problem]:
        translations = {pair.translation for pair in links.pairs} | {path for path, _ in links.dangling}
        for path, sketch in sorted(links.sketches.items()):
            if path in translations or sketch.note or sketch.translation_of:
                continue
            there = {links.sketches[p.translation].language for p in links.pairs if p.source == path}
            lacking = [code for code in self.languages if code not in there and code != sketch.language]
            if lacking:
                yield Problem(whole_lines(path, 1, 1), f"has no translation into {', '.join(lacking)}")
