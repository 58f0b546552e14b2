"""Reads a JSON report back, so that it can be shown again without checking again."""

from __future__ import annotations

import base64
import binascii
import json
import os
from typing import TYPE_CHECKING, Any

from dqkit.errors import DqkitError
from dqkit.finding import (
    SEVERITIES,
    STANDINGS,
    STATUSES,
    Comparison,
    FileRecord,
    Finding,
    Gate,
    Link,
    Notice,
    PairRecord,
    Report,
    RuleRecord,
)
from dqkit.place import Place
from dqkit.record import NamedTuple
from dqkit.reports.json import FORMAT
from dqkit.seed.text import Document

if TYPE_CHECKING:
    from collections.abc import Mapping


class Results(NamedTuple):
    """A JSON report as a `Report`, and the texts it carries: by path, the file's bytes and those of its sidecars."""

    report: Report
    texts: Mapping[str, tuple[bytes, Mapping[str, bytes]]]


def read(file: str) -> Results:
    """Read a JSON report.

    Raises:
        DqkitError: the file cannot be read, is no JSON report of dqkit, or is one of another format.
    """
    try:
        with open(file, "rb") as stream:
            data = json.loads(stream.read())
    except OSError as error:
        raise DqkitError(f"{file}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise DqkitError(f"{file}: not JSON: {error}") from None
    if not isinstance(data, dict) or "dqkit" not in data:
        raise DqkitError(f"{file}: no JSON report of dqkit: write one with `dqkit check --output json={file}`")
    if data["dqkit"] != FORMAT:
        raise DqkitError(f"{file}: a report of format {data['dqkit']!r}, and this dqkit reads {FORMAT}: check again")
    try:
        return Results(_report(data), {path: _text(text) for path, text in data.get("texts", {}).items()})
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error) as error:
        what = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise DqkitError(f"{file}: not as dqkit writes its reports: {what}; check again") from None


def _report(data: dict[str, Any]) -> Report:
    return Report(
        tuple(_finding(finding) for finding in data["findings"]),
        tuple(_file(record) for record in data["files"]),
        tuple(_pair(pair) for pair in data["pairs"]),
        tuple(_rule(rule) for rule in data["rules"]),
        _one_of(data["gate"]["fail_on"], (*SEVERITIES, "none")),
        _gate(data["gate"]),
        _comparison(data["comparison"]),
    )


def _comparison(data: dict[str, Any] | None) -> Comparison | None:
    return Comparison(str(data["focus"]), int(data["files"]), int(data["compared"])) if data else None


def _rule(data: dict[str, Any]) -> RuleRecord:
    values: dict[str, Any] = {name: data[name] for name in RuleRecord._fields}
    return RuleRecord(**values | {"skipped": data["skipped"] or ""})


def _one_of(word: Any, words: tuple[str, ...]) -> str:
    if word not in words:
        raise ValueError(f"{word!r} is none of {', '.join(words)}")
    return str(word)


def _file(data: dict[str, Any]) -> FileRecord:
    status = _one_of(data["status"].replace("_", " "), STATUSES)
    return FileRecord(data["path"], status, data["reason"], data["language"], data["sha256"] or "", int(data["size"]))


def _place(data: dict[str, Any]) -> Place:
    numbers = [int(data[name]) for name in ("line", "column", "end_line", "end_column")]
    if min(numbers) < 1 or numbers[2] < numbers[0]:
        raise ValueError(f"no place in a text: {numbers}")
    line, column, end_line, end_column = numbers
    return Place(str(data["path"]), line, column, end_line, end_column, str(data["quote"]))


def _finding(data: dict[str, Any]) -> Finding:
    return Finding(
        at=_place(data),
        rule=str(data["rule"]),
        check=str(data["check"]),
        family=str(data["family"]),
        severity=_one_of(data["severity"], SEVERITIES),
        confidence=str(data["confidence"]),
        message=str(data["message"]),
        why=str(data["why"]),
        related=tuple(_place(place) for place in data["related"]),
        fix=data["fix"],
        fingerprint=str(data["fingerprint"]),
        standing=_one_of(data["standing"], STANDINGS),
        reason=data["reason"] or "",
    )


def _gate(data: dict[str, Any]) -> Gate:
    notices = tuple(Notice(**{name: str(notice[name]) for name in Notice._fields}) for notice in data["notices"])
    return Gate(data["baseline"] or "", data["accepts"] or "", data["today"] or "", notices)


def _pair(data: dict[str, Any]) -> PairRecord:
    links = tuple(
        Link(tuple(source) if source else None, tuple(translation) if translation else None, score)
        for source, translation, score in data["links"]
    )
    first, second = data["languages"]
    return PairRecord(
        data["source"], data["translation"], (first, second), float(data["score"]), bool(data["declared"]), links
    )


def _text(data: dict[str, Any]) -> tuple[bytes, dict[str, bytes]]:
    beside = {name: base64.b64decode(raw) for name, raw in data.get("beside", {}).items()}
    return base64.b64decode(data["raw"]), beside


class Shelf:
    """Gives the texts of a JSON report: those it carries, else the files themselves where they are as they were."""

    def __init__(self, results: Results, root: str) -> None:
        self.results, self.root = results, root
        self.digests = {record.path: record.sha256 for record in results.report.files}

    def read(self, path: str) -> Document | None:
        """Give a file of the run; None where its text is gone or another one."""
        if path in self.results.texts:
            raw, beside = self.results.texts[path]
            return Document(path, raw, beside.get)
        found = self._raw(path)
        return None if isinstance(found, str) else Document(path, found, lambda name: self._beside(path, name))

    def missing(self, path: str) -> str:
        """Say why a text cannot be had."""
        found = self._raw(path)
        return found if isinstance(found, str) else ""

    def _raw(self, path: str) -> bytes | str:
        digest = self.digests.get(path)
        if not digest:
            return "the results do not say what was in it (no sha256)"
        try:
            with open(os.path.join(self.root, path), "rb") as file:
                raw = file.read()
        except (OSError, ValueError):
            return "the file is not there any more, and the results carry no texts (dqkit check --texts adds them)"
        from hashlib import sha256

        if sha256(raw).hexdigest() != digest:
            return "the file has changed since the run, and the results carry no texts (dqkit check --texts adds them)"
        return raw

    def _beside(self, path: str, name: str) -> bytes | None:
        try:
            with open(os.path.join(self.root, os.path.dirname(path), name), "rb") as file:
                return file.read()
        except OSError:
            return None
