"""Interface strings by language: `dqkit/lexicon/<code>.yaml`, reviewable data, compiled into one table and cached.

A phrase under `alone` is interface text wherever it makes up a whole line; one under `supported` is also a heading
or a word of prose, and counts only beside other interface text. `{n}` stands for a number, `{brand}` for a network.
"""

from __future__ import annotations

import marshal
import os
import zlib
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from dqkit import cache as disk
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

BRANDS = frozenset((
    "facebook", "twitter", "x", "whatsapp", "linkedin", "instagram", "pinterest", "telegram", "reddit", "tumblr", "youtube", "tiktok",
    "threads", "bluesky", "mastodon", "messenger", "viber", "line", "vk", "vkontakte", "odnoklassniki", "ok", "xing", "pocket",
    "flipboard", "weibo", "wechat", "qq", "skype", "signal", "snapchat", "google", "google+", "email", "e-mail", "mail", "rss", "digg",
    "stumbleupon", "delicious", "evernote", "blogger", "livejournal", "naver", "kakaotalk", "hatena", "note", "mixi", "zalo", "koo",
    "yummly", "gmail", "yahoo", "apple", "spotify", "微博", "微信", "はてなブックマーク", "ツイッター", "フェイスブック", "카카오톡",
    "페이스북", "트위터", "вконтакте", "вк", "одноклассники", "твиттер", "фейсбук", "फेसबुक", "فيسبوك", "تويتر", "واتساب", "פייסבוק",
))  # fmt: skip
"""Networks and apps that `{brand}` stands for, in one word and small letters."""
_BRAND = "brandbrand"
"""What stands for `{brand}` while a phrase is folded, since braces are edges."""
BUCKETS = 512
LONGEST = 240
"""Code points beyond which a text is no phrase."""
EDGES = " \t\xa0\u3000.,;:!?…·•|/\\<>‹›«»→←↑↓▼▲►◄▶◀⇒“”\"'‘’„()[]{}*+=~_–—-©®™&#@^`。，、！？；：「」『』【】（）《》〈〉・︎️✓✔✕✖✗×☰⋮⋯⬇⬆➜➤❯❮🔗👍📷📸🔍"
"""What may stand around a phrase without changing it: punctuation, arrows, icons."""
CASELESS = "\u0590-\u07ff\u0900-\u0e7f\u0e80-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff"
"""Scripts without capitals, as a range of a regular expression."""
TRIE_HEAD = 3
"""Code points by which phrases of such scripts are looked up inside a line."""
LEAST_SIGNS = 2
"""Code points such a phrase must have."""
_CASELESS = regex(f"[{CASELESS}]")
_SAME = {
    **str.maketrans("’‘`“”", "'''\"\""),
    **str.maketrans("ёşţıάέήίόύώϊϋΐΰأإآٱىیک", "еșțiαεηιουωιυιυااااييك"),
    **dict.fromkeys((*range(0x591, 0x5C8), *range(0x64B, 0x653), 0x640, 0x200C, 0x307)),
}
"""Spellings that sites mix: apostrophes, ё, cedillas, dotless i, Greek accents, forms of alef and yeh; vowel points."""
_DIGIT = regex(r"\d")
_NUMBER = regex(r"\d+(?:[.,:/\u2009\u00a0 -]\d+)*")


class Phrase(NamedTuple):
    """What is known of a phrase: its class, whether it counts alone, and the languages it is listed in."""

    kind: str
    alone: bool
    languages: frozenset[str]


class Lexicon:
    """All phrases, looked up by a line as it stands. They lie in buckets that are unpacked when one is first needed."""

    def __init__(self, buckets: list[bytes], openings: list[bytes], caseless: bytes) -> None:
        self.buckets: list[Any] = list(buckets)
        self.openings: list[Any] = list(openings)
        self.caseless = caseless

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
        return _phrase(found)

    @cached_property
    def _edges(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """Phrases in scripts without capitals, by their first and by their last code points."""
        heads: dict[str, list[str]] = {}
        tails: dict[str, list[str]] = {}
        for form in marshal.loads(self.caseless):
            heads.setdefault(form[:TRIE_HEAD], []).append(form)
            tails.setdefault(form[-TRIE_HEAD:], []).append(form)
        return heads, tails

    def begun(self, head: str) -> Iterator[tuple[str, Phrase]]:
        """Give the phrases, longest first, that begin with some code points of a script without capitals."""
        return ((form, phrase) for form in self._edges[0].get(head, ()) if (phrase := self.at(form)))

    def ended(self, tail: str) -> Iterator[tuple[str, Phrase]]:
        """Give the phrases, longest first, that end with some code points of a script without capitals."""
        return ((form, phrase) for form in self._edges[1].get(tail, ()) if (phrase := self.at(form)))

    def may_begin(self, text: str) -> bool:
        """Tell, at little cost, whether a text begins like a phrase: with one of one word, or with its first two."""
        head = key(" ".join(text.strip(EDGES).split(None, 2)[:2]))
        first = head.partition(" ")[0]
        return first in _unpacked(self.openings, first) or head in _unpacked(self.openings, head)


def _phrase(found: str) -> Phrase:
    kind, tier, *languages = found.split()
    return Phrase(kind, tier == "alone", frozenset(languages))


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


def fold(text: str) -> str:
    """Give a text the spelling that `key` gives it, its length perhaps changed, its edges and spaces as they are."""
    return text.casefold().translate(_SAME)


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


def _compile(names: list[str]) -> tuple[list[bytes], list[bytes], bytes]:
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
                    word = key(str(phrase).replace("{n}", "1").replace("{brand}", _BRAND)).replace(_BRAND, "{brand}")
                    old = table.get(word, (kind, True, []))
                    table[word] = (old[0], tier == "alone" and old[1], [*old[2], name[:-5]])
    for empty in ("", "#"):
        table.pop(empty, None)
    buckets: list[dict[str, str]] = [{} for _ in range(BUCKETS)]
    openings: list[set[str]] = [set() for _ in range(BUCKETS)]
    for word, (kind, alone, languages) in table.items():
        buckets[_bucket(word)][word] = f"{kind} {'alone' if alone else 'supported'} {' '.join(languages)}"
        opening = " ".join(word.split(" ", 2)[:2])
        for form in (opening,) if "{brand}" not in opening else (opening.replace("{brand}", brand) for brand in BRANDS):
            openings[_bucket(form)].add(form)
    caseless = [
        word
        for word in table
        if len(word) >= LEAST_SIGNS and _CASELESS.match(word) and "#" not in word and "{" not in word
    ]
    return (
        [marshal.dumps(bucket) for bucket in buckets],
        [marshal.dumps(frozenset(words)) for words in openings],
        marshal.dumps(sorted(caseless, key=len, reverse=True)),
    )
