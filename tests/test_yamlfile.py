"""Flat YAML is read without the library, and as the library reads it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dqkit import yamlfile
from dqkit.yamlfile import NODE_LIMIT, Node, YamlError, parse

WORDS = st.text("ab:#\"'\\ -,[]{}!&*?|>%@`~.0159eåß東\t\u00a0\u2028\ufeff", max_size=12)
KEYS = st.sampled_from(["id", "a-b", "no", "id ", "", " id"])
LINES = st.builds("{}{}{}".format, KEYS, st.sampled_from([": ", ":", ":  ", " "]), WORDS)


def slowly(text: str | bytes) -> Node | str:
    """Read with the library."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlfile, "_flat", lambda *_: None)
        try:
            return parse(text)
        except YamlError as error:
            return str(error)


@settings(max_examples=600, deadline=None)
@given(st.lists(LINES, max_size=4).map("\n".join))
@example("\n\ntitle: Fyren på ön\nlanguage: sv\ndate: 2024-05-01\n")
@example("a: 12:30\nb: http://example.org/x#y\nc: true\nd: 0x1f\ne: 1e3\nf: null\n")
@example('a: "x: y"\nb: \'it # is\'\nc: ""')
@example("a: x: y")
@example("a: x\n  y")
@example("a: x # y")
@example("a: x\na: y")
def test_what_is_read_without_the_library_is_read_alike(text: str) -> None:
    flat = yamlfile._flat(text, NODE_LIMIT)

    assert flat is None or flat == slowly(text)
    assert flat is None or flat == yamlfile._flat(text.encode(), NODE_LIMIT)


def test_plain_front_matter_does_not_load_the_library() -> None:
    code = (
        "import sys; from dqkit.yamlfile import parse\n"
        "node = parse('title: Fyren\\nauthor: \"Eva Lund\"\\ndate: 2024-05-01\\n')\n"
        "print(node.plain(), 'yaml' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said == "{'title': 'Fyren', 'author': 'Eva Lund', 'date': '2024-05-01'} False\n"


def test_bytes_that_are_no_utf8_and_long_files_go_to_the_library() -> None:
    assert yamlfile._flat(b"a: \xff", NODE_LIMIT) is None
    assert yamlfile._flat("a: b\nc: d\n", 2) is None
