"""What dqkit says of labelled files, in the form that the labels' own score programs read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dqkit.detect.furniture import furniture
from dqkit.detect.observed import translation_note
from dqkit.seed.text import Document
from dqkit.testing import problems, report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dqkit.finding import Problem

EXPECTATIONS = "expectations"
CROSS_CHECKS = ("duplicate-passage", "site-furniture")
LABELS = {
    "truncated-sequence": "invalid-utf8",
    "mojibake": "mojibake",
    "unusual-line-break": "line-separator",
    "bidi-control": "bidi-control",
    "soft-hyphen": "soft-hyphen",
    "unnormalized-text": "not-nfc",
    "mixed-script": "mixed-script",
    "mixed-line-ends": "mixed-eol",
    "missing-final-newline": "no-final-newline",
    "extra-final-newline": "extra-final-newlines",
    "trailing-space": "trailing-whitespace",
    "html-entity": "html-entities",
    "mismatched-quotes": "quote-mixed",
    "mixed-quotes": "quote-mixed",
}
"""Labels of the encoding bench by check; the checks that stand for several of them are in `_label`."""
SEVERAL = (
    "undecodable-bytes", "wide-encoding", "byte-order-mark", "replacement-character", "control-character",
    "invisible-character", "exotic-space", "private-use-character", "foreign-line-end",
)  # fmt: skip
CLASSES = {
    "newsletter": "newsletter-paywall",
    "cookies": "cookie",
    "advertisement": "ads",
    "footer": "footer-legal",
    "tools": "misc-ui",
}
"""Classes of the interface bench by dqkit's own, where they differ."""


def rows(file: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]


def encoding(folder: Path) -> Iterator[dict[str, Any]]:
    """Give each file's labels."""
    for row in rows(folder / "labels.jsonl"):
        document = Document(row["file"], (folder / row["file"]).read_bytes())
        found = problems(document, (*LABELS, *SEVERAL))
        yield {"file": row["file"], "labels": sorted({LABELS.get(n) or _label(n, p, document) for n, p in found})}


def _label(name: str, problem: Problem, document: Document) -> str:
    quote, first = problem.at.quote, (problem.at.quote or " ")[0]
    if name == "undecodable-bytes":
        return "legacy-7bit" if document.seven_bit else "not-utf8" if document.legacy else "invalid-utf8"
    if name == "wide-encoding":
        return "utf16" if "16" in document.encoding else "utf32"
    if name == "byte-order-mark":
        return "zero-width" if quote.strip("\ufeff") or problem.at.end_column != 1 else "utf8-bom"
    if name == "replacement-character":
        return "lossy-question" if "?" in quote else "replacement-char"
    if name == "control-character":
        return "nul" if first == "\0" else "c1-control" if first >= "\x80" else "c0-control"
    if name == "invisible-character":
        return "tag-char" if first > "\U000e0000" else "zero-width"
    if name == "exotic-space":
        return "nbsp" if first in "\xa0\u202f" else "exotic-space"
    if name == "private-use-character":
        point = ord(first)
        return "noncharacter" if point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF else "private-use"
    return "crlf" if "CR LF" in problem.message else "cr"


def interface(folder: Path) -> Iterator[dict[str, Any]]:
    """Give each file's lines of interface text with their class."""
    listed = ("extracted.labels.jsonl", "inject.jsonl", "clean.jsonl", "segments.index.jsonl")
    for name in sorted({row["file"] for file in listed if (folder / file).exists() for row in rows(folder / file)}):
        document = Document(name, (folder / name).read_bytes())
        lines: dict[int, str] = {}
        for piece in document.once(furniture):
            for block in document.blocks[piece.first : piece.last + 1]:
                lines |= dict.fromkeys(range(block.first, block.last + 1), CLASSES.get(piece.kind, piece.kind))
        for _, problem in problems(document, ("markup-remnant", "placeholder")):
            for line in range(problem.at.line, problem.at.end_line + 1):
                lines.setdefault(line, "template")
        for _, problem in problems(document, ("html-entity",)):
            if document.lines[problem.at.line - 1].strip() == problem.at.quote:
                lines.setdefault(problem.at.line, "template")
        if note := translation_note(document.blocks):
            lines.setdefault(note.block.first, "translation-note")
        yield {"file": name, "lines": [{"line": line, "class": kind} for line, kind in sorted(lines.items())]}


def repeats(folder: Path) -> Iterator[dict[str, Any]]:
    """Give each file's repeated passages, each with the lines of all its copies."""
    for row in rows(folder / "labels.jsonl"):
        document = Document(row["file"], (folder / row["file"]).read_bytes())
        found = [
            {"kind": "repeat", "occurrences": [[at.line, at.end_line] for at in (problem.at, *problem.related)]}
            for _, problem in problems(document, ("duplicate-block",))
        ]
        yield {"file": row["file"], "findings": found}


def across(folder: Path) -> dict[str, Any]:
    """Give each group's passages that several of its files share."""
    groups = {}
    for row in json.loads((folder / "cross.json").read_text("utf-8")):
        findings = report(str(folder / row["group"]), [EXPECTATIONS], CROSS_CHECKS).findings
        groups[row["group"]] = [
            {"kind": _kind(f.check, f.message), "files": sorted({f.at.path, *(place.path for place in f.related)})}
            for f in findings
        ]
    return groups


def _kind(check: str, message: str) -> str:
    if check == "site-furniture":
        return "site-boilerplate"
    return "cross-exact" if "same text" in message else "cross-near" if "shares" in message else "cross-para"
