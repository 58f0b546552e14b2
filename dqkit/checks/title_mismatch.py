"""A declared title that is not the title of the text.

A listing shows one title and the reader finds another: a file was renamed, or the metadata of another one was copied.

Bad:
    title: Old lighthouse shines again (and the text begins “Night train returns”)

Good:
    a title that differs in capitals, quotation marks or white space; a text without a title line

Fix: put the title that the text has.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.declared import at
from dqkit.finding import Problem
from dqkit.observed import title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.text import Document


class TitleMismatch(FileCheck):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "declares"

    def find(self, document: Document) -> Iterable[Problem]:
        declared = document.metadata.text("title")
        observed = title(document.blocks)
        if not declared or observed is None:
            return
        known, seen = _words(declared), _words(observed.text)
        if known and seen and known != seen and known not in seen and seen not in known:
            message = f"the declared title is “{declared}”, the text's “{observed.text.strip()}”"
            yield Problem(at(document.metadata.fields["title"], document), message, (document.block_place(observed),))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
