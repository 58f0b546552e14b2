"""Accepted findings: those that stay, each with the reason somebody gave, in a file that people edit.

    accept:
      - rule: leftover-ui
        path: seeds/ballads/*.txt
        quote: "Share this"
        reason: It is the refrain.
        until: 2027-01-01

An entry speaks of every finding of the rule, in the files its glob means, with exactly these words (white space aside).
From the day named on, it is as if it were not there.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dqkit.errors import DqkitError, nearest
from dqkit.finding import Notice
from dqkit.gate.identity import folded
from dqkit.place import printable
from dqkit.record import NamedTuple
from dqkit.rules.rule import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dqkit.finding import Finding, Report
    from dqkit.yamlfile import Node

KEYS = ("rule", "path", "quote", "reason", "until")
REQUIRED = KEYS[:4]
HEADER = "# Findings that stay, each with its reason. Written by `dqkit accept`, and by hand.\naccept:\n"


class Accept(NamedTuple):
    """One entry, and the line and column from 1 it begins at; 0 where it is in no file yet."""

    rule: str
    path: str
    """A path, or a glob as in rules; a path that holds wildcards of its own means itself, too."""
    quote: str
    reason: str
    until: str = ""
    """The first day, as ISO date, on which it holds no more; empty: it always holds."""
    line: int = 0
    column: int = 0

    def covers(self, finding: Finding) -> bool:
        """Tell whether it speaks of a finding, whatever the day."""
        return (
            self.rule == finding.rule and normal(self.quote) == normal(finding.at.quote) and self.means(finding.at.path)
        )

    def means(self, path: str) -> bool:
        """Tell whether it is about a file. Without wildcards it names one; in a rule it would name all of that name."""
        return path == self.path.removeprefix("./") or (self.is_glob and matches(path, (self.path,)))

    @property
    def is_glob(self) -> bool:
        """Whether its path holds wildcards."""
        return any(character in self.path for character in "*?[")

    def ended(self, today: str) -> bool:
        """Tell whether it holds no more on a day, an ISO date."""
        return bool(self.until) and self.until <= today


def normal(quote: str) -> str:
    """Give a quotation as entries hold it: on one line, what cannot be seen escaped."""
    return printable(folded(quote))


def read(file: str) -> tuple[Accept, ...]:
    """Read the entries of a file.

    Raises:
        DqkitError: it cannot be read or followed; every error stands in the message, at file, line and column.
    """
    try:
        with open(file, "rb") as stream:
            raw = stream.read()
    except FileNotFoundError:
        raise DqkitError(f"{printable(file)}: no such file of accepted findings: see `dqkit accept`") from None
    except OSError as error:
        raise DqkitError(f"{printable(file)}: cannot be read: {error.strerror}") from None
    return parse(raw, file)


def parse(raw: bytes | str, file: str) -> tuple[Accept, ...]:
    """Read entries from a text; `file` is its name in errors.

    Raises:
        DqkitError: it cannot be followed.
    """
    from dqkit.yamlfile import YamlError
    from dqkit.yamlfile import parse as parse_yaml

    try:
        root = parse_yaml(raw)
    except YamlError as error:
        raise DqkitError(f"{printable(file)}:{error.line}:{error.column}: {error.message}") from None
    errors: list[tuple[int, int, str]] = []
    entries = tuple(_entries(root, errors))
    if errors:
        raise DqkitError(
            "\n".join(f"{printable(file)}:{line}:{column}: {what}" for line, column, what in sorted(errors))
        )
    return entries


def _entries(root: Node, errors: list[tuple[int, int, str]]) -> Iterator[Accept]:
    top = root.value
    if top is None:
        return
    if not isinstance(top, dict):
        errors.append((*root.at, 'wants a mapping with the key "accept"'))
        return
    errors += [
        (*(root.keys or {})[key], f'no key "{key}": {nearest(key, ["accept"])}') for key in top if key != "accept"
    ]
    listed = top.get("accept")
    if listed is None or listed.value is None:
        return
    if not isinstance(listed.value, list):
        errors.append((*listed.at, '"accept" must be a list'))
        return
    for node in listed.value:
        if entry := _entry(node, errors):
            yield entry


def _entry(node: Node, errors: list[tuple[int, int, str]]) -> Accept | None:
    if not isinstance(node.value, dict):
        errors.append((*node.at, f"an entry must be a mapping with the keys {', '.join(KEYS)}"))
        return None
    before = len(errors)
    for key, value in node.value.items():
        if key not in KEYS:
            errors.append((*(node.keys or {})[key], f'an entry has no key "{key}": {nearest(key, KEYS)}'))
        elif not isinstance(value.value, str):
            errors.append((*value.at, f'"{key}" wants a text: put it in quotation marks'))
        elif key != "quote" and not value.value.strip():
            errors.append((*value.at, f'"{key}" is empty'))
        elif key == "until" and not _is_date(value.value):
            errors.append((*value.at, f'"until" wants a day such as 2027-01-31, not "{value.value}"'))
    errors += [(*node.at, f'the entry has no "{key}"') for key in REQUIRED if key not in node.value]
    if len(errors) > before:
        return None
    return Accept(**node.plain(), line=node.line, column=node.column)


def _is_date(word: str) -> bool:
    from datetime import date

    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", word) and date.fromisoformat(word))
    except ValueError:
        return False


def day(word: str | None, flag: str) -> str:
    """Give a day as ISO date; None is today, by the clock of this machine.

    Raises:
        DqkitError: it is no day.
    """
    if word is None:
        from datetime import date

        return date.today().isoformat()
    if not _is_date(word):
        raise DqkitError(f"{flag} {word}: wants a day such as 2027-01-31")
    return word


class Reasons:
    """A report held against accepted findings, as of a day."""

    def __init__(self, report: Report, entries: Sequence[Accept], today: str) -> None:
        self.entries, self.today = entries, today
        self._by_words: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, entry in enumerate(entries):
            self._by_words[entry.rule, normal(entry.quote)].append(index)
        used: set[int] = set()
        self.reasons = tuple(self._reason(finding, used) for finding in report.findings)
        """Of each finding, the reason why it stays; None where there is none."""
        self._used = used

    def _reason(self, finding: Finding, used: set[int]) -> str | None:
        reason = None
        for index in self._by_words.get((finding.rule, normal(finding.at.quote)), ()):
            entry = self.entries[index]
            if entry.covers(finding):
                used.add(index)
                if reason is None and not entry.ended(self.today):
                    reason = entry.reason
        return reason

    def notices(self, report: Report, name: str, root: str, *, whole: bool) -> tuple[Notice, ...]:
        """Say which entries have expired or speak of nothing; `name` is the file's, for people.

        Of files and rules the run left out nothing is said, but where it was `whole`.
        """
        checked = [record.path for record in report.files if record.status == "checked"]
        ran = {rule.id for rule in report.rules if rule.ran_on}
        known = ran | {rule.id for rule in report.rules}
        found = []
        for index, entry in enumerate(self.entries):
            at = f"{name}:{entry.line}:{entry.column}"
            words = f" “{normal(entry.quote)}”" if entry.quote else ""
            what = f"{entry.rule}{words} in {printable(entry.path)}"
            if index in self._used:
                if entry.ended(self.today):
                    found.append(Notice("expired", at, f"{what}: it held until {entry.until}"))
            elif whole and entry.rule not in known:
                found.append(Notice("unused", at, f'no rule "{entry.rule}" runs: {nearest(entry.rule, known)}'))
            elif whole or (entry.rule in ran and self._looked(entry, checked, root)):
                found.append(Notice("unused", at, f"{what}: no such finding"))
        return tuple(found)

    def _looked(self, entry: Accept, checked: Iterable[str], root: str) -> bool:
        """Tell whether the run was about the files an entry names, or there are none any more."""
        if any(map(entry.means, checked)):
            return True
        return not entry.is_glob and not os.path.lexists(os.path.join(root, entry.path))


def entry_for(finding: Finding, reason: str, until: str, glob: str | None) -> Accept:
    """Make the entry that speaks of a finding."""
    return Accept(finding.rule, glob or finding.at.path, normal(finding.at.quote), reason, until)


def appended(text: str, entries: Sequence[Accept], file: str) -> str:
    """Give the text of a file with more entries at its end; what people wrote stays as it is.

    Raises:
        DqkitError: entries cannot be put at its end; the message holds what is to be put in by hand.
    """
    from dqkit.yamlfile import parse as parse_yaml

    old = parse(text, file)
    indent = 2
    listed = (parse_yaml(text).value or {}).get("accept") if text.strip() else None
    if listed is not None and listed.value:
        indent = max(0, listed.value[0].column - 3)
    more = "\n".join(" " * indent + line for entry in entries for line in _lines(entry)) + "\n"
    head = text if listed is not None else text + HEADER
    result = (head if head.endswith("\n") else head + "\n") + more
    try:
        kept = [_bare(entry) for entry in parse(result, file)] == [_bare(entry) for entry in (*old, *entries)]
    except DqkitError:
        kept = False
    if not kept:
        raise DqkitError(f"{printable(file)}: its list is written in a way that cannot be added to; put in:\n{more}")
    return result


def _bare(entry: Accept) -> Accept:
    return entry._replace(line=0, column=0)


def _lines(entry: Accept) -> list[str]:
    """Write an entry in YAML, whose double-quoted texts take JSON's escapes."""
    fields: dict[str, Any] = entry._asdict()
    texts = {key: json.dumps(fields[key], ensure_ascii=False) for key in ("path", "quote", "reason")}
    lines = [f"rule: {entry.rule}", *(f"{key}: {text}" for key, text in texts.items())]
    lines += [f"until: {entry.until}"] if entry.until else []
    return [("- " if number == 0 else "  ") + line for number, line in enumerate(lines)]
