"""Remembers what pure functions gave for files: by the files' bytes, so that whatever changed is looked at again.

An entry is one file in the cache's folder, sealed by a digest; one that is damaged is made anew. Values are pickled,
and read back by a reader that makes nothing but dqkit's own plain values.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from dqkit import cache
from dqkit.blake import blake2b
from dqkit.corpus import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Input = TypeVar("Input")
    Output = TypeVar("Output")

DIGEST = 16
STALE_DAYS = 30
"""Days after which an entry that no run has used is deleted."""


def remembered(work: Callable[[Input], Output], reads: Iterable[str] = ()) -> Callable[[Input], Output]:
    """Make a function that remembers; `work` is a `functools.partial` whose arguments can be told by their `repr`.

    `reads` names the files and folders beside its input that it reads.
    """
    return partial(_recall, work, cache.state_of_code(), tuple(map(_state, reads)))


def _state(path: str) -> tuple[object, ...]:
    """Tell one state of a file, or of a folder's files, from another."""
    try:
        status = os.stat(path)
    except OSError:
        return ()
    names = sorted(os.listdir(path)) if os.path.isdir(path) else []
    return status.st_size, status.st_mtime_ns, *((name, _state(os.path.join(path, name))) for name in names)


def _recall(work: Any, code: bytes, reads: tuple[object, ...], given: Any) -> Any:
    try:
        given = _with_bytes(given)
    except OSError:
        return work(given)  # a file that cannot be read now
    said = repr((work.func.__module__, work.func.__qualname__, work.args, reads, _told(given)))
    key = blake2b(said.encode("utf-8", "surrogatepass") + code, digest_size=DIGEST).hexdigest()
    path = os.path.join(cache.folder(), "seen", key)
    found = _read(path)
    if found is None:
        found = (work(given),)
        _write(path, found)
    return found[0]


def _with_bytes(value: Any) -> Any:
    """Read the sources in some nested tuples."""
    if isinstance(value, Source):
        kept = tuple((name, value.beside(name) or b"") for name in value.companions)
        return value._replace(raw=value.read(), kept=kept)
    return tuple(map(_with_bytes, value)) if type(value) is tuple else value


def _told(value: Any) -> Any:
    """Tell nested tuples apart, by digests of the bytes in them; of the sources, by what matters: path and bytes."""
    if isinstance(value, bytes):
        return blake2b(value, digest_size=DIGEST).digest()
    if isinstance(value, Source):
        raws = [value.raw or b"", *(raw for _, raw in value.kept or ())]
        return (
            value.path,
            value.companions,
            value.names,
            value.rows,
            list(map(_told, raws)),
        )
    return [_told(one) for one in value] if isinstance(value, tuple) else value


def _read(path: str) -> tuple[Any] | None:
    import io
    import pickle

    class Reader(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            found = (
                super().find_class(module, name) if (module, name) in _PLAIN or module.startswith("dqkit.") else None
            )
            if isinstance(found, type) and issubclass(found, (tuple, dict)):
                return found
            raise pickle.UnpicklingError(f"{module}.{name} is no plain value")

    try:
        with open(path, "rb") as file:
            stored = file.read()
        if cache.seal(path, stored[DIGEST:]) != stored[:DIGEST]:
            return None
        os.utime(path)
    except OSError:
        return None  # not made yet, or a folder that may not be read
    found: tuple[Any] = Reader(io.BytesIO(stored[DIGEST:])).load()
    return found


_PLAIN = {("collections", "Counter")}


def _write(path: str, value: tuple[Any]) -> None:
    import pickle

    payload = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    cache.write(path, cache.seal(path, payload) + payload)
    if os.path.basename(path).startswith("00"):  # now and then
        _tidy(os.path.dirname(path))


def _tidy(folder: str) -> None:
    old = time.time() - STALE_DAYS * 86_400
    with suppress(OSError):  # another run tidies as well
        for entry in os.scandir(folder):
            if entry.stat().st_mtime < old:
                os.unlink(entry.path)
