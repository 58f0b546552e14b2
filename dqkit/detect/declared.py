"""Where a declared value stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.place import Place

if TYPE_CHECKING:
    from dqkit.seed.metadata import Declared
    from dqkit.seed.text import Document


def at(declared: Declared, document: Document) -> Place:
    """Name the place of a declared value: in the file it stands in, or the seed file's first line for its name."""
    if not declared.line:
        return Place(document.path, 1, 1, 1, 1, "")
    value = str(declared.value).partition("\n")[0] if not isinstance(declared.value, dict | list) else ""
    return Place(declared.path, declared.line, declared.column, declared.line, declared.column + len(value), value)
