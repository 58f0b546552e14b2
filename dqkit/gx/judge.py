"""Holds the corpus table against the expectations that rules name: rows that fail are problems of their files."""

from __future__ import annotations

from os.path import commonpath
from typing import TYPE_CHECKING, Any

from dqkit.finding import Problem
from dqkit.gx.frame import frame
from dqkit.gx.run import expectation, new_context, rule_id, run_checkpoint
from dqkit.place import Place, whole_lines
from dqkit.rules.expectation import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dqkit.rules.rule import Rule
    from dqkit.table import Row

_SCOPE = ("column", "column_A", "column_B", "column_list", "batch_id", "row_condition", "condition_parser")
SHOWN = 80
"""Code points of a value that a message shows."""


def judge(rules: Sequence[Rule], rows: Sequence[Row]) -> Iterable[tuple[int, Problem]]:
    """Run the rules on the table as one Suite and Checkpoint in memory; give problems beside their rule's index.

    Raises:
        DqkitError: an expectation cannot be made or raised, or a result is missing.
    """
    numbered = {rule.id: index for index, rule in enumerate(rules) if rule.scope == "table"}
    expectations = [expectation(rules[index]) for index in numbered.values()]
    result = run_checkpoint(new_context(), expectations, frame(rows, rules))
    by_path = {str(row.cells["path"]): row for row in rows}
    for found in result.results:
        for problem in problems(found, by_path):
            yield numbered[rule_id(found)], problem


def problems(result: Any, rows: Mapping[str, Row]) -> Iterator[Problem]:
    """Turn a failed result into problems: one a failed row, else one of the folder that all rows are in.

    `rows` are the corpus table's, by the path in it; where a row is not among them, its file's first line is named.
    """
    if result.success:
        return
    kwargs = result.expectation_config.kwargs
    asked = _asked(result.expectation_config.type, kwargs)
    listed = result.result.get("unexpected_index_list") or []
    failed = [entry for entry in listed if isinstance(entry, dict) and "path" in entry]
    if not failed or len(failed) < len(listed):
        folder = commonpath([row.path for row in rows.values()]) if rows else ""
        at = Place((folder if len(rows) > 1 else folder.rpartition("/")[0]) or ".", 1, 1, 1, 1, "")
        yield Problem(at, f"{asked}: {_observed(result.result)}")
    columns = _columns(kwargs)
    for entry in failed:
        row = rows.get(entry["path"])
        values = row.cells if row else entry
        said = ", ".join(f"{column} {_shown(values.get(column))}" for column in columns)
        place = next((row.places[column] for column in columns if row and column in row.places), None)
        yield Problem(place or whole_lines(row.path if row else entry["path"], 1, 1), f"{said}; {asked}")


def _observed(result: Mapping[str, Any]) -> str:
    """Say what an expectation saw instead."""
    if (value := result.get("observed_value")) is not None:
        return f"it is {_shown(value)}"
    for word, key in (("found", "partial_unexpected_list"), ("missing", "partial_missing_list")):
        if listed := result.get(key):
            return f"{word} {_shown(', '.join(map(str, listed)))}"
    return "it is not so"


def _columns(kwargs: Mapping[str, Any]) -> list[str]:
    named = [kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs]
    return [*named, *kwargs.get("column_list", ())]


def _asked(name: str, kwargs: Mapping[str, Any]) -> str:
    """Say what an expectation asks: its name in words, and its arguments but the columns; limits in words alone."""
    least, most = (
        _shown(value) if (value := kwargs.get(key)) is not None else "" for key in ("min_value", "max_value")
    )
    if name.endswith("values_to_be_between") and (least or most):
        return (
            f"expected {least} to {most}"
            if least and most
            else f"expected {least or most} or {'more' if least else 'less'}"
        )
    given = [f"{key} {_shown(value)}" for key, value in kwargs.items() if key not in _SCOPE and value is not None]
    said = words(name).replace("expect ", "expected ", 1)
    return said + (f" ({', '.join(given)})" if given else "")


def _shown(value: Any) -> str:
    if value is None or value != value:  # theirs of nothing is a number that is none
        return "not given"
    text = f"“{value}”" if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
