"""The hooks as pre-commit runs them: what is let through, and what is not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.test_gate import Tree, passage

OLD = {f"seeds/{n // 500}/{n:04d}.txt": f"{passage(n)}\n\n{passage(10_000 + n)}\n" for n in range(3_000)}
PAIR = {
    "seeds/pair/river.en.txt": f"---\nid: river-en\n---\n{passage(90_001)}\n",
    "seeds/pair/river.sv.txt": "---\nid: river-sv\ntranslation_of: river-en\n---\nÄlven rinner genom staden.\n",
}
HOOKS = """\
repos:
  - repo: {root}
    rev: {revision}
    hooks:
      - id: dqkit
      - id: dqkit-fast
        files: ^seeds/
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A project with 3,000 seed files whose hooks come from this checkout, as it is, through a clone."""
    folder = tmp_path_factory.mktemp("hooks")
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    source = Tree(folder / "dqkit")
    for name in os.fsdecode(names).split("\0")[:-1]:
        if (ROOT / name).is_file() and not name.startswith(("fixtures/", "seeds/", "tests/")):
            source.write({name: (ROOT / name).read_bytes()})
    source.commit({})
    revision = source.git("rev-parse", "HEAD").strip()
    tree = Tree(folder / "project")
    config = HOOKS.format(root=source.folder, revision=revision)
    tree.commit({**OLD, **PAIR, ".pre-commit-config.yaml": config, "dqkit.yaml": "paths: [seeds]\n"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRE_COMMIT_HOME", str(folder / "home"))
        patch.setenv("DQKIT_CACHE_DIR", str(folder / "cache"))
        run(tree, sys.executable, "-m", "pre_commit", "install", "--install-hooks")
        yield tree


def run(tree: Tree, *words: str, code: int = 0) -> str:
    done = subprocess.run(words, cwd=tree.folder, capture_output=True, text=True, errors="replace", check=False)
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    return said


def commit(tree: Tree, files: dict[str, str | bytes | None], *, code: int) -> str:
    """Try to commit some files; whatever comes of it, the next one begins from HEAD."""
    tree.write(files)
    tree.git("add", "--all")
    said = run(tree, "git", "commit", "--message", "change", code=code)
    tree.git("reset", "--hard", "--quiet")
    return said


def test_what_is_clean_is_let_through_and_what_is_not_is_not(project: Tree) -> None:
    said = commit(project, {"seeds/new/clean.txt": f"{passage(50_000)}\n"}, code=0)
    assert said.count("Passed") == 2

    said = commit(project, {"README.txt": "No seed file. \n"}, code=0)
    assert said.count("Passed") == 1
    assert said.count("Skipped") == 1

    said = commit(project, {"seeds/new/copy.txt": f"{passage(50_001)}\n\n{passage(1_234)}\n"}, code=1)
    assert "seeds/2/1234.txt" in said
    assert "held against 3,003 other files" in said

    said = commit(project, {"seeds/pair/river.en.txt": None}, code=1)
    assert "seeds/pair/river.sv.txt" in said
    assert "declared as a translation of “river-en”" in said


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("seeds/new/wide.seed", passage(60_000).encode("utf-16"), "wide-encoding"),
        ("seeds/new/nul.seed", passage(60_001).encode() + b"\0 and more.\n", "control-character"),
        ("seeds/new/latin.txt", "Älven rinner genom staden.\n".encode("latin-1"), "undecodable-bytes"),
    ],
)
def test_files_that_look_binary_are_seen(project: Tree, name: str, content: bytes, check: str) -> None:
    assert check in commit(project, {name: content}, code=1)


def test_what_is_staged_counts_and_not_what_is_on_disk(project: Tree) -> None:
    project.write({"seeds/new/half.txt": f"Read more\n\nloading{passage(70_000)}\n"})
    project.git("add", "--all")
    project.write({"seeds/new/half.txt": f"{passage(70_000)}\n"})
    said = run(project, "git", "commit", "--message", "change", code=1)
    project.git("reset", "--hard", "--quiet")

    assert "leftover-ui" in said
