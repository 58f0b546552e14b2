"""Compiled patterns are kept between runs, and are what Python would have compiled."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dqkit import patterns

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = (
    ("[a-zÀ-ɏ\u3040-\u30ff]+", 0),
    (r"(?P<day>\d\d)-(?P<month>\d\d)|(x)(?=y)", 0),
    (r"(?i:ab)c\b", re.IGNORECASE | re.MULTILINE),
    (r"(?<!\w)a.b", re.DOTALL),
)
TEXTS = ("åäö かな", "12-03", "xy", "ABC\nabc", "a\nb", "\U0010ffff", "")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DQKIT_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(patterns, "_new", {})
    _forget()


def _forget() -> None:
    patterns._kept.cache_clear()


def test_a_kept_pattern_is_the_one_python_compiles() -> None:
    for source, flags in SOURCES:
        patterns.compiled(source, flags)
    patterns.keep()
    _forget()

    assert len(patterns._kept()) == len(SOURCES)
    for source, flags in SOURCES:
        kept, fresh = patterns.compiled(source, flags), re.compile(source, flags)
        assert (kept, kept.flags, kept.groups, dict(kept.groupindex)) == (
            fresh, fresh.flags, fresh.groups, dict(fresh.groupindex)
        )  # fmt: skip
        for text in TEXTS:
            assert [m.span() for m in kept.finditer(text)] == [m.span() for m in fresh.finditer(text)]
            assert [m.groupdict() for m in kept.finditer(text)] == [m.groupdict() for m in fresh.finditer(text)]


def test_a_damaged_file_costs_time_and_no_truth(tmp_path: Path) -> None:
    patterns.compiled("a+", 0)
    patterns.keep()
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for damaged in (b"", whole[:20], whole[:-1] + bytes([whole[-1] ^ 1]), bytes([whole[0] ^ 1]) + whole[1:]):
        file.write_bytes(damaged)
        _forget()

        assert patterns.compiled("a+", 0).fullmatch("aaa")


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(re.error):
        patterns.compiled("(", 0)


def test_more_patterns_than_are_kept_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "MOST", 3)
    for number in range(3):
        patterns.compiled(f"a{number}", 0)
    patterns.keep()
    _forget()
    patterns.compiled("b", 0)
    patterns.keep()
    _forget()

    assert [*patterns._kept()] == [("b", 0)]


def test_a_second_run_compiles_nothing_of_ours(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ett vänligt ord på vägen.\n", "utf-8")
    count = (
        "import sys, re; from re import _compiler; plain, ours = _compiler.compile, []\n"
        "def compile(source, flags=0):\n"
        "    ours.append(sys._getframe(3).f_globals['__name__'])\n"
        "    return plain(source, flags)\n"
        "_compiler.compile = compile\n"
        "from dqkit.cli import start; sys.argv = ['dqkit', 'check', 'a.txt', '-q']; start()\n"
        "print(sum(name.startswith('dqkit') for name in ours))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", count], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]

    assert int(runs[0]) > 10
    assert int(runs[1]) == 0, "a pattern on the way of `check FILE` is compiled in each run: use dqkit.patterns"
