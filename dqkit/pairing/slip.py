"""Which number is a slip for another, and which says the same in another way."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from dqkit.record import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dqkit.place import Place

    Shown = tuple[str, Place]

IMPERIAL = regex(
    r"°\s?F\b|\bº\s?F\b|\b(?:[Ff]ahrenheit|degrees|miles?|mph|feet|foot|ft|acres?|pounds?|lbs?|inch(?:es)?|yards?|ounces?|gallons?)\b"
)
"""Units that a translation may convert."""
CONVERSIONS = (1.609, 0.3048, 0.4047, 0.4536, 2.54, 0.9144, 0.6214, 3.2808, 2.471, 2.2046, 0.3937, 3.785, 28.35)
"""Miles in kilometres, feet in metres, acres in hectares, pounds, inches, yards, their inverses, gallons, ounces."""
ROUNDED = 0.13
"""Share by which a conversion may be rounded: 60 miles, 100 kilometres."""
_CLOCK = regex(r"(\d{1,2}):(\d\d(?::\d\d)?)")
_TIME = regex(r"\d{1,2}(?:[:.]\d\d)?\s?(?:[aApP]\.?\s?[mM]|[hH]|[点點時时시])")
"""A time of day that a word or letter marks, see `moments`."""
OTHER_MONTH, OTHER_DAY, BARE_MONTH, OTHER_DATE = 3.0, 2.7, 2.9, 1.5
"""How much a date looks like a slip for the same day of another month, another day of the month, another month alone,
and any other date."""


def unlike(missing: list[Shown], added: list[Shown], *, converted: bool) -> tuple[list[Shown], list[Shown]]:
    """Leave out the numbers of either side that say in another way what one of the other says."""
    others, kept = list(added), []
    for one in missing:
        match = next((other for other in others if _is_same(one, other, converted=converted)), None)
        if match:
            others.remove(match)
        else:
            kept.append(one)
    return kept, others


def _is_same(one: Shown, other: Shown, *, converted: bool) -> bool:
    quotes = one[1].quote, other[1].quote
    if _digits(quotes[0]) == _digits(quotes[1]):  # a scale word not known, or said once for both ends of a range
        return not all(any(c.isalpha() for c in quote) for quote in quotes)
    if any(map(_TIME.match, quotes)) and (_hours(one[0]) - _hours(other[0])) % 12 == 0:
        return True
    clocks = [_CLOCK.fullmatch(quote) for quote in quotes]
    if clocks[0] and clocks[1] and clocks[0][2] == clocks[1][2]:
        return abs(int(clocks[0][1]) - int(clocks[1][1])) == 12
    return converted and _is_converted(one[0], other[0])


def _hours(value: str) -> float:
    return float(value) if value.count(".") < 2 else -1.0


def _is_converted(was: str, now: str) -> bool:
    try:
        first, second = float(was), float(now)
    except ValueError:  # 1.2.3
        return False
    if not first or not second:
        return False
    heat = any(abs((a - 32) / 1.8 - b) <= 2 for a, b in ((first, second), (second, first)))
    return heat or any(abs(second / first / factor - 1) <= ROUNDED for factor in CONVERSIONS)


def _digits(quote: str) -> list[int]:
    """Give the digits of a number as it is written, without the zeros that only clocks have before."""
    found = [unicodedata.decimal(c) for c in quote if c.isdecimal()]
    while len(found) > 1 and found[0] == 0:
        del found[0]
    return found


def slip(was: str, now: str, quotes: Sequence[str]) -> float:
    """Tell how much one value looks like a slip for another: 0 where it does not, up to 3."""
    if "-" in was:
        (month, day), (other, another) = was.split("-"), now.split("-")
        same_day = BARE_MONTH if day == "0" else OTHER_MONTH
        return same_day if day == another else OTHER_DAY if month == other else OTHER_DATE
    if _word(quotes[0]) != _word(quotes[1]):  # Covid-19, and 10 days
        return 0.0
    clocks = [_CLOCK.fullmatch(quote) for quote in quotes]
    if any(map(_TIME.match, quotes)) or (clocks[0] and clocks[1] and clocks[0][2] == clocks[1][2]):
        return 1.0  # a time zone, more often than not
    digits = [_digits(quote) for quote in quotes]
    if len(digits[0]) != len(digits[1]):
        return 0.5 if len(was) == len(now) else 0.0
    differ = sum(a != b for a, b in zip(*digits, strict=True))
    return 3.0 if differ <= 1 else 2.0 if len(digits[0]) > 2 else 1.5


def _word(quote: str) -> str:
    """Give the word that a number ends, as in Covid-19."""
    return quote.rpartition("-")[0].casefold()
