"""Who wrote a text, who published it and when: as declared, else as the text says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.detect.dates import written
from dqkit.detect.declared import at
from dqkit.detect.observed import observe

if TYPE_CHECKING:
    from dqkit.place import Place
    from dqkit.seed.text import Document


def stated(document: Document) -> dict[str, tuple[Place, tuple[str, ...]]]:
    """Give `author`, `publisher` and `date`, as far as they are stated: where, and the values."""
    metadata = document.metadata
    observed = document.once(observe)
    found: dict[str, tuple[Place, tuple[str, ...]]] = {}
    if line := observed.byline:
        found["author"] = document.block_place(line.block), (line.person,)
        if line.publication:
            found["publisher"] = document.block_place(line.block), (line.publication,)
    if day := observed.day("date"):
        found["date"] = document.block_place(day.block), (written(day.day),)
    for field in ("author", "publisher", "date"):
        if values := metadata.texts(field):
            found[field] = at(metadata.fields[field], document), values
    return found
