"""A sidecar, or a row of a manifest, for which there is no seed file.

A text was lost, renamed or never added, and its metadata stayed behind.

Bad:
    river.en.meta.yaml, and no river.en.txt beside it
    a row of metadata.csv with `file_name: river.txt`, and no such file

Good:
    a row that names a file in a folder below the manifest's

Fix: add the file, or delete what is declared about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import DeclarationCheck
from dqkit.finding import Problem
from dqkit.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.declaration import Declaration


class OrphanedMetadata(DeclarationCheck):
    family: ClassVar[str] = "metadata"

    most: Annotated[int, "rows of one manifest that are named one by one; of more, the first and their number"] = 20

    def find(self, declaration: Declaration) -> Iterable[Problem]:
        if declaration.kind == "sidecar":
            yield Problem(Place(declaration.path, 1, 1, 1, 1, ""), "no seed file stands beside this sidecar")
        elif len(declaration.orphans) > max(0, self.most):
            name, line, column = declaration.orphans[0]
            many = f"{len(declaration.orphans):,} of {declaration.rows:,} rows"
            message = f"{many} are for files that are not there, the first for “{name}”"
            yield Problem(Place(declaration.path, line, column, line, column, ""), message)
        else:
            for name, line, column in declaration.orphans:
                message = f"the row is for “{name}”, and there is no such file"
                yield Problem(Place(declaration.path, line, column, line, column, ""), message)
