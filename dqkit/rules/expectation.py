"""What a rule says of an expectation of Great Expectations, held against the JSON Schemas that its wheel carries.

Nothing here imports Great Expectations: its schemas are files, found where it is installed.
"""

from __future__ import annotations

import json
import os
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from dqkit.errors import nearest
from dqkit.rules.option import show
from dqkit.rules.rule import PACKAGE, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dqkit.yamlfile import Node

    Fail = Callable[[tuple[int, int], str], None]

ELSEWHERE = {
    "severity": "it is a key of the rule itself",
    "description": "say it in the rule's `why`",
    "row_condition": "name `files` or `languages` in the rule",
    "condition_parser": "name `files` or `languages` in the rule",
    **dict.fromkeys(
        ("id", "meta", "notes", "result_format", "catch_exceptions", "rendered_content", "windows", "batch_id"),
        "dqkit sets it",
    ),
}
"""Arguments every expectation has and no rule gives, and what stands for them."""
_NOT_ARGUMENTS = (*ELSEWHERE, "metadata", "library_metadata")
_ABOUT_COLUMNS = ("column", "column_A", "column_B", "column_list", "column_set")


def folder() -> str | None:
    """Name the folder of the schemas; None where Great Expectations is not installed."""
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("great_expectations")
    if spec is None or not spec.submodule_search_locations:
        return None
    return os.path.join(spec.submodule_search_locations[0], "expectations", "core", "schemas")


def installed() -> bool:
    """Tell whether Great Expectations is installed."""
    return folder() is not None


def words(name: str) -> str:
    """Say an expectation's name in words.

    >>> words("expect_column_values_to_be_unique")
    'expect column values to be unique'
    """
    return name.replace("_", " ")


@lru_cache(maxsize=4)
def _index(path: str) -> dict[str, Any]:
    with open(os.path.join(path, "index.json"), encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)["expectations"]
    return found


@cache
def names() -> tuple[str, ...]:
    """Name the expectations that run on a pandas frame, whether Great Expectations is installed or not."""
    with open(os.path.join(PACKAGE, "data", "expectations.txt"), encoding="utf-8") as file:
        return tuple(line.strip() for line in file if not line.startswith("#"))


def rule(name: str, values: Mapping[str, Any]) -> Rule:
    """Make a rule of an expectation and its arguments, which it holds as JSON: a rule can be told from another."""
    options = tuple((key, json.dumps(value)) for key, value in values.items())
    reason = f"The rule asks of the corpus: {words(name)}."
    return Rule(name, name, "warning", (), (), reason, options, "metadata", "table", stage="corpus")


def given(rule: Rule) -> dict[str, Any]:
    """Give the arguments of the expectation that a rule is about.

    >>> given(rule("expect_column_values_to_be_unique", {"column": "id"}))
    {'column': 'id'}
    """
    return {key: json.loads(value) for key, value in rule.options}


def arguments(about: Node | None, name: str, node: Node | None, scoped: bool, fail: Fail) -> dict[str, Any]:
    """Read the arguments of an expectation, reporting what is wrong with them through `fail`.

    Without Great Expectations installed, only the columns can be held against what there is. `about` is where the
    rule names the expectation; None where it changes an inherited rule, and need not give all arguments. `scoped`:
    the rule is for some files or languages.
    """
    given: dict[str, Node] = node.value if node and isinstance(node.value, dict) else {}
    if node and not isinstance(node.value, dict):
        fail(node.at, f'"with" must be a mapping of the arguments of {name}')
    at = node or about
    if (path := folder()) and at and (schema := _schema(path, at, name, fail)):
        _validate(schema, at, given, name, fail, whole=about is not None)
        if scoped and about and "row_condition" not in schema["properties"]:
            fail(about.at, f"{name} looks at no rows: leave out files and languages")
    _columns(given, fail)
    return {key: value.plain() for key, value in given.items()}


def _schema(path: str, at: Node, name: str, fail: Fail) -> dict[str, Any] | None:
    entry = _index(path).get(name)
    if entry is None:
        fail(at.at, f'no expectation "{name}" in Great Expectations: {nearest(name, _index(path))}')
        return None
    with open(os.path.join(path, entry["schema_file"]), encoding="utf-8") as file:
        schema: dict[str, Any] = json.load(file)
    return schema


def _validate(schema: dict[str, Any], at: Node, given: dict[str, Node], name: str, fail: Fail, whole: bool) -> None:
    from jsonschema import Draft202012Validator

    known = {key: value for key, value in schema["properties"].items() if key not in _NOT_ARGUMENTS}
    for key in [key for key in given if key not in known]:
        where = (at.keys or {}).get(key, at.at)
        hint = ELSEWHERE.get(key) or nearest(key, known)
        fail(where, f'{name} takes no "{key}" here: {hint}')
    for key in schema.get("required", ()) if whole else ():
        if key not in given:
            fail(at.at, f'{name} wants "{key}" under `with`: {known[key].get("description", "")}'.rstrip(": "))
    for key, kind in known.items():
        if key in given:
            # A share such as 0.29 is no multiple of 0.01 in binary, so this one limit is left out.
            plain = {word: value for word, value in kind.items() if word != "multipleOf"}
            validator = Draft202012Validator({**plain, "definitions": schema.get("definitions", {})})
            for error in validator.iter_errors(given[key].plain()):
                wrong = _inside(given[key], error.absolute_path)
                reason = f"does not take {show(wrong)}" if error.validator in ("anyOf", "oneOf") else error.message
                fail(wrong.at, f'"{key}" of {name}: {reason}')


def _inside(node: Node, path: Any) -> Node:
    """Follow a path of keys and numbers into a value."""
    for step in path:
        node = node.value[step]
    return node


def _columns(given: dict[str, Node], fail: Fail) -> None:
    from dqkit.table import COLUMNS

    for key in _ABOUT_COLUMNS:
        for node in _items(given.get(key)):
            if isinstance(node.value, str) and node.value not in COLUMNS:
                fail(node.at, f'the corpus table has no column "{node.value}": {nearest(node.value, COLUMNS)}')


def _items(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield from node.value if isinstance(node.value, list) else [node]
