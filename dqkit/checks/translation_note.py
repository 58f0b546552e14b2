"""A line that says the text is a translation.

It belongs in the metadata; in the text it is one more line that the source does not have. It also says where to look
for the source.

Bad:
    Translated from the Swedish.

Good:
    “The book was translated from the Swedish in 1908,” she said.

Fix: move it to the field `translation_of`, or leave it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import LinkCheck
from dqkit.finding import Problem
from dqkit.place import whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.link import Links


class TranslationNote(LinkCheck):
    family: ClassVar[str] = "pairing"

    def find(self, links: Links) -> Iterable[Problem]:
        sources = {pair.translation: pair for pair in links.pairs}
        for path, sketch in links.sketches.items():
            if sketch.note is None:
                continue
            line, language = sketch.note
            pair = sources.get(path)
            found = f"its source is {pair.source}" if pair else "its source is not among these files"
            related = (whole_lines(pair.source, 1, 1),) if pair else ()
            named = f" ({language})" if language else ""
            yield Problem(whole_lines(path, line, line), f"the text says it is a translation{named}; {found}", related)
