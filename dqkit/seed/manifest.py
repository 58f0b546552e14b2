"""A manifest: one file of a folder, `metadata.jsonl`, `.csv` or `.yaml`, that declares metadata of many seed files.

Each row names its file in a column `file_name`, `file` or `path` (relative to the manifest's folder), or by `id`: the
id in its name, or its name without the extension. It is read once a run, and what was read is kept in the cache.
"""

from __future__ import annotations

import marshal
from functools import partial
from typing import TYPE_CHECKING, Any

from dqkit import cache
from dqkit.record import NamedTuple, regex
from dqkit.seed.fields import field
from dqkit.yamlfile import Node, YamlError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("metadata.jsonl", "metadata.csv", "metadata.yaml", "metadata.yml")
"""What a manifest is called, the one that wins first."""
_FILE_KEYS = ("filename", "file", "path", "filepath")
_CELLS = {mark: regex(rf'("(?:[^"]|"")*+"|[^{mark}\r\n]*)({mark}|\r\n|\n|\r|\Z)') for mark in (",", ";", "\t")}


class Manifest(NamedTuple):
    """A manifest's path, its rows packed, and what is wrong with it: message, line and column from 1."""

    path: str
    rows: dict[str, bytes]
    """By `f:` and a path relative to the manifest's folder, or by `i:` and an id."""
    faults: tuple[tuple[str, int, int], ...]

    def keys_of(self, path: str, identifier: str | None) -> Iterator[str]:
        """Give the keys a seed file's row may stand under, the one that wins first; its path as reports show it."""
        folder = self.path.rpartition("/")[0]
        within = path.removeprefix(f"{folder}/") if folder else path
        name = within.rpartition("/")[2]
        yield f"f:{within}"
        yield f"f:{path}"
        for known in (within.rpartition(".")[0], name, name.rpartition(".")[0], identifier):
            if known:
                yield f"i:{known}"


def read(path: str, raw: bytes) -> Manifest:
    """Read a manifest's bytes; `path` is how reports show it."""
    ending = path.rpartition(".")[2]
    rows, faults = cache.compiled("manifest", (ending.encode(), raw), partial(_build, ending, raw))
    return Manifest(path, rows, faults)


def unpack(row: bytes) -> Node:
    """Give a packed row as the mapping it was."""
    return _node(marshal.loads(row))


def _build(ending: str, raw: bytes) -> tuple[dict[str, bytes], tuple[tuple[str, int, int], ...]]:
    faults: list[tuple[str, int, int]] = []
    rows: dict[str, bytes] = {}
    first: dict[str, int] = {}
    readers = {"jsonl": _json_rows, "csv": _csv_rows}
    try:
        text = raw.decode("utf-8-sig")
        for name, row in readers.get(ending, _yaml_rows)(text, faults):
            key = name or key_of(row)
            if not key:
                faults.append(("the row names no file: give it file_name, path or id", row.line, row.column))
            elif key in rows:
                message = f"a second row for “{key[2:]}”, first in line {first[key]}"
                faults.append((message, row.line, row.column))
            else:
                rows[key], first[key] = marshal.dumps(_flat(row)), row.line
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append((f"not UTF-8: byte 0x{raw[error.start]:02x}", line, 1))
    return rows, tuple(faults)


def key_of(row: Node) -> str:
    """Name a row by the file or the id it names; empty where it names none."""
    by_id = ""
    for key, node in row.value.items():
        text = "" if node.value is None or isinstance(node.value, dict | list) else str(node.value).strip()
        plain = key.lower().replace("_", "").replace("-", "")
        if plain in _FILE_KEYS and text:
            return "f:" + text.replace("\\", "/").removeprefix("./")
        if field(key) == "id" and text:
            by_id = f"i:{text}"
    return by_id


def _json_rows(text: str, faults: list[tuple[str, int, int]]) -> Iterator[tuple[str, Node]]:
    from dqkit.jsonfile import parse

    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = parse(line, number)
        except YamlError as error:
            faults.append((error.message, error.line, error.column))
            continue
        if isinstance(row.value, dict):
            yield "", row
        else:
            faults.append(("a row must be a mapping of fields to values", number, 1))


def _csv_rows(text: str, faults: list[tuple[str, int, int]]) -> Iterator[tuple[str, Node]]:
    header: list[Node] = []
    for cells in _cells(text):
        line = cells[0].line
        if len(cells) == 1 and not cells[0].value:
            continue
        if not header:
            header = cells
            continue
        if len(cells) > len(header):
            faults.append(
                (f"the row has {len(cells)} cells, the header {len(header)}", line, cells[len(header)].column)
            )
            continue
        named = zip(header, cells, strict=False)
        yield "", Node({str(key.value): cell for key, cell in named if cell.value}, line, 1)


def _cells(text: str) -> Iterator[list[Node]]:
    """Read comma-separated values (RFC 4180), or those with semicolons or tabs, a row at a time."""
    top = text.partition("\n")[0]
    cell = _CELLS[next((mark for mark in "\t;" if mark in top and "," not in top), ",")]
    row: list[Node] = []
    at, line, begin = 0, 1, 0
    while at < len(text) and (found := cell.match(text, at)):
        value, mark = found[1], found[2]
        quoted = len(value) > 1 and value[0] == value[-1] == '"'
        row.append(Node(value[1:-1].replace('""', '"') if quoted else value.strip(), line, at - begin + 1))
        if inside := value.count("\n"):
            line, begin = line + inside, at + value.rindex("\n") + 1
        at = found.end()
        if mark in ("", "\r", "\n", "\r\n"):
            yield row
            row, line, begin = [], line + 1, at
    if row:
        yield row


def _yaml_rows(text: str, faults: list[tuple[str, int, int]]) -> Iterator[tuple[str, Node]]:
    from dqkit.yamlfile import NODE_LIMIT, parse

    try:
        root = parse(text, max(NODE_LIMIT, len(text)))
    except YamlError as error:
        faults.append((error.message, error.line, error.column))
        return
    rows = root.value.items() if isinstance(root.value, dict) else [("", row) for row in root.value or ()]
    if not isinstance(root.value, dict | list | None):
        rows = [("", root)]
    for name, row in rows:
        if isinstance(row.value, dict):
            yield f"f:{name}" if name else "", row
        else:
            faults.append(("a row must be a mapping of fields to values", row.line, row.column))


def _flat(node: Node) -> tuple[Any, ...]:
    value = node.value
    if isinstance(value, dict):
        return {key: _flat(child) for key, child in value.items()}, node.line, node.column, node.keys
    if isinstance(value, list):
        return [_flat(child) for child in value], node.line, node.column, None
    return value, node.line, node.column, None


def _node(flat: tuple[Any, ...]) -> Node:
    value, line, column, keys = flat
    if isinstance(value, dict):
        value = {key: _node(child) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_node(child) for child in value]
    return Node(value, line, column, keys)
