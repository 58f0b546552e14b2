"""An id that two files declare.

Whatever looks a file up by its id finds one of them, and never the other.

Bad:
    id: lighthouse-en (in two files)

Good:
    id: lighthouse-en and id: lighthouse-sv
    en/000_0123456789abcdef.txt and sv/000_0123456789abcdef.txt: ids of names count within a folder

Fix: give each file an id of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from dqkit.check import Check
from dqkit.detect.declared import at
from dqkit.finding import Problem
from dqkit.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.check import Key, Note
    from dqkit.seed.text import Document


class DuplicateId(Check):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "declares"
    quorum: ClassVar[int] = 2

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        declared = document.metadata.fields.get("id")
        if declared and declared.value not in (None, ""):
            folder = document.path.rpartition("/")[0] if declared.origin == "file name" else ""
            yield (folder, str(declared.value)), tuple(at(declared, document))

    def judge(self, key: Any, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem]:
        places = [Place(*note) for _, note in notes]
        for place in places[1:]:
            yield Problem(place, f"the id “{key[1]}” is that of {notes[0][0]} as well", (places[0],))
