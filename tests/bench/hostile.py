"""Inputs that are hard on a reader: one endless line, countless short ones, long runs of each character that matters."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RUNS = (
    "a", "A", "aB", "Aa ", "ab ", "7", "1.", "1 ", "?", "a?", " ", "\t", "\r", "\r\n", "\n", " \n", "\x00", "\x1b$B", "\x85", "\xa0", "a\xa0b",
    "\xad", "\u0301", "e\u0301", "\u0301\u0327", "\u0308", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\ufffd", "\ue000", "\U000e0041",
    "(", "[", "{", "{{", "{%", "{{a}} ", "[[", "[vc_a", "<", "<a ", "<!--", "</", "&", "&amp;", "&#65;", "%s ", "%", "${", "`", "`<b>",
    '"', '"a', "“", "“a” \"b\" ", "«", "»a", "'", "”a", ":", "|", " | ", "»", " > ", "/", "©", "© 2001 ", "Ã", "Ã©", "Ã© ", "â€™", "Ã¶a ", "Ø",
    "ØØa", "µ", "aµa ", "ж", "жA", "ЖЖЖж ", "тиХХХ ", "aж ", "طظ", "ب", "א", "字", "の", "ก", "━", "function ", "function", "window.", "var ",
    "lorem ipsum ", "Home ", "Share ", "Read more ", "loadingA", "Home\n", "Share\n", "3 comments\n", "© 2001\n", "Read more: a\n", "By A B\n",
    "{{a}}\n", "<p>\n", "undefined\n", "&amp;\n", "MÃ¼ller\n", "a \n", "a\xa0\n", "\x00\n", "- a b c d e f\n", "\xff", "\xe9t", "\xc3",
)  # fmt: skip
"""What is repeated. The last three are bytes: see `raw`."""


def raw(unit: str) -> bytes:
    """Give a unit's bytes: its UTF-8, or for the last three of RUNS the bytes themselves, which are none."""
    return unit.encode("latin-1") if unit in RUNS[-3:] else unit.encode()


def run(unit: str) -> Callable[[int], bytes]:
    """Make what repeats a unit up to a size in bytes."""
    return lambda size: raw(unit) * max(1, size // len(raw(unit)))


def lines(size: int) -> bytes:
    """Give short lines, all different."""
    return b"".join(b"line %d here\n" % number for number in range(size // 14))


def counts(size: int) -> bytes:
    """Give interface strings, all different."""
    return b"".join(b"%d comments\n" % number for number in range(size // 14))


def nested(size: int) -> bytes:
    """Give tags and brackets that open, and then close in turn."""
    return b"<div>[({" * (size // 18) + b"})]</div>" * (size // 18)


def words(size: int) -> bytes:
    """Give one line of words in no order."""
    chance = random.Random(3)
    return " ".join(f"w{chance.randrange(5000)}" for _ in range(size // 6)).encode()


def copies(size: int) -> bytes:
    """Give paragraphs that each stand twice, the second time in another order."""
    chance = random.Random(4)
    blocks = [" ".join(f"w{chance.randrange(90_000)}" for _ in range(16)) for _ in range(size // 200)]
    return "\n".join([*blocks, *chance.sample(blocks, len(blocks))]).encode()


def likenesses(size: int) -> bytes:
    """Give clauses that are all alike, each with words of its own."""
    return b"".join(b"The party of the first part shall in case %d give the other %d days of notice in writing.\n" % (n, n * 7)
                    for n in range(size // 95))  # fmt: skip


def damaged(size: int) -> bytes:
    """Give good text with a bad byte in every word."""
    return "grün und bl\u00fcht ".encode() * (size // 40) + b"caf\xe9 und gr\xc3\xbcn, gr\xc3\xbcn, gr\xc3\xbcn " * (
        size // 60
    )


def marked(size: int) -> bytes:
    """Give one line in Hebrew with a mark of direction after each word."""
    return "שלום\u200f \u2067עולם\u2069 ".encode() * (size // 28)


SHAPES: Mapping[str, Callable[[int], bytes]] = {
    **{f"run of {unit!r}": run(unit) for unit in RUNS},
    **{make.__name__: make for make in (lines, counts, nested, words, copies, likenesses, damaged, marked)},
    "one line of prose": run("The old lighthouse shone again, and 400 people “came” to see it. "),
    "one line of damaged prose": run("Das GrÃ¼n blÃ¼ht, sagte sie, und alle kamen zum CafÃ©. "),
}
"""Every shape by its name: what makes about so many bytes of it."""
