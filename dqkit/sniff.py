"""Which Unicode encoding some bytes are in."""

from __future__ import annotations

import codecs

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
"""Byte order marks, the longer ones first: UTF-32-LE begins with the mark of UTF-16-LE."""


def sniff(raw: bytes) -> tuple[str, bytes]:
    """Name the Unicode encoding of `raw` and the byte order mark it begins with, perhaps none.

    UTF-16 and UTF-32 without a mark are told by where their NUL bytes stand. Everything else is called
    "utf-8", which need not decode.
    """
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return encoding, mark
    head = raw[:4096]
    if (nuls := head.count(0)) and len(head) >= 4 and nuls >= len(head) * 0.3:
        columns = [head[i::4].count(0) / max(1, len(head[i::4])) for i in range(4)]
        if columns[0] < 0.5 and min(columns[2:]) > 0.95 and columns[1] > 0.5:
            return "utf-32-le", b""
        if columns[3] < 0.5 and min(columns[:2]) > 0.95 and columns[2] > 0.5:
            return "utf-32-be", b""
        even, odd = columns[0] + columns[2], columns[1] + columns[3]
        if odd > 4 * even:
            return "utf-16-le", b""
        if even > 4 * odd:
            return "utf-16-be", b""
    return "utf-8", b""
