"""Keeps compiled regular expressions between runs: compiling is done in Python, and takes longer than to check a file.

What is kept is the program that `re` makes of a pattern, by the pattern, its flags and the version of Python. `re` has
no public way in for it, so whatever is not as expected is compiled as ever.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from dqkit.blake import blake2b

if TYPE_CHECKING:
    from typing import AnyStr

    Kept = dict[tuple[str | bytes, int], bytes]

MOST = 4_000
"""Patterns that are kept; dqkit has a few hundred. With more, they are kept anew."""
_DIGEST = 16
_inside: Any = re
"""Its private parts: no type describes them."""
_new: dict[tuple[str | bytes, int], bytes] = {}
"""What this process compiled and no run before."""


def compiled(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Give `re.compile(source, flags)`, from an earlier run where there was one.

    Raises:
        re.error: it is no pattern.
    """
    made: re.Pattern[AnyStr]
    if packed := _kept().get((source, int(flags))):
        all_flags, code, groups, names = marshal.loads(packed)
        made = _inside._compiler._sre.compile(
            source, all_flags, _numbers(code), groups, names, _by_number(groups, names)
        )
        return made
    made = re.compile(source, flags)
    if packed := _packed(made, source, int(flags)):
        _new[source, int(flags)] = packed
    return made


def keep() -> None:
    """Keep what this process compiled for the next one."""
    if not _new:
        return
    from dqkit import cache as disk

    kept = {**_kept(), **_new}
    payload = marshal.dumps(kept if len(kept) <= MOST else _new)
    disk.write(_path(), _seal(payload) + payload)
    _new.clear()


@cache
def _kept() -> Kept:
    try:
        with open(_path(), "rb") as file:
            stored = file.read()
    except OSError:
        return {}  # not made yet, or a folder that may not be read
    payload = stored[_DIGEST:]
    kept: Kept = marshal.loads(payload) if _seal(payload) == stored[:_DIGEST] else {}
    return kept


def _path() -> str:
    from dqkit import cache as disk

    return os.path.join(disk.folder(), f"patterns-{_seal(sys.version.encode()).hex()}")


def _seal(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=_DIGEST).digest()


def _packed(made: re.Pattern[AnyStr], source: AnyStr, flags: int) -> bytes | None:
    """Pack the program of a pattern; None where this Python makes it otherwise than those we know."""
    from array import array

    try:
        code = _inside._compiler._code(_inside._parser.parse(source, flags), flags)
        names = dict(made.groupindex)
        again = _inside._compiler._sre.compile(
            source, made.flags, code, made.groups, names, _by_number(made.groups, names)
        )
    except (AttributeError, TypeError, RuntimeError):
        return None
    return marshal.dumps((made.flags, array("I", code).tobytes(), made.groups, names)) if again == made else None


def _numbers(packed: bytes) -> list[int]:
    return memoryview(packed).cast("I").tolist()


def _by_number(groups: int, names: dict[str, int]) -> tuple[Any, ...]:
    """Give the names of groups by their numbers, None where one has none."""
    found: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        found[number] = name
    return tuple(found)
