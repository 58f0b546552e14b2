"""YAML as users write it for dqkit: YAML 1.2 core scalars, no repeated key, each value with its line and column."""

from __future__ import annotations

from typing import Any

from dqkit.errors import DqkitError
from dqkit.record import NamedTuple, regex

NODE_LIMIT = 200_000
"""Values a file may hold once its aliases are followed: far above any rule file, far below an alias bomb."""
_INT = regex(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = regex(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z|[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
_LINE = regex(
    r"(?P<key>[A-Za-z_][A-Za-z0-9_-]{0,60}): {1,9}"
    r"""(?P<value>(?P<plain>\w(?:.*[^ ])?)|(?P<quoted>"[^"\\]*"|'[^']*')) *"""
)
"""A key and a value that mean in YAML what stands there."""
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True, "TRUE": True,
          "false": False, "False": False, "FALSE": False}  # fmt: skip


class Node(NamedTuple):
    """A value and where it begins, line and column from 1. A mapping holds a dict of nodes, a list a list of them."""

    value: Any
    line: int
    column: int
    keys: dict[str, tuple[int, int]] | None = None
    """Of a mapping: where each key begins."""

    @property
    def at(self) -> tuple[int, int]:
        """Line and column."""
        return self.line, self.column

    def plain(self) -> Any:
        """Give the value without the places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


class YamlError(DqkitError):
    """A YAML text that cannot be read; `line` and `column` from 1 say where."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def parse(text: str | bytes, limit: int = NODE_LIMIT) -> Node:
    """Read one YAML document of at most `limit` values.

    Raises:
        YamlError: it is not YAML, repeats a key, has a key that is no string, contains itself or grows without bound.
    """
    if (flat := _flat(text, limit)) is not None:
        return flat
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(filter(None, (error.context, error.problem)))
        raise YamlError(f"not YAML: {what}", mark.line + 1 if mark else 1, mark.column + 1 if mark else 1) from None
    except yaml.reader.ReaderError as error:
        raise YamlError(f"not YAML: {error.reason} (character {error.character!r})", 1, 1) from None
    except (UnicodeDecodeError, RecursionError) as error:
        raise YamlError(f"not YAML: {error}", 1, 1) from None
    if root is None:
        return Node(None, 1, 1)
    return _Builder(limit).node(root, ())


def _flat(text: str | bytes, limit: int) -> Node | None:
    """Read what most front matter is, lines of one word and one plain value, in a few lines; None for all else.

    To load the library takes as long as to start Python.
    """
    if isinstance(text, bytes):
        try:
            text = text.decode()
        except UnicodeDecodeError:
            return None
    values: dict[str, Node] = {}
    keys: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        match = _LINE.fullmatch(line) if line.isprintable() else None
        if match is None or match["key"] in values:
            return None
        plain = match["plain"]
        if plain and (": " in plain or " #" in plain or plain.endswith(":")):
            return None
        value = scalar(plain) if plain else match["quoted"][1:-1]
        values[match["key"]] = Node(value, number, match.start("value") + 1)
        keys[match["key"]] = (number, 1)
    return Node(values, *next(iter(keys.values())), keys) if 0 < len(values) < limit else None


class _Builder:
    """Turns PyYAML's nodes into ours, counting them."""

    def __init__(self, limit: int) -> None:
        self.count, self.limit = 0, limit

    def node(self, node: Any, above: tuple[int, ...]) -> Node:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.count += 1
        if id(node) in above:
            raise YamlError("an anchor that contains itself", line, column)
        if self.count > self.limit:
            raise YamlError(f"more than {self.limit:,} values once its aliases are followed", line, column)
        if len(above) > 60:
            raise YamlError("nested deeper than 60 levels", line, column)
        if node.id == "scalar":
            return Node(node.value if node.style else scalar(node.value), line, column)
        above = (*above, id(node))
        if node.id == "sequence":
            return Node([self.node(child, above) for child in node.value], line, column)
        values: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        for key, value in node.value:
            at = key.start_mark.line + 1, key.start_mark.column + 1
            if key.id != "scalar":
                raise YamlError("a key must be a word", *at)
            if key.value in values:
                first = keys[key.value]
                raise YamlError(f'key "{key.value}" stands twice, first at {first[0]}:{first[1]}', *at)
            values[key.value] = self.node(value, above)
            keys[key.value] = at
        return Node(values, line, column, keys)


def scalar(word: str) -> str | int | float | bool | None:
    """Read a plain scalar by the YAML 1.2 core schema: `no` is a word, 0123 is 123, 12:30 is a word.

    >>> scalar("no"), scalar("0123"), scalar("true"), scalar("1e3"), scalar("12:30")
    ('no', 123, True, 1000.0, '12:30')
    """
    if word in _WORDS:
        return _WORDS[word]
    if _INT.match(word):
        return int(word, 0 if word[:2] in ("0x", "0o") else 10) if len(word) < 40 else word
    if _FLOAT.match(word):
        return float(word.replace(".inf", "inf").replace(".Inf", "inf").replace(".INF", "inf")
                     .replace(".nan", "nan").replace(".NaN", "nan").replace(".NAN", "nan"))  # fmt: skip
    return word
