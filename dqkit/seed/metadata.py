"""What is declared about a seed file: in a manifest, in a sidecar, in YAML front matter, and by its name.

They win in this order; what a weaker one says otherwise is kept, so that a check can point at it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dqkit.record import NamedTuple
from dqkit.seed.fields import field as field_of
from dqkit.seed.language import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.seed.text import Document
    from dqkit.yamlfile import Node

SIDECARS = (".meta.yaml", ".meta.yml", ".meta.json", ".yaml", ".yml", ".json")
"""What stands after a seed file's name without its extension in the name of a file that declares its metadata."""


class Declared(NamedTuple):
    """A declared value and where it stands: file, line and column from 1 (0 where the file name declares it)."""

    value: Any
    path: str
    line: int
    column: int
    origin: str
    """`manifest`, `sidecar`, `front matter` or `file name`."""


class Fault(NamedTuple):
    """A declaration that cannot be read: what is wrong, and where."""

    message: str
    path: str
    line: int
    column: int


class Record(NamedTuple):
    """One mapping of fields to values as it was written: in which file, of what origin, its lines counted from 1."""

    node: Node
    path: str
    origin: str


class Metadata(NamedTuple):
    """The declared values by field, and what else was declared."""

    fields: dict[str, Declared]
    faults: tuple[Fault, ...] = ()
    overruled: tuple[tuple[str, Declared], ...] = ()
    """Fields with values that a stronger source replaced."""
    records: tuple[Record, ...] = ()
    """What the fields were read from, the weakest first; the file name, which is no mapping, left out."""

    def value(self, field: str) -> Any:
        """Give a field's value, None where it is not declared."""
        found = self.fields.get(field)
        return found.value if found else None

    def texts(self, field: str) -> tuple[str, ...]:
        """Give a field's values as texts, those of a list one by one."""
        return texts(self.value(field))

    def text(self, field: str) -> str | None:
        """Give a field's value as a text, several joined by commas; None where it is not declared or no text."""
        return ", ".join(self.texts(field)) or None

    @property
    def language(self) -> str | None:
        """The declared language's code (see `language.canonical`); None where none is declared."""
        tag = self.text("language")
        return canonical(tag) if tag else None


def texts(value: Any) -> tuple[str, ...]:
    """Give the texts of a declared value: itself, a list's items, the `name`, `@id` or `url` of a mapping.

    >>> texts([{"@type": "Person", "name": "Lu Chen"}, "Li Wei"])
    ('Lu Chen', 'Li Wei')
    """
    if isinstance(value, list):
        return tuple(text for item in value for text in texts(item))
    if isinstance(value, dict):
        return next((texts(value[key]) for key in ("name", "@id", "identifier", "url") if value.get(key)), ())
    return (value.strip(),) if isinstance(value, str) and value.strip() else ()


def declared(document: Document) -> Metadata:
    """Read what is declared about a document."""
    named = document.named.values if document.named else {}
    fields = {name: Declared(value, document.path, 0, 0, "file name") for name, value in named.items()}
    if document.front_matter is None and document.beside is None and not document.rows:
        return Metadata(fields)
    faults: list[Fault] = []
    overruled: list[tuple[str, Declared]] = []
    records = tuple(_records(document, faults))
    for record in records:
        found: dict[str, Declared] = {}
        for name, value in _values(record):
            if name == "id" and name in fields and fields[name].origin != "file name" and _is_address(record):
                continue
            weaker = value if name in found else fields.get(name)  # of two names of one field, the first wins
            if weaker:
                overruled.append((name, weaker))
            found.setdefault(name, value)
        fields |= found
    return Metadata(fields, tuple(faults), tuple(overruled), records)


def sidecars(name: str) -> tuple[str, ...]:
    """List the names of files that may declare a seed file's metadata, the one that wins first.

    >>> sidecars("river.en.txt")[0]
    'river.en.meta.yaml'
    """
    stem = name.rpartition(".")[0] or name
    return tuple(stem + ending for ending in SIDECARS if stem + ending != name)


def _records(document: Document, faults: list[Fault]) -> list[Record]:
    """Read the mappings of a document's front matter, sidecars and manifests, the weakest first."""
    texts: list[tuple[str | bytes, str, str]] = []
    if span := document.front_matter:
        # A line end for each line above, so that lines are counted as the file has them.
        above = "\n" * (document.text.count("\n", 0, span.start) or 1)
        texts.append((above + document.text[span.start : span.end], document.path, "front matter"))
    folder, slash, name = document.path.rpartition("/")
    for sidecar in reversed(sidecars(name)):
        raw = document.beside(sidecar) if document.beside else None
        if raw is not None:
            texts.append((raw, folder + slash + sidecar, "sidecar"))
    records = [record for text in texts if (record := _parsed(*text, faults))]
    if document.rows:
        from dqkit.seed.manifest import unpack

        records += [Record(unpack(row), path, "manifest") for path, row in document.rows]
    return records


def _parsed(text: str | bytes, path: str, origin: str, faults: list[Fault]) -> Record | None:
    from dqkit.yamlfile import YamlError, parse

    try:
        if origin == "sidecar" and path.endswith(".json"):
            from dqkit import jsonfile

            root = jsonfile.parse(text)
        else:
            root = parse(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    except YamlError as error:
        faults.append(Fault(error.message, path, error.line, error.column))
        return None
    if isinstance(root.value, dict):
        return Record(root, path, origin)
    if root.value is not None:
        faults.append(Fault("metadata must be a mapping of fields to values", path, root.line, root.column))
    return None


def _is_address(record: Record) -> bool:
    """Tell whether the id of a manifest's row is what names its file, and says nothing of the file's own id."""
    if record.origin != "manifest":
        return False
    from dqkit.seed.manifest import key_of

    return key_of(record.node).startswith("i:")


def _values(record: Record) -> Iterator[tuple[str, Declared]]:
    for key, node in record.node.value.items():
        if record.origin == "manifest" and node.value in (None, "", []):
            continue  # in a table, a cell without a value declares nothing
        yield field_of(key), Declared(node.plain(), record.path, node.line, node.column, record.origin)
