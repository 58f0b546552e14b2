"""A table on disk of numbered parts, each sealed: what is read is what was written, or `DamagedError` is raised.

It stands on SQLite: several runs may use it at once, and one that is killed leaves the state before it. SQLite does not
notice a flipped byte, and a damaged tree can hide a row, so each part has a seal over its number and content, and a
part that is missing is damage, too: an empty one is written as such.
"""

from __future__ import annotations

import marshal
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dqkit.blake import blake2b

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

SEAL = 16
"""Bytes of BLAKE2b before each part."""
MOST = 500
"""Parts that are asked for at a time: old versions of SQLite take 999 values."""
PASSING = (5, 6, 7, 13)
"""SQLite's primary result codes for what passes: another run writes (BUSY, LOCKED), memory or the disk is full."""
PATIENCE = 20.0
"""Seconds to wait for another run that writes."""


class UnusableError(Exception):
    """The store cannot be used now: another run holds it, the disk is full, the folder may not be written."""


class DamagedError(UnusableError):
    """The store is not what was written: what it held must be made anew."""


class Store:
    """Numbered parts in one file; `path` may be ":memory:"."""

    def __init__(self, path: str) -> None:
        import sqlite3

        self.errors = (sqlite3.Error, sqlite3.Warning)
        self.path = path
        self.connection: sqlite3.Connection | None = None
        try:
            if path != ":memory:":
                os.makedirs(os.path.dirname(path), exist_ok=True)
            self.connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            # A killed process loses nothing that the system has taken; after a power cut the seals tell.
            self.connection.execute("PRAGMA synchronous = OFF")
            self.connection.execute("PRAGMA cell_size_check = ON")
        except (*self.errors, OSError) as error:
            self.close()
            raise self._fault(error) from None

    def begin(self, *, write: bool = False) -> None:
        """Begin to read one state, or to write, which waits for others that write."""
        self._do("BEGIN IMMEDIATE" if write else "BEGIN")
        if write:
            self._do("CREATE TABLE IF NOT EXISTS part (number INTEGER PRIMARY KEY, content BLOB)")

    def end(self, *, keep: bool = True) -> None:
        """End what was begun; without `keep`, what was written is forgotten."""
        if self.connection is not None and self.connection.in_transaction:
            self._do("COMMIT" if keep else "ROLLBACK")

    def read(self, number: int) -> Any:
        """Give a part.

        Raises:
            DamagedError: it is not there, or not as it was written.
        """
        return self.read_all((number,))[number]

    def read_all(self, numbers: Sequence[int]) -> dict[int, Any]:
        """Give several parts by their numbers.

        Raises:
            DamagedError: one is not there, or not as it was written.
        """
        found = {}
        for at in range(0, len(numbers), MOST):
            some = tuple(numbers[at : at + MOST])
            marks = ",".join("?" * len(some))
            for number, stored in self._do(f"SELECT number, content FROM part WHERE number IN ({marks})", some):
                if not isinstance(stored, bytes) or stored[:SEAL] != _seal(number, stored[SEAL:]):
                    raise DamagedError(f"part {number} is damaged")
                found[number] = marshal.loads(stored[SEAL:])
        if len(found) != len(numbers):
            raise DamagedError(f"of parts {numbers[0]} to {numbers[-1]}, some are missing")
        return found

    def write(self, parts: Mapping[int, Any]) -> None:
        """Write parts of plain values."""
        packed = ((number, marshal.dumps(parts[number])) for number in sorted(parts))
        rows = ((number, _seal(number, content) + content) for number, content in packed)
        assert self.connection is not None
        try:
            self.connection.executemany("INSERT OR REPLACE INTO part VALUES (?, ?)", rows)
        except self.errors as error:
            raise self._fault(error) from None

    def clear(self) -> None:
        """Drop all parts."""
        self._do("DELETE FROM part")

    def take(self, path: str) -> None:
        """Put what another store has, which nobody writes to, in place of what this one has."""
        self._do("ATTACH ? AS other", (path,))
        self.begin(write=True)
        self.clear()
        self._do("INSERT INTO part SELECT * FROM other.part")
        self.end()

    def close(self) -> None:
        """Let go of the file; what was not ended is forgotten."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _do(self, statement: str, values: tuple[Any, ...] = ()) -> list[Any]:
        if self.connection is None:
            raise DamagedError("closed")
        try:
            return self.connection.execute(statement, values).fetchall()
        except self.errors as error:
            raise self._fault(error) from None

    def _fault(self, error: Exception) -> UnusableError:
        """Tell damage, which a new file cures, from what passes and from a folder that may not be written."""
        code = getattr(error, "sqlite_errorcode", 1) & 0xFF
        curable = not isinstance(error, OSError) and os.access(os.path.dirname(self.path) or ".", os.W_OK)
        return (DamagedError if curable and code not in PASSING else UnusableError)(str(error))


def _seal(number: int, content: bytes) -> bytes:
    return blake2b(content, digest_size=SEAL, salt=number.to_bytes(16, "big")).digest()


def remove(path: str) -> None:
    """Delete a store's file."""
    for name in (path, f"{path}-journal"):
        with suppress(OSError):  # not there, or not ours to delete: the next run meets the damage, and does without
            os.unlink(name)
