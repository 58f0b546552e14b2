"""Numbers and dates in a text, in a form that is the same in every language."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

from dqkit import cache as disk

_NUMBER = re.compile(
    r"(?<![A-Za-z\d])"
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?:[.,٫]\d+)?|\d+(?:[.,:٫٬]\d+)*)"
)
_CJK_DATE = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_CJK_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]")
_CJK_UNITS = {"万": 4, "萬": 4, "만": 4, "億": 8, "亿": 8, "억": 8, "兆": 12, "조": 12}


class Fact(NamedTuple):
    """A number (`1000`, `1.5`) or a date (`7-30`, a month alone `7-0`) and where it stands, half-open, in code points."""

    value: str
    start: int
    end: int

    @property
    def is_date(self) -> bool:
        """Whether it is a day of a month, or a month."""
        return "-" in self.value


@cache
def cldr() -> dict[str, dict[str, dict[str, int]]]:
    """Load month names and scale words by language."""
    path = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "cldr.yaml")
    with open(path, "rb") as file:
        raw = file.read()
    table: dict[str, dict[str, dict[str, int]]] = disk.compiled("cldr", [raw], lambda: _parse(raw))
    return table


def _parse(raw: bytes) -> Any:
    from dqkit.yamlfile import parse

    return parse(raw).plain()


def facts(text: str, language: str | None) -> list[Fact]:
    """Find the numbers and dates of a text, in their order."""
    if not any(map(str.isdigit, text)):
        return []
    taken: list[Fact] = _dates(text, language)
    found = list(taken)
    spans = [(fact.start, fact.end) for fact in taken]
    for match in _NUMBER.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in spans):
            continue
        value, end = _scaled(number(match[0]), text, match.end(), language)
        found.append(Fact(value, match.start(), end))
    return sorted(_compounds(text, sorted(found, key=lambda fact: fact.start)), key=lambda fact: fact.start)


def _dates(text: str, language: str | None) -> list[Fact]:
    found = [Fact(f"{int(m[1])}-{int(m[2])}", *m.span()) for m in _CJK_DATE.finditer(text)]
    found += [
        Fact(f"{int(m[1])}-0", *m.span())
        for m in _CJK_MONTH.finditer(text)
        if not any(f.start <= m.start() < f.end for f in found) and 1 <= int(m[1]) <= 12
    ]
    pattern = _month_pattern(language or "")
    if pattern:
        names = cldr()["months"][language or ""]
        for match in pattern.finditer(text):
            month = names[(match["name"] or match["name2"]).casefold().rstrip(".")]
            day = match["day"] or match["day2"]
            found.append(Fact(f"{month}-{int(day)}", *match.span()))
    return found


@cache
def _month_pattern(language: str) -> re.Pattern[str] | None:
    """Compile a day with a month's name before or after it."""
    names = cldr()["months"].get(language)
    if not names:
        return None
    any_name = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"(?<!\d)(?P<day>[0-3]?\d)(?:\.|º|er|st|nd|rd|th|e|\. ?a)?,?\s(?:(?:de|of|d['’]|di|der)\s?)?(?P<name>{any_name})(?![^\W\d_])"
        rf"|(?<![^\W\d_])(?P<name2>{any_name})\.?\s(?:the\s)?(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?![\d.,:]\d|\d|\s?%)",
        re.IGNORECASE,
    )


def number(text: str) -> str:
    """Give a number's value, whatever its digits and separators: groups of three are grouping, the rest decimals.

    >>> number("1,000"), number("1 000"), number("1.000"), number("1,5"), number("6:42"), number("٣٠")
    ('1000', '1000', '1000', '1.5', '6.42', '30')
    """
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    parts = re.split(r"[.,:'’٫٬ \u00a0\u2009\u202f]", text)
    marks = re.findall(r"[.,:'’٫٬ \u00a0\u2009\u202f]", text)
    if len(parts) == 1:
        return parts[0].lstrip("0") or "0"
    grouped = len(parts[0]) <= 3 and parts[0] != "0" and all(len(part) == 3 for part in parts[1:]) and ":" not in marks
    if grouped and len(set(marks)) == 1:
        return "".join(parts).lstrip("0") or "0"
    if len(parts) > 2 and all(len(part) == 3 or (len(part) == 2 and i < len(parts) - 2) for i, part in enumerate(parts[1:-1], 1)) and marks[-1] not in marks[:-1]:
        whole, rest = "".join(parts[:-1]), parts[-1]
    elif len(parts) > 2 and all(len(part) in (2, 3) for part in parts[1:]) and len(set(marks)) == 1 and len(parts[-1]) == 3:
        return "".join(parts).lstrip("0")
    elif len(parts) == 2:
        whole, rest = parts
    else:
        return ".".join(str(int(part)) for part in parts)
    rest = rest.rstrip("0")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{rest}" if rest else whole


def _scaled(value: str, text: str, end: int, language: str | None) -> tuple[str, int]:
    """Multiply a number by a scale word right after it: `1.5 billion`."""
    scales = cldr()["scales"].get(language or "")
    if not scales:
        return value, end
    match = re.compile(r"[ \u00a0\u202f-]?([^\W\d_]+)\.?").match(text, end)
    exponent = scales.get(match[1].casefold()) if match else None
    if match and exponent is None and match[1][0] > "\u2e80":
        exponent, match_end = _CJK_UNITS.get(match[1][0]), match.start(1) + 1
    else:
        match_end = match.end(1) if match else end
    if exponent is None or (value.count(".") > 1):
        return value, end
    whole, _, rest = value.partition(".")
    if len(rest) > exponent:
        return value, end
    return (whole + rest + "0" * (exponent - len(rest))).lstrip("0") or "0", match_end


def _compounds(text: str, found: list[Fact]) -> list[Fact]:
    """Add up numbers written in parts, as 1億4400万 is."""
    joined: list[Fact] = []
    for fact in found:
        last = joined[-1] if joined else None
        if last and last.end == fact.start and text[last.end - 1] in _CJK_UNITS and not (last.is_date or fact.is_date) and fact.value.isdigit():
            joined[-1] = Fact(str(int(last.value) + int(fact.value)), last.start, fact.end) if last.value.isdigit() else fact
        else:
            joined.append(fact)
    return joined
