r"""A byte order mark (U+FEFF) at the start of a UTF-8 file, or inside a text.

At the start it becomes part of the first word for most readers; inside, it is the seam of two files put together.

Bad:
    \ufeffThe first word

Good:
    The first word

Fix: remove the mark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import by_line
from dqkit.finding import Problem
from dqkit.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document


class ByteOrderMark(FileCheck):
    family: ClassVar[str] = "encoding"

    def find(self, document: Document) -> Iterable[Problem]:
        if document.bom and document.encoding == "utf-8":
            yield Problem(
                Place(document.path, 1, 1, 1, 1, "\ufeff"), "a UTF-8 file that begins with a byte order mark", fix=""
            )
        if "\ufeff" in document.rare:
            yield from by_line(
                document, re.finditer("\ufeff+", document.text), lambda _: "a byte order mark inside the text"
            )
