"""Source of a page or template in its text: tags, styles, scripts, short codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.record import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from dqkit.seed.text import Document

_LANGUAGE = regex(r"\b(?:X?HTML|SGML|XML|LaTeX|Markdown|Jinja)\b(?![./])")
"""Languages of markup that a sentence names which speaks of source."""
SENTENCE = 5
"""Spaces of such a sentence at least."""
_INDENT = ("    ", "\t")
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
    r"|^[ \t]*\{\s{0,80}\"[@\w-]{1,80}\"\s{0,20}:.{0,2000}"  # JSON
    r"|^[ \t]*(?:var|let|const)\s{1,20}\w{1,80}\s{0,20}=.{0,400};?\s{0,80}$"
    r"|\bfunction\s{0,20}\w{0,80}\s{0,20}\([^()]{0,200}\)\s{0,20}\{"
    r"|\b(?:window|document)\.[a-zA-Z_]\w{0,80}(?:\.\w{1,80}){0,20}\s{0,20}[(=;]"
    r"|\bgoogletag\.cmd\b|\bdataLayer\.push\b|\badsbygoogle\b",
    2 | 8,  # re.IGNORECASE | re.MULTILINE
)


def remnants(document: Document, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Find what matches and is not shown as code, unless the text is about source code; one match a line."""
    text = document.text
    found = list(pattern.finditer(text))
    inside = shown(document) if found else None
    matches = [match for match in found if inside and not inside(match.start())]
    if not matches or _is_about_code(document, matches):
        return
    last = 0
    for match in matches:
        line = document.position(match.start())[0]
        if line != last:
            yield match
        last = line


def shown(document: Document) -> Callable[[int], bool]:
    """Make what tells whether an offset is in source that a text shows; it is to be asked in ascending order.

    That is inline code, a sentence that names a language of markup, and an indented line of a text with such a one.
    """
    inside = in_code(document.text)
    if not _LANGUAGE.search(document.text):
        return inside
    lines = {
        row for row, line in enumerate(document.lines) if (found := _LANGUAGE.search(line)) and _is_said(line, found)
    }

    def is_shown(at: int) -> bool:
        row = document.position(at)[0] - 1
        return inside(at) or row in lines or (bool(lines) and document.lines[row].startswith(_INDENT))

    return is_shown


def _is_said(line: str, found: re.Match[str]) -> bool:
    """Tell whether a name is a word of a sentence, and of no tag."""
    before = line[: found.start()]
    return before.count("<") == before.count(">") and line.count(" ") >= SENTENCE and line.rstrip()[-1] in ".:;!?"


def in_code(text: str) -> Callable[[int], bool]:
    """Make what tells whether an offset is inside inline code: after an odd number of backticks on its line.

    It is to be asked in ascending order, so that all answers together read the text once.
    """
    known, odd = 0, False

    def inside(at: int) -> bool:
        nonlocal known, odd
        start = text.rfind("\n", known, at) + 1
        if start > known:
            known, odd = start, False
        odd = odd != bool(text.count("`", known, at) % 2)
        known = at
        return odd

    return inside if "`" in text else lambda _: False


def _is_about_code(document: Document, matches: list[re.Match[str]]) -> bool:
    """Tell a manual or a lesson from an article with remnants: code fences, code spans, or code on many lines."""
    lines = {document.position(match.start())[0] for match in matches}
    return (
        "```" in document.text
        or document.text.count("`") >= 2 * MANY
        or len(lines) >= max(MANY, len(document.lines) // 4)
    )
