"""Dates: as they are declared (ISO 8601 alone), and as lines of a text give them, by the month names of the CLDR."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dqkit.record import NamedTuple, regex
from dqkit.reference import cldr, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.seed.text import Block

LONGEST = 80
"""Code points of a line that gives a date; a longer line is prose."""
TOP, HEAD, TAIL = 4, 8, 4
"""Blocks from the top and from the end among which a date is looked for, one without a label in the first alone."""
LABELS = (("modified", "updated"), ("date", "published"))
"""The field that a word before a date makes it, by the key of such words in `data/observed.yaml`."""
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ISO = regex(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?)?)?)?", re.ASCII)
_YEAR_FIRST = regex(r"(?<!\d)(\d{4})(?:-(\d\d)-(\d\d)|[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일])(?!\d)")
_DAY_FIRST = regex(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?: de| of)?[ -]([^\W\d_]+)\.?,?(?: de| del)?[ -](\d{4})(?!\d)"
)
_MONTH_FIRST = regex(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_NUMERIC = regex(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d.]\d)")
_TIME = regex(
    r"(?<!\d)\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?(?:[A-Z]{2,4}|[+-]\d\d:?\d\d)\b)?", re.IGNORECASE
)
_ZONE = regex(r"[A-Z]{2,4}|am|pm|Uhr|kl|klo|at|um")
_WORD = regex(r"[^\W\d_]+")

Day = tuple[int, int, int]
"""Year, month and day; month and day 0 where they are not said."""


class DateLine(NamedTuple):
    """A line that gives the date of the text: the block, whether of its publication or of a change, and the day."""

    block: Block
    field: str
    """`date` or `modified`."""
    day: Day


def iso(text: object) -> Day | None:
    """Read a date of ISO 8601, a year alone or with a month included; None where it is none, or not in the calendar.

    >>> iso("2014-07-30T10:00Z"), iso("2014-07"), iso("2014-02-30"), iso("30 July 2014")
    ((2014, 7, 30), (2014, 7, 0), None, None)
    """
    found = _ISO.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    known = [found[1], found[2] or "01", found[3] or "01"]
    return (year, month, day) if exists(*map(int, known)) else None


def exists(year: int, month: int, day: int) -> bool:
    """Tell whether the calendar has a day."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= DAYS[month - 1] - (month == 2 and not leap)


def apart(left: Day, right: Day) -> int:
    """Count the days between two dates, as far as both are said; the calendar's gaps are counted to the day.

    >>> apart((2014, 7, 30), (2014, 7, 0)), apart((2014, 7, 31), (2014, 8, 1)), apart((2014, 0, 0), (2015, 1, 1))
    (0, 1, 365)
    """
    if left[0] != right[0] and not (left[1] and right[1]):
        return 365
    if left[1] and right[1] and left[:2] != right[:2] and not (left[2] and right[2]):
        return 30
    if not (left[1] and right[1]) or (left[:2] == right[:2] and not (left[2] and right[2])):
        return 0
    return abs(_number(left) - _number(right))


def _number(day: Day) -> int:
    """Number the days of the Gregorian calendar."""
    year, month = (day[0], day[1]) if day[1] > 2 else (day[0] - 1, day[1] + 12)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day[2]


def before(left: Day, right: Day) -> bool:
    """Tell whether one date is surely before another, as far as both are said.

    >>> before((2014, 7, 0), (2014, 7, 30)), before((2014, 7, 29), (2014, 7, 30))
    (False, True)
    """
    for one, other in zip(left, right, strict=True):
        if not (one and other):
            return False
        if one != other:
            return one < other
    return False


def written(day: Day) -> str:
    """Write a date in ISO 8601."""
    return "-".join(f"{part:0{width}d}" for part, width in zip(day, (4, 2, 2), strict=True) if part)


def find(text: str, language: str | None) -> Iterator[tuple[Day, int, int]]:
    """Find the whole dates of a text, year included, each with its half-open range of code points.

    `3/4/2014` is silent: it is in March or in April.
    """
    months = cldr()["months"].get(language or "", {})
    for match in _YEAR_FIRST.finditer(text):
        yield from _known(match, match[1], match[2] or match[4], match[3] or match[5])
    for match in _DAY_FIRST.finditer(text):
        yield from _known(match, match[3], months.get(match[2].casefold()), match[1])
    for match in _MONTH_FIRST.finditer(text):
        yield from _known(match, match[3], months.get(match[1].casefold()), match[2])
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12 or first == second:
            yield from _known(match, match[4], second, first)
        elif second > 12:
            yield from _known(match, match[4], first, second)


def _known(match: re.Match[str], year: str, month: str | int | None, day: str | int) -> Iterator[tuple[Day, int, int]]:
    found = (int(year), int(month or 0), int(day))
    if found[1] and exists(*found):
        yield found, *match.span()


def date_lines(blocks: Sequence[Block], language: str | None) -> tuple[DateLine, ...]:
    """Find the lines near the top and the end that are a date and little else.

    A weekday and a time of day may stand beside it. Below the first blocks, only a word for publishing or changing
    before it makes it the text's date. Of two different dates in one line, neither counts.
    """
    near = blocks if len(blocks) <= HEAD + TAIL else [*blocks[:HEAD], *blocks[-TAIL:]]
    found = (_date_line(block, language, n < TOP) for n, block in enumerate(near) if len(block.text) <= LONGEST)
    return tuple(line for line in found if line)


def _date_line(block: Block, language: str | None, is_top: bool) -> DateLine | None:
    text = block.text
    dates = list(find(text, language)) if any(c.isdigit() for c in text) else []
    if len({day for day, _, _ in dates}) != 1:
        return None
    day, start, end = dates[0]
    lead = f" {' '.join(_WORD.findall(text[:start].casefold()))} "
    labels = table("observed").get(language or "", {})
    field = next((name for name, key in LABELS if any(_has(lead, word) for word in labels.get(key, ()))), "")
    field = field or ("date" if lead.strip() in labels.get("dated", ()) else "")
    rest = _TIME.sub(" ", f"{text[:start]} {text[end:]}")
    if any(c.isdigit() for c in rest):
        return None
    days = cldr()["weekdays"].get(language or "", {})
    left = [word for word in _WORD.findall(rest) if word.casefold() not in days and not _ZONE.fullmatch(word)]
    if len(left) > (5 if field else 0) or (not field and not is_top):
        return None
    return DateLine(block, field or "date", day)


def _has(lead: str, word: str) -> bool:
    return f" {word} " in lead or (word > "\u2e80" and word in lead)
