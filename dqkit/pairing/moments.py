"""Days written in figures and times of day, wherever a number of a text begins one."""

from __future__ import annotations

import re

from dqkit.record import NamedTuple, regex

SPACES = " \u00a0\u2009\u202f"
_YEAR = r"((?:1[5-9]|20)\d\d)"
_YEAR_FIRST = regex(rf"{_YEAR}([-/.])(\d\d?)\2(\d\d?)(?![\d]|[-/.,]\d)")
_YEAR_LAST = regex(rf"(\d\d?)([-/.])[{SPACES}]?(\d\d?)\2[{SPACES}]?{_YEAR}(?![\d]|[-/.,]\d)")
_TIME = regex(
    rf"(\d\d?)(?:[:.](\d\d))?(?:[{SPACES}]?([ap])\.?[{SPACES}]?m\b\.?|[{SPACES}]?h[{SPACES}]?(\d\d)(?!\d)"
    rf"|[{SPACES}]?[点點時时시](?![間间간])(?:[{SPACES}]?(\d\d?)[{SPACES}]?[分분])?)",
    re.IGNORECASE,
)
"""A time of day that more than its digits tell: 3 p.m., 15h30, 3点30分; `15:30` is read as any number is."""
_AFTERNOON = ("下午", "午後", "午后", "오후", "晚上", "傍晚")
WORDS_BEFORE_DAYTIME = 3
"""Characters before a time among which a word for the afternoon may stand."""


class Fact(NamedTuple):
    """A number (`1000`, `1.5`) or a date (`7-30`, a month alone `7-0`), and its half-open range of code points."""

    value: str
    start: int
    end: int

    @property
    def is_date(self) -> bool:
        """Whether it is a day of a month, or a month."""
        return "-" in self.value


def day_in_figures(text: str, start: int, language: str | None) -> list[Fact]:
    """Read a day with its year, as in 2014-07-30 or 30.7.2014, as a date and a number; nothing where there is none.

    Which of two numbers up to twelve is the month, slashes do not tell in English: there it is no date.

    >>> [fact.value for text in ("2014-07-30", "30.7.2014", "7/8/2014") for fact in day_in_figures(text, 0, "en")]
    ['2014', '7-30', '7-30', '2014']
    """
    if match := _YEAR_FIRST.match(text, start):
        year, _, month, day = match.groups()
        at, of_year = match.span(3)[0], (match.start(), match.end(1))
        place = (at, match.end())
    elif match := _YEAR_LAST.match(text, start):
        day, mark, month, year = match.groups()
        if int(month) > 12 or (mark != "." and language == "en" and int(day) <= 12):
            day, month = month, day
            if int(day) <= 12:
                return []
        place, of_year = (match.start(), match.end(3)), match.span(4)
    else:
        return []
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return []
    found = [Fact(f"{int(month)}-{int(day)}", *place), Fact(year, *of_year)]
    return sorted(found, key=lambda fact: fact.start)


def time_of_day(text: str, start: int, language: str | None) -> Fact | None:
    """Read a time that a word or letter marks, by the clock of 24 hours and as `number` gives `15:30`.

    >>> [time_of_day(text, 0, "en").value for text in ("3:30 p.m.", "15h30", "12 am")], time_of_day("3 mills", 0, "en")
    (['15.3', '15.3', '0'], None)
    """
    match = _TIME.match(text, start)
    if not match:
        return None
    hour, minutes = int(match[1]), match[2] or match[4] or match[5] or "00"
    if hour > 24 or int(minutes) > 59 or (match[3] and (hour > 12 or (language == "de" and "." not in match[0]))):
        return None
    before = text[max(0, start - WORDS_BEFORE_DAYTIME) : start].rstrip()
    late = (match[3] or "").casefold() == "p" or before.endswith(_AFTERNOON)
    if late and hour < 12:
        hour += 12
    elif (match[3] or "").casefold() == "a" and hour == 12:
        hour = 0
    rest = f"{int(minutes):02}".rstrip("0")
    return Fact(f"{hour}.{rest}" if rest else str(hour), start, match.end())


def same_half(first: Fact, second: Fact, text: str) -> tuple[Fact, Fact]:
    """Put the one of two times that is told without its half of the day into the afternoon, where the other is."""
    marked = [_TIME.fullmatch(text, fact.start, fact.end) for fact in (first, second)]
    hours = [float(fact.value) if fact.value.count(".") < 2 and not fact.is_date else 99.0 for fact in (first, second)]
    if marked[1] and not marked[0] and hours[0] < 12 <= hours[0] + 12 <= hours[1]:
        return _later(first), second
    if marked[0] and marked[1] and 12 <= hours[0] < 99 and hours[1] < 12 and hours[0] < hours[1] + 12:
        return first, _later(second)
    return first, second


def _later(time: Fact) -> Fact:
    hour, dot, rest = time.value.partition(".")
    return time._replace(value=f"{int(hour) + 12}{dot}{rest}")
