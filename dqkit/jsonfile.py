"""JSON with the line and column of every value, in the same nodes as YAML."""

from __future__ import annotations

import json
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined] # typeshed leaves it out
from typing import Any

from dqkit.record import regex
from dqkit.yamlfile import Node, YamlError

DEPTH_LIMIT = 60
_BLANK = regex(r"[ \t\r\n]*")
_NUMBER = regex(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_WORDS = {"true": True, "false": False, "null": None}


def parse(text: str | bytes, line: int = 1) -> Node:
    """Read one JSON value that begins on the given line, from 1, of a file.

    Raises:
        YamlError: it is not JSON, repeats a key, or is nested deeper than DEPTH_LIMIT.
    """
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise YamlError(f"not JSON: {error}", line, 1) from None
    reader = _Reader(text, line)
    node, end = reader.value(reader.skip(0), 0)
    if (end := reader.skip(end)) != len(text):
        raise reader.wrong("something stands after the value", end)
    return node


class _Reader:
    """Reads the values of one text; a position is a code point from 0."""

    def __init__(self, text: str, line: int) -> None:
        self.text, self.line = text, line
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)

    def at(self, position: int) -> tuple[int, int]:
        row = bisect_right(self.starts, position) - 1
        return self.line + row, position - self.starts[row] + 1

    def wrong(self, message: str, position: int) -> YamlError:
        return YamlError(f"not JSON: {message}", *self.at(position))

    def skip(self, position: int) -> int:
        blank = _BLANK.match(self.text, position)
        return blank.end() if blank else position

    def value(self, position: int, depth: int) -> tuple[Node, int]:
        first = self.text[position : position + 1]
        if depth > DEPTH_LIMIT:
            raise self.wrong(f"nested deeper than {DEPTH_LIMIT} levels", position)
        if first == "{":
            return self.mapping(position, depth)
        if first == "[":
            return self.sequence(position, depth)
        value, end = self.scalar(position, first)
        return Node(value, *self.at(position)), end

    def scalar(self, position: int, first: str) -> tuple[Any, int]:
        if first == '"':
            return self.string(position)
        for word, value in _WORDS.items():
            if self.text.startswith(word, position):
                return value, position + len(word)
        number = _NUMBER.match(self.text, position)
        if not number:
            raise self.wrong("a value is expected", position)
        digits = number[0]
        whole = digits.lstrip("-").isdigit() and len(digits) < 40
        return int(digits) if whole else float(digits), number.end()

    def string(self, position: int) -> tuple[str, int]:
        try:
            value, end = scanstring(self.text, position + 1, True)
            return str(value), int(end)
        except json.JSONDecodeError as error:
            raise self.wrong(error.msg.lower(), error.pos) from None

    def mapping(self, position: int, depth: int) -> tuple[Node, int]:
        values: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        at = self.skip(position + 1)
        while self.text[at : at + 1] != "}" or values:
            if self.text[at : at + 1] != '"':
                raise self.wrong("a key in double quotes is expected", at)
            begin = at
            key, at = self.string(at)
            if key in values:
                raise self.wrong(f'key "{key}" stands twice, first at {keys[key][0]}:{keys[key][1]}', begin)
            at = self.skip(at)
            if self.text[at : at + 1] != ":":
                raise self.wrong("a colon is expected", at)
            keys[key] = self.at(begin)
            values[key], at = self.value(self.skip(at + 1), depth + 1)
            at, closed = self.next(at, "}")
            if closed:
                return Node(values, *self.at(position), keys), at
        return Node(values, *self.at(position), keys), at + 1

    def sequence(self, position: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        at = self.skip(position + 1)
        while self.text[at : at + 1] != "]" or items:
            item, at = self.value(at, depth + 1)
            items.append(item)
            at, closed = self.next(at, "]")
            if closed:
                return Node(items, *self.at(position)), at
        return Node(items, *self.at(position)), at + 1

    def next(self, position: int, close: str) -> tuple[int, bool]:
        """Pass the comma before the next item, or the bracket that closes."""
        at = self.skip(position)
        mark = self.text[at : at + 1]
        if mark == close:
            return at + 1, True
        if mark != ",":
            raise self.wrong(f"a comma or {close} is expected", at)
        return self.skip(at + 1), False
