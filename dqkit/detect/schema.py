"""Declared metadata against a JSON Schema (draft 2020-12), by the package jsonschema of the extra `schema`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dqkit.errors import DqkitError
from dqkit.place import Place, shorten
from dqkit.yamlfile import Node, YamlError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.seed.metadata import Metadata
    from dqkit.seed.text import Document


def violations(document: Document, path: str) -> Iterator[tuple[Place, str]]:
    """Give what a document's declared metadata has that a schema forbids, or lacks that it demands, with its place.

    What several sources declare is taken together, keys as they are written; the file name takes no part.

    Raises:
        DqkitError: the schema cannot be read, is none, or the package jsonschema is not installed.
    """
    metadata = document.metadata
    instance = {key: node.plain() for record in metadata.records for key, node in record.node.value.items()}
    for error in _errors(path, instance):
        steps = list(error.absolute_path)
        name = ".".join(map(str, steps))
        if error.validator == "additionalProperties" and isinstance(error.instance, dict):
            known = error.schema.get("properties", {})
            for key in sorted(key for key in error.instance if key not in known and f"'{key}'" in error.message):
                message = f'the schema knows no field "{key}"' + (f" in {name}" if name else "")
                yield _place(document, metadata, [*steps, key], at_key=True), message
        else:
            message = f"against the schema: {name + ': ' if name else ''}{shorten(error.message)}"
            yield _place(document, metadata, steps), message


def _errors(path: str, instance: dict[str, Any]) -> list[Any]:
    """Give what a schema finds, sorted by the place in the instance."""
    validator = _validator(path)
    from referencing.exceptions import Unresolvable

    try:
        return sorted(validator.iter_errors(instance), key=lambda e: ([str(p) for p in e.absolute_path], e.message))
    except Unresolvable as error:
        raise DqkitError(f"{path}: the schema refers to what it does not hold: {error}") from None


def _place(document: Document, metadata: Metadata, steps: list[Any], *, at_key: bool = False) -> Place:
    """Name the place of the value that some steps lead to, in the strongest source that has it."""
    for record in reversed(metadata.records):
        if not steps or steps[0] in record.node.value:
            node, at = record.node, record.node.at
            for step in steps:
                known = node.value if isinstance(node.value, dict | list) else {}
                at_step = (node.keys or {}).get(step)
                try:
                    node = known[step]
                except (KeyError, IndexError):
                    break
                at = at_step if at_key and at_step and step == steps[-1] else node.at
            quote = _quote(node, steps, at_key)
            return Place(record.path, at[0], at[1], at[0], at[1] + len(quote), quote)
    return Place(document.path, 1, 1, 1, 1, "")


def _quote(node: Node, steps: list[Any], at_key: bool) -> str:
    if at_key:
        return str(steps[-1])
    return "" if not steps or isinstance(node.value, dict | list) else str(node.value).partition("\n")[0]


@lru_cache(maxsize=8)
def _validator(path: str) -> Any:  # a validator of jsonschema, which is not imported here
    schema = _read(path)
    try:
        from jsonschema import Draft202012Validator, SchemaError
        from referencing import Registry
    except ModuleNotFoundError:
        raise DqkitError(f'{path}: a schema needs the package jsonschema: pip install "dqkit[schema]"') from None
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        where = "/".join(map(str, error.absolute_path))
        raise DqkitError(f"{path}: no JSON Schema of draft 2020-12: {where}: {error.message}") from None
    # An empty registry: a reference to another file or to the network is an error and is not followed.
    return Draft202012Validator(schema, registry=Registry(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _read(path: str) -> Any:
    from dqkit import jsonfile, yamlfile

    try:
        with open(path, "rb") as file:
            raw = file.read()
        parse = jsonfile.parse if path.endswith(".json") else yamlfile.parse
        return parse(raw).plain()
    except OSError as error:
        raise DqkitError(f"{path}: the schema a rule names cannot be read: {error.strerror}") from None
    except YamlError as error:
        raise DqkitError(f"{path}:{error.line}:{error.column}: {error.message}") from None
