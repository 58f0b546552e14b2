"""The corpus as a table: a row a file, with what is declared about it and what it measures, and never its text.

It is what expectations of Great Expectations are held against. All texts in it are valid Unicode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dqkit.detect.declared import at
from dqkit.place import wellformed
from dqkit.record import NamedTuple, regex
from dqkit.seed.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dqkit.finding import PairRecord, Problem
    from dqkit.place import Place
    from dqkit.rules.rule import Rule
    from dqkit.seed.text import Document

    Judge = Callable[[Sequence["Rule"], Sequence["Row"]], Iterable[tuple[int, Problem]]]
    """Holds rows against those rules that are for a table; gives problems beside the index of their rule."""

COLUMNS = {
    "path": "the file, relative to the corpus root",
    "folder": "the folder it is in",
    "name": "its name without the folder",
    "language": "ISO 639 code, declared or else observed",
    **{field: f"the {field} declared for it" for field in FIELDS if field != "language"},
    "declared_language": "the language tag declared for it",
    "pair": "the source of the translation pairs it is in, itself where it is that source",
    "words": "words, divided by white space; a Chinese or Japanese character counts as one",
    "characters": "code points",
    "lines": "lines",
    "blocks": "paragraphs, headings, captions and list items",
    "bytes": "size",
    "encoding": "the Unicode encoding it is read as",
}
"""The table's columns. An empty one, and what is not declared, is null. Dates are ISO 8601, to the day."""
DATES = ("date", "modified")
COUNTS = ("words", "characters", "lines", "blocks", "bytes")
_ONE_WORD_EACH = regex("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_DAY = regex(r"(\d{4}-\d\d-\d\d)[T ].*")


class Row(NamedTuple):
    """A file's row: its path and language as dqkit knows them, its cells by column, and where cells are declared."""

    path: str
    language: str | None
    cells: dict[str, Any]
    places: dict[str, Place]


def row(document: Document) -> Row:
    """Make a document's row; its `pair` is not known yet."""
    metadata = document.metadata
    folder, _, name = document.path.rpartition("/")
    declared = {field: _text(metadata.value(field)) for field in FIELDS}
    days = {field: _DAY.sub(r"\1", declared[field] or "") or None for field in DATES}
    blocks = document.blocks
    cells = {
        **declared,
        **days,
        "declared_language": declared["language"],
        "path": wellformed(document.path),
        "folder": wellformed(folder),
        "name": wellformed(name),
        "language": document.language,
        "pair": None,
        "words": sum(_words(block.text, document.dense) for block in blocks),
        "characters": len(document.text),
        "lines": len(document.lines),
        "blocks": len(blocks),
        "bytes": len(document.raw),
        "encoding": document.encoding,
    }
    places = {field: at(value, document) for field, value in metadata.fields.items() if field in FIELDS}
    return Row(document.path, document.language, {column: cells[column] for column in COLUMNS}, places)


def paired(rows: Iterable[Row], pairs: Iterable[PairRecord]) -> list[Row]:
    """Fill in the column `pair`, and give the rows sorted by path."""
    source = {}
    for pair in sorted(pairs):
        source[pair.translation] = pair.source
        source.setdefault(pair.source, pair.source)
    return [
        found._replace(cells={**found.cells, "pair": wellformed(source[found.path])}) if found.path in source else found
        for found in sorted(rows, key=lambda found: found.path)
    ]


def _text(value: Any) -> str | None:
    if isinstance(value, dict) or value in (None, "", []):
        return None
    return wellformed(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _words(text: str, dense: bool) -> int:
    single = len(_ONE_WORD_EACH.findall(text)) if dense else 0
    return single + len((_ONE_WORD_EACH.sub(" ", text) if single else text).split())
