"""What a text says about itself: title, byline, dates, that it is a translation. It is silent rather than guessing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from dqkit.record import NamedTuple, regex
from dqkit.reference import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dqkit.detect.dates import DateLine
    from dqkit.seed.text import Block, Document

LONGEST = 90
"""Code points of a byline, a credit or a translator's note; a longer line is prose."""
LONGEST_TITLE, LONGEST_DECK = 160, 250
HEAD, TAIL = 8, 6
"""Blocks from the top and from the end among which a byline is looked for."""
_SENTENCE_END = regex(r"(?<!\b[A-ZÀ-Þ])(?<!\bJr)(?<!\bSr)[.!?。！？؟।…]$")
_PARTICLE = regex(
    r"(?:de|del|della|di|da|dos|do|van|von|der|den|ter|zu|al|el|bin|ibn|ben|af|av|y|e|la|le)$|(?:al|el|d|l)[-'’]"
)
_PARTS = regex(r"\s*(?:[,،、/|·•]|\s[-–—]\s|[(（]|[)）])\s*")
_SPACE = " :：＝=/／\u00a0\u3000|｜"
_NAME_DENSE = regex(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・· ]{2,14}")
_DASHED = regex(r"\S+(?: \S+){1,3} [-–—|] \S+(?: \S+){0,3}")
_DENSE = regex(r"[\u3040-\u30ff\u3400-\u9fff]")


class Note(NamedTuple):
    """A translator's note: the block it stands in, and the source's language, which it names."""

    block: Block
    language: str


class Byline(NamedTuple):
    """A line that names who wrote the text: the block, the person, and the publication where one is named."""

    block: Block
    person: str
    publication: str | None


class Credit(NamedTuple):
    """A line that names who translated the text: the block, and the person."""

    block: Block
    person: str


class Observed(NamedTuple):
    """What a text says about itself, each with the block it stands in; None where it does not say."""

    title: Block | None
    deck: Block | None
    byline: Byline | None
    translator: Credit | None
    credits: tuple[Block, ...]
    """The lines that name who made the pictures."""
    dates: tuple[DateLine, ...]
    note: Note | None

    def day(self, field: str) -> DateLine | None:
        """Give the date of a field, `date` or `modified`; None where no line gives it, or two lines different ones."""
        lines = [line for line in self.dates if line.field == field]
        return lines[0] if len({line.day for line in lines}) == 1 else None


def observe(document: Document) -> Observed:
    """Read what a document says about itself; ask through `Document.once`."""
    from dqkit.detect.dates import date_lines

    blocks, language = document.blocks, document.language
    line = byline(blocks, language)
    person = translator(blocks, language)
    pictures = tuple(block for block in blocks if _is_credit(block.text, language))
    dates = date_lines(blocks, language)
    note = translation_note(blocks)
    said = {found.block.start for found in (line, person, note, *dates) if found} | {block.start for block in pictures}
    first = title(blocks) if blocks and blocks[0].start not in said else None
    below = blocks[1] if first and len(blocks) > 2 else None
    is_deck = (
        below
        and below.start not in said
        and len(below.text) <= LONGEST_DECK
        and blocks[2].start in {found.block.start for found in (line, *dates) if found}
    )
    return Observed(first, below if is_deck else None, line, person, pictures, dates, note)


def words(language: str | None, key: str) -> tuple[str, ...]:
    """Give some of a language's words; see the head of `data/observed.yaml`."""
    return tuple(table("observed").get(language or "", {}).get(key, ()))


@cache
def _note_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what a translator's note begins and ends with, in all languages."""
    data: list[dict[str, Any]] = list(table("observed").values())
    begins = {word for own in data for key in ("translated", "translated_alone") for word in own.get(key, ())}
    ends = {word for own in data for word in own.get("translated_after", ())}
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
    for data in table("observed").values():
        for key, most in (("translated", 4), ("translated_alone", 1)):
            for begin in data.get(key, ()):
                if plain.startswith(begin) and (
                    named := _language(plain[len(begin) :], data["languages"], most, _followers(data))
                ):
                    return named
        for end in data.get("translated_after", ()):
            name = plain.removesuffix(end).strip()
            if name != plain and name in data["languages"]:
                return str(data["languages"][name])
    return None


def _followers(data: dict[str, Any]) -> tuple[str, ...]:
    """Give what may follow the name of the source's language, with the space or the end after it."""
    return (*(f"{word} " for word in data["byline"]), *data.get("translated_with", ()))


def _language(rest: str, names: dict[str, str], most: int, followers: tuple[str, ...]) -> str | None:
    """Read a language's name, and at most some words in all, or who translated it, behind it."""
    parts = rest.split()
    if len(parts) > most and not (len(parts) <= 5 and " ".join(parts[1:]).startswith(followers)):
        return None
    plain = " ".join(parts)
    return next((code for name, code in names.items() if plain.startswith(name.casefold())), None)


def byline(blocks: Sequence[Block], language: str | None) -> Byline | None:
    """Find the line that names the author, near the top or the end.

    It is no sentence and begins with a word for it, or is a name and a publication with a dash between.
    """
    candidates = [*blocks[:HEAD], *blocks[max(HEAD, len(blocks) - TAIL) :]]
    for block in candidates:
        text = block.text.strip()
        found = _by(block, text, language) if len(text) <= LONGEST and not _SENTENCE_END.search(text) else None
        # A title can begin with the same words: “By Popular Demand”.
        if found and (block is not blocks[0] or found.publication or any(mark in text for mark in ":：/／")):
            return found
    for block in blocks[:HEAD]:
        text = block.text.strip()
        if len(text) <= LONGEST and _DASHED.fullmatch(text) and not _DENSE.search(text):
            found = _byline(block, text, language)
            if found and found.publication and is_name(found.publication, alone=True):
                return found
    return None


def _by(block: Block, text: str, language: str | None) -> Byline | None:
    folded = text.casefold()
    for word in sorted(words(language, "byline"), key=len, reverse=True):
        rest = text[len(word) :]
        if not (folded.startswith(word) and rest):
            continue
        dense = word > "\u2e80"
        if rest[0] in _SPACE and not (dense and rest[0] == " " and len(word) == 1):
            return _byline(block, rest.lstrip(_SPACE), language, labelled=rest[0] not in " \u00a0")
    for word in words(language, "byline_after"):
        if folded.endswith(word) and len(text) - len(word) <= 12:
            return _byline(block, text[: -len(word)].strip(" （("), language)
    return None


def _byline(block: Block, text: str, language: str | None, *, labelled: bool = False) -> Byline | None:
    """Read a person, and the publication after it, out of what a byline says; `labelled`: after a colon."""
    text = re.split(
        rf"\b(?:{'|'.join(map(re.escape, words(language, 'credit') or ('photo',)))})\b", text, flags=re.IGNORECASE
    )[0]
    parts = [part for part in _PARTS.split(text) if part]
    joined = "|".join(map(re.escape, words(language, "and") or ("and",)))
    persons = re.split(rf"\s+(?:{joined}|&)\s+", parts[0]) if parts else []
    nobody = {*words(language, "nobody"), *words("en", "nobody")}
    if not persons or not all(is_name(person, alone=labelled) for person in persons):
        return None
    if nobody & set(re.findall(r"\w+", parts[0].casefold())) or any(
        parts[0].endswith(word) for word in nobody if word > "\u2e80"
    ):
        return None
    if any(sum(word[0].islower() for word in part.split()) > 2 for part in parts[1:]):
        return None  # the line goes on as a sentence
    publication = next((part for part in parts[1:] if is_publication(part, language)), None)
    return None if is_publication(parts[0], language) else Byline(block, parts[0], publication)


def is_name(text: str, *, alone: bool = False) -> bool:
    """Tell whether a text looks like a person's name.

    It is two to five words, one where that may stand `alone`, none beginning with a small letter; or a few characters
    of a script without spaces.
    """
    if any(c.isdigit() or c in ":：?!" for c in text):
        return False
    if _DENSE.search(text):
        return bool(_NAME_DENSE.fullmatch(text))
    parts = text.split()
    return (1 if alone else 2) <= len(parts) <= 5 and all(
        word[0].isalpha() and (not word[0].islower() or _PARTICLE.match(word)) for word in parts
    )


def is_publication(text: str, language: str | None) -> bool:
    """Tell whether a text is surely a publication's name: it has a word that only those have."""
    if any(c.isdigit() for c in text) or len(text) > 50:
        return False
    own = (*words(language, "media"), *words("en", "media"))
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        if word in own or any(len(ending) > 4 and word.endswith(ending) for ending in own):
            return True
        if _DENSE.search(word) and any(word.endswith(ending) and len(word) > len(ending) + 1 for ending in own):
            return True
    return False


def translator(blocks: Sequence[Block], language: str | None) -> Credit | None:
    """Find the line that names the translator."""
    known = sorted(words(language, "translator"), key=len, reverse=True)
    for block in blocks:
        text = block.text.strip().strip("()（）[]")
        folded = text.casefold()
        word = next((word for word in known if folded.startswith(word)), "") if len(text) <= LONGEST else ""
        rest = text[len(word) :]
        if word and rest and (rest[0] in ":：/／" or (rest[0] == " " and " " in word)):
            name = _PARTS.split(rest.strip(_SPACE).rstrip(".。"))[0]
            if is_name(name):
                return Credit(block, name)
    return None


def _is_credit(text: str, language: str | None) -> bool:
    """Tell whether a line says who made a picture."""
    folded = text.casefold().lstrip("([（ ")
    return len(text) <= LONGEST and any(
        folded.startswith(word) and folded[len(word) : len(word) + 1] in tuple(":：/／")
        for word in words(language, "credit")
    )


def title(blocks: Sequence[Block]) -> Block | None:
    """Give the block that is the text's title: the first, where it is short, no sentence, and longer text follows."""
    if len(blocks) < 2 or len(blocks[0].text) > LONGEST_TITLE or re.search(r"[.。।:：]\s*$", blocks[0].text):
        return None
    return blocks[0] if any(len(block.text) > len(blocks[0].text) for block in blocks[1:5]) else None
