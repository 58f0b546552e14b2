"""Hostile and broken input: no traceback, every file accounted for, every error with its place and the way out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dqkit.cli import main
from dqkit.errors import DqkitError
from dqkit.rules.file import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]

TEXT = "The ferry left the quay at seven in the morning.\n"


def check(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict, str]:  # type: ignore[type-arg] # JSON
    code = main(["check", *(arguments or (str(folder),)), "--output", "json"])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return code, json.loads(out) if out else {}, err


def statuses(report: dict) -> dict[str, str]:  # type: ignore[type-arg] # JSON
    return {os.path.basename(record["path"]): record["status"] for record in report["files"]}


def found(report: dict) -> set[str]:  # type: ignore[type-arg] # JSON
    return {finding["rule"] for finding in report["findings"]}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (TEXT.replace("e", "é").encode("latin-1"), "undecodable-bytes"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "wide-encoding"),
        (TEXT.encode("utf-16-be"), "wide-encoding"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1], "undecodable-bytes"),
        (TEXT.encode().replace(b"quay", b"qu\0ay"), "control-character"),
        (bytes(range(256)) * 8, "undecodable-bytes"),
    ],
)
def test_bytes_that_are_no_text_are_findings(
    corpus: Write, capsys: pytest.CaptureFixture[str], content: bytes, rule: str
) -> None:
    code, report, _ = check(corpus({"a.txt": content}), capsys)

    assert code == 1
    assert rule in found(report)
    assert statuses(report) == {"a.txt": "checked"}


def test_an_empty_file_is_checked_and_a_fault(corpus: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = corpus({"a.txt": b""})

    for path in (folder, folder / "a.txt"):
        code, report, _ = check(folder, capsys, str(path))
        assert (code, statuses(report), found(report)) == (1, {"a.txt": "checked"}, {"empty-article"})


@pytest.mark.parametrize(
    "content",
    [
        b"word " * 10_000_000,
        b"x" * 50_000_000,
        b"short line\n" * 100_000,
        "漢".encode() * 2_000_000,
        b"<" * 1_000_000 + b"{" * 1_000_000,
        b'"' * 500_000 + b"a." * 500_000,
    ],
    ids=["50 MB of one word", "50 MB of one letter", "100,000 lines", "one CJK line", "brackets", "quotes"],
)
def test_no_input_is_slow_or_takes_memory_without_bound(corpus: Write, content: bytes) -> None:
    folder = corpus({"a.txt": content})
    program = (
        "import resource; from dqkit.cli import main; main(['check', 'a.txt', '-q', '--output', 'json=r.json']);"
        "used = resource.getrusage(resource.RUSAGE_SELF); print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())

    assert statuses(json.loads((folder / "r.json").read_text("utf-8"))) == {"a.txt": "checked"}
    assert seconds < 40
    assert megabytes < 1_200


def test_an_unreadable_file_is_said_and_is_exit_code_2(
    corpus: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dqkit.corpus import Source

    folder = corpus({"a.txt": TEXT, "b.txt": TEXT + "More.\n"})
    read = Source.read
    monkeypatch.setattr(Source, "read", lambda self: _refuse() if self.path.endswith("b.txt") else read(self))
    code, report, err = check(folder, capsys)

    assert code == 2
    assert statuses(report) == {"a.txt": "checked", "b.txt": "unreadable"}
    assert report["gate"]["passed"] is False
    assert err == ""


def _refuse() -> bytes:
    raise PermissionError(13, "Permission denied")


def test_a_file_that_vanishes_is_unreadable(
    corpus: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dqkit import engine

    folder = corpus({"a.txt": TEXT, "b.txt": TEXT + "More.\n"})
    note = engine.note_batch

    def vanish(*arguments: object) -> engine.Batch:
        (folder / "b.txt").unlink(missing_ok=True)
        return note(*arguments)  # type: ignore[arg-type] # as given

    monkeypatch.setattr(engine, "note_batch", vanish)
    code, report, _ = check(folder, capsys)

    assert code == 2
    assert statuses(report) == {"a.txt": "checked", "b.txt": "unreadable"}


def test_links_in_a_circle_and_to_folders_are_accounted_for(corpus: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = corpus({"sub/a.txt": TEXT})
    (folder / "b.txt").symlink_to("c.txt")
    (folder / "c.txt").symlink_to("b.txt")
    (folder / "sub/up").symlink_to("..")
    (folder / "d.txt").symlink_to("sub/a.txt")
    (folder / "gone.txt").symlink_to("nowhere")
    code, report, _ = check(folder, capsys)

    assert code == 2
    assert statuses(report) == {
        "a.txt": "checked", "b.txt": "unreadable", "c.txt": "unreadable", "d.txt": "checked", "gone.txt": "unreadable",
        "up": "excluded",
    }  # fmt: skip


def test_a_folder_named_like_a_file_and_a_pipe_are_no_seed_files(
    corpus: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = corpus({"dir.txt/a.txt": TEXT})
    os.mkfifo(folder / "pipe.txt")
    code, report, _ = check(folder, capsys)

    assert code == 0
    assert statuses(report) == {"a.txt": "checked", "pipe.txt": "excluded"}


@pytest.mark.parametrize(
    "name", [b"a name.txt", b"new\nline.txt", b"caf\xe9.txt", "東京.txt".encode(), b"<img src=x>.txt"]
)
def test_any_file_name_is_taken_and_shown(corpus: Write, capsys: pytest.CaptureFixture[str], name: bytes) -> None:
    folder = corpus({})
    path = os.path.join(os.fsencode(folder), name)
    with open(path, "wb") as file:
        file.write(b"loadingThe ferry left.\n")
    code, report, _ = check(folder, capsys, os.fsdecode(path))
    main(["check", os.fsdecode(path), "--output", "concise", "--output", f"html={folder}/r.html"])
    out = capsys.readouterr().out

    assert code == 1
    assert len(report["files"]) == 1
    assert len(out.splitlines()) == 3  # the finding, the rules of the corpus, the account


def test_nothing_to_check_is_exit_code_2(corpus: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = corpus({"picture.jpg": b"\xff\xd8"})
    code, _, err = check(folder, capsys)

    assert code == 2
    assert "no seed file in" in err
    assert "setting include" in err
    assert check(folder, capsys, str(folder / "nowhere"))[0] == 2


def test_a_folder_of_which_no_rule_is_for_any_file_is_exit_code_2(
    corpus: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = corpus({"a.txt": TEXT, "r.yaml": "dqkit: 1\nrules: [{check: mojibake, files: ['b.txt']}]\n"})
    rules = ("--rules", str(folder / "r.yaml"))
    code, _, err = check(folder, capsys, str(folder), *rules)

    assert code == 2
    assert "nothing was checked: no rule is for any of 1 file" in err
    assert check(folder, capsys, str(folder / "a.txt"), *rules)[0] == 0  # a hook names whatever was changed


def test_front_matter_and_sidecars_may_hold_anything(corpus: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = corpus(
        {
            "a.txt": "---\n? [a]\n: b\n---\n" + TEXT,
            "b.txt": "---\n- list\n---\n" + TEXT,
            "c.txt": "---\na: &a [*a]\n---\n" + TEXT,
            "d.txt": "---\nnever closed\n" + TEXT,
            "e.txt": TEXT,
            "e.meta.json": b"\xff\xfe\x00",
            "f.txt": "---\nlanguage: [en, sv]\ndate: {}\ntitle: 3\n---\n" + TEXT,
        }
    )
    code, report, _ = check(folder, capsys)
    faults = {os.path.basename(f["path"]): f for f in report["findings"] if f["rule"] == "invalid-metadata"}

    assert code == 1
    assert {"a.txt", "b.txt", "c.txt", "e.meta.json", "f.txt"} <= faults.keys()
    assert faults["c.txt"]["message"] == "an anchor that contains itself"
    assert (faults["c.txt"]["line"], faults["c.txt"]["column"]) == (2, 4)


def rules(tmp_path: Path, text: str) -> str:
    path = tmp_path / "rules.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(DqkitError) as caught:
        load([str(path)])
    return str(caught.value).replace(f"{path}:", "")


HEAD = "dqkit: 1\nrules:\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "  - chekc: mojibake\n", '3:5: a rule has no key "chekc": did you mean "check"?'),
        (HEAD + "  - check: mojibke\n", '3:12: no check "mojibke": did you mean "mojibake"?'),
        (HEAD + "  - check: mojibake\n    severity: eror\n", '4:15: no severity "eror": did you mean "error"?'),
        (HEAD + "  - check: mojibake\n    check: mojibake\n", '4:5: key "check" stands twice, first at 3:5'),
        (
            HEAD + "  - check: duplicate-block\n    with: {least_leters: 3}\n",
            '4:12: check "duplicate-block" has no key "least_leters": did you mean "least_letters"?',
        ),
        (
            HEAD + "  - check: duplicate-block\n    with: {least_letters: many}\n",
            '4:27: option "least_letters" wants a whole number, not "many"',
        ),
        (HEAD + "  - check: duplicate-block\n    with: 3\n", '4:11: check "duplicate-block" must be a mapping'),
        (HEAD + "  - check: mojibake\n    languages: sv\n", '4:16: "languages" must be a list'),
        (
            HEAD + "  - check: mojibake\n    languages: [swedish]\n",
            '4:17: "languages" wants codes such as en, sv or no, not "swedish"',
        ),
        (HEAD + "  - severity: error\n", '3:5: the rule names no "check"'),
        (HEAD + "  - mojibake\n", "3:5: a rule must be a mapping"),
        (HEAD + "  - check: mojibake\n  - check: mojibake\n", '4:5: rule "mojibake" stands twice, first at '),
        ("rules: []\n", '1:1: key "dqkit" is missing'),
        ("dqkit: 2\nrules: []\n", "1:8: this dqkit reads rule files of version 1"),
        ("dqkit: 1\nruls: []\n", '2:1: a rule file has no key "ruls": did you mean "rules"?'),
        ("dqkit: 1\nrules: {a\n", "not YAML"),
        ("dqkit: 1\nrules: &r [*r]\n", "2:8: an anchor that contains itself"),
        ("\x00", "not YAML"),
        ("", "1:1: an empty rule file: begin it with"),
    ],
)
def test_a_wrong_rule_file_is_told_by_line_and_column(tmp_path: Path, text: str, said: str) -> None:
    assert said in rules(tmp_path, text)


def test_an_alias_bomb_is_stopped(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]

    assert "values once its aliases are followed" in rules(tmp_path, "dqkit: 1\n" + "\n".join(lines) + "\n")


def test_all_errors_of_a_rule_file_are_told_at_once(tmp_path: Path) -> None:
    said = rules(tmp_path, HEAD + "  - check: mojibke\n  - check: soft-hyphn\n")

    assert "3:12: " in said
    assert "4:12: " in said


def test_no_is_norwegian_and_never_false(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(HEAD + "  - check: mojibake\n    languages: [en, no, sv]\n")

    assert load([str(path)])[0].languages == ("en", "no", "sv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pahts: [seeds]\n", 'dqkit.yaml:1:1: no setting "pahts": did you mean "paths"?'),
        ("paths: seeds\n", 'dqkit.yaml:1:1: "paths" wants a list of texts'),
        ("paths: [seeds]\nfail_on: never\n", "dqkit.yaml:2:1: fail_on wants error, warning, info or none"),
        ("- paths\n", "dqkit.yaml:1:1: settings must be a mapping"),
        ("paths: [\n", "dqkit.yaml:"),
    ],
)
def test_wrong_settings_are_told_by_line(
    corpus: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    folder = corpus({"dqkit.yaml": text, "a.txt": TEXT})
    monkeypatch.chdir(folder)
    code, _, err = check(folder, capsys, "a.txt")

    assert code == 2
    assert said in err


def test_settings_in_two_places_are_refused(
    corpus: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = corpus({"dqkit.yaml": "paths: [a.txt]\n", "pyproject.toml": "[tool.dqkit]\n", "a.txt": TEXT})
    monkeypatch.chdir(folder)
    code, _, err = check(folder, capsys, "a.txt")

    assert code == 2
    assert "settings stand in dqkit.yaml and in pyproject.toml" in err


def test_a_damaged_cache_costs_time_and_never_truth(
    corpus: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = corpus({"a.txt": "loading" + TEXT})
    monkeypatch.setenv("DQKIT_CACHE_DIR", str(folder / "cache"))
    whole = check(folder, capsys, str(folder / "a.txt"))
    for entry in (folder / "cache").iterdir():
        entry.write_bytes(entry.read_bytes()[:-7] + b"damaged")

    assert check(folder, capsys, str(folder / "a.txt")) == whole
