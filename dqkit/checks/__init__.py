"""The checks, one a file. The name is the registration: `leftover_ui.py` holds `LeftoverUi`, called `leftover-ui`."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dqkit.check import Check


def names() -> tuple[str, ...]:
    """Name every check, sorted."""
    stems = (entry[:-3] for entry in os.listdir(os.path.dirname(__file__)) if entry.endswith(".py"))
    return tuple(sorted(stem.replace("_", "-") for stem in stems if not stem.startswith("_")))


def load(name: str) -> type[Check]:
    """Import one check by its name.

    Raises:
        KeyError: there is no check of that name.
    """
    stem = name.replace("-", "_")
    try:
        module = import_module(f"dqkit.checks.{stem}")
    except ModuleNotFoundError as error:
        if error.name == f"dqkit.checks.{stem}":
            raise KeyError(name) from None
        raise
    kind: type[Check] = getattr(module, "".join(part.title() for part in stem.split("_")))
    return kind


def scope(name: str) -> str:
    """Give the scope of a check by its name; "table" for what is no check of ours, but an expectation."""
    try:
        return load(name).scope
    except KeyError:
        return "table"


def runs(name: str) -> bool:
    """Tell whether a check's findings of several lines are runs, see `Check.runs`."""
    try:
        return load(name).runs
    except KeyError:
        return False
