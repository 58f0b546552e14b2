"""Reads the test cases inside a rule, their contents to the byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dqkit.rules.grammar import CASE_KEYS, ESCAPED, EXPECT_KEYS, TREE_PATH, Case, Content
from dqkit.rules.option import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.rules.nodes import NodeReader
    from dqkit.yamlfile import Node

ONE_FILE = "text.txt"
"""The name of a text that a case gives without one."""
_SOURCES = ("bytes", "files", "input")
_ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{2}|[nrt0\\])")
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"\0", b"\\": b"\\"}


def cases(reader: NodeReader, node: Node) -> Iterator[Case]:
    """Read the list of a rule's tests."""
    for number, item in enumerate(reader.list_of(node, "tests"), 1):
        keys = reader.mapping(item, "a test", CASE_KEYS, needs="expect")
        given = [key for key in _SOURCES if key in keys]
        if keys and len(given) != 1:
            reader.fail(item.at, 'a test has one of "input", "bytes" and "files"')
        yield Case(
            reader.text(keys["name"], "name", "(?s).") if "name" in keys else f"test {number}",
            item.line,
            tuple(_contents(reader, given[0], keys[given[0]])) if given else (),
            given == ["files"],
            tuple(_expected(reader, wanted) for wanted in reader.list_of(keys.get("expect"), "expect")),
            _flag(reader, keys.get("todo")),
        )


def _contents(reader: NodeReader, key: str, node: Node) -> Iterator[Content]:
    if key == "input":
        yield Content(ONE_FILE, _encoded(reader.text(node, "input")))
    elif key == "bytes":
        yield Content(ONE_FILE, _unescaped(reader, node))
    elif not isinstance(node.value, dict):
        reader.fail(node.at, '"files" of a test must be a mapping of names to texts')
    else:
        for path, content in node.value.items():
            if not re.search(TREE_PATH, path):
                reader.fail((node.keys or {})[path], f'"{path}" is no path like seeds/en/river.txt')
            elif isinstance(content.value, dict):
                keys = reader.mapping(content, "a file of a test", ("bytes",), needs="bytes")
                yield Content(path, _unescaped(reader, keys["bytes"]) if keys else b"")
            else:
                yield Content(path, _encoded(reader.text(content, path)))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _unescaped(reader: NodeReader, node: Node) -> bytes:
    wants = r"a text with escapes of \xNN, \n, \r, \t, \0 and \\ alone"
    text = _encoded(reader.text(node, "bytes", ESCAPED, wants))
    return _ESCAPE.sub(lambda found: _NAMED.get(found[1]) or bytes([int(found[1][1:], 16)]), text)


def _expected(reader: NodeReader, node: Node) -> dict[str, Any]:
    keys = reader.mapping(node, "an expected finding", EXPECT_KEYS, needs="line")
    wanted: dict[str, Any] = {}
    for key, value in keys.items():
        if key in ("path", "quote"):
            wanted[key] = reader.text(value, key)
        elif isinstance(value.value, bool) or not isinstance(value.value, (int, float)) or value.value % 1:
            reader.fail(value.at, f'"{key}" wants a whole number, not {show(value)}')
        elif value.value < 1:
            reader.fail(value.at, f'"{key}" counts from 1')
        else:
            wanted[key] = int(value.value)
    return wanted


def _flag(reader: NodeReader, node: Node | None) -> bool:
    if node is not None and not isinstance(node.value, bool):
        reader.fail(node.at, f'"todo" wants true or false, not {show(node)}')
    return node is not None and node.value is True
