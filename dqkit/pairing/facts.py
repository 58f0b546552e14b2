"""Numbers and dates in a text, in a form that is the same in every language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from dqkit.pairing.moments import SPACES as _SPACES
from dqkit.pairing.moments import Fact, day_in_figures, same_half, time_of_day
from dqkit.patterns import compiled
from dqkit.record import regex
from dqkit.reference import cldr

_NUMBER = regex(rf"\d(?<![A-Za-z\d]\d)(?:\d{{0,2}}(?:[{_SPACES}'’]\d{{3}})+(?!\d)(?:[.,٫]\d+)?|\d*(?:[.,:٫٬]\d+)*)")
"""A number that does not end a word; the digit comes first because that is what the search can skip to."""
_NAMED = regex(r"[A-Za-z]+-\Z")
_MARK = regex(rf"[.,:'’٫٬{_SPACES}]")
_WORD = r"([^\s\d_.,;:!?()\[\]\"'’“”«»—–-]+)"
"""A word, its vowel signs included, which in the scripts of India are no letters to a pattern."""
_NEXT_WORD = regex(
    rf"(?:\.|º|:?er\b|st\b|nd\b|rd\b|th\b|:?e\b|:a\b|-?г\b|-[^\W\d_]{{1,3}}\b)?,?[{_SPACES}]"
    rf"(?:(?:(?:de|of|di|der|ga[{_SPACES}]watan)[{_SPACES}])|d['’])?{_WORD}",
    re.IGNORECASE,
)
_LAST_WORD = regex(rf"{_WORD}\.?[{_SPACES}](?:the[{_SPACES}])?\Z", re.IGNORECASE)
_NUMBERED_MONTH = regex(rf"[{_SPACES}]tháng[{_SPACES}](\d{{1,2}})(?!\d)", re.IGNORECASE)
"""A month as Vietnamese names it."""
_SCALE_WORD = regex(rf"[{_SPACES}-]?([^\W\d_]+)")
_MORE_MONTHS = regex(r"[/~〜～·、-]\d{1,2}\s?[月월]")
_CJK_DAY = regex(r"[月월]\s?(\d{1,2})\s?[日일]")
_CJK_UNITS = {"万": 4, "萬": 4, "만": 4, "億": 8, "亿": 8, "억": 8, "兆": 12, "조": 12}

_RANGE = regex(
    rf"(?:st|nd|rd|th|º|er|\.|[日일時时시点點]|-[^\W\d_]{{1,3}})?[{_SPACES}]?"
    rf"(?:[-–—~〜～、]|から|至|到|부터|[{_SPACES}][^\W\d_]{{1,5}}(?:[{_SPACES}]the)?)[{_SPACES}]?|(?<=[日일]),[{_SPACES}]?"
)
"""What stands between the two days or times of a range."""
INFLECTED = frozenset(re.findall(r"\w+", "az be bg cs el et fi hr hu is lt lv mk pl ru sk sl sr tr uk"))
"""Languages whose names of months take endings that CLDR does not list."""
OTHER_WORDS = {
    "en": frozenset(("may", "march")), "ro": frozenset(("mai",)), "sw": frozenset(("mei",)), "pt": frozenset(("set",)),
}  # fmt: skip
"""Names of months that are words of their language as well."""


def facts(text: str, language: str | None) -> list[Fact]:
    """Find the numbers and dates of a text, in their order."""
    months = cldr()["months"].get(language or "", {})
    scales = cldr()["scales"].get(language or "", {})
    found: list[Fact] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if found and start < found[-1].end:
            continue  # the day of 7月30日, read with its month
        if days := day_in_figures(text, start, language):
            found += days
            continue
        fact = _date(text, start, end, months) or time_of_day(text, start, language)
        if fact is None:
            value, end = _scaled(number(match[0]), text, end, scales)
            last = found[-1] if found else None
            if (
                last
                and last.end == start
                and text[start - 1] in _CJK_UNITS
                and value.isdigit()
                and last.value.isdigit()
            ):
                found[-1] = Fact(str(int(last.value) + int(value)), last.start, end)  # 1億4400万, written in parts
                continue
            fact = Fact(value, start - _attached(text, start), end)
        found.append(fact)
    return _with_months(_with_ranges(found, text), text, language)


def _with_ranges(found: list[Fact], text: str) -> list[Fact]:
    """Give the day that a range shares its month with, as in “January 7–9” and “7.–9. ledna”, its date.

    A time that a range shares its half of the day with, as in “6–7 p.m.” and 晚上6點到7點, is of that half as well.
    """
    whole = list(found)
    for at in range(len(whole) - 1):
        left, right = whole[at], whole[at + 1]
        if not _RANGE.fullmatch(text, left.end, right.start):
            continue
        if left.is_date == right.is_date:
            whole[at : at + 2] = same_half(left, right, text)
            continue
        date, day, where = (left, right, at + 1) if left.is_date else (right, left, at)
        if text[date.end - 1] in "日일" and text[day.end : day.end + 1] not in ("日", "일"):
            continue
        if len(day.value) <= 2 and day.value.isdigit() and 1 <= int(day.value) <= 31:
            whole[where] = day._replace(value=f"{date.value.partition('-')[0]}-{day.value}")
    return whole


def _with_months(found: list[Fact], text: str, language: str | None) -> list[Fact]:
    """Add the months that are named without a day."""
    pattern = _month_pattern(language or "")
    if pattern is None:
        return found
    taken = [(fact.start, fact.end) for fact in found if fact.is_date]
    months = cldr()["months"][language or ""]
    for match in pattern.finditer(text):
        start, end = match.span()
        word = match[0].casefold()
        month = months.get(word) or next((n for name, n in months.items() if word.startswith(_stem(name))), 0)
        if month and not any(a < end and start < b for a, b in taken):
            found.append(Fact(f"{month}-0", start, end))
    return sorted(found, key=lambda fact: fact.start)


@cache
def _month_pattern(language: str) -> re.Pattern[str] | None:
    """Make what finds the names of months in a language, those left out that are other words as well."""
    months = cldr()["months"].get(language, {})
    first: dict[int, str] = {}
    for name, number in months.items():
        first.setdefault(number, name)
    names = {name for name, n in months.items() if (len(name) >= 4 or first[n] == name) and name[0].isalpha()}
    names -= OTHER_WORDS.get(language, frozenset())
    if not names or language in ("ja", "ko", "vi", "zh"):
        return None
    inflected = language in INFLECTED
    words = (
        {_stem(name): "[^\\W\\d_]{0,4}" if len(name) > 3 else "" for name in names}
        if inflected
        else dict.fromkeys(names, "")
    )
    either = "|".join(
        re.escape(word[0].upper() + word[1:] if language in ("de", "en") else word) + words[word]
        for word in sorted(words, key=lambda word: (-len(word), word))
    )
    flags = 0 if language in ("de", "en") else re.IGNORECASE
    if language == "en":
        either += r"|(?:May|March)(?=,? (?:19|20)\d\d)|(?<=\b[IiOo][nf] )(?:May|March)"
    return compiled(rf"(?<![^\W\d_])(?:{either})(?![^\W\d_])", flags)


def _stem(name: str) -> str:
    return name[:-1] if len(name) > 4 or (len(name) == 4 and name[-1] in "ья") else name


def _date(text: str, start: int, end: int, months: dict[str, int]) -> Fact | None:
    """Read a day and its month's name in either order, or the month and day of 7月30日; None where there is none."""
    if end - start > 2:
        return None
    value = int(text[start:end])
    if text[end : end + 1] in ("月", "월") and 1 <= value <= 12:
        day = _CJK_DAY.match(text, end)
        return Fact(f"{value}-{int(day[1])}", start, day.end()) if day else Fact(f"{value}-0", start, end + 1)
    if 1 <= value <= 12 and _MORE_MONTHS.match(text, end):
        return Fact(f"{value}-0", start, end)
    if numbered := _NUMBERED_MONTH.match(text, end):
        return Fact(f"{int(numbered[1])}-{value}", start, numbered.end())
    if 1 <= value <= 12 and text[max(0, start - 6) : start].casefold() == "tháng ":
        return Fact(f"{value}-0", start - 6, end)
    if not 1 <= value <= 31 or not months:
        return None
    after = _NEXT_WORD.match(text, end)
    if after and (month := months.get(after[1].casefold())):
        return Fact(f"{month}-{value}", start, after.end())
    before = _LAST_WORD.search(text, max(0, start - 24), start)
    if before and (month := months.get(before[1].casefold())):
        return Fact(f"{month}-{value}", before.start(), end)
    return None


def _attached(text: str, start: int) -> int:
    """Measure the word that a number ends, with a hyphen between, as in Covid-19."""
    word = _NAMED.search(text, max(0, start - 24), start)
    return len(word[0]) if word else 0


def number(text: str) -> str:
    """Give a number's value, whatever its digits and separators: groups of three are grouping, the rest decimals.

    >>> number("1,000"), number("1 000"), number("1.000"), number("1,5"), number("6:42"), number("٣٠")
    ('1000', '1000', '1000', '1.5', '6.42', '30')
    >>> number("1.234.567,80"), number("2,06,737"), number("30.07.2014")
    ('1234567.8', '206737', '30.7.2014')
    """
    if text.isdigit() and text.isascii():
        return text.lstrip("0") or "0"
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    parts, marks = _MARK.split(text), _MARK.findall(text)
    if len(parts) == 1:
        return text.lstrip("0") or "0"
    one_mark = len(set(marks)) == 1
    if one_mark and marks[0] != ":" and parts[0] != "0" and len(parts[0]) <= 3 and _grouped(parts):
        return "".join(parts).lstrip("0") or "0"
    if len(parts) > 2 and not one_mark and marks[-1] not in marks[:-1] and _grouped(parts[:-1]):
        parts = ["".join(parts[:-1]), parts[-1]]
    if len(parts) > 2:
        return ".".join(str(int(part)) for part in parts)
    whole, rest = parts[0].lstrip("0") or "0", parts[1].rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def _grouped(parts: list[str]) -> bool:
    """Tell whether digits stand in groups of three, or of two and a last three, as in India."""
    return len(parts[-1]) == 3 and (
        all(len(part) == 3 for part in parts[1:]) or all(len(part) == 2 for part in parts[1:-1])
    )


def _scaled(value: str, text: str, end: int, scales: dict[str, int]) -> tuple[str, int]:
    """Multiply a number by a scale word right after it: `1.5 billion`, `2万`."""
    match = _SCALE_WORD.match(text, end)
    if not match or value.count(".") > 1:
        return value, end
    exponent, stop = scales.get(match[1].casefold()), match.end(1)
    if exponent is None and match[1][0] in _CJK_UNITS:
        units = match[1][: 1 + (match[1][1:2] in _CJK_UNITS)]
        exponent, stop = sum(_CJK_UNITS[unit] for unit in units), match.start(1) + len(units)
    whole, _, rest = value.partition(".")
    if exponent is None or len(rest) > exponent:
        return value, end
    return (whole + rest + "0" * (exponent - len(rest))).lstrip("0") or "0", stop
