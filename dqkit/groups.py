"""Groups notes by key in little memory: cut into parts by key, packed, and unpacked a part at a time.

Keys and notes are packed apart: where no key of a part stands often enough to be judged, its notes stay packed.
"""

from __future__ import annotations

import marshal
import zlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.check import Key, Note

PARTS = 64
"""How many parts the notes of one rule are cut into."""
Packed = dict[tuple[int, int], tuple[bytes, bytes]]
"""Some notes by rule and part: their keys, and path and note of each, packed by `marshal`, which takes plain values."""


def pack(notes: Iterable[tuple[int, str, Iterable[tuple[Key, Note]]]]) -> Packed:
    """Pack notes: rule, path, and keys with notes."""
    parts: dict[tuple[int, int], tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for rule, path, pairs in notes:
        for key, note in pairs:
            keys, values = parts[rule, key[0] % PARTS if type(key) is bytes else _part(key)]
            keys.append(key)
            values.append((path, note))
    return {part: (marshal.dumps(keys), marshal.dumps(values)) for part, (keys, values) in parts.items()}


def unpack(packed: Packed) -> Iterator[tuple[int, Key, str, Note]]:
    """Give packed notes one by one: rule, key, path, note."""
    for (rule, _), (keys, values) in packed.items():
        for key, (path, note) in zip(marshal.loads(keys), marshal.loads(values), strict=True):
            yield rule, key, path, note


def _part(key: Key) -> int:
    # Never hash(): it differs between processes for texts, and a key must land in one part whoever packs it.
    return zlib.crc32(repr(key).encode("utf-8", "surrogatepass")) % PARTS


class Groups:
    """All notes of a run: give it packed notes, then go through its groups."""

    def __init__(self) -> None:
        self.parts: dict[tuple[int, int], list[tuple[bytes, bytes]]] = defaultdict(list)

    def add(self, packed: Packed) -> None:
        """Take in notes."""
        for part, chunk in packed.items():
            self.parts[part].append(chunk)

    def of(self, rule: int, quorum: int) -> Iterator[tuple[Key, list[tuple[str, Note]]]]:
        """Give the groups of a rule that have `quorum` notes or more: key, and notes beside their paths, sorted."""
        for part in sorted(part for part in self.parts if part[0] == rule):
            chunks = [(marshal.loads(keys), values) for keys, values in self.parts[part]]
            counts = Counter(key for keys, _ in chunks for key in keys)
            wanted = {key for key, count in counts.items() if count >= quorum}
            groups: dict[Any, list[tuple[str, Any]]] = defaultdict(list)
            for keys, values in chunks if wanted else ():
                if wanted.isdisjoint(keys):
                    continue
                for key, value in zip(keys, marshal.loads(values), strict=True):
                    if key in wanted:
                        groups[key].append(value)
            yield from ((key, sorted(notes)) for key, notes in groups.items())
