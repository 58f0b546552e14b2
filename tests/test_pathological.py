"""No input is slow: twice the bytes of a hostile shape cost each check of one file little more than twice the time.

The sizes are small, so that this test is quick; `python -m tests.bench hostile` takes the full ones.
"""

from __future__ import annotations

import gc
import hashlib
import time
from typing import TYPE_CHECKING

import pytest

from dqkit.detect import uiline
from dqkit.rules.file import load, rule_paths
from dqkit.seed.text import Document
from dqkit.settings import Settings
from tests.bench.hostile import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.check import Check

SIZE = 24_000
"""Bytes of the smaller text."""
GROWTH = 2.6
"""What twice the bytes may cost, in times; a suspect is held against it squared, at four times the bytes."""
FLOOR_S = 0.05
"""Seconds below which a time says nothing about growth."""
RATIO = 3_000
"""What a check may cost at most, in times of reading and hashing the lines."""


def checks() -> dict[str, tuple[str, Check]]:
    rules = load(rule_paths(None, Settings(".")))
    return {rule.check_name: (rule.when, rule.check) for rule in rules if rule.scope in ("file", "files")}


def cost(when: str, check: Check, raw: bytes) -> float:
    """Give the seconds of CPU that one check takes for a text, all that it asks of the document included."""
    uiline.forget()
    document = Document("text.txt", raw)
    begin = time.process_time()
    if not when or getattr(document, when):
        for _ in check.note(document):
            pass
    return time.process_time() - begin


def plain(raw: bytes) -> float:
    """Give the seconds of CPU that plain Python takes to decode a text and hash each of its lines."""
    begin = time.process_time()
    for line in raw.decode("utf-8", "surrogateescape").split("\n"):
        hashlib.blake2b(line.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return time.process_time() - begin


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """Keep the collector of cyclic garbage out of the measurement: when it runs depends on other tests."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Load what is loaded once."""
    text = (
        "Müller said: “Two men”, 3 comments. GrÃ¼n\n© 2001 Home\nRead more: a\n\x00 \u202e caf\u0301 &amp; {{a}} <p>\n"
        * 9
    )
    for when, check in checks().values():
        cost(when, check, text.encode())
        cost(when, check, text.encode("cp1252", "replace"))


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_bytes_cost_little_more_than_twice(shape: str) -> None:
    make = SHAPES[shape]
    small, large = make(SIZE), make(2 * SIZE)
    bound = RATIO * max(plain(large), 1e-4)
    for name, (when, check) in checks().items():
        twice = cost(when, check, large)
        assert twice < bound, f"{name}: {twice:.2f} s for {len(large):,} bytes"
        if twice > FLOOR_S and twice > GROWTH * cost(when, check, small):
            once = min(twice, *(cost(when, check, large) for _ in range(2)))
            again = min(cost(when, check, make(8 * SIZE)) for _ in range(3))
            assert again < GROWTH**2 * once, f"{name}: {once:.2f} s, and {again:.2f} s for four times the bytes"
