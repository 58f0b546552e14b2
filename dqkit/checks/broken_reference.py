"""A reference to another file that points nowhere, or that the other file does not return.

Whoever follows it finds nothing, or finds a file that says it belongs elsewhere.

Bad:
    translation_of: lighthouse-en (and lighthouse-en lists `translations: [lighthouse-sv]`, which this file is not)

Good:
    translation_of: lighthouse-en (and lighthouse-en lists no translations at all)
    is_part_of: https://example.org/a-series

Fix: correct the reference, or add the other one. A `translation_of` that points nowhere is `missing-source`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

from dqkit.check import Check
from dqkit.detect.declared import at
from dqkit.finding import Problem
from dqkit.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.check import Key, Note
    from dqkit.seed.text import Document

INVERSE = {
    "translation_of": "translations",
    "translations": "translation_of",
    "is_part_of": "has_part",
    "has_part": "is_part_of",
}
LISTS = ("translations", "has_part")
"""Fields that must name files; the others may name a work or a series that is not here."""


class BrokenReference(Check):
    family: ClassVar[str] = "metadata"

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        metadata = document.metadata
        name = document.path.rpartition("/")[2]
        known = {document.path, name, name.rpartition(".")[0], metadata.text("id") or name}
        refers = {field: metadata.texts(field) for field in INVERSE if document.described}
        own = tuple(
            (field, here) for field, all_ in refers.items() if (here := tuple(t for t in all_ if "://" not in t))
        )
        for handle in sorted(known):
            yield handle, ("", own)
        for field, targets in own:
            place = tuple(at(metadata.fields[field], document))
            for target in targets:
                yield _resolved(target, document.path), (field, tuple(sorted(known)), place)

    def judge(self, key: Key, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem]:
        there = [(path, dict(note[1])) for path, note in notes if not note[0]]
        for path, (field, *rest) in notes:
            if field:
                known, place = rest
                if message := _wrong(str(key), path, field, known, there):
                    yield Problem(Place(*place), message, confidence="medium")


def _resolved(target: str, path: str) -> str:
    """Give a path that begins with `./` or `../`, seen from a file, as the corpus has it."""
    if not target.startswith(("./", "../")):
        return target
    return os.path.normpath(f"{path.rpartition('/')[0] or '.'}/{target}").replace(os.sep, "/")


def _wrong(target: str, path: str, field: str, known: Sequence[str], there: list[tuple[str, Any]]) -> str | None:
    """Say what is wrong with a reference; None where it is as it should be, or leads out of the corpus."""
    if not there:
        return f"“{field}” names “{target}”, and no file has that id, path or name" if field in LISTS else None
    if any(other == path for other, _ in there):
        return f"“{field}” names the file itself"
    returned = INVERSE[field]
    answers = [targets for _, refers in there if (targets := refers.get(returned))]
    if field in LISTS and not answers:
        return f"“{field}” names “{target}”, whose “{returned}” names nothing"
    if answers and not any(name in targets for targets in answers for name in known):
        return f"“{field}” names “{target}”, whose “{returned}” names {', '.join(sorted(answers[0]))}"
    return None
