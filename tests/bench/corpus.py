"""Makes a corpus of articles that never were: chains of words as they follow one another in our own seeds."""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
TRANSLATED = ("en", "sv", "de", "fr", "ar", "ja")


def chains(language: str) -> dict[str, list[str]]:
    """Give the words that follow each word in our seeds of one language."""
    follow: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SEEDS.glob(f"*/*.{language}.txt")):
        words = re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", path.read_text("utf-8"))
        for before, after in itertools.pairwise(words):
            follow[before].append(after)
    return dict(sorted(follow.items()))


def sentence(follow: dict[str, list[str]], chance: random.Random) -> str:
    """Make a sentence of 8 to 24 words, a third of them with a number."""
    word = chance.choice(sorted(follow))
    words = [word.capitalize()]
    for _ in range(chance.randint(7, 23)):
        word = chance.choice(follow.get(word) or sorted(follow))
        words.append(word)
    if chance.random() < 0.33:
        words[chance.randrange(1, len(words))] = str(chance.randint(2, 9_000))
    return " ".join(words) + "."


def article(follow: dict[str, list[str]], chance: random.Random, size: int) -> str:
    """Make an article of about `size` bytes: a title, a byline, paragraphs."""
    parts = [" ".join(sentence(follow, chance).split()[:7]), "By Mara Lindqvist, Harbour Gazette"]
    while sum(map(len, parts)) < size:
        parts.append(" ".join(sentence(follow, chance) for _ in range(chance.randint(2, 6))))
    return "\n\n".join(parts) + "\n"


def make(folder: Path, count: int, languages: tuple[str, ...] = ("en",), size: int = 6_000, seed: int = 7) -> Path:
    """Write `count` files of about `size` bytes, a thousand a folder, unless they are there already."""
    if (folder / "made").exists():
        return folder
    chance = random.Random(seed)
    words = [chains(language) for language in languages]
    for number in range(count):
        path = folder / f"{number // 1000:03d}" / f"{number:05d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = article(words[number % len(words)], chance, chance.randint(size // 2, size * 3 // 2))
        path.write_text(text, "utf-8", newline="\n")
    (folder / "made").touch()
    return folder


SYLLABLES = re.findall("[a-z]{3}", "barvendorlinmastolriksunhalgrenorfalkempirvostamlerostulmeda")


def translated(folder: Path, count: int, seed: int = 7) -> Path:
    """Write `count` files: articles in the languages of TRANSLATED, which share their names and numbers and no words.

    File names say nothing; which belong together stands in no file.
    """
    if (folder / "made").exists():
        return folder
    chance = random.Random(seed)
    words = [chains(language) for language in TRANSLATED]
    for number in range(0, count, len(TRANSLATED)):
        people = ["".join(chance.sample(SYLLABLES, 3)).capitalize() for _ in range(8)]
        plan = [
            [(chance.choice(people), str(chance.randint(13, 99_999))) for _ in range(chance.randint(2, 4))]
            for _ in range(chance.randint(6, 14))
        ]
        for follow in words:
            text = "\n\n".join(" ".join(_with(sentence(follow, chance), *said) for said in block) for block in plan)
            path = folder / f"{number // 1000:03d}" / f"{chance.getrandbits(64):016x}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", "utf-8", newline="\n")
    (folder / "made").touch()
    return folder


def _with(made: str, name: str, value: str) -> str:
    """Put a name and a number into a sentence."""
    first, _, rest = made.partition(" ")
    return f"{first} {name} {value} {rest}"
