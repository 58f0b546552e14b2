"""Expectations of Great Expectations as rules: failed rows are findings of the right file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dqkit.cli import main
from dqkit.corpus import collect
from dqkit.engine import run
from dqkit.errors import DqkitError
from dqkit.gx.judge import judge
from dqkit.rules.expectation import folder, given, names
from dqkit.rules.file import load
from dqkit.settings import Settings
from tests.gx.conftest import table_rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]

ARTICLE = "---\nid: {id}\nlanguage: {language}\ndate: {date}\n---\n\n{text}\n"
TEXT = "The ferry left the quay at seven in the morning."


@pytest.fixture
def articles(corpus: Write) -> Path:
    def article(name: str, language: str = "en", date: str = "2024-05-01", text: str = TEXT) -> str:
        return ARTICLE.format(id=name, language=language, date=date, text=text)

    return corpus(
        {
            "a.txt": article("one"),
            "b.txt": article("one", date="1024-05-01"),
            "in/c.txt": article("three", language="sv", text="Färjan gick."),
            "in/d.txt": article("four", language="sv", date="soon", text=""),
            "e.txt": "No metadata is declared for this one.\n",
        }
    )


@pytest.fixture
def found(articles: Path) -> Callable[..., list[tuple[str, str]]]:
    """Check the articles by rules on the table; give place and message of each finding."""

    def check(*rules: Any) -> list[tuple[str, str]]:
        report = run(collect([str(articles)], Settings(str(articles))), rules, table=judge)
        assert not any(record.skipped for record in report.rules)
        return [(str(finding.at), finding.message) for finding in report.findings]

    return check


def test_a_failed_row_is_a_finding_where_the_value_is_declared(found: Callable[..., list[tuple[str, str]]]) -> None:
    assert found(table_rule("expect_column_values_to_be_unique", column="id")) == [
        ("a.txt:2:5", "id “one”; expected column values to be unique"),
        ("b.txt:2:5", "id “one”; expected column values to be unique"),
    ]


def test_dates_are_compared_as_dates(found: Callable[..., list[tuple[str, str]]]) -> None:
    rule = table_rule(
        "expect_column_values_to_be_between", column="date", min_value="1605-01-01", max_value="2100-01-01"
    )

    assert [place for place, _ in found(rule)] == ["b.txt:4:7"]


def test_a_rule_looks_at_its_files_and_languages(found: Callable[..., list[tuple[str, str]]]) -> None:
    words = {"column": "words", "min_value": 5}
    name = "expect_column_values_to_be_between"

    assert [place for place, _ in found(table_rule(name, **words))] == ["in/c.txt:1:1", "in/d.txt:1:1"]
    assert found(table_rule(name, **words, languages=("en",))) == []
    assert found(table_rule(name, **words, files=("[a-e].txt",), languages=("en",))) == []
    assert len(found(table_rule(name, **words, files=("in/*",), languages=("sv",)))) == 2


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("expect_column_mean_to_be_between", {"column": "words", "min_value": 100}, "(min_value 100): it is "),
        ("expect_table_row_count_to_be_between", {"min_value": 9}, "(min_value 9): it is 5"),
        ("expect_column_distinct_values_to_be_in_set", {"column": "language", "value_set": ["en"]}, "found “sv”"),
        (
            "expect_column_proportion_of_non_null_values_to_be_between",
            {"column": "pair", "min_value": 0.5},
            "it is 0",
        ),
        (
            "expect_column_quantile_values_to_be_between",
            {"column": "words", "quantile_ranges": {"quantiles": [0.5], "value_ranges": [[100, 200]]}},
            "it is {'quantiles': [0.5]",
        ),
    ],
)
def test_what_no_row_shows_is_a_finding_of_the_folder(
    found: Callable[..., list[tuple[str, str]]], name: str, given: dict[str, Any], said: str
) -> None:
    ((place, message),) = found(table_rule(name, **given))

    assert place == ".:1:1"
    assert said in message


def test_mostly_tolerates_rows(found: Callable[..., list[tuple[str, str]]]) -> None:
    name = "expect_column_values_to_be_unique"

    assert found(table_rule(name, column="id", mostly=0.5)) == []
    assert len(found(table_rule(name, column="id", mostly=0.6))) == 2


def test_an_expectation_that_raises_is_exit_code_2(found: Callable[..., list[tuple[str, str]]]) -> None:
    with pytest.raises(DqkitError, match="cannot vouch: an expectation raised"):
        found(table_rule("expect_column_values_to_match_regex", column="words", regex="("))


def test_an_argument_the_installed_version_refuses_names_the_rule(
    found: Callable[..., list[tuple[str, str]]],
) -> None:
    with pytest.raises(DqkitError, match='rule "mine": expect_column_values_to_be_unique'):
        found(table_rule("expect_column_values_to_be_unique", column="id", colum="id", id="mine"))


RULES = """dqkit: 1
rules:
  - expectation: {name}
    with: {given}
    {more}
"""


@pytest.mark.parametrize(
    ("name", "given", "more", "said"),
    [
        (
            "expect_column_values_to_be_uniqe",
            "{column: id}",
            "",
            '3:18: no expectation "expect_column_values_to_be_uniqe"',
        ),
        (
            "expect_column_values_to_be_unique",
            "{colum: id}",
            "",
            '4:12: expect_column_values_to_be_unique takes no "colum"',
        ),
        ("expect_column_values_to_be_unique", "{}", "", 'wants "column" under `with`'),
        ("expect_column_values_to_be_unique", "{column: ids}", "", '4:20: the corpus table has no column "ids"'),
        ("expect_column_values_to_be_unique", "{column: id, mostly: 2}", "", '4:32: "mostly" of'),
        ("expect_column_values_to_be_unique", "{column: id, severity: info}", "", "a key of the rule itself"),
        ("expect_column_values_to_be_unique", "{column: id, row_condition: x}", "", "name `files` or `languages`"),
        ("expect_column_values_to_be_in_set", "{column: language, value_set: en}", "", '"value_set" of'),
        (
            "expect_column_values_to_match_like_pattern",
            "{column: id, like_pattern: x}",
            "",
            'no expectation "expect_column_values_to_match_like_pattern"',
        ),
        ("expect_column_to_exist", "{column: id}", "languages: [en]", "looks at no rows"),
        ("expect_no_leftover_ui", "{}", "", 'no expectation "expect_no_leftover_ui"'),
        ("expect_column_values_to_be_unique", "{column: id}", "stage: file", "its stage is corpus"),
        ("expect_column_values_to_be_unique", "[column]", "", '"with" must be a mapping'),
        ("unexpected_rows_expectation", "{}", "", 'no expectation "unexpected_rows_expectation"'),
    ],
)
def test_what_cannot_be_followed_is_refused_when_the_rules_are_read(
    corpus: Write, name: str, given: str, more: str, said: str
) -> None:
    path = corpus({"rules.yaml": RULES.format(name=name, given=given, more=more)}) / "rules.yaml"

    with pytest.raises(DqkitError) as told:
        load([str(path)])
    assert said in str(told.value)


def test_shares_of_two_digits_are_taken(corpus: Write) -> None:
    for share in ("0.29", "0.57", "0.07"):
        text = RULES.format(name="expect_column_values_to_be_unique", given=f"{{column: id, mostly: {share}}}", more="")
        (rule,) = load([str(corpus({"rules.yaml": text}) / "rules.yaml")])
        assert given(rule)["mostly"] == float(share)


def test_the_names_are_those_of_the_installed_schemas() -> None:
    path = folder()
    assert path is not None
    with open(f"{path}/index.json", encoding="utf-8") as file:
        index = json.load(file)["expectations"]

    assert set(names()) == {
        name for name, entry in index.items() if "Pandas" in entry["supported_data_sources"] and name[:7] == "expect_"
    }


def test_the_default_rules_on_the_table_pass_their_own_tests(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["test", "expectations/metadata.yaml"])
    out = capsys.readouterr().out

    assert code == 0, out
    assert out.endswith(": all passed\n")
