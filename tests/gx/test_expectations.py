"""dqkit's checks as expectations: made from the registry, strict, safe with hostile files, and quiet."""

from __future__ import annotations

import doctest
import importlib
import json
import os
import pkgutil
import subprocess
import sys
import warnings
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest

import dqkit.gx
from dqkit import checks
from dqkit.errors import DqkitError
from dqkit.gx import EXPECTATIONS, DqkitReport, table
from dqkit.gx.expectations import class_name, make
from dqkit.gx.run import raised, vouch
from dqkit.rules.option import options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]
    Validate = Callable[..., list[Any]]

HOSTILE = "loadingThe ferry left. <script>document.title='PWNED'</script><img src=x onerror=alert(1)> caf\udce9.\n"


@pytest.mark.parametrize("name", checks.names())
def test_a_check_is_an_expectation_with_its_options(name: str) -> None:
    kind = getattr(dqkit.gx, class_name(name))
    made = kind(severity="info", description="Why.", **({"mostly": 0.9} if "mostly" in kind.__fields__ else {}))
    schema = kind.schema()["properties"]

    assert kind is EXPECTATIONS[name]
    assert made.expectation_type == f"expect_no_{name.replace('-', '_')}"
    assert ("mostly" in schema) == (checks.load(name).scope == "file")
    assert {option.name for option in options(checks.load(name))} <= schema.keys()
    assert all(schema[option.name]["description"] == option.help for option in options(checks.load(name)))
    assert made.asked().check == checks.load(name)()
    assert made.asked().severity == "info"


def test_a_check_that_is_added_is_an_expectation_without_another_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "load", lambda _: checks_load("leftover-ui"))
    kind = make("added-check")

    assert kind.__name__ == "ExpectNoAddedCheck"
    assert kind().expectation_type == "expect_no_added_check"


checks_load = checks.load


@pytest.mark.parametrize(
    "wrong",
    [{"skip": "footer"}, {"skip": [1]}, {"skp": []}, {"mostly": 2}, {"severity": "error"}, {"row_condition": "a == 1"}],
)
def test_an_argument_that_cannot_be_taken_is_refused(wrong: dict[str, Any]) -> None:
    with warnings.catch_warnings(), pytest.raises((ValueError, DqkitError)):
        warnings.simplefilter("ignore")  # theirs, of a condition that is a text
        EXPECTATIONS["leftover-ui"](**wrong)


def test_an_option_changes_the_verdict_and_the_name(validate: Validate) -> None:
    kind = EXPECTATIONS["duplicate-block"]
    strict, lax = validate(table("seeds"), [kind(), kind(least_letters=100_000)])

    assert not strict.success
    assert lax.success
    assert strict.result["details"]["rule"] == "duplicate-block"
    assert lax.result["details"]["rule"].startswith("duplicate-block-")


def test_details_survive_to_json_with_their_spans(validate: Validate) -> None:
    (result,) = validate(table("seeds"), [EXPECTATIONS["leftover-ui"]()])
    first = json.loads(json.dumps(result.to_json_dict()))["result"]["details"]["findings"][0]

    assert (first["path"], first["line"], first["column"]) == ("seeds/scraped/001_1150974a65bc29d1.txt", 1, 1)
    assert first["quote"] == "loading"


def test_no_text_of_a_seed_enters_the_frame() -> None:
    frame = table("seeds")

    assert "text" not in frame.columns
    assert frame.to_csv().count("ferry left") == 0
    assert len(frame) == 28
    assert frame["pair"].notna().sum() == 18


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse file names that are not Unicode")
def test_hostile_text_and_paths_are_data(tmp_path: Path, validate: Validate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [b"caf\xe9.txt", b"<script>alert(1)<script>.txt", b"new\nline.txt", b"clean.txt"]
    for name in names[:3]:
        (tmp_path / os.fsdecode(name)).write_bytes(HOSTILE.encode("utf-8", "surrogateescape"))
    (tmp_path / "clean.txt").write_bytes(b"The ferry left the quay at seven.\n")
    frame = table(".")
    page = tmp_path / "page.html"
    ui, undecodable = validate(
        frame,
        [EXPECTATIONS["leftover-ui"](), EXPECTATIONS["undecodable-bytes"](mostly=0.2)],
        [DqkitReport(path=str(page))],
    )

    assert list(frame["path"]) == ["<script>alert(1)<script>.txt", "caf\\xe9.txt", "clean.txt", "new\nline.txt"]
    assert ui.result["unexpected_count"] == 3
    assert undecodable.success
    assert ui.result["details"]["findings"][1]["path"] == "caf\\xe9.txt"
    assert "<script>alert" not in page.read_text("utf-8")
    assert "loading" in page.read_text("utf-8")


def test_what_raises_is_no_verdict(corpus: Write, monkeypatch: pytest.MonkeyPatch, validate: Validate) -> None:
    monkeypatch.chdir(corpus({"a.txt": "The ferry left.\n", "b.txt": "The ferry left.\n"}))
    frame = table(".")
    os.remove("b.txt")

    with pytest.raises(DqkitError, match=r"(?s)cannot vouch.*b\.txt: no such file"):
        validate(frame, [EXPECTATIONS["leftover-ui"]()])
    with pytest.raises(DqkitError, match="no row"):
        validate(frame[:0], [EXPECTATIONS["leftover-ui"]()])


def test_fewer_results_than_rules_are_no_verdict(validate: Validate) -> None:
    class Validation:
        results = validate(table("seeds"), [EXPECTATIONS["leftover-ui"]()])

    vouch(Validation, 1)
    assert raised(Validation.results[0]) is None
    with pytest.raises(DqkitError, match="1 results for 2 expectations"):
        vouch(Validation, 2)


def test_two_rules_of_one_name_are_refused(validate: Validate) -> None:
    kind = EXPECTATIONS["leftover-ui"]

    with pytest.raises(Exception, match='two expectations are called "mine"'):
        validate(table("seeds"), [kind(rule="mine"), kind(rule="mine", skip=["footer"])])
    assert validate(table("seeds"), [kind(rule="mine")])[0].result["details"]["finding_count"]


def test_nothing_stays_wanted_after_a_checkpoint(validate: Validate) -> None:
    from dqkit.gx import metric

    validate(table("seeds"), [EXPECTATIONS["leftover-ui"](), EXPECTATIONS["missing-source"]()])

    assert not any(metric._wanted.values())


def test_no_progress_bar_is_drawn(validate: Validate, capfd: pytest.CaptureFixture[str]) -> None:
    frame = table("seeds/curated")
    validate(frame, [EXPECTATIONS["leftover-ui"]()])

    assert capfd.readouterr() == ("", "")


def test_importing_leaves_the_state_of_warnings_as_it_was() -> None:
    program = (
        "import warnings, logging; before = list(warnings.filters), warnings.showwarning;"
        "import dqkit.gx; assert before == (list(warnings.filters), warnings.showwarning), 'changed'"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_report_of_any_checkpoint_is_dqkits(tmp_path: Path, validate: Validate) -> None:
    import great_expectations.expectations as theirs

    page = tmp_path / "report.html"
    validate(
        table("seeds"),
        [
            EXPECTATIONS["leftover-ui"](severity="warning", mostly=0.5),
            EXPECTATIONS["mojibake"](),
            theirs.ExpectColumnValuesToNotBeNull(column="id", severity="info"),
        ],
        [DqkitReport(path=str(page))],
    )
    text = page.read_text("utf-8")

    assert "Gate failed" in text
    assert "MÃ¼ller" in text
    assert "id not given; expected column values to not be null" in text
    assert "<!doctype html>" in text


def test_what_mostly_tolerates_fails_no_report(tmp_path: Path, validate: Validate) -> None:
    page = tmp_path / "report.html"
    validate(table("seeds"), [EXPECTATIONS["leftover-ui"](mostly=0.5)], [DqkitReport(path=str(page), fail_on="info")])

    assert "Gate passed" in page.read_text("utf-8")


def test_the_version_is_one_that_is_declared() -> None:
    major, minor = map(int, version("great_expectations").split(".")[:2])

    assert (1, 24) <= (major, minor) < (2, 0)


def test_examples_in_docstrings_hold() -> None:
    for module in pkgutil.iter_modules(dqkit.gx.__path__, "dqkit.gx."):
        assert doctest.testmod(importlib.import_module(module.name)).failed == 0, module.name
