"""Whether two declared values of one field say the same."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from dqkit.detect.dates import apart, iso
from dqkit.detect.names import comparable, same_name
from dqkit.seed.fields import DATES
from dqkit.seed.language import canonical
from dqkit.seed.metadata import texts

NAMES = ("author", "translator", "publisher")


def agree(field: str, left: Any, right: Any) -> bool:
    """Tell whether two values mean the same, however they are written; what cannot be compared counts as the same.

    >>> agree("language", "sv-SE", "sv"), agree("date", "2014-07", "2014-07-30"), agree("author", "Lu Chen", "Chen, Lu")
    (True, True, True)
    >>> agree("title", "A light", "Another light")
    False
    """
    first, second = texts(left), texts(right)
    if not first or not second:
        return not (left and right) or plain(str(left)) == plain(str(right))
    if field in DATES and all(iso(text) for text in (first[0], second[0])):
        return not apart(iso(first[0]) or (0, 0, 0), iso(second[0]) or (0, 0, 0))
    if field in ("language", "source_language"):
        tags = sorted((first[0].lower().replace("_", "-"), second[0].lower().replace("_", "-")), key=len)
        return f"{tags[1]}-".startswith(f"{tags[0]}-") or (len(set(map(len, tags))) > 1 and same_language(*tags))
    if field in NAMES:
        return any(same_name(a, b) or not comparable(a, b) for a in first for b in second)
    return plain(" ".join(first)) == plain(" ".join(second))


def same_language(left: str, right: str) -> bool:
    """Tell whether two tags name one language, written in two ways: `nb` and `no`."""
    return canonical(left) == canonical(right) and "-" not in f"{left}{right}"


def plain(text: str) -> str:
    """Give a text's words, small letters, white space single, punctuation left out."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
