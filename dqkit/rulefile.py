"""Reads rule files: strict, every error with file, line, column, the key, and the nearest valid one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from dqkit import cache, checks
from dqkit.errors import DqkitError, nearest
from dqkit.finding import SEVERITIES
from dqkit.rule import Rule, rule_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.settings import Settings
    from dqkit.yamlfile import Node

FORMAT = 1
FILE_KEYS = ("dqkit", "rules")
RULE_KEYS = ("check", "files", "id", "languages", "severity", "why", "with")


def default_folder() -> str:
    """Name the folder of the default rules: inside the installed package, or beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    installed = os.path.join(package, "expectations")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(package), "expectations")


def rule_files(path: str) -> tuple[str, ...]:
    """List the rule files that a path names: itself, or the YAML files of a folder, sorted.

    Raises:
        DqkitError: there is no such path, or the folder holds no YAML file.
    """
    if os.path.isfile(path):
        return (path,)
    if not os.path.isdir(path):
        raise DqkitError(f"--rules {path}: no such file or folder")
    files = sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith((".yaml", ".yml")))
    if not files:
        raise DqkitError(f"--rules {path}: no rule file (*.yaml, *.yml) in this folder")
    return tuple(files)


def rule_paths(given: list[str] | None, settings: Settings) -> Iterable[str]:
    """Say where the rules stand: as given, as set, in `expectations/` beside the settings, else the built-in ones."""
    if given:
        return given
    if settings.rules:
        return [os.path.join(settings.root, path) for path in settings.rules]
    own = os.path.join(settings.root, "expectations")
    if os.path.isdir(own) and any(name.endswith((".yaml", ".yml")) for name in os.listdir(own)):
        return [own]
    return [default_folder()]


def load(paths: Iterable[str]) -> tuple[Rule, ...]:
    """Read the rules of some files or folders, those with severity "off" left out.

    Raises:
        DqkitError: a file cannot be read, or says what cannot be followed; all its errors stand in the message.
    """
    files = [file for path in paths for file in rule_files(path)]
    contents = [(file, _read(file)) for file in files]
    parts = [part for file, raw in contents for part in (os.fsencode(file), raw)]
    return tuple(Rule(*fields) for fields in cache.compiled("rules", parts, lambda: _compile(contents)))


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise DqkitError(f"{path}: cannot be read: {error.strerror}") from None


def _compile(contents: list[tuple[str, bytes]]) -> list[tuple[Any, ...]]:
    """Read rule files into plain values that make rules and that the cache can hold."""
    errors: list[str] = []
    first: dict[str, str] = {}
    rules = []
    for file, raw in contents:
        for rule, line in _parse(file, raw, errors):
            origin = first.setdefault(rule.id, f"{file}:{line}")
            if origin != f"{file}:{line}":
                errors.append(f'{file}:{line}: rule "{rule.id}" stands twice, first at {origin}: give one an id')
            rules.append(rule)
    if errors:
        raise DqkitError("\n".join(errors))
    return [tuple(rule) for rule in rules if rule.severity != "off"]


def _parse(path: str, raw: bytes, errors: list[str]) -> Iterator[tuple[Rule, int]]:
    from dqkit.yamlfile import YamlError, parse

    try:
        root = parse(raw)
    except YamlError as error:
        errors.append(f"{path}:{error.line}:{error.column}: {error.message}")
        return
    reader = _Reader(path, errors)
    top = reader.mapping(root, "a rule file", FILE_KEYS)
    version = top.get("dqkit")
    if version is None:
        reader.fail(root.at, f'key "dqkit" is missing: begin the file with "dqkit: {FORMAT}"')
    elif version.value != FORMAT:
        reader.fail(version.at, f"this dqkit reads rule files of version {FORMAT}")
    if "rules" not in top:
        reader.fail(root.at, 'key "rules" is missing')
    for node in reader.list_of(top.get("rules"), "rules"):
        if rule := reader.rule(node):
            yield rule, node.line


class _Reader:
    """Reads one rule file's nodes and collects what is wrong with them."""

    def __init__(self, path: str, errors: list[str]) -> None:
        self.path, self.errors = path, errors

    def fail(self, at: tuple[int, int], message: str) -> None:
        self.errors.append(f"{self.path}:{at[0]}:{at[1]}: {message}")

    def mapping(self, node: Node, what: str, known: Iterable[str]) -> dict[str, Node]:
        if not isinstance(node.value, dict):
            self.fail(node.at, f"{what} must be a mapping")
            return {}
        for key in node.value.keys() - set(known):
            self.fail((node.keys or {})[key], f'{what} has no key "{key}": {nearest(key, known)}')
        return {key: node.value[key] for key in node.value if key in known}

    def list_of(self, node: Node | None, what: str) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node.value, list):
            self.fail(node.at, f'"{what}" must be a list')
            return []
        return node.value

    def words(self, node: Node | None, what: str) -> tuple[str, ...]:
        items = self.list_of(node, what)
        for item in items:
            if not isinstance(item.value, str) or not item.value:
                self.fail(item.at, f'"{what}" wants texts')
        return tuple(str(item.value) for item in items)

    def word(self, node: Node | None, what: str) -> str:
        if node is not None and not isinstance(node.value, str):
            self.fail(node.at, f'"{what}" wants a text')
        return str(node.value) if node else ""

    def rule(self, node: Node) -> Rule | None:
        top = self.mapping(node, "a rule", RULE_KEYS)
        if not top:
            return None
        if "check" not in top:
            self.fail(node.at, 'the rule names no "check"')
            return None
        name = self.word(top["check"], "check")
        if name not in checks.names():
            self.fail(top["check"].at, f'no check "{name}": {nearest(name, checks.names())}')
            return None
        severity = self.word(top.get("severity"), "severity") or "warning"
        if severity not in (*SEVERITIES, "off"):
            self.fail(top["severity"].at, f'no severity "{severity}": {nearest(severity, (*SEVERITIES, "off"))}')
        languages = self.words(top.get("languages"), "languages")
        for language in self.list_of(top.get("languages"), "languages") if languages else []:
            if not (str(language.value).isalpha() and 2 <= len(str(language.value)) <= 3):
                self.fail(language.at, f'"{language.value}" is no language code such as en, sv or no')
        options = self.options(top.get("with"), name)
        rule = rule_for(checks.load(name)(**options), severity, files=self.words(top.get("files"), "files"))
        return rule._replace(
            id=self.word(top.get("id"), "id") or name, languages=languages, reason=self.word(top.get("why"), "why")
        )

    def options(self, node: Node | None, check: str) -> dict[str, Any]:
        from dqkit.option import convert, options

        if node is None:
            return {}
        known = {option.name: option for option in options(checks.load(check))}
        given = self.mapping(node, f'check "{check}"', known)
        values = {}
        for key, value in given.items():
            try:
                values[key] = convert(value, known[key].kind)
            except ValueError as error:
                self.fail(value.at, f'option "{key}" {error}')
        return values
