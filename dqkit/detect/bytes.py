"""Bytes that are not UTF-8: where they stand, whether the whole file is in a legacy encoding, and in which."""

from __future__ import annotations

from dqkit.record import NamedTuple, regex

SURROGATES = regex("[\udc80-\udcff]+")
"""Bytes that did not decode, as `Document.text` carries them (PEP 383)."""
FEW = 2
"""Bytes that are not UTF-8 at most, of which no guess can be sure: they are taken for the commonest encoding's."""
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒ‘’“”„–—…«»°§€£©®·•")
"""Letters and marks of windows-1252 that texts in its languages have."""
GUESS_BYTES = 65_536
"""Bytes the encoding is guessed from: more change no answer and cost seconds."""


class Guess(NamedTuple):
    """The encoding some bytes are likely in, and the text they give in it; empty where no encoding fits."""

    encoding: str
    text: str


def guess(raw: bytes) -> Guess:
    """Guess the encoding of bytes that are not UTF-8."""
    from chardet import detect

    encoding = _western(raw[:GUESS_BYTES])
    if encoding is None:
        encoding = detect(raw[:GUESS_BYTES])["encoding"]
    try:
        return Guess(encoding.lower(), raw[:GUESS_BYTES].decode(encoding, "replace")) if encoding else Guess("", "")
    except LookupError:  # an encoding that this Python does not know
        return Guess("", "")


def _western(raw: bytes) -> str | None:
    """Name windows-1252 for few bytes that are its letters or marks, beside letters of ASCII; "" for few others."""
    text = raw.decode("utf-8", "surrogateescape")
    odd = b"".join(original(match[0]) for match in SURROGATES.finditer(text))
    if not 0 < len(odd) <= FEW:
        return None
    return "windows-1252" if _WESTERN.issuperset(odd.decode("cp1252", "replace")) else ""


def original(surrogates: str) -> bytes:
    """Give the bytes that a run of surrogates stands for."""
    return surrogates.encode("utf-8", "surrogateescape")


def is_truncated(run: bytes, follower: str) -> bool:
    r"""Tell whether bytes begin a UTF-8 character and stop before its end; `follower` is the character after them.

    A first byte alone, with more text on its line, is rather a letter of a legacy encoding.

    >>> is_truncated(b"\xe2\x80", " "), is_truncated(b"\xc3", ""), is_truncated(b"\xe9", "t"), is_truncated(b"\x80", "")
    (True, True, False, False)
    """
    if len(run) == 1 and follower not in ("", "\n", "\r"):
        return False
    lead, rest = run[0], run[1:]
    length = 2 if 0xC2 <= lead <= 0xDF else 3 if 0xE0 <= lead <= 0xEF else 4 if 0xF0 <= lead <= 0xF4 else 0
    return len(run) < length and all(0x80 <= byte <= 0xBF for byte in rest)


def hexadecimal(raw: bytes) -> str:
    r"""Write bytes as two digits each, at most eight of them.

    >>> hexadecimal(b"\xe2\x80")
    'E2 80'
    """
    return raw[:8].hex(" ").upper() + (" …" if len(raw) > 8 else "")
