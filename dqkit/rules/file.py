"""Finds, reads and merges rule files. What they compile to is cached: a second run parses no YAML."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dqkit import cache
from dqkit.errors import DqkitError
from dqkit.record import NamedTuple
from dqkit.rules.rule import PACKAGE, Rule, default_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.rules.grammar import Draft
    from dqkit.rules.reader import Extension
    from dqkit.settings import Settings
    from dqkit.yamlfile import Node


def rule_files(path: str) -> tuple[str, ...]:
    """List the rule files that a path names: itself, or the YAML files of a folder, sorted.

    Raises:
        DqkitError: there is no such path, or the folder holds no YAML file.
    """
    if os.path.isfile(path):
        return (path,)
    if not os.path.isdir(path):
        raise DqkitError(f"rules {path}: no such file or folder")
    files = sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith((".yaml", ".yml")))
    if not files:
        raise DqkitError(f"rules {path}: no rule file (*.yaml, *.yml) in this folder")
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


class RuleBook(NamedTuple):
    """One rule file, read: all rules it leads to, by id, and which of them it writes itself."""

    path: str
    drafts: dict[str, Draft]
    own: frozenset[str]


def load(paths: Iterable[str]) -> tuple[Rule, ...]:
    """Read the rules of some files or folders, with all that they extend; those that are off everywhere are left out.

    Raises:
        DqkitError: a file cannot be read, or says what cannot be followed; all its errors stand in the message.
    """
    files = _files(paths)
    contents = _contents(files)
    compiled = cache.compiled("rules", _parts(files, contents), lambda: _compile(files, contents))
    return tuple(Rule(*fields) for fields in compiled)


def books(paths: Iterable[str]) -> tuple[RuleBook, ...]:
    """Read rule files with the test cases inside their rules.

    Raises:
        DqkitError: as `load`.
    """
    files = _files(paths)
    return _shelve(files, _contents(files))[0]


def _files(paths: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(os.path.normpath(file) for path in paths for file in rule_files(path)))


def _contents(files: list[str]) -> dict[str, bytes | str]:
    """Read some rule files, and those they extend: bytes, or for one that is extended and cannot be read, why."""
    contents: dict[str, bytes | str] = {}
    for file in files:
        contents[file] = content = _read(file)
        if isinstance(content, str):
            raise DqkitError(f"{file}: {content}")
    level = list(files)
    while level:
        parts = _parts(level, contents)
        found = cache.compiled("extends", parts, lambda level=level: _extended(level, contents))  # type: ignore[misc] # bound at once
        level = [file for file in found if file not in contents]
        contents.update((file, _read(file)) for file in level)
    return contents


def _read(path: str) -> bytes | str:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _parts(files: Iterable[str], contents: dict[str, bytes | str]) -> list[bytes]:
    """Give all that what is made of the files depends on."""
    parts = [_state_of_code()]
    for file in (*files, "", *sorted(contents)):
        content = contents.get(file, b"")
        parts += [os.fsencode(file), content if isinstance(content, bytes) else f"\0{content}".encode()]
    return parts


@lru_cache
def _state_of_code() -> bytes:
    """Tell one state of the code that makes rules from another, in a checkout, where the version does not."""
    if default_folder().startswith(PACKAGE + os.sep):
        return b""
    times = []
    for folder in (PACKAGE, os.path.join(PACKAGE, "checks")):
        with os.scandir(folder) as entries:
            times += [entry.stat().st_mtime_ns for entry in entries if entry.name.endswith(".py")]
    return f"{len(times)} {max(times, default=0)}".encode()


def _extended(files: list[str], contents: dict[str, bytes | str]) -> list[str]:
    """Name the files that some files extend, as far as they can be read: what is wrong is told when they compile."""
    from dqkit.rules.reader import RuleReader, sources
    from dqkit.yamlfile import YamlError

    found: dict[str, None] = {}
    for file in files:
        try:
            root = _parse(contents[file])
        except YamlError:
            continue
        if isinstance(root.value, dict):
            for extension in RuleReader(file, []).extensions(root.value.get("extends")):
                try:
                    found.update(dict.fromkeys(sources(file, extension.source.value)))
                except DqkitError:
                    continue
    return list(found)


@lru_cache(maxsize=64)
def _parse(content: bytes | str) -> Node:
    from dqkit.yamlfile import parse

    return parse(content)


def _compile(files: list[str], contents: dict[str, bytes | str]) -> list[tuple[Any, ...]]:
    """Read rule files into plain values that make rules and that the cache can hold; their tests are left out.

    A file that another one extends speaks through that one.
    """
    rules: dict[str, Rule] = {}
    first: dict[str, str] = {}
    errors = []
    read, extended = _shelve(files, contents)
    for book in read:
        for draft in book.drafts.values() if book.path not in extended else ():
            rule = draft.rule()
            if rules.setdefault(rule.id, rule) != rule or first.setdefault(rule.id, draft.at) != draft.at:
                way_out = "give one an id" if draft.id in book.own else f"let one file extend the other ({book.path})"
                errors.append(f'{draft.at}: rule "{rule.id}" stands twice, first at {first[rule.id]}: {way_out}')
    if errors:
        raise DqkitError("\n".join(errors))
    return [tuple(rule) for rule in rules.values() if rule.severity != "off" or rule.overrides]


def _shelve(files: list[str], contents: dict[str, bytes | str]) -> tuple[tuple[RuleBook, ...], set[str]]:
    """Read rule files, and say which are extended by others."""
    shelf = _Shelf(contents)
    read = tuple(shelf.book(file, ()) for file in files)
    if shelf.errors:
        raise DqkitError("\n".join(shelf.errors))
    return read, shelf.extended


class _Shelf:
    """Reads each file once, however many extend it."""

    def __init__(self, contents: dict[str, bytes | str]) -> None:
        self.contents = contents
        self.errors: list[str] = []
        self.read: dict[str, RuleBook] = {}
        self.extended: set[str] = set()

    def book(self, path: str, above: tuple[str, ...]) -> RuleBook:
        """Read one file; `above` are those that lead to it."""
        if path not in self.read:
            self.read[path] = RuleBook(path, {}, frozenset())  # stands for a file that cannot be read
            self.read[path] = self._book(path, above)
        return self.read[path]

    def _book(self, path: str, above: tuple[str, ...]) -> RuleBook:
        from dqkit.rules.reader import RuleReader
        from dqkit.yamlfile import YamlError

        try:
            root = _parse(self.contents[path])
        except YamlError as error:
            self.errors.append(f"{path}:{error.line}:{error.column}: {error.message}")
            return self.read[path]
        reader = RuleReader(path, self.errors)
        top = reader.top(root)
        drafts: dict[str, Draft] = {}
        for extension in reader.extensions(top.get("extends")):
            for draft in self._inherited(reader, extension, (*above, path)):
                drafts[draft.id] = draft.over(drafts[draft.id]) if draft.id in drafts else draft
        inherited = dict(drafts)
        own: dict[str, int] = {}
        for node in reader.list_of(top.get("rules"), "rules"):
            if not (rule := reader.draft(node, inherited)):
                continue
            if rule.id in own:
                first = f"{path}:{own[rule.id]}"
                reader.fail(node.at, f'rule "{rule.id}" stands twice, first at {first}: give one an id')
            own.setdefault(rule.id, node.line)
            drafts[rule.id] = rule
        return RuleBook(path, reader.overrides(top.get("overrides"), drafts), frozenset(own))

    def _inherited(self, reader: Any, extension: Extension, above: tuple[str, ...]) -> Iterator[Draft]:
        """Give the rules that an item of `extends` brings in."""
        from dqkit.rules import packs
        from dqkit.rules.reader import sources

        source = extension.source
        try:
            files = sources(reader.path, source.value)
        except DqkitError as error:
            reader.fail(source.at, str(error))
            return
        found: dict[str, Draft] = {}
        for file in files:
            content = self.contents[file]
            self.extended.add(file)
            if file in above:
                circle = " → ".join((*above[above.index(file) :], file))
                reader.fail(source.at, f"rule files that extend each other in a circle: {circle}")
            elif isinstance(content, str):
                reader.fail(source.at, f"{file}: {content}")
            else:
                found.update(self.book(file, above).drafts)
        if packs.is_pack(source.value):
            severities = packs.severities(source.value)
            found = {name: draft for name, draft in found.items() if draft.severity in severities}
        whole = not any(error.startswith(f"{file}:") for error in self.errors for file in files) and bool(found)
        yield from reader.chosen(extension, found, known=whole)
