"""Groups notes by key in little memory: cut into partitions by key and packed, one partition unpacked at a time."""

from __future__ import annotations

import marshal
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.check import Key, Note

PARTITIONS = 64
"""How many parts all notes are cut into: one in memory at a time, so a 64th of them."""
Packed = dict[int, bytes]
"""Some notes by partition, each packed by `marshal`, which takes plain values alone."""


def pack(notes: Iterable[tuple[int, Key, str, Note]]) -> Packed:
    """Pack notes: rule, key, path and note of each."""
    parts: dict[int, list[tuple[int, Any, str, Any]]] = defaultdict(list)
    for note in notes:
        parts[_partition(note[1])].append(note)
    return {number: marshal.dumps(part) for number, part in parts.items()}


def _partition(key: Key) -> int:
    # Never hash(): it differs between processes for texts, and a key must land in one partition whoever packs it.
    return (key if type(key) is int else zlib.crc32(repr(key).encode("utf-8", "surrogatepass"))) % PARTITIONS


class Groups:
    """All notes of a run; give it packed notes, then go through its groups."""

    def __init__(self) -> None:
        self.parts: dict[int, list[bytes]] = defaultdict(list)

    def add(self, packed: Packed) -> None:
        """Take in notes."""
        for number, part in packed.items():
            self.parts[number].append(part)

    def __iter__(self) -> Iterator[tuple[int, Key, list[tuple[str, Note]]]]:
        """Give each group: rule, key, and notes beside their paths, sorted."""
        for number in sorted(self.parts):
            groups: dict[tuple[int, Any], list[tuple[str, Any]]] = {}
            for part in self.parts[number]:
                for rule, key, path, note in marshal.loads(part):
                    groups.setdefault((rule, key), []).append((path, note))
            for (rule, key), notes in groups.items():
                yield rule, key, sorted(notes)
