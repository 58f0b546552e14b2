"""Where a declared value stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.place import Place

if TYPE_CHECKING:
    from dqkit.metadata import Declared
    from dqkit.text import Document


def at(declared: Declared, document: Document) -> Place:
    """Name the place of a declared value: in the file it stands in, or the seed file's first line for its name."""
    line, column, value = max(1, declared.line), max(1, declared.column), str(declared.value)
    end = column + len(value) if declared.line else column
    return Place(
        declared.path if declared.line else document.path, line, column, line, end, value if declared.line else ""
    )
