"""Groups of notes as they lie in a part of the index: packed, each beside the number of its notes.

Most groups that a run meets are too small to be judged, or one is of all files; neither is unpacked without need.
"""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dqkit.check import Key, Note

    Name = tuple[int, Key]
    """Rule, by its index, and key."""
    Group = list[tuple[str, Note]]
    """Notes, each beside its path."""
    Part = dict[Name, Any]
    """By name, a number and a packed group; a group that is being changed stands as it is."""


def notes(part: Part, name: Name) -> Group:
    """Give the notes of a group."""
    found = part.get(name, [])
    group: Group = marshal.loads(found[1]) if type(found) is tuple else [*found]
    return group


def count(part: Part, name: Name) -> int:
    """Count the notes of a group."""
    found = part.get(name, [])
    number: int = found[0] if type(found) is tuple else len(found)
    return number


def opened(part: Part, name: Name) -> Group:
    """Give a group to be changed where it stands, an empty one where there is none."""
    if type(part.get(name)) is not list:
        part[name] = notes(part, name)
    group: Group = part[name]
    return group


def close(part: Part) -> None:
    """Pack the groups that were opened, and drop those that are empty."""
    for name, group in list(part.items()):
        if type(group) is list:
            part[name] = len(group), marshal.dumps(group)
            if not group:
                del part[name]
