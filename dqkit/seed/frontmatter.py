"""The YAML between two `---` lines at the very top of a text."""

from __future__ import annotations

import re

from dqkit.place import Span
from dqkit.record import regex

_FENCE = regex(r"^---[ \t]*\r?$", re.MULTILINE)


def front_matter(text: str) -> tuple[Span, int] | None:
    """Give the YAML of a text's front matter, and the offset at which the article begins; None where there is none."""
    if not text.startswith("---"):
        return None
    opening = _FENCE.match(text)
    closing = _FENCE.search(text, opening.end() + 1) if opening else None
    if not opening or not closing:
        return None
    return Span(opening.end() + 1, closing.start()), min(len(text), closing.end() + 1)
