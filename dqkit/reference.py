"""The tables of `dqkit/data`: reviewable YAML, compiled once."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from dqkit import cache as disk


def cldr() -> dict[str, dict[str, dict[str, int]]]:
    """Load month names and scale words by language, from the Unicode CLDR."""
    return table("cldr")  # type: ignore[no-any-return] # as the file is made


@cache
def table(name: str) -> Any:
    """Load a table of `dqkit/data` by its name, compiled once and kept in the cache."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", f"{name}.yaml")
    with open(path, "rb") as file:
        raw = file.read()
    return disk.compiled(name, [raw], lambda: _parse(raw))


def _parse(raw: bytes) -> Any:
    from dqkit.yamlfile import parse

    return parse(raw).plain()
