"""A word that mixes letters of two scripts which look alike.

It reads as one word and is stored as another: search, comparison and tokenizers miss it. Some are meant to deceive.

Bad:
    сolor (the first letter is Cyrillic)

Good:
    iPhone'ы, Wi-Fi-роутер, β-carotene: each part of one script, or letters that look like no other

Fix: put the letters of the word's own script.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck
from dqkit.detect.characters import name, pattern
from dqkit.finding import Problem
from dqkit.patterns import compiled

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from dqkit.seed.text import Document

_LATIN = "aceopxyijsABCEHIKMOPTXYZSJuvnkd"
_CYRILLIC = "асеорхуіјѕАВСЕНІКМОРТХУЅЈигпкԁ"
_OTHER = "Ͱ-ϿЀ-ӿԀ-ԯ"
_GREEK = "αονρυικτεωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    letter = "A-Za-zÀ-ɏ"
    seam = compiled(f"[{letter}][{_OTHER}]|[{_OTHER}][{letter}]|[Ͱ-Ͽ][Ѐ-ԯ]|[Ѐ-ԯ][Ͱ-Ͽ]")
    return seam, compiled(f"[{letter}{_OTHER}]{{3,}}")


class MixedScript(FileCheck):
    family: ClassVar[str] = "encoding"
    when: ClassVar[str] = "non_ascii"

    def find(self, document: Document) -> Iterable[Problem]:
        if document.undecodable or not document.shows(pattern(_OTHER)):
            return
        text = document.text
        if not _patterns()[0].search(text):
            return
        for word in _patterns()[1].finditer(text):
            if strangers := _strangers(word[0]):
                listed = ", ".join(sorted({name(letter) for letter in strangers}))
                yield Problem(document.place(*word.span()), f"a word of two scripts: {listed}")


def _script(letter: str) -> str:
    return "latin" if letter < "Ͱ" else "greek" if letter < "Ѐ" else "cyrillic"


def _strangers(word: str) -> str:
    """Give the letters of the rarer script, where each looks like one of the other; else nothing."""
    scripts: dict[str, list[str]] = {}
    for letter in word:
        scripts.setdefault(_script(letter), []).append(letter)
    if len(scripts) < 2:
        return ""
    *_, (_, strangers) = sorted(scripts.items(), key=lambda item: -len(item[1]))
    if len(strangers) * 3 > len(word) or not all(letter in _LATIN + _CYRILLIC + _GREEK for letter in strangers):
        return ""
    return "".join(strangers)
