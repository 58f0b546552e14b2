"""The reports: the JSON contract, and what every format shows of the same findings."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from dqkit.cli import main
from dqkit.finding import FileRecord, Finding, Report, RuleRecord
from dqkit.place import Place, wellformed
from dqkit.reports.view.accept import entry
from dqkit.reports.view.file import file_view
from dqkit.reports.view.overview import overview
from dqkit.rules.rule import matches
from dqkit.seed.text import Document
from dqkit.yamlfile import parse
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
    assert shown["html"].count('<li class="card') == count
    assert shown["text"].count(" | ") >= count
    for finding in data["findings"]:
        assert f"{finding['path']}:{finding['line']}:{finding['column']}: {finding['severity']}" in shown["concise"]
        assert f'id="f-{finding["fingerprint"]}"' in shown["html"]


def test_no_report_lets_a_seed_out_of_its_place(reports: Callable[..., dict[str, str]]) -> None:
    shown = reports({"a.txt": HOSTILE})

    assert re.findall("<script[^>]*>", shown["html"]) == [
        "<script>",
        '<script type="application/json" id="data">',
        "<script>",
    ]
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


class Case(NamedTuple):
    """A run's JSON report in its folder."""

    folder: Path
    data: dict[str, Any]

    def again(self, *arguments: str) -> str:
        """Show the results once more and give the page."""
        assert main(["report", "r.json", "-q", "--output", "html=again.html", *arguments]) == 0
        return (self.folder / "again.html").read_text("utf-8")


@pytest.fixture
def case(corpus: Write, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Case]:
    def make(files: dict[str, str | bytes], *arguments: str) -> Case:
        folder = corpus(files)
        monkeypatch.chdir(folder)
        main(["check", ".", "-q", "--output", "json=r.json", "--output", "html=first.html", *arguments])
        return Case(folder, json.loads((folder / "r.json").read_text("utf-8")))

    return make


OWN = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in (ROOT / "seeds").rglob("*") if path.is_file()}


@pytest.mark.parametrize("texts", [(), ("--texts",)], ids=["files", "texts"])
def test_the_page_made_again_from_results_is_the_same(case: Callable[..., Case], texts: tuple[str, ...]) -> None:
    made = case(OWN, *texts)
    if texts:
        for name in OWN:
            (made.folder / name).unlink()

    assert not [error.message for error in Draft202012Validator(SCHEMA).iter_errors(made.data)]
    assert made.again() == (made.folder / "first.html").read_text("utf-8")


def test_results_whose_files_changed_or_went_say_so(case: Callable[..., Case]) -> None:
    made = case({"a.txt": "loadingThe ferry left.\n", "b.txt": "loadingThe ferry came.\n"})
    (made.folder / "a.txt").write_text("another text\n")
    (made.folder / "b.txt").unlink()
    page = made.again()

    assert "the file has changed since the run" in page
    assert "the file is not there any more" in page
    assert page.count('<li class="card') == len(made.data["findings"]) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "cannot be read"),
        ("{", "not JSON"),
        ("[]", "no JSON report of dqkit"),
        ('{"dqkit": 99}', "format 99"),
        ('{"dqkit": 1}', "no 'findings'"),
        ('{"dqkit": 1, "findings": [{}]}', "no 'line'"),
        ('{"dqkit": 1, "findings": [], "files": 3}', "not iterable"),
    ],
)
def test_what_is_no_report_is_refused_with_a_word(
    case: Callable[..., Case], capsys: pytest.CaptureFixture[str], text: str | None, says: str
) -> None:
    made = case({"a.txt": "The ferry left.\n"})
    if text is not None:
        (made.folder / "bad.json").write_text(text)

    assert main(["report", "bad.json"]) == 2
    assert says in capsys.readouterr().err


def test_a_gate_that_is_off_is_neither_passed_nor_failed(case: Callable[..., Case]) -> None:
    made = case({"a.txt": "loadingThe ferry left.\n"}, "--fail-on", "none")
    page = (made.folder / "first.html").read_text("utf-8")

    assert '<div class="verdict off">' in page
    assert "Gate off: nothing is held against this run" in page


def test_known_and_accepted_findings_are_told_apart() -> None:
    at = Place("a.txt", 1, 1, 1, 8, "loading")
    finding = Finding(at, "r", "leftover-ui", "leftover-ui", "error", "high", "m", "w", (), None, "0" * 16)
    files = (FileRecord("a.txt", "checked", "", "en", "", 30),)
    known = finding._replace(standing="known", fingerprint="1" * 16)
    report = Report((finding, known), files, (), (RuleRecord("r", "leftover-ui", "error", 1, 2),), "error")
    seen = overview(report)

    assert dict(seen.standing) == {"new": 1, "known": 1, "accepted": 0}
    assert (seen.tone, seen.sentence) == ("failed", "1 new finding at error, in 1 of 1 file checked.")
    assert overview(report._replace(findings=(known,))).tone == "passed"


def test_an_accept_entry_is_yaml_that_says_what_it_means() -> None:
    at = Place("a[1]*.txt", 1, 1, 1, 8, 'x\u2028"\\ \udce9\u202e: #')
    finding = Finding(at, "r", "c", "f", "error", "high", "m", "w", (), None, "0" * 16)
    entries = parse(entry(finding, 'it is "right"\n')).plain()

    assert entries == [
        {"rule": "r", "path": "a?1]?.txt", "quote": 'x\u2028"\\ \\xe9\u202e: #', "reason": 'it is "right"\n'}
    ]
    assert matches("a[1]*.txt", (entries[0]["path"],))


def test_a_large_report_becomes_a_folder_beside_its_file(
    case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = case({f"{n}.txt": f"loadingThe ferry {n} left.\n" for n in range(5)})
    monkeypatch.setattr("dqkit.reports.html.PAGE_FINDINGS", 3)
    page = made.again()
    names = sorted(path.name for path in (made.folder / "again-pages").iterdir())

    assert names == [*(f"file-{n:05d}.html" for n in range(1, 6)), "files.html", "report.css", "report.js"]
    assert "script-src &#39;self&#39;" in page
    assert all(f'again-pages/{name}"' in page for name in names[:5])


def test_a_hundred_findings_in_one_file_stay_under_300_kilobytes(case: Callable[..., Case]) -> None:
    made = case(
        {"a.txt": "\n\n".join(f"The ca\u00adr ferry number {n} left the quay in the rain." for n in range(100)) + "\n"}
    )

    assert len(made.data["findings"]) >= 100
    assert (made.folder / "first.html").stat().st_size < 300 * 1024  # of which each check's manual takes one


def test_the_preview_counts_what_is_left() -> None:
    document = Document("a.txt", "loadingThe ferry left.\nMest lästa\n".encode())
    found = tuple(
        Finding(document.place(*span), "r", "leftover-ui", "leftover-ui", "error", "high", "m", "w", (), None, str(n))
        for n, span in enumerate(((0, 7), (23, 33)))
    )
    view = file_view(FileRecord("a.txt", "checked", "", "en", "", 30), found, lambda _: document)

    assert view.preview == (2, 1, 32, 15)
    assert ["".join(piece.text for piece in row.pieces) for row in view.rows] == list(document.lines)


def test_a_line_end_that_differs_is_shown_as_one_and_a_missing_one_as_missing(case: Callable[..., Case]) -> None:
    page = case({"a.txt": "The ferry left.\r\nNobody saw it go.\nThe fog was thick.\r\nAnd cold."}).again()

    assert page.count(">line end<") == 1
    assert page.count(">no line end<") == 1
