"""Tables on disk: what is damaged is made anew, what is asked for is all that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dqkit import cache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES = ({f"word {n}": f"value {n}" for n in range(5_000)}, {"word 7": [["a list"], 7]})


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A cache of its own, and a list that grows when its tables are made."""
    monkeypatch.setenv("DQKIT_CACHE_DIR", str(tmp_path))
    yield (times := [])
    assert times, "nothing was ever made"


def tables(built: list[int]) -> list[cache.Table]:
    def build() -> tuple[dict[str, object], ...]:
        built.append(1)
        return TABLES

    return cache.tables("words", [b"key"], 2, build)


def test_a_table_gives_what_was_built_once_and_none_for_what_it_has_not(built: list[int]) -> None:
    for _ in range(3):
        first, second = tables(built)

        assert [first[f"word {n}"] for n in (0, 7, 4_999)] == ["value 0", "value 7", "value 4999"]
        assert (first["word 5000"], second["word 7"], second["word 8"]) == (None, [["a list"], 7], None)
    assert built == [1]


def test_a_table_forgets_what_it_was_asked_before_it_grows_without_bound(
    built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MOST_WORDS", 10)
    first, _ = tables(built)

    assert [first[f"word {n}"] for n in range(100)] == [f"value {n}" for n in range(100)]
    assert len(first) <= 10


@pytest.mark.parametrize("share", [0.0, 0.03, 0.5, 0.9999])
def test_a_damaged_table_costs_time_and_never_truth(built: list[int], tmp_path: Path, share: float) -> None:
    tables(built)[0]["word 1"]
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    at = int(share * len(whole))
    for damaged in (whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :], whole[:at], whole[at:]):
        file.write_bytes(damaged)
        first, second = tables(built)

        assert [first[f"word {n}"] for n in range(5_000)] == list(TABLES[0].values())
        assert (second["word 7"], second["word 8"]) == ([["a list"], 7], None)
