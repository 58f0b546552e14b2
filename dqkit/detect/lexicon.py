"""Interface strings by language: `dqkit/lexicon/<code>.yaml`, reviewable data, compiled into one table and cached.

A phrase under `alone` is interface text wherever it makes up a whole line; one under `supported` is also a heading
or a word of prose, and counts only beside other interface text. `{n}` stands for a number, `{brand}` for a network.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import NamedTuple

from dqkit import cache as disk

BRANDS = frozenset((
    "facebook", "twitter", "x", "whatsapp", "linkedin", "instagram", "pinterest", "telegram", "reddit", "tumblr", "youtube", "tiktok",
    "threads", "bluesky", "mastodon", "messenger", "viber", "line", "vk", "vkontakte", "odnoklassniki", "ok", "xing", "pocket",
    "flipboard", "weibo", "wechat", "qq", "skype", "signal", "snapchat", "google", "google+", "email", "e-mail", "mail", "rss", "digg",
    "stumbleupon", "delicious", "evernote", "blogger", "livejournal", "naver", "kakaotalk", "hatena", "note", "mixi", "zalo", "koo",
    "yummly", "gmail", "yahoo", "apple", "spotify", "微博", "微信", "はてなブックマーク", "ツイッター", "フェイスブック", "카카오톡",
    "페이스북", "트위터", "вконтакте", "вк", "одноклассники", "твиттер", "фейсбук", "फेसबुक", "فيسبوك", "تويتر", "واتساب", "פייסבוק",
))  # fmt: skip
"""Networks and apps that `{brand}` stands for, in one word and small letters."""
LONGEST = 240
"""Code points beyond which a text is no phrase."""
EDGES = " \t\xa0\u3000.,;:!?…·•|/\\<>‹›«»→←↑↓▼▲►◄▶◀⇒“”\"'‘’„()[]{}*+=~_–—-©®™&#@^`。，、！？；：「」『』【】（）《》〈〉・︎️✓✔✕✖✗×☰⋮⋯⬇⬆➜➤❯❮🔗👍📷📸🔍"
"""What may stand around a phrase without changing it: punctuation, arrows, icons."""
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "ё": "е", "ş": "ș", "ţ": "ț"})
"""Spellings that sites mix: apostrophes, Russian ё, Romanian and Turkish cedillas."""
_NUMBER = re.compile(r"\d+(?:[.,:/\u2009\u00a0 -]\d+)*")


class Phrase(NamedTuple):
    """What is known of a phrase: its class, whether it counts alone, and the languages it is listed in."""

    kind: str
    alone: bool
    languages: frozenset[str]


class Lexicon:
    """All phrases, looked up by a line as it stands."""

    def __init__(self, table: dict[str, tuple[str, bool, tuple[str, ...]]]) -> None:
        self.table = table
        self.first_words = frozenset([word.partition(" ")[0] for word in table])

    def find(self, text: str) -> Phrase | None:
        """Look a text up: as it is, and with a network's name in it left open."""
        folded = key(text)
        return self.at(folded) if len(folded) <= LONGEST else None

    def at(self, folded: str) -> Phrase | None:
        """Look up what is folded already (see `key`)."""
        found = self.table.get(folded)
        if found is None and (opened := _open(folded)) != folded:
            found = self.table.get(opened)
        return Phrase(found[0], found[1], frozenset(found[2])) if found else None


def folder() -> str:
    """Name the folder of the lexicon."""
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lexicon")


def key(text: str) -> str:
    """Give the form under which a phrase is listed and a line is looked up: no case, no edges, numbers as #.

    >>> key("12 Comments »"), key("  Read more …")
    ('# comments', 'read more')
    """
    plain = " ".join(text.casefold().strip(EDGES).split()).translate(_SAME)
    return _NUMBER.sub("#", plain)


def _open(folded: str) -> str:
    """Put `{brand}` for the names of networks."""
    if not any(word in BRANDS for word in folded.split()):
        return folded
    return " ".join("{brand}" if word in BRANDS else word for word in folded.split())


@cache
def lexicon() -> Lexicon:
    """Load the lexicon of all languages."""
    with os.scandir(folder()) as entries:
        files = sorted(
            (entry.name, entry.stat().st_size, entry.stat().st_mtime_ns)
            for entry in entries
            if entry.name.endswith(".yaml")
        )
    return Lexicon(disk.compiled("lexicon", [repr(files).encode()], lambda: _compile([name for name, *_ in files])))


def _compile(names: list[str]) -> dict[str, tuple[str, bool, tuple[str, ...]]]:
    """Read the YAML files into one table; a phrase that several languages list counts alone only where all say so."""
    from dqkit.yamlfile import parse

    table: dict[str, tuple[str, bool, tuple[str, ...]]] = {}
    for name in names:
        with open(os.path.join(folder(), name), "rb") as file:
            root = parse(file.read()).plain()
        phrases = [
            (p, kind, tier == "alone")
            for tier, classes in root.items()
            for kind, listed in classes.items()
            for p in listed
        ]
        for phrase, kind, alone in phrases:
            word = key(str(phrase).replace("{n}", "1"))
            old = table.get(word)
            languages = (*(old[2] if old else ()), name[:-5])
            table[word] = (old[0] if old else kind, alone and (old is None or old[1]), languages)
    table.pop("", None)
    return table
