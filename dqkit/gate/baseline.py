"""The baseline: findings that were there before, one a line, so that a gate asks for new ones alone.

The file is JSON Lines: `{"dqkit-baseline": 1}`, then one finding a line, sorted as `LC_ALL=C sort` sorts. Nothing in it
changes with a line number or a day, and no line stands twice: two branches merge with git's `union` and what comes out
is read as a set. A check reads the file and never writes it.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

from dqkit import checks
from dqkit.errors import DqkitError
from dqkit.finding import Notice
from dqkit.gate.identity import Identity, identify, match
from dqkit.place import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dqkit.finding import Report
    from dqkit.seed.text import Document

FORMAT = 1
_HEADER = f'{{"dqkit-baseline": {FORMAT}}}'
_TEXTS = ("path", "rule", "match", "before", "after")
_KEYS = (*_TEXTS, "others", "copy")
_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")


class Baseline:
    """The findings a file holds, and where it is."""

    def __init__(self, file: str, entries: Iterable[Identity]) -> None:
        self.file = file
        self.entries = tuple(sorted(set(entries)))

    def text(self) -> str:
        """Give what the file holds."""
        return "\n".join([_HEADER, *sorted(map(_line, self.entries))]) + "\n"

    def write(self) -> None:
        """Write the file as a whole: another run sees the old one or the new one.

        Raises:
            DqkitError: it cannot be written.
        """
        scratch = f"{self.file}.{os.getpid()}"
        try:
            with open(scratch, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(self.text())
            os.replace(scratch, self.file)
        except OSError as error:
            raise DqkitError(f"{printable(self.file)}: cannot be written: {error.strerror}") from None


def read(file: str) -> Baseline:
    """Read a baseline.

    Raises:
        DqkitError: it cannot be read, or a line is no entry; the message names the line and the way out.
    """
    try:
        with open(file, "rb") as stream:
            lines = stream.read().split(b"\n")
    except FileNotFoundError:
        raise DqkitError(f"{printable(file)}: no such baseline: make it with `dqkit baseline write`") from None
    except OSError as error:
        raise DqkitError(f"{printable(file)}: the baseline cannot be read: {error.strerror}") from None
    entries = []
    headed = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                entry = _entry(line)
            except ValueError as error:
                raise DqkitError(f"{printable(file)}:{number}: {error}: {_WAY_OUT}") from None
            headed = headed or entry is None
            entries += [entry] if entry else []
    if not headed:
        raise DqkitError(f"{printable(file)}:1: no baseline: it lacks the line {_HEADER}: {_WAY_OUT}")
    return Baseline(file, entries)


_WAY_OUT = "take the file from the last commit, or delete it and run `dqkit baseline write`"


def _entry(line: bytes) -> Identity | None:
    """Read one line; None is the header, which a merge may leave twice.

    Raises:
        ValueError: it is neither; the message says why.
    """
    if line.startswith(_MARKERS):
        raise ValueError("a mark of a merge conflict; keep the lines of both sides and delete the marks")
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):  # bytes that are no UTF-8 as well, and a thousand brackets
        raise ValueError("not a line of JSON") from None
    if not isinstance(data, dict):
        raise ValueError("not an entry of a baseline")
    if "dqkit-baseline" in data:
        if data != {"dqkit-baseline": FORMAT}:
            raise ValueError(f"this dqkit reads baselines of version {FORMAT}, not {data['dqkit-baseline']}")
        return None
    if unknown := data.keys() - set(_KEYS):
        raise ValueError(f'an entry has no key "{min(unknown)}"')
    path, rule, *texts = (data.get(key, "") for key in _TEXTS)
    others, copy = data.get("others", []), data.get("copy", 1)
    if not isinstance(others, list) or not all(isinstance(text, str) for text in (path, rule, *texts, *others)):
        raise ValueError('the keys of an entry want texts, "others" a list of them')
    if not (path and rule):
        raise ValueError("an entry wants at least path and rule")
    if type(copy) is not int or copy < 1:
        raise ValueError('"copy" wants a whole number from 1')
    words, before, after = texts
    return Identity(path, rule, words, before, after, tuple(others), copy)


def _line(entry: Identity) -> str:
    """Write an entry; what cannot be seen is escaped, so that a reviewer reads what is there."""
    data = entry._asdict()
    if entry.copy == 1:
        del data["copy"]
    data = {key: value for key, value in data.items() if value or key in ("path", "rule", "match")}
    text = json.dumps(data, ensure_ascii=False)
    return text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


class Settled:
    """A report held against a baseline: which findings are known, and which entries are gone."""

    def __init__(
        self, report: Report, baseline: Baseline, document: Callable[[str], Document | None], root: str
    ) -> None:
        there = {record.path for record in report.files if record.reason != "deleted"}
        deleted = {record.path for record in report.files} - there  # a run on what changed lists them
        checked = {record.path for record in report.files if record.status in ("checked", "not applicable")} - deleted

        @cache
        def gone(path: str) -> bool:
            return path in deleted or (path not in there and not os.path.lexists(os.path.join(root, path)))

        entries = baseline.entries
        self.identities = identify(report.findings, document)
        matched = match(entries, self.identities, gone)
        self.known = frozenset(matched)
        """Indexes of the findings that the baseline has."""
        held = set(matched.values())
        looked = [all(path in checked or gone(path) for path in (entry.path, *entry.others)) for entry in entries]
        whole = all(looked)
        ran = [rule for rule in report.rules if not rule.skipped]
        alone = {rule.id for rule in ran if whole or checks.scope(rule.check) == "file"}
        stale = [index not in held and looked[index] and entry.rule in alone for index, entry in enumerate(entries)]
        self.stale = tuple(entry for entry, is_stale in zip(entries, stale, strict=True) if is_stale)
        """Entries of faults that are gone. Of what this run did not look at, nothing is said."""
        self.unseen = tuple(entry for i, entry in enumerate(entries) if i not in held and not stale[i])
        """Entries this run cannot speak of: their file, their rule or a file they share with was not part of it."""

    def notices(self, name: str) -> tuple[Notice, ...]:
        """Say which entries are gone; `name` is the baseline's, for people."""
        return tuple(Notice("stale", name, describe(entry)) for entry in self.stale)


def describe(entry: Identity) -> str:
    """Show an entry on one line.

    >>> describe(Identity("a.txt", "leftover-ui", "loading", "", "Two men on", ()))
    'a.txt: leftover-ui “loading”'
    """
    words = f" “{printable(entry.match.replace(chr(10), ' / '))}”" if entry.match else ""
    return f"{printable(entry.path)}: {entry.rule}{words}"


def updated(
    baseline: Baseline, settled: Settled, accepted: Sequence[bool], *, accept_new: bool
) -> tuple[Baseline, tuple[int, int, int]]:
    """Give the baseline as a run leaves it, and how many entries came in, went out, and were not let in.

    Known findings are written as they are now, gone ones dropped, new ones taken where `accept_new` says so;
    `accepted` tells of each finding whether it has a reason of its own, and so no need of the baseline.
    """
    old = len(baseline.entries)
    kept: list[Identity] = list(settled.unseen)
    left_out = came = 0
    for index, identity in enumerate(settled.identities):
        if accepted[index]:
            continue
        if index in settled.known:
            kept.append(identity)
        elif accept_new:
            kept.append(identity)
            came += 1
        else:
            left_out += 1
    result = Baseline(baseline.file, kept)
    return result, (came, old + came - len(result.entries), left_out)
