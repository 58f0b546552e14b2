"""The index on disk: damage, kills and company cost time, never truth."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from dqkit import cache
from dqkit.gate.store import DamagedError, Store, UnusableError
from tests.test_gate import Tree, checked, passage

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = {f"a/{n:03d}.txt": f"{passage(n)}\n\n{passage(100 + n)}\n\n{passage(200 + n)}\n" for n in range(60)}
COPY = {"a/new.txt": f"{passage(7)}\n\n{passage(500)}\n"}


@pytest.fixture
def staged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """A repository whose index is warm, and a copied passage staged in it."""
    monkeypatch.setenv("DQKIT_CACHE_DIR", str(tmp_path / "cache"))
    tree = Tree(tmp_path / "tree")
    tree.commit({**CORPUS})
    tree.write({**COPY})
    tree.git("add", "--all")
    return tree


def kept() -> Path:
    from pathlib import Path

    (path,) = (path for path in Path(cache.folder(), "index").iterdir() if path.suffix != ".journal")
    return path


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "index"))
    store.begin(write=True)
    store.write({1: ("a", [b"\0", 2.5, None]), 1 << 40: {"é\udce9": 3}})
    store.end()
    store.begin()

    assert store.read(1) == ("a", [b"\0", 2.5, None])
    assert store.read(1 << 40) == {"é\udce9": 3}
    with pytest.raises(DamagedError):
        store.read(2)
    store.close()


def test_a_folder_that_cannot_be_written_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableError) as raised:
        Store(str(tmp_path / "file" / "index"))

    assert not isinstance(raised.value, DamagedError)


def test_a_flipped_byte_changes_no_report(staged: Tree) -> None:
    reference = checked(staged, staged=True)
    whole = kept().read_bytes()
    chance = random.Random(5)
    places = [*range(0, 100, 7), *(chance.randrange(len(whole)) for _ in range(60))]

    assert [finding.check for finding in reference.findings] == ["duplicate-passage"]
    for place in places:
        damaged = bytearray(kept().read_bytes())
        damaged[place % len(damaged)] ^= 1 << chance.randrange(8)
        kept().write_bytes(damaged)
        assert checked(staged, staged=True) == reference, place


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"nonsense" * 999])
def test_another_file_in_its_place_changes_no_report(staged: Tree, content: bytes) -> None:
    reference = checked(staged, staged=True)
    kept().write_bytes(content)

    assert checked(staged, staged=True) == reference
    assert len(kept().read_bytes()) > 9_999  # it was made anew


def test_the_index_follows_commits_and_leaps(staged: Tree) -> None:
    first = staged.git("rev-parse", "HEAD").strip()
    assert len(checked(staged, staged=True).findings) == 1
    staged.commit({"a/007.txt": None})  # the copied file goes, and the copy stays
    staged.write({"a/other.txt": f"{passage(500)}\n\n{passage(501)}\n"})
    staged.git("add", "--all")
    (finding,) = checked(staged, staged=True).findings
    assert finding.related[0].path == "a/new.txt"
    staged.git("reset", "--hard", "--quiet", first)
    staged.write({**COPY})
    staged.git("add", "--all")
    (finding,) = checked(staged, staged=True).findings
    assert finding.related[0].path == "a/007.txt"


def test_without_a_cache_nothing_is_kept_and_the_report_is_the_same(staged: Tree) -> None:
    reference = checked(staged, staged=True, keep=False)

    assert not os.path.exists(os.path.join(cache.folder(), "index"))
    assert checked(staged, staged=True) == reference


def command(tree: Tree) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "dqkit", "check", "--staged", "--fail-on", "warning", "--output", "concise"]
    return subprocess.Popen(words, cwd=tree.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_runs_side_by_side_and_runs_that_are_killed(staged: Tree) -> None:
    together = [command(staged) for _ in range(3)]
    said = {run.communicate(timeout=300) for run in together}
    assert len(said) == 1
    assert "of its text with a/007.txt" in said.pop()[0]
    chance = random.Random(3)
    for number in range(6):
        staged.commit({f"a/more{number}.txt": f"{passage(1_000 + number)}\n"})
        staged.write({"a/new.txt": f"{passage(7)}\n\n{passage(600 + number)}\n"})
        staged.git("add", "--all")
        victim = command(staged)
        time.sleep(chance.uniform(0.05, 0.6))
        victim.send_signal(signal.SIGKILL)
        victim.communicate()
        (finding,) = (f for f in checked(staged, staged=True).findings if f.check == "duplicate-passage")
        assert {"a/007.txt"} == {place.path for place in finding.related}
