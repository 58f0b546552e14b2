"""A manifest (`metadata.jsonl`, `.csv` or `.yaml`) or a row of it that cannot be read.

What it declares is lost without a word, and the files it is about count as files without metadata.

Bad:
    {"file_name": "a.txt", "language": "sv"
    two rows for one file; a row that names no file

Good:
    one row for each file, each with `file_name`, `path` or `id`

Fix: correct the row. A `metadata.yaml` that is no manifest can be left out by the setting `exclude`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import DeclarationCheck
from dqkit.finding import Problem
from dqkit.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.declaration import Declaration


class MalformedManifest(DeclarationCheck):
    family: ClassVar[str] = "metadata"

    def find(self, declaration: Declaration) -> Iterable[Problem]:
        for message, line, column in declaration.faults:
            yield Problem(Place(declaration.path, line, column, line, column, ""), message)
