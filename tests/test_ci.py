"""The jobs that `dqkit init` writes, the action and the README's, each run as its host would on a clone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from dqkit.settings import find
from tests.conftest import ROOT
from tests.test_gate import Tree, passage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the jobs are scripts of a POSIX shell")
ACTION = yaml.safe_load((ROOT / ".github/actions/dqkit/action.yml").read_text("utf-8"))
SNIPPETS = [
    yaml.safe_load(text)
    for text in re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
]
ZEROS = "0" * 40
PROGRAM = """\
import sys
from dqkit import cli, stage
stage._installed = lambda: False  # Great Expectations takes seconds to load, and these jobs are not about it
sys.exit(cli.main())
"""


class Job(NamedTuple):
    """What a host runs: shell scripts one by one, those marked also after one that failed."""

    scripts: tuple[tuple[str, bool], ...]
    since: str
    """The variable in which the host gives the commit before."""


def github(folder: Path) -> Job:
    steps = yaml.safe_load((folder / ".github/workflows/dqkit.yml").read_text("utf-8"))["jobs"]["dqkit"]["steps"]
    checkout = next(step for step in steps if step.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"] == {"fetch-depth": 0}
    runs = [(step["run"], step.get("if") == "always()") for step in steps if "dqkit check" in step.get("run", "")]
    return Job(tuple(runs), "SINCE")


def action(_: Path) -> Job:
    runs = [(step["run"], False) for step in ACTION["runs"]["steps"] if "check" in step.get("run", "")]
    return Job(tuple(runs), "SINCE")


def gitlab(folder: Path) -> Job:
    return _of_gitlab(yaml.safe_load((folder / ".gitlab-ci.yml").read_text("utf-8"))["dqkit"])


def readme(_: Path) -> Job:
    (job,) = (one["dqkit"] for one in SNIPPETS if "dqkit" in one and isinstance(one["dqkit"], dict))
    return _of_gitlab(job)


def _of_gitlab(job: dict[str, dict[str, int] | list[str]]) -> Job:
    assert isinstance(job["variables"], dict)
    assert job["variables"]["GIT_DEPTH"] == 0
    lines = tuple((line, False) for line in job["script"] if not line.startswith("pip"))
    return Job(lines, "CI_MERGE_REQUEST_DIFF_BASE_SHA")


@pytest.fixture(params=[github, action, gitlab, readme])
def job(request: pytest.FixtureRequest, project: Tree) -> Job:
    made: Job = request.param(project.folder)
    return made


@pytest.fixture
def project(tmp_path: Path, dqkit: Run) -> Tree:
    """A project with an old fault, set up for both hosts, and a branch with a new text."""
    tree = Tree(tmp_path / "project")
    tree.commit({"seeds/old.txt": f"loading{passage(1)}\n", "seeds/more.txt": f"{passage(2)}\n"})
    for host in ("git@github.com:a/b.git", "git@gitlab.com:a/b.git"):
        tree.git("config", "remote.origin.url", host)
        assert dqkit(tree.folder, "init")[0] == 0
    tree.commit({})
    tree.git("switch", "--quiet", "--create", "branch")
    tree.commit({"seeds/new.txt": f"{passage(3)}\n"})
    return tree


def clone(project: Tree, folder: Path, *words: str) -> Path:
    whole = ["git", "clone", "--quiet", *words, project.folder.as_uri(), str(folder)]
    subprocess.run(whole, check=True, capture_output=True)
    return folder


def run(job: Job, folder: Path, since: str) -> tuple[int, str]:
    """Run a job in a clone; give the exit code of the first script that failed, and what all said."""
    programs = folder.parent / "programs" / "dqkit" / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    program = programs / "dqkit"
    program.write_text(f"#!{sys.executable}\n{PROGRAM}", "utf-8")
    program.chmod(0o755)
    own = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "RUNNER_TEMP": str(folder.parent / "programs"),
        "PYTHONPATH": str(ROOT), "PATHS": "seeds", "REPORT": "report.html", "SARIF": "report.sarif", "FAIL_ON": "",
        "CI_COMMIT_BEFORE_SHA": ZEROS, job.since: since,
    }  # fmt: skip
    code, said = 0, ""
    for script, always in job.scripts:
        if code == 0 or always:
            words = ["bash", "-e", "-c", script]
            done = subprocess.run(words, cwd=folder, env=os.environ | own, capture_output=True, text=True, check=False)
            code, said = code or done.returncode, said + done.stdout + done.stderr
    return code, said


def test_an_old_fault_blocks_nothing_and_a_new_one_does(project: Tree, job: Job, tmp_path: Path) -> None:
    base = project.git("rev-parse", "main").strip()
    code, said = run(job, clone(project, tmp_path / "clean"), base)
    assert code == 0, said
    assert "1 checked" in said

    project.commit({"seeds/bad.txt": f"loading{passage(4)}\n"})
    code, said = run(job, clone(project, tmp_path / "dirty"), base)
    assert code == 1, said
    assert "seeds/bad.txt" in said
    assert "seeds/old.txt" not in said


def test_before_a_new_branch_there_is_nothing(project: Tree, job: Job, tmp_path: Path) -> None:
    code, said = run(job, clone(project, tmp_path / "clone"), ZEROS)

    assert code == 1
    assert "seeds/old.txt" in said


def test_a_shallow_clone_is_told_the_way_out(project: Tree, job: Job, tmp_path: Path) -> None:
    base = project.git("rev-parse", "main").strip()
    code, said = run(job, clone(project, tmp_path / "clone", "--depth=1"), base)

    assert code == 2
    assert "git fetch --unshallow" in said


@pytest.mark.parametrize(
    ("kind", "reports"),
    [
        (github, {"report.html", "report.sarif"}),
        (action, {"report.html", "report.sarif"}),
        (gitlab, {"report.html", "gl-code-quality.json", "junit.xml"}),
    ],
)
def test_reports_are_about_all_files_and_the_cache_is_no_file_of_the_project(
    project: Tree, tmp_path: Path, kind: Callable[[Path], Job], reports: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = clone(project, tmp_path / "clone")
    monkeypatch.setenv("DQKIT_CACHE_DIR", str(folder / ".cache" / "dqkit"))
    run(kind(project.folder), folder, project.git("rev-parse", "main").strip())
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    left = subprocess.run(status, cwd=folder, check=True, capture_output=True, text=True).stdout.split()

    assert {*left} - {"??"} == reports
    if "report.sarif" in reports:
        (result,) = json.loads((folder / "report.sarif").read_text("utf-8"))["runs"][0]["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "seeds/old.txt"
    else:
        issues = json.loads((folder / "gl-code-quality.json").read_text("utf-8"))
        assert "seeds/old.txt" in {issue["location"]["path"] for issue in issues}


def test_the_snippets_of_the_readme_say_what_their_readers_know(tmp_path: Path) -> None:
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    (config,) = (one for one in SNIPPETS if "repos" in one)
    (settings,) = (one for one in SNIPPETS if "paths" in one)
    steps = [step for one in SNIPPETS if isinstance(one, list) for step in one]
    (given,) = (step["with"] for step in steps if "actions/dqkit" in step.get("uses", ""))
    (tmp_path / "dqkit.yaml").write_text(yaml.safe_dump(settings), "utf-8")

    assert {hook["id"] for repo in config["repos"] for hook in repo["hooks"]} <= hooks
    assert given.keys() <= ACTION["inputs"].keys()
    assert find(str(tmp_path)).paths == ("seeds",)
