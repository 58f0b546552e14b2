"""Placeholders of a template that nothing filled, told from those that prose speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.detect.markup import remnants
from dqkit.record import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from dqkit.seed.text import Document

_PLACEHOLDER = regex(
    r"\{\{\{?[^{}\n]{0,200}\}?\}\}|\{%[^%\n]{0,200}%\}|<%[=-]?[^%\n]{0,200}%>|\$\{[\w.]{1,80}\}|#\{[\w.]{1,80}\}|\[\[[\w.]{1,40}\]\]"
    r"|%(?:\d{1,3}\$)?[sd](?![\w%])|%\(\w{1,40}\)[sd]"
    r"|\[object Object\]"
    r"|^[ \t]*(?:undefined|NaN|\(?null\)?|None|N/A undefined|__[A-Z]+_[A-Z_]+__|%%[A-Z_]{2,40}%%|(?-i:Array))[ \t\r]*$"
    r"|\blorem ipsum\b[^\n]{0,400}|\bTK TK\b|\bTKTK\b"
    r"|^[ \t]*(?:insert|enter|your) (?:text|title|headline|caption|name) here[ \t]*\.?[ \t\r]*$"
    r"|\[(?:insert|your|enter) [^\]\n]{1,60}\]",
    2 | 8,  # re.IGNORECASE | re.MULTILINE
)
_OPENERS = {
    "{": ("{{", "{%", "${", "#{"),
    "%": ("%s", "%d", "%(", "$s", "$d", "%>", "%S", "%D"),
    "[": ("[[", "[object", "[insert", "[your", "[enter", "[In", "[Yo", "[En"),
    "K": ("TK",),
    "m": ("psum",),
    "M": ("PSUM",),
}
"""What placeholders begin with or hold, by its rarest character: to look for one character costs next to nothing."""
_WHOLE = regex(
    r"\s*(?:undefined|NaN|\(?null\)?|None|N/A undefined|__[A-Z]+_[A-Z_]+__|%%[A-Z_]{2,40}%%|(?-i:Array)"
    r"|(?:insert|enter|your) \w+ here\s*\.?)\s*",
    2,
)
_QUOTES = dict(
    zip("\"'“”„‘’«»‹›「『", ('"”', "'’", "”“", "”“", "“”", "’‘", "’‘", "»", "«", "›", "‹", "」", "』"), strict=True)
)
"""Marks that open a quotation, and those that close it."""
_SPEAKS = regex(
    r"\b(?:template|placeholder|variables|the variable|mustache|handlebars|jinja|printf|format(?:ting)? string"
    r"|string interpolation"
    r"|merge (?:tag|field)"
    r"|platzhalter|vorlage|plantilla|marcador de posici|gabarit|platshållare|variabel|mallen|mallar"
    r"|sjabloon|szablon|segnaposto"
    r"|шаблон|переменн|плейсхолдер)|模板|占位符|变量|変数|テンプレート|プレースホルダ|템플릿|변수",
    2,
)
"""Words of a text about templates, in several languages."""
SENTENCE = 5
"""Words that must stand around a placeholder for a sentence to speak of it."""
_WORD = regex(r"[^\W\d_]{2,}")
_DENSE_LETTER = regex("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def may_placehold(document: Document) -> bool:
    """Tell, at little cost, whether a text may have a placeholder."""
    text = document.text
    for mark, openers in _OPENERS.items():
        if mark in text and any(opener in text for opener in openers):
            return True
    return any(map(_WHOLE.fullmatch, [line for line in document.lines if 0 < len(line) <= 30]))


def placeholders(document: Document) -> Iterator[re.Match[str]]:
    """Find the placeholders of a document, at most one a line, those that its sentences speak of left out."""
    if document.legacy or not may_placehold(document):  # ISO-2022 writes Japanese as %s, %d and the like
        return
    speaks: bool | None = None
    for match in remnants(document, _PLACEHOLDER):
        row = document.position(match.start())[0] - 1
        line, at = document.lines[row], document.starts[row]
        before, after = line[max(0, match.start() - at - 400) : match.start() - at], line[match.end() - at :][:400]
        if match[0][:5].lower() == "lorem":
            if _is_inside_sentence(before):
                continue
        elif _has_words(before, after):
            if _is_quoted(before, after):
                continue
            speaks = _SPEAKS.search(document.text) is not None if speaks is None else speaks
            if speaks:
                continue
        yield match


def _is_inside_sentence(before: str) -> bool:
    """Tell filler named in a sentence, or quoted by one, from filler that stands for a sentence."""
    words = before.rstrip()
    return len(_WORD.findall(words)) >= 2 and (words[-1] in _QUOTES or words[-1].isalpha() or words[-1] in ",(")


def _has_words(before: str, after: str) -> bool:
    """Tell whether a placeholder stands in a sentence, and not on a line of its own or in a label."""
    around = f"{before} {after}"
    return len(_WORD.findall(around)) >= SENTENCE or len(_DENSE_LETTER.findall(around)) >= 2 * SENTENCE


def _is_quoted(before: str, after: str) -> bool:
    """Tell whether quotation marks enclose a placeholder and nothing else."""
    return bool(before) and after[:1] != "" and after[0] in _QUOTES.get(before[-1], "")
