"""The reports: the JSON contract, and what every format shows of the same findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from dqkit.cli import main
from dqkit.place import wellformed
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]

SCHEMA = json.loads((ROOT / "dqkit/reports/report.schema.json").read_text("utf-8"))
HOSTILE = (
    "<script>document.title='PWNED'</script>\n"
    "<img src=x onerror=alert(1)> loadingThe ferry left. \n"
    "</style></script><!-- \" ' {{ x }} \u202eevil\u202c \u200b \ufeff \x00 \x1b[31m\n"
)


@pytest.fixture
def reports(
    corpus: Write, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., dict[str, str]]:
    """Check files and give each report's text by its format."""

    def make(files: dict[str, str | bytes]) -> dict[str, str]:
        folder = corpus(files)
        monkeypatch.chdir(folder)
        out = tmp_path_factory.mktemp("out")
        formats = ("text", "concise", "json", "html")
        outputs = [argument for name in formats for argument in ("--output", f"{name}={out}/{name}")]
        main(["check", ".", "--quiet", *outputs])
        return {name: (out / name).read_text("utf-8") for name in formats}

    return make


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "files",
    [
        {"a.txt": "The ferry left.\n"},
        {"a.txt": HOSTILE, "b.txt": b"caf\xe9 \xff\xfe", "c.jpg": b"", "d.txt": b"\xff\xfeh\0i\0"},
        {
            f"{path.parent.name}/{path.name}": path.read_bytes()
            for path in (ROOT / "seeds").rglob("*")
            if path.is_file()
        },
    ],
    ids=["clean", "hostile", "seeds"],
)
def test_the_json_report_keeps_its_contract(
    reports: Callable[..., dict[str, str]], files: dict[str, str | bytes]
) -> None:
    data = json.loads(reports(files)["json"])

    assert not [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)]
    assert data["totals"]["files"] == {
        status: sum(record["status"] == status for record in data["files"]) for status in data["totals"]["files"]
    }
    assert sum(data["totals"]["findings"].values()) == len(data["findings"])
    assert sum(rule["findings"] for rule in data["rules"]) == len(data["findings"])
    assert len({finding["fingerprint"] for finding in data["findings"]}) == len(data["findings"])


def test_a_place_quotes_the_words_that_stand_there(reports: Callable[..., dict[str, str]]) -> None:
    text = "𝒜bc caf\u00e9 👨‍👩‍👧 loading\n漢字 The ferry \u00a0\nloadingThe ferry left.\r\n"
    data: dict[str, Any] = json.loads(reports({"a.txt": text})["json"])
    lines = text.replace("\r\n", "\n").split("\n")

    assert data["findings"]
    for finding in data["findings"]:
        if finding["line"] == finding["end_line"] and finding["rule"] != "foreign-line-end":
            words = lines[finding["line"] - 1][finding["column"] - 1 : finding["end_column"] - 1]
            assert finding["quote"] == words


def test_all_formats_show_the_same_findings(reports: Callable[..., dict[str, str]]) -> None:
    shown = reports({"a.txt": HOSTILE, "b.txt": b"caf\xe9 \xff\xfe"})
    data = json.loads(shown["json"])
    count = len(data["findings"])

    assert count > 5
    assert len(shown["concise"].splitlines()) == count + 2  # the rules that did not run, the account
    assert shown["html"].count('<li class="finding"') == count
    assert shown["text"].count(" | ") >= count
    for finding in data["findings"]:
        assert f"{finding['path']}:{finding['line']}:{finding['column']}: {finding['severity']}" in shown["concise"]
        assert f'id="{finding["fingerprint"]}"' in shown["html"]


def test_no_report_lets_a_seed_out_of_its_place(reports: Callable[..., dict[str, str]]) -> None:
    shown = reports({"a.txt": HOSTILE})

    assert "<script" not in shown["html"]
    assert "<img" not in shown["html"]
    assert "&lt;script&gt;" in shown["html"]
    for name in ("text", "concise", "html"):
        assert not any(character in shown[name] for character in "\x00\x1b\u202e\u200b\ufeff")


def test_the_page_asks_nothing_of_the_network(reports: Callable[..., dict[str, str]]) -> None:
    page = reports({"a.txt": "See https://example.org/ and loading.\nloadingThe ferry left.\n"})["html"]

    assert "default-src &#39;none&#39;" in page
    assert "src=" not in page
    assert 'href="http' not in page
    assert "url(" not in page
    assert "@import" not in page


def test_a_clean_corpus_has_a_page_that_says_so(reports: Callable[..., dict[str, str]]) -> None:
    page = reports({"a.txt": "The ferry left.\n"})["html"]

    assert "Gate passed" in page
    assert "Nothing was found." in page


def test_lone_surrogates_are_written_as_escapes() -> None:
    assert wellformed("a\udce9b\ud800c") == "a\\xe9b\\ud800c"


def test_reports_are_the_same_at_every_run(reports: Callable[..., dict[str, str]]) -> None:
    files: dict[str, str | bytes] = {"a.txt": HOSTILE, "b.txt": "The ferry left.\n"}

    assert reports(files) == reports(files)
