"""Faults in what the user wrote: a rule, a setting, a flag, a path. The command line answers them with exit code 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class DqkitError(Exception):
    """Something the user wrote cannot be followed; the message names file, key, value and the way out."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Give a hint that names the known name most like a wrong one, or lists what there is.

    >>> nearest("mojibke", ["mojibake", "mixed-script"])
    'did you mean "mojibake"?'
    """
    from difflib import get_close_matches

    known = sorted(known)
    if close := get_close_matches(name, known, 1, 0.6):
        return f'did you mean "{close[0]}"?'
    return f"known are: {', '.join(known)}"
