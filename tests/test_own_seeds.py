"""The sample corpus: what is wrong with it was planted and is listed in known_faults.txt; nothing else may be found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dqkit.cli import main
from dqkit.place import printable
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path: Path = tmp_path_factory.mktemp("own") / "report.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        main(["check", "seeds", "--quiet", "--output", f"json={path}"])
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def shown(finding: dict[str, Any]) -> str:
    words = printable(finding["quote"][:40])
    return f"{finding['path']}:{finding['line']}:{finding['column']} {finding['rule']} “{words}”"


def test_every_known_fault_is_found_and_nothing_else(report: dict[str, Any]) -> None:
    known = [
        line for line in (ROOT / "tests/known_faults.txt").read_text("utf-8").split("\n") if line and line[0] != "#"
    ]

    assert [shown(finding) for finding in report["findings"]] == known


def test_translations_are_paired_with_their_sources(report: dict[str, Any]) -> None:
    names = [(pair["source"].rpartition("/")[2], pair["translation"].rpartition("/")[2]) for pair in report["pairs"]]

    assert {pair for pair in names if "_" not in pair[0]} == {
        *(("lighthouse.en.txt", f"lighthouse.{language}.txt") for language in ("ar", "de", "ja", "sv")),
        *(("night-train.en.txt", f"night-train.{language}.txt") for language in ("ar", "de", "sv")),
        *(("rooftop-bees.en.txt", f"rooftop-bees.{language}.txt") for language in ("ja", "sv")),
    }
    assert {(source[:3], translation[:3]) for source, translation in names if "_" in source} == {
        ("000", "001"), ("002", "003"), ("004", "005"),
    }  # fmt: skip


def test_what_is_declared_is_known_to_be_declared(report: dict[str, Any]) -> None:
    declared = {pair["source"].rpartition("/")[2].split(".")[0] for pair in report["pairs"] if pair["declared"]}

    assert declared == {"lighthouse", "night-train"}


def test_every_file_is_accounted_for(report: dict[str, Any]) -> None:
    on_disk = {str(path.relative_to(ROOT)) for path in (ROOT / "seeds").rglob("*") if path.is_file()}

    assert {record["path"] for record in report["files"]} == on_disk
    assert {record["language"] for record in report["files"]} >= {"en", "sv", "de", "ja", "ar"}
