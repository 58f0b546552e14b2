"""What a run is about: staged files, files changed since a commit, named files; and every one accounted for."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from dqkit.cli import main
from tests.test_gate import Tree, passage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Check = Callable[..., tuple[int, str, str]]

ARTICLE = f"{passage(1)}\n\n{passage(2)}\n"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path / "tree")
    tree.commit({"dqkit.yaml": "paths: [seeds]\n", "seeds/old.txt": ARTICLE, "seeds/other.txt": f"{passage(3)}\n"})
    return tree


@pytest.fixture
def check(tree: Tree, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Check:
    def run(*words: str, folder: Path = tree.folder) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        code = main(["check", "--output", "concise", "--fail-on", "warning", *words])
        return code, *capsys.readouterr()

    return run


def test_nothing_staged_passes_at_once(check: Check) -> None:
    code, out, _ = check("--staged")

    assert code == 0
    assert "focus: 0 seed files staged; held against 0 other files" in out


def test_the_git_index_counts_and_not_the_work_tree(tree: Tree, check: Check) -> None:
    tree.write({"seeds/new.txt": f"{passage(1)}\n\n{passage(9)}\n"})
    tree.git("add", "--all")
    tree.write({"seeds/new.txt": "Nothing alike.\n", "seeds/old.txt": None})
    code, out, _ = check("--staged")

    assert code == 1
    assert "duplicate-passage" in out
    assert "held against 2 other files" in out


def test_every_staged_file_is_accounted_for(tree: Tree, check: Check) -> None:
    tree.write({"seeds/new.txt": f"{passage(9)}\n", "seeds/photo.jpg": b"\xff", "code.txt": "No seed. \n",
                "seeds/other.txt": None, "seeds/.hidden.txt": "x\n"})  # fmt: skip
    tree.git("add", "--all")
    code, out, _ = check("--staged", "--verbose", "--output", "json=report.json")
    report = json.loads((tree.folder / "report.json").read_text("utf-8"))

    assert code == 0
    assert {file["path"]: (file["status"], file["reason"]) for file in report["files"]} == {
        "seeds/new.txt": ("checked", ""),
        "seeds/photo.jpg": ("excluded", "setting include"),
        "code.txt": ("excluded", "outside the corpus"),
        "seeds/.hidden.txt": ("excluded", "hidden"),
        "seeds/other.txt": ("not_applicable", "deleted"),
    }
    assert report["comparison"] == {"focus": "staged", "files": 2, "compared": 1}
    assert "focus: 2 seed files staged; held against 1 other file" in out


def test_since_takes_what_changed_on_this_branch_and_in_the_work_tree(tree: Tree, check: Check) -> None:
    tree.git("switch", "--quiet", "--create", "branch")
    tree.commit({"seeds/committed.txt": f"{passage(11)} \n"})
    tree.git("switch", "--quiet", "main")
    tree.commit({"seeds/elsewhere.txt": f"{passage(12)}\n"})
    tree.git("switch", "--quiet", "branch")
    tree.write({"seeds/untracked.txt": f"{passage(2)}\n\n{passage(13)}\n"})
    code, out, _ = check("--since", "main")

    assert code == 1
    assert "seeds/committed.txt:1" in out
    assert "seeds/untracked.txt:1:1: warning duplicate-passage" in out
    assert "focus: 2 seed files since main; held against 2 other files" in out


def test_a_named_file_is_held_against_the_corpus_that_the_settings_name(tree: Tree, check: Check) -> None:
    tree.write({"seeds/new.txt": f"{passage(2)}\n\n{passage(21)}\n"})

    code, out, _ = check("seeds/new.txt")
    assert code == 1
    assert "focus: 1 seed file named; held against 2 other files" in out
    code, out, _ = check("seeds/new.txt", "--scope", "file")
    assert code == 0
    assert "focus" not in out
    assert "focus" not in check("seeds")[1]  # all of the corpus


def test_a_finding_is_shown_in_the_file_in_focus(tree: Tree, check: Check) -> None:
    tree.write({"seeds/a.txt": f"{passage(2)}\n\n{passage(21)}\n"})  # sorts before the old file
    tree.git("add", "--all")
    _, out, _ = check("--staged")

    assert out.startswith("seeds/a.txt:1:1: warning duplicate-passage: of seeds/old.txt:")


def test_a_sidecar_that_changes_puts_its_seed_file_in_focus(tree: Tree, check: Check) -> None:
    tree.commit({"seeds/other.meta.yaml": "id: other\n"})
    tree.write({"seeds/other.meta.yaml": "id: other\ntranslation_of: nowhere\n"})
    tree.git("add", "--all")
    for focus in (["--staged"], ["--since", "HEAD"]):
        code, out, _ = check(*focus)
        assert code == 1, out
        assert "missing-source" in out
        assert "1 checked, 0 not applicable, 1 excluded" in out
    assert "seeds/other.meta.yaml:2:17: warning missing-source" in check("seeds")[1]


def test_a_lost_sidecar_takes_an_id_away(tree: Tree, check: Check) -> None:
    tree.commit(
        {"seeds/old.meta.yaml": "id: old-id\n", "seeds/old.sv.txt": "---\ntranslation_of: old-id\n---\nText.\n"}
    )
    tree.write({"seeds/old.meta.yaml": None})
    tree.git("add", "--all")
    _, out, _ = check("--staged")

    assert (
        "seeds/old.txt:1:1: warning missing-source: of seeds/old.sv.txt:2: declared as a translation of “old-id”" in out
    )


def test_a_number_that_is_taken_out_of_a_row_is_missed(tree: Tree, check: Check) -> None:
    names = [f"seeds/{n:03d}_0123456789abcdef.txt" for n in range(5)]
    tree.commit({name: f"{passage(30 + n)}\n" for n, name in enumerate(names)})
    tree.write({names[2]: None})
    tree.git("add", "--all")
    _, out, _ = check("--staged", "--fail-on", "info")

    assert f"{names[2]}:1:1: " in out
    assert "numbering-gap" in out


def test_a_shallow_clone_without_a_common_commit_is_told_the_way_out(tree: Tree, check: Check, tmp_path: Path) -> None:
    for n in range(3):
        tree.commit({"seeds/old.txt": f"{passage(40 + n)}\n"})
    tree.git("switch", "--quiet", "--create", "side", "HEAD~2")
    tree.commit({"seeds/side.txt": f"{passage(50)}\n"})
    clone = tmp_path / "clone"
    words = ["git", "clone", "--quiet", "--depth=1", "--no-single-branch", tree.folder.as_uri(), str(clone)]
    subprocess.run(words, check=True, capture_output=True)
    code, _, err = check("--since", "origin/main", folder=clone)

    assert code == 2
    assert "git fetch --unshallow" in err
    assert "fetch-depth: 0" in err


@pytest.mark.parametrize("focus", [["--staged"], ["--since", "HEAD"], ["--since", "--all"]])
def test_what_git_cannot_answer_is_exit_code_2(check: Check, tmp_path: Path, focus: list[str]) -> None:
    (tmp_path / "bare").mkdir()
    code = 2
    try:
        code, _, err = check(*focus, folder=tmp_path / "bare")
        assert "not a git repository" in err
    except SystemExit as exit_:
        code = int(str(exit_.code))

    assert code == 2


def test_a_revision_git_does_not_know_is_exit_code_2(check: Check) -> None:
    code, _, err = check("--since", "nowhere")

    assert code == 2
    assert "--since nowhere: git knows no such commit" in err


def test_before_the_first_commit_all_that_is_staged_is_new(check: Check, tmp_path: Path) -> None:
    fresh = Tree(tmp_path / "fresh")
    fresh.write({"a.txt": ARTICLE, "b.txt": ARTICLE})
    fresh.git("add", "--all")
    code, out, _ = check("--staged", folder=fresh.folder)

    assert code == 1
    assert "b.txt:1:1: warning duplicate-passage: this file has the same text as a.txt" in out
