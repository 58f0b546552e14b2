"""An author, translator or publication that other files spell otherwise.

One name is counted as two; whoever looks for the one does not find the other.

Bad:
    publisher: Epoch Times, and in three files publisher: The EpochTimes

Good:
    author: Lu Chen and author: Li Chen, two persons; José in a Spanish file and Jose in an English one

Fix: choose one spelling, for instance the one that the person uses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, ClassVar

from dqkit.check import Check
from dqkit.detect.declared import at
from dqkit.detect.names import words
from dqkit.finding import Problem
from dqkit.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.check import Key, Note
    from dqkit.seed.text import Document

FIELDS = ("author", "translator", "publisher")
AND = frozenset(("&", "and", "och", "og", "ja", "und", "en", "et", "y", "e", "i", "и"))
"""Words that join the names of two persons, whose order is free."""
ARTICLES = ("the", "die", "der", "das", "le", "la", "les", "el", "il", "al")


class NameVariant(Check):
    family: ClassVar[str] = "metadata"
    when: ClassVar[str] = "described"
    quorum: ClassVar[int] = 2

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        for field in FIELDS:
            for name in document.metadata.texts(field):
                parts = words(name)
                if field == "publisher" and len(parts) > 1 and parts[0] in ARTICLES:
                    parts = parts[1:]
                # The letters in order of the alphabet: neither the order of words nor the spaces between them matter.
                letters = "".join(sorted("".join(parts)))
                if len(letters) > 3 and AND.isdisjoint(name.casefold().split()):
                    place = at(document.metadata.fields[field], document)
                    kind = "publisher" if field == "publisher" else "person"
                    yield (kind, letters), (name, document.metadata.language or "", *place)

    def judge(self, key: Any, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem]:
        groups: dict[tuple[str, ...], list[Any]] = defaultdict(list)
        for _, note in notes:
            groups[_same(note[0], key[0])].append(note)
        for group in groups.values():
            counts = Counter(note[0] for note in group)
            usual = max(sorted(counts), key=lambda name: counts[name])
            where = {note[1] for note in group if note[0] == usual}
            first = next(note for note in group if note[0] == usual)
            for name, language, *place in group:
                if name == usual or (_marks_only(name, usual) and language not in where):
                    continue
                message = f"spelled “{name}” here, “{usual}” in {counts[usual]} of {len(group)} places"
                yield Problem(Place(*place), message, (Place(*first[2:]),), "medium")


def _same(name: str, kind: str) -> tuple[str, ...]:
    """Give what spellings of one name have in common beyond their letters: their words, or those run together."""
    parts = words(name)
    if kind == "publisher":
        return ("".join(parts[1:] if len(parts) > 1 and parts[0] in ARTICLES else parts),)
    return tuple(sorted(parts))


def _marks_only(left: str, right: str) -> bool:
    """Tell whether two spellings differ in nothing but marks on letters, as they may from language to language."""
    return [len(part) for part in left.split()] == [len(part) for part in right.split()] and words(left) == words(right)
