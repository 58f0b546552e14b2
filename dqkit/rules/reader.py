"""Reads one rule file: strict, every error with file, line, column, the key, and the nearest valid one."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from dqkit.errors import nearest
from dqkit.record import NamedTuple
from dqkit.rules import packs
from dqkit.rules.cases import cases
from dqkit.rules.expectation import arguments
from dqkit.rules.grammar import (
    CHANGE_KEYS,
    EXTENDS_KEYS,
    FILE_KEYS,
    FORMAT,
    ID,
    LANGUAGE,
    LEVELS,
    OVERRIDE_KEYS,
    RULE_KEYS,
    STAGES,
    SUBJECTS,
    Draft,
)
from dqkit.rules.nodes import NodeReader
from dqkit.rules.option import read
from dqkit.rules.rule import CLASS, matches
from dqkit.yamlfile import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Extension(NamedTuple):
    """What a file builds on: a pack or a rule file, and which of its rules (all where `only` is None)."""

    source: Node
    only: list[Node] | None
    without: list[Node]


class RuleReader(NodeReader):
    """Reads one rule file's nodes."""

    def globs(self, node: Node | None) -> tuple[str, ...]:
        """Read globs of files."""
        found = []
        for item in self.texts(node, "files"):
            try:
                if "[" in re.sub(CLASS, "", item.value):
                    raise re.error("its [ is never closed; [[] stands for the character")
                matches("", (item.value,))
                found.append(item.value)
            except re.error as error:
                self.fail(item.at, f'"{item.value}" is no glob: {error.msg}')
        return tuple(found)

    def top(self, root: Node) -> dict[str, Node]:
        """Read what stands in the file."""
        if root.value is None:
            self.fail(root.at, f'an empty rule file: begin it with "dqkit: {FORMAT}" and list its "rules"')
            return {}
        top = self.mapping(root, "a rule file", FILE_KEYS)
        version = top.get("dqkit")
        if version is None:
            self.fail(root.at, f'key "dqkit" is missing: begin the file with "dqkit: {FORMAT}"')
        elif isinstance(version.value, bool) or version.value != FORMAT:
            self.fail(version.at, f"this dqkit reads rule files of version {FORMAT}")
        if not top.keys() & {"extends", "rules"}:
            self.fail(root.at, 'key "rules" is missing')
        return top

    def extensions(self, node: Node | None) -> Iterator[Extension]:
        """Read what the file builds on."""
        for item in self.list_of(node, "extends"):
            if isinstance(item.value, str) and item.value:
                yield Extension(item, None, [])
                continue
            what = 'an item of "extends"'
            if not isinstance(item.value, dict):
                self.fail(item.at, f"{what} must be a pack, a path or a mapping")
                continue
            keys = self.mapping(item, what, EXTENDS_KEYS, needs="from")
            only = self.texts(keys["only"], "only") if "only" in keys else None
            without = self.texts(keys.get("except"), "except")
            if "from" in keys and self.text(keys["from"], "from", "(?s).", "a pack or a path"):
                yield Extension(keys["from"], only, without)

    def chosen(self, extension: Extension, drafts: Mapping[str, Draft], known: bool) -> Iterator[Draft]:
        """Keep the rules an item of `extends` is about; its names must be among them, where all are `known`."""
        for item in [*(extension.only or ()), *extension.without] if known else ():
            if item.value not in drafts:
                self.fail(item.at, f'no rule "{item.value}" to extend: {nearest(item.value, drafts)}')
        without = {item.value for item in extension.without}
        only = drafts.keys() if extension.only is None else {item.value for item in extension.only}
        yield from (draft for name, draft in drafts.items() if name in only and name not in without)

    def draft(self, node: Node, inherited: Mapping[str, Draft]) -> Draft | None:
        """Read a rule; it may change an inherited one, of which it then names only what differs."""
        top = self.mapping(node, "a rule", RULE_KEYS)
        if not top and node.value != {}:
            return None  # no mapping, or one of wrong keys alone: that was told
        about = [key for key in top if key in SUBJECTS]
        for key in about[1:]:
            self.fail((node.keys or {})[key], f'a rule names one of {", ".join(SUBJECTS)}: "{about[0]}" is there')
        own = {key: self.name(top[key], key, SUBJECTS[key].names()) for key in about[:1]}
        name = "".join(own.values())
        if "id" in top:
            name = self.text(top["id"], "id", ID, "letters, digits and . _ / -")
        if "" in (*own.values(), name if "id" in top else None):
            return None
        below = inherited.get(name)
        if not own and below is None:
            self.fail(node.at, _lacks_subject(name, inherited))
            return None
        draft = Draft(name, f"{self.path}:{node.line}", own)
        key, subject = draft.subject if own or below is None else below.subject
        if below and below.subject != (key, subject):
            had = " ".join(below.subject)
            self.fail(node.at, f'rule "{name}" at {below.at} is about {had}: give this one another id')
            return None
        for kind, known in SUBJECTS.items():
            if "id" in top and name in known.names() and (kind, name) != (key, subject):
                self.fail(top["id"].at, f'"{name}" is the name of a {kind}: give the rule another id')
        draft = draft._replace(named={**own, **self._details(top, key, subject)})
        return draft.over(below) if below else draft

    def _details(self, top: dict[str, Node], key: str, subject: str) -> dict[str, Any]:
        named: dict[str, Any] = {}
        if "severity" in top:
            named["severity"] = self.name(top["severity"], "severity", LEVELS)
        if "files" in top:
            named["files"] = self.globs(top["files"])
        if "languages" in top:
            wants = "codes such as en, sv or no"
            items = self.list_of(top["languages"], "languages")
            named["languages"] = tuple(self.text(item, "languages", LANGUAGE, wants) for item in items)
        if "stage" in top:
            named["stage"] = self.name(top["stage"], "stage", STAGES)
            if named["stage"] == "file" and key == "expectation":
                self.fail(top["stage"].at, "an expectation looks at the table of the whole corpus: its stage is corpus")
        if "optional" in top:
            named["optional"] = top["optional"].value is True
            if key != "expectation":
                self.fail(top["optional"].at, '"optional" is for an expectation: a check always runs')
            elif not isinstance(top["optional"].value, bool):
                self.fail(top["optional"].at, '"optional" wants true or false')
        if SUBJECTS[key].elsewhere and ("with" in top or key in top):
            scoped = "files" in top or "languages" in top
            named["with"] = arguments(top.get(key), subject, top.get("with"), scoped, self.fail)
        elif "with" in top:
            named["with"] = self.options(top["with"], key, subject)
        if "why" in top:
            named["why"] = self.text(top["why"], "why")
        if "tests" in top:
            named["tests"] = tuple(cases(self, top["tests"]))
        return named

    def options(self, node: Node, key: str, subject: str) -> dict[str, Any]:
        """Read the options of what a rule is about."""
        known = {option.name: option for option in SUBJECTS[key].options(subject)}
        values = {}
        for name, value in self.mapping(node, f'{key} "{subject}"', known).items():
            try:
                values[name] = read(value, known[name])
                if known[name].is_path and values[name]:
                    values[name] = os.path.join(os.path.dirname(self.path), values[name])
            except ValueError as error:
                self.fail(value.at, f'option "{name}" {error}')
        return values

    def overrides(self, node: Node | None, drafts: Mapping[str, Draft]) -> dict[str, Draft]:
        """Read what differs in some files, and give all rules of the file with it."""
        changed = dict(drafts)
        for item in self.list_of(node, "overrides"):
            keys = self.mapping(item, "an override", OVERRIDE_KEYS)
            for key in (key for key in OVERRIDE_KEYS if isinstance(item.value, dict) and key not in keys):
                self.fail(item.at, f'key "{key}" is missing')
            globs = self.globs(keys.get("files"))
            rules = keys.get("rules", Node({}, *item.at, {}))
            for name, change in self.mapping(rules, '"rules" of an override', drafts).items():
                draft = changed[name]
                severity, options = self._change(change, draft)
                values = tuple(options.items())
                changed[name] = Draft(name, draft.at, {"overrides": ((globs, severity, values),)}).over(draft)
        return changed

    def _change(self, node: Node, draft: Draft) -> tuple[str, dict[str, Any]]:
        keys = self.mapping(node, "a rule of an override", CHANGE_KEYS)
        severity = self.name(keys["severity"], "severity", LEVELS) if "severity" in keys else ""
        if "with" not in keys:
            return severity, {}
        key, subject = draft.subject
        if SUBJECTS[key].elsewhere:
            self.fail(
                keys["with"].at, f"the arguments of {subject} cannot differ by file: it looks at all rows at once"
            )
            return severity, {}
        options = self.options(keys["with"], key, subject)
        if options and draft.rule().scope not in ("file", "pair"):
            self.fail(keys["with"].at, f'{key} "{subject}" compares files: its options cannot differ by file')
        return severity, options


def _lacks_subject(name: str, inherited: Mapping[str, Draft]) -> str:
    wanted = " or ".join(f'"{key}"' for key in SUBJECTS)
    if not (name and inherited):
        return f"the rule names no {wanted}"
    return f'the rule names no {wanted}, and no rule "{name}" is inherited: {nearest(name, inherited)}'


def sources(path: str, reference: str) -> tuple[str, ...]:
    """Name the rule files that a file means by a pack's name or by a path relative to itself.

    Raises:
        DqkitError: there is no such pack.
    """
    if packs.is_pack(reference):
        return packs.files(reference)
    return (os.path.normpath(os.path.join(os.path.dirname(path), reference)),)
