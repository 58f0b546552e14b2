"""The command line as its users meet it: exit codes, messages, outputs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]
    Run = Callable[..., tuple[int, str, str]]

CLEAN = "The ferry left the quay at seven in the morning.\n"
DIRTY = "loadingThe ferry left the quay at seven in the morning. \n"


def test_a_clean_folder_passes(dqkit: Run, corpus: Write) -> None:
    code, out, _ = dqkit(corpus({"seeds/a.txt": CLEAN}), "check", "seeds")

    assert code == 0
    assert "1 file: 1 checked" in out
    assert "gate passed" in out


def test_a_fault_fails_the_gate_and_names_its_place(dqkit: Run, corpus: Write) -> None:
    code, out, _ = dqkit(corpus({"seeds/a.txt": DIRTY}), "check", "seeds", "--output", "concise")

    assert code == 1
    assert "seeds/a.txt:1:1: error leftover-ui: interface string glued to the text after it" in out


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 0), ("info", 1), ("none", 0)])
def test_fail_on_sets_the_mildest_severity_that_fails(dqkit: Run, corpus: Write, fail_on: str, code: int) -> None:
    folder = corpus({"a.txt": "The ferry left. \n"})

    assert dqkit(folder, "check", "a.txt", "--fail-on", fail_on)[0] == code


def test_rules_are_selected_by_rule_check_and_family(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY})

    assert dqkit(folder, "check", ".", "--select", "encoding")[0] == 0
    assert dqkit(folder, "check", ".", "--select", "leftover-ui,encoding")[0] == 1
    assert dqkit(folder, "check", ".", "--ignore", "leftover-ui")[0] == 0


def test_several_outputs_come_from_one_run(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY})
    code, out, err = dqkit(
        folder, "check", ".", "--output", "concise", "--output", "json=r.json", "--output", "html=r.html"
    )

    assert code == 1
    assert out.count("leftover-ui") == 1
    assert json.loads((folder / "r.json").read_text("utf-8"))["totals"]["findings"]["error"] == 1
    assert "<!doctype html>" in (folder / "r.html").read_text("utf-8")
    assert "html report: r.html" in err


def test_quiet_prints_nothing_that_was_not_asked_for(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY})

    assert dqkit(folder, "check", ".", "--quiet") == (1, "", "")
    assert dqkit(folder, "check", ".", "--quiet", "--output", "json=r.json") == (1, "", "")


def test_verbose_says_why_and_what_was_left_out(dqkit: Run, corpus: Write) -> None:
    _, out, _ = dqkit(corpus({"a.txt": DIRTY, "b.jpg": b"\xff\xd8"}), "check", ".", "--verbose")

    assert "They teach a reader nothing" in out
    assert "excluded: b.jpg: setting include" in out


def test_colours_are_for_terminals_and_for_whoever_asks(
    dqkit: Run, corpus: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = corpus({"a.txt": DIRTY})
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    assert "\x1b[" not in dqkit(folder, "check", ".")[1]
    assert "\x1b[" in dqkit(folder, "check", ".", "--color", "always")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in dqkit(folder, "check", ".")[1]
    monkeypatch.setenv("FORCE_COLOR", "0")
    assert "\x1b[" not in dqkit(folder, "check", ".")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in dqkit(folder, "check", ".")[1]


def test_settings_give_paths_rules_and_the_gate(dqkit: Run, corpus: Write) -> None:
    folder = corpus(
        {
            "seeds/a.txt": DIRTY,
            "seeds/old/b.txt": DIRTY,
            "rules/own.yaml": "dqkit: 1\nrules:\n  - check: trailing-space\n    severity: warning\n",
            "dqkit.yaml": "paths: [seeds]\nrules: [rules]\nexclude: [seeds/old/]\nfail_on: warning\n",
        }
    )
    code, out, _ = dqkit(folder, "check", "--output", "concise", "--verbose")

    assert code == 1
    assert "seeds/a.txt:1:56: warning trailing-space" in out
    assert "leftover-ui" not in out
    assert "excluded: seeds/old: setting exclude" in out


def test_settings_are_found_above_and_in_pyproject(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a.txt": DIRTY, "pyproject.toml": '[tool.dqkit]\nselect = ["encoding"]\n'})

    assert dqkit(folder / "seeds", "check", "a.txt")[0] == 0


def test_a_folder_named_expectations_holds_the_rules(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY, "expectations/own.yaml": "dqkit: 1\nrules:\n  - check: soft-hyphen\n"})

    assert dqkit(folder, "check", "a.txt")[0] == 0


def test_explain_shows_the_manual_page_and_the_options(dqkit: Run, tmp_path: Path) -> None:
    code, out, _ = dqkit(tmp_path, "explain", "duplicate-block")

    assert code == 0
    assert "A passage that stands twice in one file" in out
    assert "least_letters" in out
    assert "40 by default" in out


def test_list_shows_checks_by_family_and_rules(dqkit: Run, tmp_path: Path) -> None:
    checks, rules = (dqkit(tmp_path, "list", what)[1] for what in ("checks", "rules"))

    assert checks.startswith("encoding\n")
    assert "\n  mojibake " in checks
    assert "error    mojibake\n" in rules


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nowhere"], "nowhere: no such file or folder"),
        (["check"], "no path to check"),
        (["check", ".", "--select", "mojibke"], 'no rule, check or family "mojibke": did you mean "mojibake"?'),
        (["check", ".", "--output", "htm"], 'no format "htm": did you mean "html"?'),
        (["check", ".", "--output", "html="], "no file after the equals sign"),
        (["check", ".", "--rules", "none.yaml"], "none.yaml: no such file or folder"),
        (["check", ".", "--jobs", "-1"], "--jobs -1: wants 0 to 512"),
        (["explain", "leftover-iu"], 'no check "leftover-iu": did you mean "leftover-ui"?'),
    ],
)
def test_what_cannot_be_followed_is_exit_code_2_with_a_way_out(
    dqkit: Run, corpus: Write, arguments: list[str], said: str
) -> None:
    code, _, err = dqkit(corpus({"a.txt": CLEAN}), *arguments)

    assert code == 2
    assert said in err


def test_the_way_of_one_file_loads_nothing_heavy(corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY})
    program = (
        "import sys; from dqkit.cli import main; main(['check', 'a.txt', '--quiet']);"
        "print(' '.join(name for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())

    assert "dqkit.engine" in loaded
    assert not loaded & {
        "great_expectations", "pandas", "numpy", "jsonschema", "jinja2", "rich", "importlib.metadata", "asyncio",
        "ftfy", "chardet", "logging", "dataclasses", "multiprocessing", "subprocess",
    }  # fmt: skip


def test_the_installed_program_runs_and_a_broken_pipe_is_no_fault() -> None:
    program = os.path.join(os.path.dirname(sys.executable), "dqkit")
    if not os.path.exists(program):
        program = f"{sys.executable} -m dqkit"
    done = subprocess.run(
        f"{program} check seeds | head -1", shell=True, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("seeds/")
