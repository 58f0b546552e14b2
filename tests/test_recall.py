"""What is remembered of files between runs: whatever becomes of the cache, the report stays the same."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from dqkit.commands import examine
from tests.test_gate import passage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Damage = Callable[[list[Path]], None]


def flip(entries: list[Path]) -> None:
    chance = random.Random(7)
    for entry in entries:
        content = bytearray(entry.read_bytes())
        for at in {0, 15, 16, 17, len(content) - 1, *chance.sample(range(len(content)), 8)}:
            content[at] ^= 1 << chance.randrange(8)
        entry.write_bytes(content)


def cut(entries: list[Path]) -> None:
    for number, entry in enumerate(entries):
        entry.write_bytes(entry.read_bytes()[: (0, 7, 16, -1)[number % 4]])


def swap(entries: list[Path]) -> None:
    contents = [entry.read_bytes() for entry in entries]
    for entry, content in zip(entries, [*contents[1:], contents[0]], strict=True):
        entry.write_bytes(content)


def block(entries: list[Path]) -> None:
    for entry in entries:
        entry.unlink()
        entry.mkdir()


@pytest.mark.parametrize("damage", [flip, cut, swap, block])
def test_damage_to_what_is_remembered_changes_no_report(
    dqkit: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Damage
) -> None:
    monkeypatch.setattr(examine, "REMEMBERED_FILES", 1)
    monkeypatch.setenv("DQKIT_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    (folder / "seeds").mkdir(parents=True)
    for number in range(150):  # some runs of files
        faults = "loading" * (number % 3 == 0) + passage(number) + " \n\n" + passage(number % 100) + "\n"
        (folder / "seeds" / f"{number}.txt").write_text(faults, "utf-8")

    cold = dqkit(folder, "check", "seeds", "--output", "json")
    assert dqkit(folder, "check", "seeds", "--output", "json") == cold
    entries = sorted(path for path in (tmp_path / "cache").rglob("*") if path.is_file() and path.name != ".gitignore")
    assert len(entries) > 3
    damage(entries)
    assert dqkit(folder, "check", "seeds", "--output", "json") == cold
    assert dqkit(folder, "check", "seeds", "--output", "json") == cold
    assert not [path.name for path in (tmp_path / "cache").rglob("*") if path.suffix.lstrip(".").isdigit()]  # scratch
