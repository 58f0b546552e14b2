"""Interface strings by language: `dqkit/lexicon/<code>.yaml`, reviewable data, compiled into one table and cached.

A phrase under `alone` is interface text wherever it makes up a whole line; one under `supported` is also a heading
or a word of prose, and counts only beside other interface text. `{n}` stands for a number, `{brand}` for a network.
"""

from __future__ import annotations

import marshal
import os
import zlib
from functools import cache
from typing import Any

from dqkit import cache as disk
from dqkit.record import NamedTuple, regex

BRANDS = frozenset((
    "facebook", "twitter", "x", "whatsapp", "linkedin", "instagram", "pinterest", "telegram", "reddit", "tumblr", "youtube", "tiktok",
    "threads", "bluesky", "mastodon", "messenger", "viber", "line", "vk", "vkontakte", "odnoklassniki", "ok", "xing", "pocket",
    "flipboard", "weibo", "wechat", "qq", "skype", "signal", "snapchat", "google", "google+", "email", "e-mail", "mail", "rss", "digg",
    "stumbleupon", "delicious", "evernote", "blogger", "livejournal", "naver", "kakaotalk", "hatena", "note", "mixi", "zalo", "koo",
    "yummly", "gmail", "yahoo", "apple", "spotify", "微博", "微信", "はてなブックマーク", "ツイッター", "フェイスブック", "카카오톡",
    "페이스북", "트위터", "вконтакте", "вк", "одноклассники", "твиттер", "фейсбук", "फेसबुक", "فيسبوك", "تويتر", "واتساب", "פייסבוק",
))  # fmt: skip
"""Networks and apps that `{brand}` stands for, in one word and small letters."""
BUCKETS = 512
LONGEST = 240
"""Code points beyond which a text is no phrase."""
EDGES = " \t\xa0\u3000.,;:!?…·•|/\\<>‹›«»→←↑↓▼▲►◄▶◀⇒“”\"'‘’„()[]{}*+=~_–—-©®™&#@^`。，、！？；：「」『』【】（）《》〈〉・︎️✓✔✕✖✗×☰⋮⋯⬇⬆➜➤❯❮🔗👍📷📸🔍"
"""What may stand around a phrase without changing it: punctuation, arrows, icons."""
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "ё": "е", "ş": "ș", "ţ": "ț"})
"""Spellings that sites mix: apostrophes, Russian ё, Romanian and Turkish cedillas."""
_DIGIT = regex(r"\d")
_NUMBER = regex(r"\d+(?:[.,:/\u2009\u00a0 -]\d+)*")


class Phrase(NamedTuple):
    """What is known of a phrase: its class, whether it counts alone, and the languages it is listed in."""

    kind: str
    alone: bool
    languages: frozenset[str]


class Lexicon:
    """All phrases, looked up by a line as it stands. They lie in buckets that are unpacked when one is first needed."""

    def __init__(self, buckets: list[bytes], openings: list[bytes]) -> None:
        self.buckets: list[Any] = list(buckets)
        self.openings: list[Any] = list(openings)

    def find(self, text: str) -> Phrase | None:
        """Look a text up: as it is, and with a network's name in it left open."""
        folded = key(text)
        return self.at(folded) if len(folded) <= LONGEST else None

    def at(self, folded: str) -> Phrase | None:
        """Look up what is folded already (see `key`)."""
        found = _unpacked(self.buckets, folded).get(folded)
        if found is None and (opened := _open(folded)) != folded:
            found = _unpacked(self.buckets, opened).get(opened)
        if found is None:
            return None
        kind, tier, *languages = found.split()
        return Phrase(kind, tier == "alone", frozenset(languages))

    def may_begin(self, text: str) -> bool:
        """Tell, at little cost, whether a text begins like a phrase: with one of one word, or with its first two."""
        head = key(" ".join(text.strip(EDGES).split(None, 2)[:2]))
        first = head.partition(" ")[0]
        return first in _unpacked(self.openings, first) or head in _unpacked(self.openings, head)


def _bucket(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) % BUCKETS


def _unpacked(buckets: list[Any], word: str) -> Any:
    number = _bucket(word)
    if isinstance(buckets[number], bytes):
        buckets[number] = marshal.loads(buckets[number])
    return buckets[number]


def folder() -> str:
    """Name the folder of the lexicon."""
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lexicon")


def key(text: str) -> str:
    """Give the form under which a phrase is listed and a line is looked up: no case, no edges, numbers as #.

    >>> key("12 Comments »"), key("  Read more …")
    ('# comments', 'read more')
    """
    plain = " ".join(text.casefold().strip(EDGES).split())
    if not plain.isascii():
        plain = plain.translate(_SAME)
    return _NUMBER.sub("#", plain) if _DIGIT.search(plain) else plain


def _open(folded: str) -> str:
    """Put `{brand}` for the names of networks."""
    if BRANDS.isdisjoint(folded.split()):
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
    return Lexicon(*disk.compiled("lexicon", [repr(files).encode()], lambda: _compile([name for name, *_ in files])))


def _compile(names: list[str]) -> tuple[list[bytes], list[bytes]]:
    """Read the YAML files into buckets, values as `kind tier language…`, and the first two words of all keys likewise.

    A phrase that several languages list counts alone only where all of them say so.
    """
    from dqkit.yamlfile import parse

    table: dict[str, tuple[str, bool, list[str]]] = {}
    for name in names:
        with open(os.path.join(folder(), name), "rb") as file:
            root = parse(file.read()).plain()
        for tier, classes in root.items():
            for kind, phrases in classes.items():
                for phrase in phrases:
                    word = key(str(phrase).replace("{n}", "1"))
                    old = table.get(word, (kind, True, []))
                    table[word] = (old[0], tier == "alone" and old[1], [*old[2], name[:-5]])
    table.pop("", None)
    buckets: list[dict[str, str]] = [{} for _ in range(BUCKETS)]
    openings: list[set[str]] = [set() for _ in range(BUCKETS)]
    for word, (kind, alone, languages) in table.items():
        buckets[_bucket(word)][word] = f"{kind} {'alone' if alone else 'supported'} {' '.join(languages)}"
        opening = " ".join(word.split(" ", 2)[:2])
        for form in (opening,) if "{brand}" not in opening else (opening.replace("{brand}", brand) for brand in BRANDS):
            openings[_bucket(form)].add(form)
    return [marshal.dumps(bucket) for bucket in buckets], [marshal.dumps(frozenset(words)) for words in openings]
