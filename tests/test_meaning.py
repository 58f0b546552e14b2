"""The check that asks a similarity model, with models made here; nothing else loads one."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dqkit.errors import DqkitError
from dqkit.pairing.meaning import cosines
from tests import models
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CASE = ROOT / "fixtures" / "unlike-passage" / "finds-a-paragraph-about-something-else"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    models.write(tmp_path / "model", ["red röd", "green grön"])
    return tmp_path / "model"


def test_texts_of_one_meaning_are_alike_and_what_the_model_does_not_know_is_like_nothing(model: Path) -> None:
    found = cosines(str(model), ["red, red", "green"], ["röd", "grön red", "blå"])

    assert found[0] == pytest.approx([1, 0.5**0.5, 0])
    assert found[1] == pytest.approx([0, 0.5**0.5, 0])


@pytest.mark.parametrize("what", ["nothing", "a file", "an empty folder", "a damaged model"])
def test_what_is_no_model_is_told_and_nothing_is_looked_up_on_the_network(
    what: str, tmp_path: Path, model: Path
) -> None:
    path = tmp_path / "given"
    if what == "a file":
        path.write_text("", "utf-8")
    elif what == "an empty folder":
        path.mkdir()
    elif what == "a damaged model":
        path = model
        (model / "model.safetensors").write_bytes(b"\0" * 40)

    with pytest.raises(DqkitError, match=f"{path.name}: "):
        cosines(str(path), ["red"], ["röd"])


def test_a_model_that_changed_is_asked_again(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("valley.en.txt", "valley.sv.txt"):
        (folder / name).write_bytes((CASE / name).read_bytes())
    rules = tmp_path / "rules.yaml"
    rules.write_text("dqkit: 1\nrules:\n  - check: unlike-passage\n    with: {model: model}\n", "utf-8")

    counts = []
    for subjects in (models.SUBJECTS, ["of av", "the den"]):
        models.write(tmp_path / "model", subjects)
        command = [sys.executable, "-m", "dqkit", "check", str(folder), "--rules", str(rules), "--output", "jsonl"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        counts.append(done.stdout.count('"unlike-passage"'))

    assert counts[0] > counts[1]
