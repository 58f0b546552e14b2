"""The tutorial, run as it is written, in a fresh process and a fresh project."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dqkit.rules.file import load
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TUTORIAL = (ROOT / "dqkit" / "gx" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TUTORIAL, re.DOTALL | re.MULTILINE)
PYTHON = [text for language, text in BLOCKS if language == "python"]
PROJECT = """
import pandas, great_expectations as gx
context = gx.get_context(mode="file")
frame = context.data_sources.add_pandas("mine").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b")
suite = context.suites.add(gx.ExpectationSuite("articles"))
suite.add_expectation(gx.expectations.ExpectColumnValuesToBeUnique(column="path"))
definition = context.validation_definitions.add(gx.ValidationDefinition(name="v", data=frame, suite=suite))
context.checkpoints.add(gx.Checkpoint(name="c", validation_definitions=[definition]))
"""
CHECKPOINT = """
import glob, pandas, great_expectations as gx, dqkit.gx
context = gx.get_context(mode="file")
assert len(dqkit.gx.get_suite(context, "articles").expectations) == 2
frame = pandas.DataFrame({"path": sorted(glob.glob("seeds/*/*.txt"))})
done = context.checkpoints.get("c").run(batch_parameters={"dataframe": frame})
for result in next(iter(done.run_results.values())).results:
    print(result.expectation_config.type, result.success, result.result.get("details", {}).get("finding_count"))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def run(program: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_five_lines_add_an_expectation_to_a_project(project: Path) -> None:
    five = PYTHON[0]

    assert len([line for line in five.splitlines() if line]) <= 5
    run(PROJECT, project)
    run(five, project)
    assert run(CHECKPOINT, project).splitlines() == [
        "expect_column_values_to_be_unique True None",
        "expect_no_leftover_ui False 11",
    ]


def test_the_example_without_a_project_prints_findings(project: Path) -> None:
    said = run(PYTHON[1], project)

    assert said.splitlines()[0].startswith("seeds/scraped/003_6a26759297dc2d6a.txt 11 ")


def test_the_rules_shown_can_be_read(tmp_path: Path) -> None:
    (text,) = [text for language, text in BLOCKS if language == "yaml"]
    (tmp_path / "rules.yaml").write_text(text, "utf-8")

    assert [rule.id for rule in load([str(tmp_path / "rules.yaml")])] == ["unique-id", "length", "translated"]


def test_every_column_is_named() -> None:
    from dqkit.table import COLUMNS

    assert set(COLUMNS) <= set(re.findall(r"`(\w+)`", TUTORIAL))
