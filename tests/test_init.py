"""`dqkit init`: what it writes is followed by dqkit and its hosts, and nothing of anybody's is overwritten."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from dqkit.settings import find
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]
    Run = Callable[..., tuple[int, str, str]]

SEED = "The ferry left the quay at seven in the morning.\n"


def test_a_folder_is_set_up_and_checks_at_once(dqkit: Run, corpus: Write) -> None:
    folder = corpus(
        {
            "seeds/a.txt": SEED,
            "seeds/sv/b.md": SEED.replace("ferry", "tram"),
            "more texts/c.txt": SEED.replace("ferry", "train"),
            "README.md": "# This\n",
            "docs/d.md": SEED,
            "tests/e.txt": SEED,
        }
    )
    code, out, _ = dqkit(folder, "init")

    assert code == 0
    assert out.count("wrote ") == 4
    settings = find(str(folder))
    assert settings.paths == ("seeds", "more texts")
    assert settings.include == ("*.txt", "*.md")
    assert settings.exclude == ("README.md",)
    assert "# 2 files in seeds, 1 file in more texts" in (folder / "dqkit.yaml").read_text("utf-8")
    assert "3 files: 3 checked" in dqkit(folder, "check")[1]


def test_the_hook_and_the_job_are_what_their_hosts_read(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a.txt": SEED})
    dqkit(folder, "init")

    (repo,) = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert repo["hooks"] == [{"id": "dqkit"}]
    assert repo["hooks"][0]["id"] in {
        hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    }
    assert yaml.safe_load((folder / ".github/workflows/dqkit.yml").read_text("utf-8"))["jobs"].keys() == {"dqkit"}


def test_a_repository_on_gitlab_gets_a_job_of_gitlab(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a.txt": SEED, ".git/config": '[remote "origin"]\n\turl = git@gitlab.com:a/b.git\n'})
    dqkit(folder, "init")

    assert yaml.safe_load((folder / ".gitlab-ci.yml").read_text("utf-8")).keys() == {"dqkit"}
    assert not (folder / ".github").exists()


def test_nothing_is_overwritten_and_what_was_left_alone_is_said(dqkit: Run, corpus: Write) -> None:
    own: dict[str, str | bytes] = {
        "seeds/a.txt": SEED,
        "pyproject.toml": "[tool.dqkit]\npaths = ['seeds']\n",
        ".pre-commit-config.yaml": "repos: []\n",
        ".gitattributes": "* text\n",
        "expectations/own.yaml": "dqkit: 1\nrules:\n  - check: soft-hyphen\n",
    }
    folder = corpus(own)
    code, out, _ = dqkit(folder, "init", "--from-corpus")

    assert code == 0
    for name, content in own.items():
        assert (folder / name).read_text("utf-8") == content
    for name in ("pyproject.toml", ".pre-commit-config.yaml", ".gitattributes", "expectations"):
        assert f"left alone: {name}\n" in out
    assert "      - id: dqkit\n" in out
    assert not (folder / "dqkit.yaml").exists()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert "wrote" not in dqkit(folder, "init", "--from-corpus")[1]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_rules_are_proposed_each_with_its_count(dqkit: Run, corpus: Write) -> None:
    files: dict[str, str | bytes] = {
        f"seeds/{name}.txt": f"The {name} left the quay at seven, and “nobody” knew.\u00a0\n\nOf {name}.\n"
        for name in ("ferry", "train", "tram", "bus", "coach", "cart", "sledge", "boat", "raft", "canoe", "barge")
    }
    folder = corpus({**files, "seeds/z.txt": "loadingThe last of them \u00adleft.\u200b\n"})
    before = dqkit(folder, "check", "seeds", "--output", "json")[1]
    _, out, _ = dqkit(folder, "init", "--from-corpus")
    text = (folder / "expectations/rules.yaml").read_text("utf-8")
    data: dict[str, Any] = json.loads(before)

    assert "# What the default rules find in 12 seed files (en " in text
    for rule in data["rules"]:
        found = [f for f in data["findings"] if f["rule"] == rule["id"]]
        count = f"{len(found)} finding{'s' * (len(found) != 1)} in {len({f['path'] for f in found})} of 12 files"
        assert f"  - id: {rule['id']}  # {count if found else 'nothing found'}\n" in text
    assert f"{len(data['findings'])} findings today: `dqkit baseline write`" in out
    assert dqkit(folder, "test")[0] == 0
    again = json.loads(dqkit(folder, "check", "--output", "json")[1])
    assert [f["fingerprint"] for f in again["findings"]] == [f["fingerprint"] for f in data["findings"]]


def test_a_habit_of_the_corpus_is_proposed_as_milder(dqkit: Run, corpus: Write) -> None:
    folder = corpus({f"seeds/{n}.txt": f"\ufeffThe {'ferry' * n} left the quay.\n" for n in range(1, 12)})
    dqkit(folder, "init", "--from-corpus")

    assert (
        "  - id: byte-order-mark  # 11 findings in 11 of 11 files\n"
        "    severity: info  # warning by default: a habit of this corpus\n"
    ) in (folder / "expectations/rules.yaml").read_text("utf-8")


def test_names_that_no_file_can_hold_are_survived(dqkit: Run, tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/s\xe9e\nds \xe2\x80\xae"
    os.mkdir(odd)
    with open(odd + b"/READM\xe9.txt", "wb") as file:
        file.write(SEED.encode())

    assert dqkit(tmp_path, "init", "--from-corpus")[0] == 0
    assert find(str(tmp_path)).paths == (".",)
    assert dqkit(tmp_path, "check")[0] in (0, 1)


@pytest.mark.parametrize(("folder", "said"), [("nowhere", "nowhere: no such folder"), (".", "no text files in it")])
def test_where_there_is_nothing_it_says_so(dqkit: Run, tmp_path: Path, folder: str, said: str) -> None:
    code, _, err = dqkit(tmp_path, "init", folder)

    assert (code, said in err) == (2, True)
    assert not list(tmp_path.iterdir())


def test_git_keeps_the_bytes_of_seeds(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"my seeds/a.txt": SEED})
    dqkit(folder, "init")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    asked = ["git", "check-attr", "text", "merge", "--", "my seeds/a.txt", "dqkit-baseline.jsonl"]
    said = subprocess.run(asked, cwd=folder, check=True, capture_output=True, text=True).stdout

    assert "my seeds/a.txt: text: unset" in said.replace('"', "")
    assert "dqkit-baseline.jsonl: merge: union" in said
