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

BRANDS = (
    "facebook", "twitter", "x", "whatsapp", "linkedin", "instagram", "pinterest", "telegram", "reddit", "tumblr", "youtube", "tiktok",
    "threads", "bluesky", "mastodon", "messenger", "viber", "line", "vk", "vkontakte", "odnoklassniki", "ok", "xing", "pocket",
    "flipboard", "weibo", "wechat", "qq", "skype", "signal", "snapchat", "google+", "google", "google news", "google plus", "email",
    "e-mail", "rss", "digg", "stumbleupon", "delicious", "evernote", "blogger", "livejournal", "naver", "kakaotalk", "kakao", "hatena",
    "note", "mixi", "zalo", "koo", "nextdoor", "yummly", "print", "gmail", "yahoo", "apple", "spotify", "apple podcasts", "微博", "微信",
    "はてなブックマーク", "ツイッター", "フェイスブック", "카카오톡", "페이스북", "트위터", "вконтакте", "одноклассники", "твиттер", "фейсбук",
)  # fmt: skip
EDGES = " \t\xa0\u3000.,;:!?…·•|/\\<>‹›«»→←↑↓▼▲►◄▶◀⇒“”\"'‘’„()[]{}*+=~_–—-©®™&#@^`。，、！？；：「」『』【】（）《》〈〉・︎️✓✔✕✖✗×☰⋮⋯⬇⬆➜➤❯❮🔗👍📷📸🔍"
"""What may stand around a phrase without changing it: punctuation, arrows, icons."""
_NUMBER = re.compile(r"\d+(?:[.,:/\u2009\u00a0 -]\d+)*")


class Phrase(NamedTuple):
    """What is known of a phrase: its class, whether it counts alone, and the languages it is listed in."""

    kind: str
    alone: bool
    languages: frozenset[str]


class Lexicon(NamedTuple):
    """All phrases by their key (see `key`), and facts that make looking them up quick."""

    phrases: dict[str, Phrase]
    longest: int
    """Code points of the longest key."""
    first_words: frozenset[str]
    """The first words of all keys."""


def folder() -> str:
    """Name the folder of the lexicon."""
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lexicon")


def key(text: str) -> str:
    """Give the form under which a phrase is listed and a line is looked up: no case, no edges, numbers as #.

    >>> key("12 Comments »"), key("  Read more …")
    ('# comments', 'read more')
    """
    plain = " ".join(text.casefold().strip(EDGES).split())
    return _NUMBER.sub("#", plain) if any(map(str.isdigit, plain)) else plain


@cache
def lexicon() -> Lexicon:
    """Load the lexicon of all languages."""
    with os.scandir(folder()) as entries:
        files = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in entries if entry.name.endswith(".yaml"))
    table = disk.compiled("lexicon", [repr(files).encode(), repr(BRANDS).encode()], lambda: _compile([name for name, *_ in files]))
    shared: dict[tuple[str, ...], frozenset[str]] = {}
    phrases = {
        word: Phrase(kind, alone, shared.setdefault(tuple(languages), frozenset(languages)))
        for word, (kind, alone, languages) in table.items()
    }
    return Lexicon(phrases, max(map(len, phrases), default=0), frozenset(word.partition(" ")[0] for word in phrases))


def _compile(names: list[str]) -> dict[str, tuple[str, bool, list[str]]]:
    """Read the YAML files into one table; a phrase that several languages list keeps the careful reading of each."""
    from dqkit.yamlfile import parse

    table: dict[str, tuple[str, bool, list[str]]] = {}
    for name in names:
        with open(os.path.join(folder(), name), "rb") as file:
            root = parse(file.read()).plain()
        for tier, classes in root.items():
            for kind, phrases in classes.items():
                for phrase in phrases:
                    for word in {key(form) for form in _forms(str(phrase))} - {""}:
                        old = table.get(word)
                        languages = sorted({*(old[2] if old else []), name[:-5]})
                        alone = tier == "alone" and (old is None or old[1])
                        table[word] = (old[0] if old else kind, alone, languages)
    return table


def _forms(phrase: str) -> list[str]:
    phrase = phrase.replace("{n}", "1")
    return [phrase.replace("{brand}", brand) for brand in BRANDS] if "{brand}" in phrase else [phrase]
