"""`dqkit gx run`, `export` and `docs`, and `dqkit check` with rules on the corpus table."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

import dqkit.gx
from dqkit.cli import main
from dqkit.errors import DqkitError
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

UNIQUE = "dqkit: 1\nrules:\n  - expectation: expect_column_values_to_be_unique\n    with: {column: words}\n"
FERRY = "The ferry left the quay at seven.\n"


@pytest.fixture
def dqkit_in(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Run]:
    """Give a folder with the sample corpus, and what runs a command in it."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return tmp_path, run


def test_run_keeps_results_and_answers_as_check_does(dqkit_in: tuple[Path, Run]) -> None:
    folder, run = dqkit_in
    code, _, err = run("gx", "run", "seeds", "--output", "json=gx.json")
    check_code, _, _ = run("check", "seeds", "--output", "json=check.json")
    mine, theirs = (json.loads((folder / name).read_text("utf-8")) for name in ("gx.json", "check.json"))
    (stored,) = (folder / "gx" / "uncommitted" / "validations").rglob("*.json")
    result = json.loads(stored.read_text("utf-8"))

    assert code == check_code == 1
    assert mine == theirs
    assert f"validation result: {stored.relative_to(folder)}" in err
    assert result["statistics"]["evaluated_expectations"] == len(theirs["rules"]) + 1
    assert sum(found["result"].get("details", {}).get("finding_count", 0) for found in result["results"]) == len(
        theirs["findings"]
    )


def test_run_gates_by_severity_and_can_be_run_again(dqkit_in: tuple[Path, Run]) -> None:
    folder, run = dqkit_in
    (folder / "rules.yaml").write_text(UNIQUE, "utf-8")
    chosen = ("gx", "run", "seeds/scraped", "seeds/curated", "--rules", "rules.yaml", "--quiet")

    assert run(*chosen, "--fail-on", "error") == (0, "", "")
    assert run(*chosen, "--fail-on", "warning")[0] == 1
    assert run("gx", "run", "nowhere")[0] == 2
    assert len(list((folder / "gx" / "uncommitted" / "validations").rglob("*.json"))) == 2


def test_run_heeds_the_baseline_and_what_is_accepted(dqkit_in: tuple[Path, Run]) -> None:
    folder, run = dqkit_in
    (folder / "seeds" / "b.txt").write_text(f"Most read\n\n{FERRY}", "utf-8")
    assert run("gx", "run", "seeds", "--quiet")[0] == 1
    assert run("baseline", "write", "seeds")[0] == 0

    code, out, _ = run("gx", "run", "seeds")
    assert (code, "known; gate passed" in out) == (0, True)
    assert run("gx", "run", "seeds", "--quiet", "--no-baseline")[0] == 1


def test_run_vouches_for_no_file_it_cannot_read(dqkit_in: tuple[Path, Run]) -> None:
    folder, run = dqkit_in
    (folder / "seeds" / "gone.txt").symlink_to("nowhere")
    code, _, err = run("gx", "run", "seeds")

    assert code == 2
    assert "cannot vouch: seeds/gone.txt: cannot be read" in err


def test_check_holds_the_table_against_rules(dqkit_in: tuple[Path, Run]) -> None:
    folder, run = dqkit_in
    (folder / "rules.yaml").write_text(UNIQUE, "utf-8")
    (folder / "seeds" / "same.txt").write_text(FERRY, "utf-8")
    (folder / "seeds" / "other.txt").write_text(FERRY, "utf-8")
    code, out, _ = run("check", "seeds", "--rules", "rules.yaml", "--output", "concise", "--fail-on", "warning")

    assert code == 1
    assert "seeds/other.txt:1:1: warning expect_column_values_to_be_unique: words 7; expected column" in out
    assert "not run" not in out


def test_an_exported_suite_is_read_back_whole_or_not_at_all(dqkit_in: tuple[Path, Run]) -> None:
    folder, run = dqkit_in
    assert run("gx", "export", "--output", "suite.json")[0] == 0
    text = (folder / "suite.json").read_text("utf-8")
    data = json.loads(text)

    assert run("gx", "export")[1] == text
    assert len(dqkit.gx.load_suite("suite.json").expectations) == len(data["expectations"]) > 40
    data["expectations"][3]["type"] = "expect_no_such_thing"
    (folder / "lost.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(DqkitError, match=r'lost\.json: expectation "expect_no_such_thing" is not known here'):
        dqkit.gx.load_suite("lost.json")
    data["expectations"][3] = {"type": "expect_no_leftover_ui", "kwargs": {"skp": []}}
    (folder / "lost.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(DqkitError, match=r"lost\.json: expect_no_leftover_ui"):
        dqkit.gx.load_suite("lost.json")
    (folder / "lost.json").write_text("{}", "utf-8")
    with pytest.raises(DqkitError, match="not the JSON of a suite"):
        dqkit.gx.load_suite("lost.json")


def test_a_stored_suite_that_lost_an_expectation_is_refused(dqkit_in: tuple[Path, Run]) -> None:
    from dqkit.gx.run import new_context

    folder, run = dqkit_in
    run("gx", "run", "seeds", "--quiet", "--select", "encoding")
    stored = folder / "gx" / "expectations" / "dqkit.json"

    assert dqkit.gx.get_suite(new_context("."), "dqkit").expectations
    stored.write_text(stored.read_text("utf-8").replace("expect_no_mojibake", "expect_no_such_thing"), "utf-8")
    with pytest.raises(DqkitError, match='suite "dqkit": expectation "expect_no_such_thing" is not known here'):
        dqkit.gx.get_suite(new_context("."), "dqkit")
    with pytest.raises(DqkitError, match='no suite "other" in this project'):
        dqkit.gx.get_suite(new_context("."), "other")


def test_docs_show_every_run_and_suite_and_link_them(dqkit_in: tuple[Path, Run]) -> None:
    folder, run = dqkit_in
    assert run("gx", "docs")[0] == 2
    run("gx", "run", "seeds", "--quiet")
    run("gx", "run", "seeds/curated", "--quiet")
    code, out, _ = run("gx", "docs", "--output", "pages")
    index = (folder / "pages" / "index.html").read_text("utf-8")
    results = sorted(path.name for path in (folder / "pages" / "results").iterdir())

    assert (code, out) == (0, "4 pages: pages/index.html\n")
    assert len(results) == 2
    assert all(f'href="results/{name}"' in index for name in results)
    assert 'href="suites/dqkit.html"' in index


def test_docs_escape_what_a_value_of_the_table_says(dqkit_in: tuple[Path, Run]) -> None:
    folder, run = dqkit_in
    evil = "<script>document.title='PWNED'</script><img src=x onerror=alert(1)>"
    (folder / "seeds" / "evil.txt").write_text(f'---\ntitle: "{evil}"\n---\n\nloadingThe {evil} ferry.\n', "utf-8")
    (folder / "rules.yaml").write_text(
        "dqkit: 1\nrules:\n  - check: leftover-ui\n"
        "  - expectation: expect_column_values_to_be_null\n    with: {column: title}\n",
        "utf-8",
    )
    run("gx", "run", "seeds", "--quiet", "--rules", "rules.yaml")
    run("gx", "docs", "--output", "pages")
    (page,) = (folder / "pages" / "results").iterdir()
    text = page.read_text("utf-8")

    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "<img" not in text
