"""What a seed file's name declares, by patterns: regular expressions whose named groups are fields."""

from __future__ import annotations

import re
from functools import lru_cache

from dqkit.errors import DqkitError, nearest
from dqkit.patterns import compiled
from dqkit.record import NamedTuple
from dqkit.seed.fields import FIELDS
from dqkit.seed.language import is_tag_of_text

PATTERNS = (
    r"(?P<index>\d{2,})_(?P<id>[0-9a-f]{16})\.[^.]+",
    r"(?P<slug>.+)\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.[^.]+",
)
"""`<index>_<16 hexadecimal digits>.txt` and `<slug>.<language>.txt`."""


class Named(NamedTuple):
    """A pattern that a file's name follows, and the values by field."""

    pattern: str
    values: dict[str, str]


def read(path: str, patterns: tuple[str, ...]) -> Named | None:
    """Read a path's name by the first pattern it follows as a whole; None where it follows none.

    A pattern with a slash is held against as many folders. A language must be one that texts are written in, so that
    `notes.old.txt` declares none.

    >>> read("seeds/river.sv.txt", PATTERNS).values
    {'slug': 'river', 'language': 'sv'}
    """
    for pattern in patterns:
        parts = path.split("/")
        found = _compiled(pattern).fullmatch("/".join(parts[-pattern.count("/") - 1 :]))
        if found:
            values = {name: value for name, value in found.groupdict().items() if value}
            if "language" not in values or is_tag_of_text(values["language"]):
                return Named(pattern, values)
    return None


def verify(pattern: str, where: str) -> None:
    """Make sure that a pattern can be used.

    Raises:
        DqkitError: it is no regular expression, or a group of it is no field; `where` names file, line and column.
    """
    try:
        groups = _compiled(pattern).groupindex
    except re.error as error:
        raise DqkitError(f'{where}: "{pattern}" is no regular expression: {error}') from None
    for name in groups:
        if name not in FIELDS:
            raise DqkitError(f'{where}: "{pattern}": no field "{name}" to name a group: {nearest(name, FIELDS)}')


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)
