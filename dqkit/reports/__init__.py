"""Ways to show a report, one a file, named after the format: each is a pure function from a `Report` to text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dqkit.finding import Report
    from dqkit.seed.text import Document

FORMATS = (
    "text", "concise", "grouped", "json", "jsonl", "sarif", "junit", "github", "gitlab", "rdjsonl", "markdown", "html",
)  # fmt: skip


class Setting(NamedTuple):
    """What a report may need beyond the findings."""

    read: Callable[[str], Document | None]
    """Reads a file of the run again, by its path, for a report that shows text; None where it is gone."""
    color: bool = False
    verbose: bool = False
    width: int = 0
    """Columns of the terminal that it is written for; 0 where it is for no terminal."""
    prefix: str = ""
    """What leads from the repository's root to the folder that paths are relative to: "" or "folder/"."""
    missing: Callable[[str], str] = lambda _: "it can no longer be read"
    """Says why `read` gives None for a path."""
    texts: bool = False
    """Whether a report for machines is to carry the texts of the files."""


def render(name: str, report: Report, setting: Setting) -> str:
    """Show a report in one of FORMATS."""
    module: Any = import_module(f"dqkit.reports.{name}")
    return str(module.render(report, setting))


def files(name: str, report: Report, setting: Setting, target: str) -> Iterator[tuple[str, str]]:
    """Give the path and text of each file that a report in one of FORMATS is written to: most need but the target."""
    module: Any = import_module(f"dqkit.reports.{name}")
    if hasattr(module, "files"):
        yield from module.files(report, setting, target)
    else:
        yield target, str(module.render(report, setting))
