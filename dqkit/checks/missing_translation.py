"""A source that is not there in a language it is required in, or that most others are there in.

The corpus promises every text in these languages, and whoever takes it at its word finds a hole.

Bad:
    languages: [sv, de], and an English text with a Swedish translation alone

Good:
    a translation, which is no source and needs no translations of its own

Fix: add the translation, or take the language off the rule.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from dqkit.check import LinkCheck
from dqkit.finding import Problem
from dqkit.place import whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.link import Links


class MissingTranslation(LinkCheck):
    family: ClassVar[str] = "pairing"

    required: Annotated[tuple[str, ...], "languages every source must be there in; none: those that most are in"] = ()
    most: Annotated[
        float, "share of the sources that makes a language required where none is named, 0 to 1", "share"
    ] = 0.8
    least_sources: Annotated[int, "sources a corpus must have for that"] = 5

    def __init__(self, **options: Any) -> None:  # as given to the base
        super().__init__(**options)
        if not self.required:
            self.__dict__["stage"] = "corpus"  # what most sources are there in, a few of them do not tell

    def find(self, links: Links) -> Iterable[Problem]:
        translations = {pair.translation for pair in links.pairs} | {path for path, _ in links.dangling}
        there: dict[str, set[str | None]] = {
            path: {sketch.language}
            for path, sketch in links.sketches.items()
            if not (path in translations or sketch.note or sketch.translation_of)
        }
        for pair in links.pairs:
            there.get(pair.source, set()).add(links.sketches[pair.translation].language)
        wanted = self.required or self._usual(list(there.values()))
        for path, found in sorted(there.items()):
            if lacking := [code for code in wanted if code not in found]:
                yield Problem(whole_lines(path, 1, 1), f"has no translation into {', '.join(lacking)}")

    def _usual(self, there: list[set[str | None]]) -> list[str]:
        """Give the languages that most sources are there in, where the sources are many enough to tell."""
        if len(there) < self.least_sources:
            return []
        counts = Counter(code for found in there for code in found if code)
        return sorted(code for code, count in counts.items() if self.most * len(there) <= count < len(there))
