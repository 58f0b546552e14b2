"""Writes dqkit/data/cldr.yaml from Babel's copy of the Unicode CLDR: `nox -s cldr`."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET = Path(__file__).resolve().parents[1] / "dqkit" / "data" / "cldr.yaml"
LOCALES = (
    "en sv nb nn da fi is de nl fr es pt it ca gl ro pl cs sk hu sl hr sr bg mk ru uk be el tr az ar he fa ur hi "
    "bn ta te mr gu pa th vi id ms fil zh zh_Hant ja ko sw et lv lt ka hy kk uz mn km lo my ne si am eu ga cy sq bs af "
    "ha yo so"
)
CODES = {"nb": "no", "nn": "no", "zh_Hant": "zh", "fil": "tl"}
HEAD = """\
# Names of months and weekdays and scale words (thousand, million …) by language, from the Unicode Common Locale Data
# Repository, by way of Babel; copyright Unicode, Inc., Unicode License V3. Made by `nox -s cldr`; do not edit.
"""


def tidy(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().strip().rstrip(".").strip()


def names_of(units: Mapping[str, Mapping[str, Mapping[int, str]]]) -> dict[str, int]:
    """Give the names of months or days, wide and abbreviated, in a date and alone."""
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in units[context][width].items():
                word = tidy(name)
                if len(word) > 1 and not re.search(r"\d", word):
                    found.setdefault(word, number)
    return found


def scales(locale: Locale) -> dict[str, int]:
    """Give the scale words of a locale and the power of ten each stands for."""
    found: dict[str, int] = {}
    for style in ("long", "short"):
        for forms in (locale.compact_decimal_formats.get(style) or {}).values():
            for number, form in forms.items():
                pattern = str(form.pattern)
                word = tidy(re.sub(r"[0¤'%\u200f\u200e\u00a0\s]+", " ", pattern))
                power = len(str(number)) - pattern.count("0")
                if word and not re.search(r"\d", word) and power >= 3 and (len(word) > 1 or word > "\u2e80"):
                    found.setdefault(word, power)
    return found


def main() -> None:
    """Write the file."""
    names: dict[str, dict[str, int]] = {}
    days: dict[str, dict[str, int]] = {}
    words: dict[str, dict[str, int]] = {}
    for name in LOCALES.split():
        locale, code = Locale.parse(name), CODES.get(name, name)
        names[code] = names_of(locale.months) | names.get(code, {})
        days[code] = names_of(locale.days) | days.get(code, {})
        words[code] = scales(locale) | words.get(code, {})
    for table, leak, least in ((names, "az", 15), (days, "ur", 7)):  # Babel fills gaps with names of these locales
        for code, found in table.items():
            strangers = found.keys() & table[leak].keys() if code != leak else set()
            if len(strangers) >= least:
                table[code] = {word: number for word, number in found.items() if word not in strangers}
    lines = [HEAD.rstrip()]
    for title, table in (("months", names), ("weekdays", days), ("scales", words)):
        lines.append(f"{title}:")
        for code in sorted(table):
            if table[code]:
                inside = ", ".join(f"{json.dumps(word, ensure_ascii=False)}: {n}" for word, n in table[code].items())
                lines.append(f"  {json.dumps(code)}: {{{inside}}}")
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
