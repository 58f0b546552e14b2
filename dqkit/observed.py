"""What a text says about itself: title, byline, and that it is a translation. It is silent rather than guessing."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from dqkit import cache as disk
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dqkit.text import Block

LONGEST = 90
"""Code points of a byline or a translator's note; a longer line is prose."""
HEAD, TAIL = 8, 6
"""Blocks from the top and from the end among which a byline is looked for."""
_SENTENCE_END = regex(r"[.!?。！？؟।]$")
_PARTICLE = regex(r"(?:de|del|della|di|da|dos|van|von|der|den|zu|al|el|bin|ibn|af|av|y|e)$|(?:al|el|d|l)[-'’]")
_PARTS = regex(r"\s*(?:[,،、/|]|\s[-–—]\s|[(（]|[)）])\s*")


class Note(NamedTuple):
    """A translator's note: the block it stands in, and the source's language, which it names."""

    block: Block
    language: str


class Byline(NamedTuple):
    """A line that names who wrote the text: the block, the person, and the publication where one is named."""

    block: Block
    person: str
    publication: str | None


@cache
def _data() -> dict[str, dict[str, Any]]:
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "observed.yaml")
    with open(path, "rb") as file:
        raw = file.read()
    table: dict[str, dict[str, Any]] = disk.compiled("observed", [raw], lambda: _parse(raw))
    return table


def _parse(raw: bytes) -> dict[str, dict[str, Any]]:
    from dqkit.yamlfile import parse

    data: dict[str, dict[str, Any]] = parse(raw).plain()
    return data


@cache
def _note_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what a translator's note begins and ends with, in all languages."""
    begins = {word for data in _data().values() for word in data.get("translated", ())}
    ends = {word for data in _data().values() for word in data.get("translated_after", ())}
    return tuple(sorted(begins)), tuple(sorted(ends))


def translation_note(blocks: Sequence[Block]) -> Note | None:
    """Find the line that says the text was translated, in any of the languages known."""
    begins, ends = _note_words()
    for block in blocks:
        if len(block.text) > LONGEST:
            continue
        plain = block.text.casefold().strip(" ([（「«“”»」）])\"'.。")
        if (plain.startswith(begins) or plain.endswith(ends)) and (language := _note(block.text)):
            return Note(block, language)
    return None


def _note(text: str) -> str | None:
    """Read a translator's note: the language it names, None where it names none and is therefore no note."""
    plain = " ".join(re.sub(r"[.()（）\[\]«»“”\"'’:：。]", " ", text.casefold()).split())
    for data in _data().values():
        for begin in data.get("translated", ()):
            if plain.startswith(begin) and (named := _language(plain[len(begin) :], data["languages"])):
                return named
        for end in data.get("translated_after", ()):
            name = plain.removesuffix(end).strip()
            if name != plain and name in data["languages"]:
                return str(data["languages"][name])
    return None


def _language(rest: str, names: dict[str, str]) -> str | None:
    """Read a language's name, and nothing but a word or two behind it."""
    rest = rest.strip()
    for name, code in names.items():
        if rest.startswith(name.casefold()) and len(rest.split()) <= 4:
            return code
    return None


def byline(blocks: Sequence[Block], language: str | None) -> Byline | None:
    """Find the line that names the author, near the top or the end.

    It is no sentence and begins with a word for it, or is a name and a publication with a dash between.
    """
    words = _data().get(language or "", {}).get("byline", ())
    candidates = [*blocks[:HEAD], *blocks[max(HEAD, len(blocks) - TAIL) :]]
    for block in candidates:
        text = block.text.strip()
        if len(text) <= LONGEST and not _SENTENCE_END.search(text) and (name := _after(text, words)):
            return _byline(block, name)
    for block in blocks[:HEAD]:
        text = block.text.strip()
        if (
            len(text) <= LONGEST
            and not _SENTENCE_END.search(text)
            and re.fullmatch(r"\S+(?: \S+){1,3} [-–—|] \S+(?: \S+){0,3}", text)
        ):
            found = _byline(block, text)
            if found.publication and _is_name(found.person) and _is_name(found.publication):
                return found
    return None


def _after(text: str, words: Sequence[str]) -> str | None:
    """Give what follows a word that opens a byline; None where none does, or where no name follows."""
    folded = text.casefold()
    for word in sorted(words, key=len, reverse=True):
        rest = text[len(word) :]
        if folded.startswith(word) and rest and (rest[0] in " :：＝=/／" or word > "\u2e80"):
            name = rest.lstrip(" :：＝=/／")
            return name if name and _is_name(_PARTS.split(name)[0]) else None
    return None


def _is_name(text: str) -> bool:
    """Tell whether a text looks like a name: one to five words, none beginning with a small letter."""
    words = text.split()
    return 0 < len(words) <= 5 and all(not word[0].islower() or _PARTICLE.match(word) for word in words)


def _byline(block: Block, name: str) -> Byline:
    parts = [part for part in _PARTS.split(name) if part]
    return Byline(block, parts[0], parts[1] if len(parts) > 1 else None)


def title(blocks: Sequence[Block]) -> Block | None:
    """Give the block that is the text's title: the first, where it is short and no sentence."""
    if not blocks:
        return None
    text = blocks[0].text.strip()
    return blocks[0] if len(text) <= 160 and not re.search(r"[.。।]$", text) else None


def same_name(left: str, right: str) -> bool:
    """Tell whether two spellings name the same person or publication: the same words, or one's all among the other's.

    >>> same_name("Lu Chen", "Chen, Lu"), same_name("Lu Chen", "Li Chen")
    (True, False)
    """
    first, second = (set(re.findall(r"[^\W\d_]+", _plain(name))) for name in (left, right))
    return bool(first and second) and (first <= second or second <= first)


def _plain(name: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
