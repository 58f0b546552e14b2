"""The JSON Schema of rule files, draft 07, made from what rules can be about: it refuses what the reader refuses.

One `if` and `then` a check, so that an editor names the exact key. What takes more than the file to tell (whether a
name is inherited, a file is there, an id stands twice) the reader alone can say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from dqkit.rules import packs
from dqkit.rules.grammar import ESCAPED, FORMAT, ID, LANGUAGE, LEVELS, STAGES, SUBJECTS, TREE_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.rules.option import Option

    Schema = dict[str, Any]  # JSON: its values are of many types

TEXT: Schema = {"type": "string", "minLength": 1}
TEXTS: Schema = {"type": "array", "items": TEXT}
SEVERITY: Schema = {"enum": list(LEVELS), "description": "How bad a finding is; off: the rule does not run."}
FILES: Schema = TEXTS | {"description": "Globs of the files; * stays inside a folder, ** spans folders."}


def schema() -> Schema:
    """Give the schema of a rule file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://raw.githubusercontent.com/dqkit/dqkit/main/dqkit/rules.schema.json",
        "title": "dqkit rule file",
        **_object(
            {
                "dqkit": {"const": FORMAT, "description": "The version of this format."},
                "extends": {"type": "array", "items": {"$ref": "#/definitions/extension"}},
                "overrides": {"type": "array", "items": {"$ref": "#/definitions/override"}},
                "rules": {"type": "array", "items": {"$ref": "#/definitions/rule"}},
            },
            "dqkit",
        ),
        "anyOf": [{"required": ["rules"]}, {"required": ["extends"]}],
        "if": {"required": ["extends"]},
        "else": {"properties": {"rules": {"items": {"anyOf": [{"required": [key]} for key in SUBJECTS]}}}},
        "definitions": {
            "extension": _extension(),
            "override": _override(),
            "rule": _rule(),
            "test": _test(),
            **{f"{key}:{name}": _with(key, name) for key, name in _subjects()},
        },
    }


def _subjects() -> Iterator[tuple[str, str]]:
    return ((key, name) for key, subject in SUBJECTS.items() for name in subject.names())


def _with(key: str, name: str) -> Schema:
    return {"type": "object"} if SUBJECTS[key].elsewhere else _options(SUBJECTS[key].options(name))


def _object(properties: Schema, *required: str) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": list(required)} if required else {}),
    }


def _extension() -> Schema:
    source = {
        "description": "A built-in pack of a pinned edition, or the path of a rule file, relative to this one.",
        "anyOf": [{"enum": list(packs.references())}, TEXT | {"not": {"pattern": "^dqkit:"}}],
    }
    only = TEXTS | {"description": "Ids of the rules that are taken; all where it is not given."}
    without = TEXTS | {"description": "Ids of the rules that are left."}
    # By type and not by `anyOf`, or a wrong key of the mapping would be told as "not valid under any".
    return {
        "if": {"type": "object"},
        "then": _object({"from": source, "only": only, "except": without}, "from"),
        "else": source,
    }


def _override() -> Schema:
    def change(options: Schema) -> Schema:
        return _object({"severity": SEVERITY, "with": options})

    named = {name: change({"$ref": f"#/definitions/{key}:{name}"}) for key, name in _subjects()}
    rules = {"type": "object", "properties": named, "additionalProperties": change({"type": "object"})}
    return _object({"files": FILES, "rules": rules}, "files", "rules")


def _rule() -> Schema:
    about = {key: {"enum": list(subject.names()), "description": f"The {key}."} for key, subject in SUBJECTS.items()}
    return {
        **_object(
            {
                "id": {"type": "string", "pattern": ID, "description": "By default the name of what it is about."},
                **about,
                "severity": SEVERITY | {"default": "warning"},
                "files": FILES,
                "languages": {
                    "type": "array",
                    "items": {"type": "string", "pattern": LANGUAGE},
                    "description": "Codes of the languages it is for.",
                },
                "stage": {"enum": list(STAGES), "description": "corpus: not where single files are checked."},
                "optional": {"type": "boolean", "description": "Left out where what it needs is not installed."},
                "with": {"type": "object", "description": "Options."},
                "why": {"type": "string", "description": "Why a finding matters, in your words."},
                "tests": {"type": "array", "items": {"$ref": "#/definitions/test"}},
            }
        ),
        "anyOf": [{"required": [key]} for key in ("id", *SUBJECTS)],
        "allOf": [case for key, name in _subjects() for case in _cases(key, name)],
    }


def _cases(key: str, name: str) -> Iterator[Schema]:
    """Bind the options to what a rule is about, and an id that is its name to it."""
    others: Schema = {other: False for other in SUBJECTS if other != key}
    others |= {"stage": {"const": "corpus"}} if SUBJECTS[key].elsewhere else {"optional": False}
    options = {"$ref": f"#/definitions/{key}:{name}"}
    yield {
        "if": {"properties": {key: {"const": name}}, "required": [key]},
        "then": {"properties": {"with": options, **others}},
    }
    yield {
        "if": {"properties": {"id": {"const": name}}, "required": ["id"]},
        "then": {"properties": {key: {"const": name}, "with": options, **others}},
    }


def _options(options: tuple[Option, ...]) -> Schema:
    return _object({option.name: _option(option) for option in options})


def _option(option: Option) -> Schema:
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    form: Schema = {"format": "regex"} if option.is_pattern else {}
    form |= {"minimum": 0, "maximum": 1} if option.is_share else {}
    return {**_kind(option.kind), **form, "description": option.help, "default": default}


def _kind(kind: Any) -> Schema:
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    if get_origin(kind) is tuple:
        item = _kind(get_args(kind)[0])
        return {"type": "array", "items": item | {"pattern": r"\S"} if item.get("type") == "string" else item}
    return {"type": {int: "integer", float: "number", bool: "boolean", str: "string"}[kind]}


def _test() -> Schema:
    raw = {
        "type": "string",
        "pattern": ESCAPED,
        "description": r"The exact bytes: \xNN, \n, \r, \t, \0, \\, all else as UTF-8.",
    }
    count = {"type": "integer", "minimum": 1}
    place = _object({"line": count, "column": count, "quote": {"type": "string"}, "path": {"type": "string"}}, "line")
    content = {"if": {"type": "object"}, "then": _object({"bytes": raw}, "bytes"), "else": {"type": "string"}}
    return {
        **_object(
            {
                "name": TEXT | {"description": "What the test shows."},
                "input": {
                    "type": "string",
                    "description": "A text, to which the rule's files and languages do not apply.",
                },
                "bytes": raw,
                "files": {
                    "type": "object",
                    "propertyNames": {"pattern": TREE_PATH},
                    "additionalProperties": content,
                    "description": "A small tree: paths and their texts.",
                },
                "expect": {"type": "array", "items": place, "description": "What is found; [] if nothing is."},
                "todo": {"type": "boolean", "description": "A known miss; it fails the day it is found."},
            },
            "expect",
        ),
        "oneOf": [{"required": [key]} for key in ("input", "bytes", "files")],
    }
