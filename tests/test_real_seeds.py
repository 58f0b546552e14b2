"""Two real seed files, an article and its translation as scraped: not ours, so they lie outside the project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dqkit.cli import main
from tests.conftest import REAL_SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    not REAL_SEEDS.is_dir(), reason=f"the two real seed files are not at hand ({REAL_SEEDS})"
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("real") / "report.json"
    main(["check", str(REAL_SEEDS), "--quiet", "--output", f"json={path}"])
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def places(report: dict[str, Any], file: str, rule: str) -> Iterator[tuple[int, int, int, int, str]]:
    for f in report["findings"]:
        if f["path"].rpartition("/")[2].startswith(file) and f["rule"] == rule:
            yield f["line"], f["column"], f["end_line"], f["end_column"], f["quote"]


def test_the_source_has_nothing_at_warning_or_above(report: dict[str, Any]) -> None:
    found = [f for f in report["findings"] if f["path"].rpartition("/")[2].startswith("000")]

    assert [(f["rule"], f["severity"], f["line"]) for f in found] == [("missing-final-newline", "info", 34)]


def test_interface_strings_stand_where_they_stand(report: dict[str, Any]) -> None:
    found = list(places(report, "001", "leftover-ui"))

    assert [place for place in found if place[4] == "loading"] == [(1, 1, 1, 8, "loading"), (51, 1, 51, 8, "loading")]
    assert [(place[0], place[4]) for place in found if place[0] in (47, 49, 97)] == [
        (47, "Mest lästa"),
        (49, "Rekommenderat"),
        (97, "Rekommenderat"),
    ]
    assert [(place[0], place[2]) for place in found if place[0] > 97] == [(99, 125)]


def test_the_caption_and_the_body_are_each_one_repeat(report: dict[str, Any]) -> None:
    found = [f for f in report["findings"] if f["rule"] == "duplicate-block"]

    assert [(f["line"], f["end_line"]) for f in found] == [(2, 2), (51, 97)]
    assert [[(place["line"], place["end_line"]) for place in f["related"]] for f in found] == [[(1, 1)], [(1, 49)]]


def test_characters_are_told_exactly(report: dict[str, Any]) -> None:
    assert [place[0] for place in places(report, "001", "mismatched-quotes")] == [21, 31, 71, 81]
    assert [(place[0], place[4]) for place in places(report, "001", "trailing-space")] == [(27, "\xa0"), (77, "\xa0")]
    assert [place[0] for place in places(report, "001", "missing-final-newline")] == [125]


def test_the_translation_is_paired_with_its_source(report: dict[str, Any]) -> None:
    (pair,) = report["pairs"]
    aligned = {tuple(source): tuple(translation) for source, translation, _ in pair["links"] if source and translation}

    assert pair["languages"] == ["en", "sv"]
    assert pair["source"].rpartition("/")[2].startswith("000")
    assert not pair["declared"]
    assert [place[0] for place in places(report, "001", "translation-note")] == [45]
    assert aligned == {
        (3, 3): (5, 5), (4, 4): (7, 7), (6, 6): (9, 9), (8, 8): (11, 11), (10, 10): (13, 13), (12, 12): (17, 17),
        (14, 14): (19, 19), (16, 16): (21, 21), (18, 18): (25, 25), (20, 20): (27, 27), (22, 22): (29, 29),
        (24, 24): (31, 31), (26, 26): (33, 33), (28, 28): (37, 37), (30, 30): (39, 39), (32, 32): (41, 41),
        (34, 34): (43, 43),
    }  # fmt: skip


def test_headings_on_one_side_are_information(report: dict[str, Any]) -> None:
    found = [f for f in report["findings"] if f["rule"] == "unmatched-heading"]

    assert {f["severity"] for f in found} == {"info"}
    assert sorted(f["line"] for f in found if "has no counterpart" not in f["message"]) == [2, 3, 15, 23, 35]
    assert [f["related"][0]["line"] for f in found if "headline has no counterpart" in f["message"]] == [1]


def test_numbers_dates_names_and_bylines_give_no_alarm(report: dict[str, Any]) -> None:
    quiet = {"altered-number", "byline-disagreement", "missing-passage", "extra-passage", "untranslated-passage"}

    assert not [f for f in report["findings"] if f["rule"] in quiet]
