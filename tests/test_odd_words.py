"""Flags and paths nobody means, and streams that cannot be written: exit code 2 with the way out, or no harm at all."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.test_gate import Tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]
    Run = Callable[..., tuple[int, str, str]]

CLEAN = "The ferry left the quay at seven in the morning.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", ""], "an empty path is no file or folder"),
        (["check", "a.txt", ""], "an empty path is no file or folder"),
        (["check", "a" * 5000], "no such file or folder"),
        (["check", "a.txt", "--since", ""], "--since names no commit"),
        (["check", "a.txt", "--baseline", ""], "--baseline names no file"),
        (["check", "a.txt", "--today", ""], "--today : wants a day such as"),
        (["check", "a.txt", "--today", "2026-13-01"], "--today 2026-13-01: wants a day such as"),
        (["check", "a.txt", "--select", ","], "names nothing"),
        (["check", "a.txt", "--ignore", ""], "names nothing"),
        (["check", "a.txt", "--rules", ""], "no such file or folder"),
        (["check", "a.txt", "--jobs", "99999"], "--jobs 99999: wants 0 to 512"),
        (["baseline", "write", ""], "an empty path is no file or folder"),
        (["pairs", ""], "an empty path is no file or folder"),
        (["suggest", ""], "an empty path is no file or folder"),
        (["accept", "", "--reason", "x"], "give more digits"),
        (["init", ""], "no such folder"),
        (["report", ""], "cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_exit_code_2(corpus: Write, dqkit: Run, words: list[str], said: str) -> None:
    code, _, err = dqkit(corpus({"a.txt": CLEAN}), *words)

    assert code == 2
    assert said in err


@pytest.mark.parametrize("words", [["--staged", "sedes"], ["--staged", ""], ["--staged"], ["--since", "HEAD"]])
def test_a_corpus_that_is_not_there_passes_no_gate(tmp_path: Path, dqkit: Run, words: list[str]) -> None:
    tree = Tree(tmp_path)
    tree.commit({"dqkit.yaml": "paths: [sedes]\n", "seeds/a.txt": CLEAN})
    code, _, err = dqkit(tree.folder, "check", *words)

    assert code == 2
    assert "no such file or folder" in err


def test_a_corpus_whose_last_file_goes_is_still_one(tmp_path: Path, dqkit: Run) -> None:
    tree = Tree(tmp_path)
    tree.commit({"dqkit.yaml": "paths: [seeds]\n", "seeds/a.txt": CLEAN})
    tree.git("rm", "--quiet", "seeds/a.txt")

    assert dqkit(tree.folder, "check", "--staged")[0] == 0


def test_many_processes_for_one_file_are_not_started(corpus: Write, dqkit: Run) -> None:
    assert dqkit(corpus({"a.txt": CLEAN}), "check", "a.txt", "--jobs", "512")[0] == 0


def started(folder: Path, words: str) -> tuple[int, str]:
    """Run a shell command with `dqkit` in it; give its exit code, and what it said on the error stream."""
    program = f"'{sys.executable}' -m dqkit"
    words = words.replace("dqkit", program)
    done = subprocess.run(words, shell=True, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such shells and devices")
@pytest.mark.parametrize("words", ["check a.txt", "check a.txt --output json", "explain mojibake", "list checks"])
def test_streams_that_are_closed_or_full_are_no_fault(corpus: Write, words: str) -> None:
    folder = corpus({"a.txt": CLEAN})

    assert started(folder, f"dqkit {words} >&-") == (0, "")
    assert started(folder, f"dqkit {words} 2>&-") == (0, "")
    if os.path.exists("/dev/full"):
        code, said = started(folder, f"dqkit {words} > /dev/full")
        assert (code, said) == (2, "dqkit: the output cannot be written: No space left on device\n")
    code, said = started(folder, f"dqkit {words} | true")
    assert (code, said) == (0, "")
