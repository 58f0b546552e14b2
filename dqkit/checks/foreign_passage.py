"""A passage in another language than the file is declared to be in.

The file is counted, split and taught as one language, and part of it is another: mostly a paragraph that nobody
translated, or the end of another article.

Bad:
    language: sv (and one long paragraph is in English)

Good:
    language: sv (and the text quotes two English sentences, or lists English titles and names)

Fix: translate or delete the passage; where it belongs there, accept the finding with a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.tongue import contradicted
from dqkit.finding import Problem
from dqkit.record import regex
from dqkit.seed.language import WRITTEN, alike, likeliest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.seed.text import Block, Document

CONFIDENCE = 0.6
"""Probability from which the model's answer for one half of a paragraph counts; both halves must agree."""
SAMPLE = 200
SMALL_WORDS = 0.5
"""Share of words that begin with a small letter, in scripts that have them: running text, and no list of names."""
_QUOTED = regex(
    r"“[^”]*”|”[^”]*”|«[^»]*»|»[^«]*«|„[^“”]*[“”]|「[^」]*」|『[^』]*』|\"[^\"]*\"|‘[^’]*’(?!\w)|\([^)]*\)|https?://\S+"
)
_SYMBOL = regex(r"[=<>{}\[\]|\\_#;]|::|\(\w*\)|\w\.\w")
SYMBOLS = 0.02
"""Share of characters (0 to 1) that are symbols, from which a paragraph is code."""
_OPENS = tuple('“”«»„「『"‘>–—-')


class ForeignPassage(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "tagged"

    least_letters: Annotated[int, "characters a paragraph must have, quotations left out, to be judged"] = 200

    def find(self, document: Document) -> Iterable[Problem]:
        declared = document.metadata.language
        if declared not in WRITTEN:
            return
        foreign = [(block, language) for block in document.blocks if (language := self.language(block, declared))]
        if not foreign or document.once(contradicted):  # then `language-mismatch` speaks, once
            return
        for first, last, language in _runs(document, foreign):
            message = f"a passage in {language}, in a file declared as {declared}"
            yield Problem(document.block_place(first, last), message, confidence="medium")

    def language(self, block: Block, declared: str) -> str | None:
        """Tell the language of a paragraph that is surely not in the declared one; None for any other."""
        if len(block.text) < self.least_letters or block.text.lstrip().startswith(_OPENS):
            return None
        text = " ".join(_QUOTED.sub(" ", block.text).split()).encode("utf-8", "ignore").decode()
        words = text.split()
        small = sum(word[0].islower() for word in words) >= SMALL_WORDS * len(words)
        cased = any(c.isupper() for c in text)
        is_code = len(_SYMBOL.findall(text)) > SYMBOLS * len(text)
        if len(text) < self.least_letters or (cased and not small) or is_code:
            return None
        language = likeliest(text[:SAMPLE], CONFIDENCE)
        if language is None or alike(language, declared) or likeliest(text[-SAMPLE:], CONFIDENCE) != language:
            return None
        return language


def _runs(document: Document, foreign: list[tuple[Block, str]]) -> Iterator[tuple[Block, Block, str]]:
    """Join neighbouring paragraphs of one language: first and last of each run, and the language."""
    order = {block.start: index for index, block in enumerate(document.blocks)}
    run: list[Block] = []
    language = ""
    for block, own in foreign:
        if run and (own != language or order[block.start] != order[run[-1].start] + 1):
            yield run[0], run[-1], language
            run = []
        run, language = [*run, block], own
    yield run[0], run[-1], language
