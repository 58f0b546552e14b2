"""The corpus table as a pandas frame: what a batch of Great Expectations holds. No text of a seed is in it."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING, Any

import pandas as pd

from dqkit.corpus import collect
from dqkit.engine import run
from dqkit.rules.expectation import rule
from dqkit.rules.file import load, rule_paths
from dqkit.rules.rule import matches
from dqkit.settings import find
from dqkit.table import COLUMNS, COUNTS, DATES, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.finding import Problem
    from dqkit.rules.rule import Rule

NOT_EMPTY = rule("expect_table_row_count_to_be_between", {"min_value": 1})._replace(
    id="corpus-not-empty", severity="error", reason="An empty corpus passes everything."
)
"""Stands in every suite, and has the engine give the rows of all files."""


def table(*paths: str, root: str = ".", rules: Sequence[str] = ()) -> pd.DataFrame:
    """Give the corpus table of some files and folders: a row a file; the columns are `dqkit.table.COLUMNS`.

    Paths in it are relative to `root`, as dqkit's expectations take them. With `rules` (rule files or folders of
    them), it also has the columns that their expectations for some `files` look at.

    Raises:
        DqkitError: a path does not exist, or there is no seed file.
    """
    settings = find(root)
    given = list(paths) or [os.path.join(settings.root, path) for path in settings.paths]
    found: list[Row] = []

    def take(_: Sequence[Rule], rows: Sequence[Row]) -> Iterable[tuple[int, Problem]]:
        found.extend(rows)
        return ()

    corpus = collect(given, settings._replace(root=os.path.abspath(root)))
    run(corpus, [NOT_EMPTY], identify=False, table=take)
    return frame(found, load(rule_paths(list(rules), settings)) if rules else ())


def frame(rows: Iterable[Row], rules: Iterable[Rule] = ()) -> pd.DataFrame:
    """Make the frame of rows, and for each rule on the table that is for some files a column that tells which."""
    rows = list(rows)
    cells: dict[str, list[Any]] = {column: [row.cells[column] for row in rows] for column in COLUMNS}
    for one in rules:
        if one.scope == "table" and one.files:
            cells[files_column(one.files)] = [matches(row.path, one.files) for row in rows]
    for column in DATES:
        cells[column] = [_day(value) for value in cells[column]]
    return pd.DataFrame(cells).astype({**dict.fromkeys(COUNTS, "int64"), **dict.fromkeys(DATES, "object")})


def _day(value: str | None) -> datetime.date | None:
    """Read a date, as their schemas give dates too: the first day of a year or month; None where it is none."""
    whole = (value or "") + {4: "-01-01", 7: "-01"}.get(len(value or ""), "")
    try:
        return datetime.date.fromisoformat(whole)
    except ValueError:
        return None  # a wrong form is a finding of invalid-metadata


def files_column(globs: Sequence[str]) -> str:
    """Name the column that tells which files some globs mean."""
    return f"files {' '.join(globs)}"
