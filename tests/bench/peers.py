"""The pages that Great Expectations and pointblank make of the same findings, where the two are installed.

Each is given a table with one row a finding and one column a rule, 1 where the rule found something, and a step a rule
that expects 0; so each failing row is a finding.
"""

from __future__ import annotations

import json
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def peers(results: Path, folder: Path) -> Iterator[tuple[str, Path, float]]:
    """Give each peer's name, its page, and the seconds it took to make; those that are not installed are left out."""
    found = json.loads(results.read_text("utf-8"))["findings"]
    rules = sorted({finding["rule"] for finding in found})
    table: dict[str, list[Any]] = {rule: [int(finding["rule"] == rule) for finding in found] for rule in rules}
    table["place"] = [f"{finding['path']}:{finding['line']}:{finding['column']}" for finding in found]
    table["message"] = [finding["message"] for finding in found]
    makers = (
        ("pointblank", "pointblank", _pointblank),
        ("Great Expectations", "great_expectations", _great_expectations),
    )
    for name, module, make in makers:
        if find_spec(module):
            begin = time.perf_counter()
            page = make(table, rules, folder)
            yield name, page, time.perf_counter() - begin


def _pointblank(table: dict[str, list[Any]], rules: list[str], folder: Path) -> Path:
    import pointblank
    import polars

    validation = pointblank.Validate(polars.DataFrame(table))
    for rule in rules:
        validation = validation.col_vals_eq(columns=rule, value=0)
    page = folder / "pointblank.html"
    page.write_text(validation.interrogate().get_tabular_report().as_raw_html(), "utf-8")
    return page


def _great_expectations(table: dict[str, list[Any]], rules: list[str], folder: Path) -> Path:
    import great_expectations as gx
    import pandas as pd

    context = gx.get_context(mode="file", project_root_dir=folder / "gx")
    batch = context.data_sources.add_or_update_pandas("findings").add_dataframe_asset("findings")
    definition = batch.add_batch_definition_whole_dataframe("all")
    suite = context.suites.add_or_update(gx.ExpectationSuite(name="rules"))
    for rule in rules:
        suite.add_expectation(gx.expectations.ExpectColumnValuesToBeInSet(column=rule, value_set=[0]))
    validation = context.validation_definitions.add_or_update(
        gx.ValidationDefinition(name="run", data=definition, suite=suite)
    )
    checkpoint = context.checkpoints.add_or_update(
        gx.Checkpoint(name="run", validation_definitions=[validation], result_format="COMPLETE")
    )
    checkpoint.run(batch_parameters={"dataframe": pd.DataFrame(table)})
    context.build_data_docs()
    return max((folder / "gx").rglob("validations/**/*.html"), key=lambda page: page.stat().st_mtime)
