"""What a seed file is: bytes, the text they give, its lines and blocks. Nothing here fails on content."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

from dqkit.place import QUOTE_LIMIT, Place, Span, shorten
from dqkit.record import cached_property, regex
from dqkit.seed.filename import PATTERNS
from dqkit.seed.filename import read as read_name
from dqkit.seed.frontmatter import front_matter
from dqkit.seed.sniff import is_iso_2022, is_legacy, sniff
from dqkit.seed.wrapped import Block as Block  # where a text is read, its blocks are named as well
from dqkit.seed.wrapped import is_wrapped

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from dqkit.seed.filename import Named
    from dqkit.seed.metadata import Metadata

Result = TypeVar("Result")

_LINE_END = regex(r"\r\n|\n|\r")
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Invisible characters that Python calls printable."""
_PLAIN = b"\n" + bytes(range(0x20, 0x7F))
_NOT_PLAIN = regex("[^\n -~]+")
_UTF8_ROLES = bytes(97 if byte < 0x80 else 99 if byte < 0xC0 else 108 for byte in range(256))
"""Each byte's role in UTF-8: `a` ASCII, `c` continues a character, `l` leads one."""
_DENSE = regex("[\u0800-\u1fff\u3000-\udbff\uf000-\U0003ffff\udce0\udce1\udce3-\udced\udcef\udcf0]")
"""Characters of scripts without spaces between words, others that are near them, and first bytes of such."""


class Document:
    """One seed file: its path relative to the corpus root (POSIX) and its bytes. The rest is computed once, on demand.

    `beside` reads a file that stands in the same folder (a sidecar) by its name, or gives None where there is none.
    `names` are the patterns of `filename`; `rows` the manifests that have a row for it, the weakest first, and the row.
    """

    def __init__(
        self,
        path: str,
        raw: bytes,
        beside: Callable[[str], bytes | None] | None = None,
        names: tuple[str, ...] = PATTERNS,
        rows: tuple[tuple[str, bytes], ...] = (),
    ) -> None:
        self.path, self.raw = path, raw
        self.beside, self.names, self.rows = beside, names, rows
        self._seen: dict[Any, Any] = {}

    def once(self, detect: Callable[[Document], Result]) -> Result:
        """Give what a detector sees in this document, looking once however many ask."""
        if detect not in self._seen:
            self._seen[detect] = detect(self)
        found: Result = self._seen[detect]
        return found

    @cached_property
    def _sniffed(self) -> tuple[str, bytes]:
        return sniff(self.raw)

    @property
    def encoding(self) -> str:
        """The Unicode encoding the bytes are read as; see `sniff`."""
        return self._sniffed[0]

    @property
    def bom(self) -> bytes:
        """The byte order mark the file begins with, or nothing. It is no part of `text`."""
        return self._sniffed[1]

    @cached_property
    def _decoded(self) -> tuple[str, bool]:
        encoding, bom = self._sniffed
        body = self.raw[len(bom) :] if bom else self.raw
        try:
            return body.decode(encoding), True
        except UnicodeDecodeError:
            return body.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace"), False

    @property
    def text(self) -> str:
        """The file's text without its byte order mark.

        A byte that is not valid UTF-8 becomes a lone surrogate (PEP 383); a bad unit of UTF-16 or UTF-32, U+FFFD.
        """
        return self._decoded[0]

    @property
    def undecodable(self) -> bool:
        """Whether the bytes are not valid in `encoding`."""
        return not self._decoded[1]

    @property
    def wide(self) -> bool:
        """Whether the file is UTF-16 or UTF-32."""
        return self._sniffed[0] != "utf-8"

    @property
    def non_ascii(self) -> bool:
        """Whether the text has a character beyond ASCII."""
        return not self.text.isascii() and not self.legacy

    @cached_property
    def rare(self) -> frozenset[str]:
        """The characters of the text, but for LF and those of ASCII that can be seen: each once.

        In most texts they are few, and what most checks look for is told absent by them alone.
        """
        if self.wide or self.undecodable:
            return frozenset("".join(_NOT_PLAIN.findall(self.text)))
        left = self.raw.translate(None, _PLAIN)  # what is left of ASCII, and the whole of every other character
        return frozenset(left.decode()[len(self.bom) and 1 :])

    def shows(self, character: re.Pattern[str]) -> bool:
        """Tell whether a pattern for one character matches any that is `rare`: the text need not be searched."""
        return character.search("".join(self.rare)) is not None

    @cached_property
    def clustered(self) -> bool:
        """Whether two characters beyond ASCII stand side by side; in most languages of the Latin script none do.

        Bytes that end one character and begin the next are looked for, at the speed of copying memory.
        """
        return not self.text.isascii() and (self.wide or b"cl" in self.raw.translate(_UTF8_ROLES))

    @cached_property
    def unprintable(self) -> bool:
        """Whether any code point but LF is something else than a plain visible one or the ASCII space."""
        plain = "".join(self.rare).isprintable() and self.rare.isdisjoint(_FILLERS)
        return not plain and not self.legacy

    @cached_property
    def seven_bit(self) -> bool:
        """Whether the file is in ISO-2022, an encoding that looks like ASCII."""
        return not self.wide and is_iso_2022(self.raw)

    @property
    def not_unicode(self) -> bool:
        """Whether some or all of the file is in no Unicode encoding."""
        return self.undecodable or self.seven_bit

    @cached_property
    def legacy(self) -> bool:
        """Whether the file is in a legacy encoding as a whole, so that its characters are not what its text shows."""
        return self.seven_bit or (self.undecodable and not self.wide and is_legacy(self.text))

    @property
    def carriage_returns(self) -> bool:
        """Whether the text has a carriage return."""
        return "\r" in self.text

    @property
    def entities(self) -> bool:
        """Whether the text has what every HTML entity begins with."""
        return "&" in self.text

    @property
    def declares(self) -> bool:
        """Whether any metadata is declared for it, or was meant to be."""
        return bool(self.metadata.fields or self.metadata.faults)

    @property
    def described(self) -> bool:
        """Whether metadata is declared otherwise than by its name, or was meant to be."""
        return bool(self.metadata.records or self.metadata.faults)

    @property
    def tagged(self) -> bool:
        """Whether a language is declared for it."""
        return "language" in self.metadata.fields

    @cached_property
    def dense(self) -> bool:
        """Whether the text may have characters of scripts without spaces between words, such as Chinese or Thai."""
        return self.wide or self.shows(_DENSE)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends (LF, CR LF or CR). A text that ends in a line end has no empty last line."""
        text = self.text
        lines = _LINE_END.split(text) if "\r" in text else text.split("\n")
        if not lines[-1]:
            lines.pop()
        return tuple(lines)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each line begins, in code points from 0; after a last line end, one more: where nothing follows."""
        text = self.text
        if "\r" in text:
            return (0, *(m.end() for m in _LINE_END.finditer(text)))
        starts = accumulate([len(line) + 1 for line in self.lines], initial=0)
        return tuple(starts) if text.endswith("\n") else tuple(starts)[: max(1, len(self.lines))]

    @cached_property
    def folded_blocks(self) -> tuple[bytes, ...]:
        """The blocks in UTF-8, ASCII letters small, white space single: what tells equal blocks at least cost."""
        if self.wide:
            folded = [block.text.encode("utf-8", "surrogatepass").lower() for block in self.blocks]
        else:
            lines = self.raw[len(self.bom) :].lower().splitlines()
            folded = [b"\n".join(lines[block.first - 1 : block.last]) for block in self.blocks]
        if self.unprintable or "  " in self.text:
            folded = [b" ".join(words.replace(b"\xc2\xa0", b" ").split()) for words in folded]
        return tuple(folded)

    @cached_property
    def _front_matter(self) -> tuple[Span, int] | None:
        """The YAML of the front matter, and the offset at which the article begins."""
        return front_matter(self.text)

    @property
    def front_matter(self) -> Span | None:
        """The YAML between two `---` lines at the very top, without those lines; None where there is none."""
        return self._front_matter[0] if self._front_matter else None

    @cached_property
    def body_line(self) -> int:
        """The line, from 1, on which the article begins: 1, or the line after the front matter."""
        return self.position(self._front_matter[1])[0] if self._front_matter else 1

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The article in blocks, front matter left out.

        A block is a line; where the text is hard-wrapped, it is the lines between two blank ones.
        """
        lines, starts = self.lines, self.starts
        before = self.body_line - 1
        rows = [i for i, line in enumerate(lines) if line and not line.isspace() and i >= before]
        if not is_wrapped([lines[i] for i in rows]):
            return tuple([Block(line := lines[i], at := starts[i], at + len(line), i + 1, i + 1) for i in rows])
        runs: list[list[int]] = []
        for row in rows:
            if runs and runs[-1][1] == row - 1:
                runs[-1][1] = row
            else:
                runs.append([row, row])
        places = [(starts[a], starts[b] + len(lines[b]), a + 1, b + 1) for a, b in runs]
        return tuple([Block(self.text[start:end], start, end, first, last) for start, end, first, last in places])

    @cached_property
    def named(self) -> Named | None:
        """What its name declares; None where it follows no pattern."""
        return read_name(self.path, self.names)

    @cached_property
    def metadata(self) -> Metadata:
        """What its manifests, sidecars, front matter and name declare."""
        from dqkit.seed.metadata import declared

        return declared(self)

    @cached_property
    def language(self) -> str | None:
        """The declared language's primary subtag, else the one the text is written in; None where unknown."""
        return self.metadata.language or self.observed_language

    @cached_property
    def observed_language(self) -> str | None:
        """The language the text is written in (ISO 639 code), None where there is too little text to tell."""
        from dqkit.seed.language import identify

        return identify([block.text for block in self.blocks])

    def position(self, offset: int) -> tuple[int, int]:
        """Turn a code point offset into line and column, both from 1."""
        row = bisect_right(self.starts, offset) - 1
        return row + 1, offset - self.starts[row] + 1

    def place(self, start: int, end: int) -> Place:
        """Name the half-open range of code points `start` to `end` as a person would find it, and quote it."""
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        quote = self.text[start : min(end, start + QUOTE_LIMIT + 1)]  # no more: a line may have millions
        return Place(self.path, line, column, end_line, end_column, shorten(quote))

    def line_place(self, first: int, last: int | None = None) -> Place:
        """Name whole lines, `first` to `last` from 1, both included, without the last one's end."""
        last = first if last is None else last
        return self.place(self.starts[first - 1], self.starts[last - 1] + len(self.lines[last - 1]))

    def block_place(self, first: Block, last: Block | None = None) -> Place:
        """Name a block, or the run of blocks from `first` to `last`, both included."""
        return self.place(first.start, (last or first).end)

    def complete(self, place: Place) -> Place:
        """Add the end and the words to a place that names whole lines; lines the file no longer has stay unquoted."""
        if place.end_column or place.end_line > len(self.lines):
            return place._replace(end_column=place.end_column or 1)
        return self.line_place(place.line, place.end_line)
