"""A declared title that is not the title of the text.

A listing shows one title and the reader finds another: a file was renamed, or the metadata of another one was copied.

Bad:
    title: The night train returns (and the text is about a lighthouse)
    title: Old lighthouse shines again (and the text begins “Old lighthouse burns again”)

Good:
    a title that differs in capitals, quotation marks or white space; a text without a title line

Fix: put the title that the text has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.agree import plain
from dqkit.detect.declared import at
from dqkit.detect.names import comparable
from dqkit.detect.observed import observe
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Block, Document

HEAD = 8
"""Blocks from the top in which the declared title may stand."""
STEM = 4
"""Letters of a word that are compared, so that its endings do not matter."""


class TitleMismatch(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "described"

    like: Annotated[
        float, "likeness (0 to 1) from which two different titles are one title that was changed", "share"
    ] = 0.75

    def find(self, document: Document) -> Iterable[Problem]:
        for field, name in (("title", "title"), ("alternative", "deck")):
            declared = document.metadata.text(field)
            observed = document.once(observe) if declared else None
            block = getattr(observed, name) if observed else None
            if not declared or not observed or not block or not comparable(declared, block.text):
                continue
            if self.differs(document, field, declared, block):
                message = f"the declared {field} is “{declared}”, the text's {name} “{block.text.strip()}”"
                place = at(document.metadata.fields[field], document)
                yield Problem(place, message, (document.block_place(block),), "medium")

    def differs(self, document: Document, field: str, declared: str, block: Block) -> bool:
        """Tell whether a title surely is not the text's: almost its own, or of words that the text does not have."""
        known, seen = plain(declared), plain(block.text)
        head = [plain(other.text) for other in document.blocks[:HEAD]]
        if not known or not seen or known in seen or seen in known or any(known in text for text in head):
            return False
        if known.replace(" ", "") == seen.replace(" ", ""):
            return False
        from difflib import SequenceMatcher

        if SequenceMatcher(None, known.split(), seen.split(), False).ratio() >= self.like:
            return True
        return field == "title" and _is_of_another_text(
            known, plain("\n".join(other.text for other in document.blocks))
        )


def _is_of_another_text(title: str, text: str) -> bool:
    """Tell whether a text has none of a title's words, or of its pairs of characters where no spaces part words."""
    words = {word[:STEM] for word in title.split() if len(word) >= STEM}
    if any(len(word) > STEM and word[0] > "\u2e80" for word in title.split()):
        words = {title[i : i + 2] for i in range(len(title) - 1)}
    return len(words) >= 2 and not any(word in text for word in words)
