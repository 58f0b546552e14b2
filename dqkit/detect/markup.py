"""Source of a page or template in its text: tags, styles, scripts, short codes, placeholders that nothing filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.record import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from dqkit.text import Document

MANY = 6
"""Lines with source code from which a text is about it."""
_TAGS = (
    "a|abbr|article|aside|b|blockquote|body|br|button|code|dd|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|head|"
    "header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|noscript|object|ol|option|p|picture|script|section|select|small|"
    "source|span|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|tr|u|ul|video"
)
MARKUP = regex(
    rf"</?(?:{_TAGS})(?:\s[^<>]{{0,400}})?/?>"  # a tag
    r"|<!--.{0,400}?-->|<!--|-->|<!\[CDATA\[|<!doctype\b[^>]{0,80}>"
    r"|\[/?(?:caption|gallery|embed|video|audio|playlist|contact-form-7|vc_\w+|et_pb_\w+)\b[^\]]{0,400}\]"  # WordPress
    r"|^[ \t]*[.#@]?[a-zA-Z][\w.#:,> \t*-]{0,120}\{[ \t]*[a-z-]+[ \t]*:[^{}\n]{1,400}\}?[ \t]*$"  # a style
    r"|^[ \t]*\{\s*\"[@\w-]+\"\s*:.{0,2000}"  # JSON
    r"|^[ \t]*(?:var|let|const)\s+\w+\s*=.{0,400};?\s*$|\bfunction\s*\w*\s*\([^()]{0,200}\)\s*\{"
    r"|\b(?:window|document)\.[a-zA-Z_]\w*(?:\.\w+)*\s*[(=;]|\bgoogletag\.cmd\b|\bdataLayer\.push\b|\badsbygoogle\b",
    2 | 8,  # re.IGNORECASE | re.MULTILINE
)
PLACEHOLDER = regex(
    r"\{\{\{?[^{}\n]{0,200}\}?\}\}|\{%[^%\n]{0,200}%\}|<%[=-]?[^%\n]{0,200}%>|\$\{[\w.]{1,80}\}|#\{[\w.]{1,80}\}|\[\[[\w.]{1,40}\]\]"
    r"|%(?:\d+\$)?[sd](?![\w%])|%\(\w{1,40}\)[sd]"
    r"|\[object Object\]"
    r"|^[ \t]*(?:undefined|NaN|\(?null\)?|None|N/A undefined|__[A-Z]+_[A-Z_]+__|%%[A-Z_]{2,40}%%|(?-i:Array))[ \t\r]*$"
    r"|\blorem ipsum\b[^\n]{0,400}|\bTK TK\b|\bTKTK\b"
    r"|^[ \t]*(?:insert|enter|your) (?:text|title|headline|caption|name) here[ \t]*\.?[ \t\r]*$"
    r"|\[(?:insert|your|enter) [^\]\n]{1,60}\]",
    2 | 8,
)


_OPENERS = (
    "{{",
    "{%",
    "${",
    "#{",
    "<%",
    "[[",
    "%s",
    "%d",
    "%(",
    "$s",
    "$d",
    "[object",
    "[insert",
    "[your",
    "[enter",
    "[In",
    "[Yo",
    "[En",
)
_FILLERS = ("orem", "OREM", "TK")
_WHOLE = regex(
    r"\s*(?:undefined|NaN|\(?null\)?|None|N/A undefined|__[A-Z]+_[A-Z_]+__|%%[A-Z_]{2,40}%%|(?-i:Array)"
    r"|(?:insert|enter|your) \w+ here\s*\.?)\s*",
    2,
)


def may_placehold(document: Document) -> bool:
    """Tell, at little cost, whether a text may have a placeholder."""
    text = document.text
    if any(mark in text for mark in "{%[") and any(opener in text for opener in _OPENERS):
        return True
    if any(filler in text for filler in _FILLERS):
        return True
    return any(0 < len(line) <= 30 and _WHOLE.fullmatch(line) for line in document.lines)


def remnants(document: Document, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Find what matches outside inline code, unless the text is about source code; one match a line."""
    text = document.text
    matches = [match for match in pattern.finditer(text) if not _in_code(text, match.start())]
    if not matches or _is_about_code(document, matches):
        return
    last = 0
    for match in matches:
        line = document.position(match.start())[0]
        if line != last:
            yield match
        last = line


def _in_code(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return text.count("`", start, at) % 2 == 1


def _is_about_code(document: Document, matches: list[re.Match[str]]) -> bool:
    """Tell a manual or a lesson from an article with remnants: code fences, code spans, or code on many lines."""
    lines = {document.position(match.start())[0] for match in matches}
    return (
        "```" in document.text
        or document.text.count("`") >= 2 * MANY
        or len(lines) >= max(MANY, len(document.lines) // 4)
    )
