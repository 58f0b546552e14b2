"""Places in a text, as a person finds and quotes them."""

from __future__ import annotations

from dqkit.record import NamedTuple

QUOTE_LIMIT = 240
"""Code points of a quotation that a place keeps; a longer one is cut with an ellipsis."""


class Span(NamedTuple):
    """A half-open range of code points of a document's text, from 0."""

    start: int
    end: int


class Place(NamedTuple):
    """Where something stands: lines and columns from 1 in code points, the end exclusive, with the words there.

    `end_column` 0 stands for the end of the line, as in a place that was named by its lines alone (`whole_lines`).
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    quote: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


def whole_lines(path: str, first: int, last: int) -> Place:
    """Name lines `first` to `last`, from 1, both included, of a file not at hand: `Document.complete` adds the rest."""
    return Place(path, first, 1, last, 0, "")


def shorten(quote: str) -> str:
    """Cut a quotation to QUOTE_LIMIT code points, the last one an ellipsis."""
    return quote if len(quote) <= QUOTE_LIMIT else quote[: QUOTE_LIMIT - 1] + "…"


def printable(text: str) -> str:
    r"""Show a path or a quotation on one line, in characters any terminal and parser takes.

    Bytes that do not decode, line ends, and control and direction characters are written as escapes.

    >>> printable("seeds/a\nb\udce9.txt")
    'seeds/a\\nb\\xe9.txt'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return named.get(character) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def wellformed(text: str) -> str:
    r"""Write what cannot be UTF-8 as escapes: a byte that did not decode as \\xNN, a lone surrogate as \\uNNNN.

    >>> wellformed("caf\udce9")
    'caf\\xe9'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(
            f"\\x{ord(c) - 0xDC00:02x}"
            if "\udc80" <= c <= "\udcff"
            else f"\\u{ord(c):04x}"
            if "\ud800" <= c <= "\udfff"
            else c
            for c in text
        )
    return text
