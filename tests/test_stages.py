"""Which rules run when: those of stage `corpus` on a whole corpus, expectations with Great Expectations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dqkit.rules import expectation
from dqkit.rules.file import load
from dqkit.seed.text import Document
from dqkit.table import COLUMNS, paired, row
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]
    Run = Callable[..., tuple[int, str, str]]

TEXT = "The ferry left the quay at seven in the morning.\n"
TABLE = "dqkit: 1\nrules:\n  - id: unique\n    expectation: expect_column_values_to_be_unique\n    with: {column: id}\n"
STAGED = "dqkit: 1\nrules:\n  - check: trailing-space\n    severity: error\n    stage: corpus\n"


@pytest.fixture
def without_gx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expectation, "folder", lambda: None)


def test_a_rule_of_the_corpus_does_not_run_on_single_files_and_says_so(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"in/a.txt": "The ferry left. \n", "rules.yaml": STAGED})
    single = dqkit(folder, "check", "in/a.txt", "--rules", "rules.yaml")
    whole = dqkit(folder, "check", "in", "--rules", "rules.yaml")

    assert single[0] == 0
    assert "not run: trailing-space: only the whole corpus shows it: name a folder, or no path\n" in single[1]
    assert whole[0] == 1
    assert "not run" not in whole[1]


def test_the_default_rules_say_on_a_single_file_what_they_left_out(dqkit: Run, corpus: Write) -> None:
    code, out, _ = dqkit(corpus({"a.txt": TEXT}), "check", "a.txt", "--output", "json")
    rules = {rule["id"]: rule for rule in json.loads(out)["rules"]}

    assert code == 0
    assert rules["second-translation"]["skipped"]
    assert rules["second-translation"]["ran_on"] == 0
    assert rules["mojibake"]["skipped"] is None


@pytest.mark.usefixtures("without_gx")
def test_without_great_expectations_a_rule_that_needs_it_is_refused(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"in/a.txt": TEXT, "rules.yaml": TABLE})
    code, _, err = dqkit(folder, "check", "in", "--rules", "rules.yaml")

    assert code == 2
    assert "unique: needs Great Expectations: pip install 'dqkit[gx]'; or leave it out with --ignore unique" in err
    assert dqkit(folder, "check", "in/a.txt", "--rules", "rules.yaml")[0] == 0
    assert dqkit(folder, "gx", "run", "in")[0] == 2


@pytest.mark.usefixtures("without_gx")
def test_without_great_expectations_an_optional_rule_is_left_out_and_counted(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"in/a.txt": TEXT, "rules.yaml": f"{TABLE}    optional: true\n  - check: mojibake\n"})
    code, out, _ = dqkit(folder, "check", "in", "--rules", "rules.yaml")

    assert code == 0
    assert "not run: unique: it needs Great Expectations: pip install 'dqkit[gx]'\n" in out
    assert "never ran" not in out


@pytest.mark.usefixtures("without_gx")
def test_the_default_rules_run_where_great_expectations_is_not_installed(dqkit: Run, corpus: Write) -> None:
    code, out, _ = dqkit(corpus({"in/a.txt": TEXT}), "check", "in")

    assert code == 0
    assert "not run: second-translation, implausible-date: it needs Great Expectations" in out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("    check: mojibake\n", '6:5: a rule names one of check, expectation: "expectation" is there'),
        ("    stage: corpsu\n", '6:12: no stage "corpsu": did you mean "corpus"?'),
        ("    stage: file\n", "6:12: an expectation looks at the table of the whole corpus"),
        ("    optional: maybe\n", '6:15: "optional" wants true or false'),
        ("  - check: mojibake\n    optional: true\n", '7:15: "optional" is for an expectation'),
    ],
)
@pytest.mark.usefixtures("without_gx")
def test_what_a_rule_cannot_say(dqkit: Run, corpus: Write, more: str, said: str) -> None:
    code, _, err = dqkit(corpus({"in/a.txt": TEXT, "rules.yaml": TABLE + more}), "check", "in", "--rules", "rules.yaml")

    assert code == 2
    assert said in err


@pytest.mark.usefixtures("without_gx")
def test_the_columns_are_known_without_great_expectations(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"in/a.txt": TEXT, "rules.yaml": TABLE.replace("column: id", "column: titel")})

    assert 'no column "titel": did you mean "title"?' in dqkit(folder, "check", "in", "--rules", "rules.yaml")[2]


def test_rules_on_the_table_come_back_from_the_cache_as_they_were() -> None:
    first, second = (
        [rule for rule in load([str(ROOT / "expectations" / "metadata.yaml")]) if rule.scope == "table"] for _ in "ab"
    )

    assert first == second
    assert {(rule.scope, rule.stage, rule.optional) for rule in first} == {("table", "corpus", True)}


def test_a_row_says_what_is_declared_and_measured() -> None:
    text = "---\ntitle: 42\nauthor: [A, B]\ndate: 2024-05-01T10:00:00Z\n---\n\nTwo words\n\n日本 is here\n"
    found = row(Document("in/a.en.txt", text.encode()))
    cells = found.cells

    assert list(cells) == list(COLUMNS)
    assert (cells["title"], cells["author"], cells["date"]) == ("42", "A, B", "2024-05-01")
    assert (cells["folder"], cells["name"], cells["language"]) == ("in", "a.en.txt", "en")
    assert (cells["words"], cells["blocks"], cells["lines"], cells["bytes"]) == (6, 2, 9, len(text.encode()))
    assert str(found.places["title"]) == "in/a.en.txt:2:8"
    assert cells["pair"] is None
    assert paired([found], []) == [found]


def test_a_row_is_valid_unicode_whatever_the_file_is() -> None:
    found = row(Document("caf\udce9.txt", b"---\ntitle: \xe9t\xe9\n---\n\xe9\n"))

    assert found.cells["path"] == "caf\\xe9.txt"
    assert all(c < "\ud800" or c > "\udfff" for value in found.cells.values() for c in str(value))
