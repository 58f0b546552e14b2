"""Reads the lexicon, `dqkit/lexicon/<code>.yaml`, into the tables that `dqkit.detect.lexicon` looks phrases up in.

A phrase under `alone` is interface text wherever it makes up a whole line. One under `supported` is also a word of
prose: it counts beside other interface text, and between plain paragraphs. One under `heading` also heads a part of an
article, a law or a book (Comments, See also, Page 4): it counts beside other interface text and never by itself.
`{n}` stands for a number, `{brand}` for a network, `{words}` for a few words.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from dqkit.record import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Table = dict[str, tuple[str, str, list[str]]]
    """Folded phrases: class, tier, languages."""
    Uses = defaultdict[str, defaultdict[str, Counter[str]]]
    """How often each language's classes use a stem."""
    Pairs = defaultdict[str, set[tuple[str, str]]]
    """The heads of words that stand side by side in each language."""

BRANDS = frozenset((
    "facebook", "twitter", "x", "whatsapp", "linkedin", "instagram", "pinterest", "telegram", "reddit", "tumblr", "youtube", "tiktok",
    "threads", "bluesky", "mastodon", "messenger", "viber", "line", "vk", "vkontakte", "odnoklassniki", "ok", "xing", "pocket",
    "flipboard", "weibo", "wechat", "qq", "skype", "signal", "snapchat", "google", "google+", "email", "e-mail", "mail", "rss", "digg",
    "stumbleupon", "delicious", "evernote", "blogger", "livejournal", "naver", "kakaotalk", "hatena", "note", "mixi", "zalo", "koo",
    "yummly", "gmail", "yahoo", "apple", "spotify", "微博", "微信", "はてなブックマーク", "ツイッター", "フェイスブック", "카카오톡",
    "페이스북", "트위터", "вконтакте", "вк", "одноклассники", "твиттер", "фейсбук", "फेसबुक", "فيسبوك", "تويتر", "واتساب", "פייסבוק",
))  # fmt: skip
"""Networks and apps that `{brand}` stands for, in one word and small letters."""
_BRAND, _WORDS = "brandbrand", "wordswords"
"""What stands for `{brand}` and `{words}` while a phrase is folded, since braces are edges."""
FRAME_EDGE = 5
"""Code points at most by which phrases with open words are looked up."""
TIERS = ("alone", "supported", "heading")
"""How far a phrase is to be trusted, the most first; what several languages list has the least of their tiers."""
MARKER = "{words} "
"""What stands before a word by which phrases are looked up that begin and end open; longer than any edge."""
EDGES = " \t\xa0\u3000.,;:!?…·•|/\\<>‹›«»→←↑↓▼▲►◄▶◀⇒“”\"'‘’„()[]{}*+=~_–—-©®™&#@^`。，、！？；：「」『』【】（）《》〈〉・︎️✓✔✕✖✗×☰⋮⋯⬇⬆➜➤❯❮🔗👍📷📸🔍"
"""What may stand around a phrase without changing it: punctuation, arrows, icons."""
CASELESS = "\u0590-\u07ff\u0900-\u0e7f\u0e80-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff"
"""Scripts without capitals, as a range of a regular expression."""
UNSPACED = regex("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no space between words: Thai, Lao, Khmer, kana, Han."""
TRIE_HEAD = 3
"""Code points by which phrases of such scripts are looked up inside a line."""
LEAST_SIGNS = 2
"""Code points such a phrase must have."""
_QUOTES = (("’‘`", "'"), ("“”", '"'))
_SAME = {
    **dict(zip("，：；！？（）", ",:;!?()", strict=True)),
    **dict(zip("ёşţıάέήίόύώϊϋΐΰأإآٱىیک", "еșțiαεηιουωιυιυااااييك", strict=True)),
    **dict.fromkeys(map(chr, (*range(0x591, 0x5C8), *range(0x64B, 0x653), 0x640, 0x200C, 0x307)), ""),
}
"""Spellings that sites mix: full-width marks, ё, cedillas, dotless i, Greek accents, forms of alef and yeh; vowel points."""
STEM, LONG_STEM, LONG_WORD = 5, 7, 8
"""Code points of a stem, of the stem of a long word, and of the longest word that is not long."""
LEAST_TELLING = 4
"""Code points of a stem that tells an interface string's class, and of one of the two of a telling pair."""
TELLS, HINTS = (4, 0.7), (2, 0.6)
"""A stem tells a class, or hints at it: phrases at least, and the share of them in that class."""
_BETWEEN_WORDS = regex(r"[\s/|-]+")
_INNER = ',.:;!?()"„«»。，：！？（）؟،।'
_NUMBER, _ASCII_NUMBER = regex(r"\d(?:[.,:/ -]?\d)*"), regex(r"[0-9](?:[.,:/ -]?[0-9])*")
_NOT_ASCII = regex(r"[^\x00-\x7f]")


def key(text: str) -> str:
    """Give the form under which a phrase is listed and a line is looked up: no case, no edges, numbers as #.

    >>> key("12 Comments »"), key("  Read more …")
    ('# comments', 'read more')
    """
    return _plain(" ".join(text.split()))


def fold(text: str) -> str:
    """Give a text the spelling that `key` gives it, its length perhaps changed, its edges, spaces, numbers as they are."""
    folded = normalize("NFC", text.casefold())
    return "".join(_SAME.get(letter, letter) for letter in folded)


def is_caseless(letter: str) -> bool:
    """Tell whether a character is of a script without capitals. As a pattern, CASELESS takes 6 ms to compile."""
    return any(first <= letter <= last for first, last in zip(CASELESS[::3], CASELESS[2::3], strict=True))


def keys(texts: Sequence[str], spaced: bool) -> list[str]:
    """Give the `key` of each of some lines, all at once; `spaced`: they may have white space but single ASCII spaces."""
    whole = "\n".join(texts)
    if spaced or whole.count("\n") >= len(texts):
        return list(map(key, texts))
    return _plain(whole).split("\n")


def _plain(text: str) -> str:
    """Take case, edges, spellings that sites mix, and numbers out of lines. Those in ASCII, as most are, are quick."""
    if not text.isascii():
        for marks, plain in _QUOTES:
            for mark in marks:
                text = text.replace(mark, plain)
    folded = "\n".join([line.strip(EDGES) for line in text.casefold().split("\n")])
    if folded.isascii():
        return _ASCII_NUMBER.sub("#", folded)
    folded = normalize("NFC", folded)
    for letter in _SAME.keys() & set(_NOT_ASCII.findall(folded)):
        folded = folded.replace(letter, _SAME[letter])
    return _NUMBER.sub("#", folded)


def tables(folder: str, names: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Read the lexicon's files into what `Lexicon` takes.

    - Phrases, each `kind tier language…`; among them the first two words of all, "" where these are no phrase. What
      several languages list has the least of their tiers.
    - Beginnings of phrases in scripts without capitals, each with its phrases, the longest first.
    - Phrases with `{words}` by an edge of what stands around these, and by MARKER and one word those that begin and end
      with them; by MARKER alone, the beginnings and the ends that are shorter than FRAME_EDGE, and those words.
    - Stems; see `_vocabulary`.
    - By language, the heads of words that stand side by side, one of them at least not short.
    """
    table, uses, pairs = _read(folder, names)
    frames: dict[str, list[Any]] = {MARKER: [[], [], []]}
    for word in [word for word in table if _WORDS in word]:
        before, *inner, after = word.split(_WORDS)
        edge = before[:FRAME_EDGE] or after[-FRAME_EDGE:] or MARKER + max(inner[0].split(), key=len)
        frames.setdefault(edge, []).append((before, inner, after, _value(*table.pop(word))))
        if len(edge) != FRAME_EDGE:
            place, part = (0, before) if before else (1, after) if after else (2, edge[len(MARKER) :])
            frames[MARKER][place].append(part)
    heads: dict[str, list[str]] = {}
    for word in sorted(table, key=lambda word: (-len(word), word)):
        if len(word) >= LEAST_SIGNS and is_caseless(word[0]) and "#" not in word and "{" not in word:
            heads.setdefault(word[:TRIE_HEAD], []).append(word)
    phrases = dict.fromkeys((opening for word in table for opening in _openings(word)), "")
    phrases |= {word: _value(*entry) for word, entry in table.items()}
    return phrases, heads, frames, _vocabulary(uses), {code: sorted(found) for code, found in pairs.items()}


def _read(folder: str, names: Iterable[str]) -> tuple[Table, Uses, Pairs]:
    """Read the files: all phrases, for each stem how often each language's classes use it, and words side by side."""
    from dqkit.yamlfile import parse

    table: Table = {}
    uses: Uses = defaultdict(lambda: defaultdict(Counter))
    pairs: Pairs = defaultdict(set)
    for name in names:
        language = name.removesuffix(".yaml")
        with open(os.path.join(folder, name), "rb") as file:
            root = parse(file.read()).plain()
        for tier, classes in root.items():
            for kind, phrases in classes.items():
                for phrase in phrases:
                    plain = str(phrase).replace("{n}", "1").replace("{brand}", _BRAND).replace("{words}", _WORDS)
                    word = key(plain).replace(_BRAND, "{brand}")
                    old = table.get(word, (kind, tier, []))
                    table[word] = (old[0], max(tier, old[1], key=TIERS.index), [*old[2], language])
                    for part in set(words(word.replace("{brand}", "").replace(_WORDS, ""))):
                        for form in {stem(part), stem(f"{part}__"), stem(part[:-2])} - {""}:
                            uses[form][language][kind] += 1
                    for part in word.replace("{brand}", _WORDS).split(_WORDS):
                        beside = pairwise(heads(part))
                        pairs[language].update(pair for pair in beside if max(map(len, pair)) >= LEAST_TELLING)
    for empty in ("", "#"):
        table.pop(empty, None)
    return table, uses, pairs


def words(folded: str) -> list[str]:
    """Give a folded line's words, numbers left out."""
    parts = (part.strip(EDGES) for part in _BETWEEN_WORDS.split(folded))
    return [part for part in parts if part and "#" not in part]


def heads(folded: str) -> list[str]:
    """Give the first code points of each word of a folded line: what is quick to take, and the same in most inflections.

    >>> heads("continue reading, it's free")
    ['conti', 'readi', "it's", 'free']
    """
    for mark in _INNER:
        if mark in folded:
            folded = folded.replace(mark, "")
    return [word[:STEM] for word in folded.split()]


def stem(word: str) -> str:
    """Give the beginning of a word by which its forms are taken for one: longer in a long word, often a compound.

    >>> stem("article"), stem("unterschiedlich")
    ('artic', 'untersc')
    """
    return word[: STEM if len(word) <= LONG_WORD else LONG_STEM]


def _vocabulary(uses: Uses) -> dict[str, str]:
    """Tell for each stem which languages use it: `en`; where it tells a class `en=share`, where it hints `en~share`."""
    return {stem: " ".join(_use(stem, language, kinds) for language, kinds in by.items()) for stem, by in uses.items()}


def _use(stem: str, language: str, kinds: Counter[str]) -> str:
    kind, count = kinds.most_common(1)[0]
    total = kinds.total()
    for sign, (least, share) in (("=", TELLS), ("~", HINTS)):
        if len(stem) >= LEAST_TELLING and total >= least and count >= share * total:
            return f"{language}{sign}{kind}"
    return language


def _openings(word: str) -> Iterable[str]:
    opening = " ".join(word.split(" ", 2)[:2]).rstrip(EDGES)
    return (opening.replace("{brand}", brand) for brand in BRANDS) if "{brand}" in opening else (opening,)


def _value(kind: str, tier: str, languages: list[str]) -> str:
    return f"{kind} {tier} {' '.join(languages)}"
