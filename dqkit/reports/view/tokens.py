"""Numbers, dates and names of a line, for a pair: which of them the other side has as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.record import NamedTuple, regex
from dqkit.reports.view.marks import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

_WORD = regex(r"[^\W\d_][^\W\d_'’]{2,}")


class Token(NamedTuple):
    """Words of a line: `kind` is number, date, name, or as in `marks.Piece`; `state` same, only or altered."""

    text: str
    kind: str = ""
    state: str = ""
    value: str = ""
    """What both sides have in common, whatever way each writes it."""


def values(text: str, language: str) -> frozenset[str]:
    """Give the numbers and dates of a text, in the form they share in all languages."""
    from dqkit.pairing.facts import facts

    return frozenset(fact.value for fact in facts(text, language))


def shared_names(left: str, left_language: str, right: str, right_language: str) -> frozenset[str]:
    """Give the stems of the names that two texts have in common."""
    from dqkit.pairing.words import names

    sides = ({stem for stem, _ in names(text, lang)} for text, lang in ((left, left_language), (right, right_language)))
    return frozenset.intersection(*map(frozenset, sides))


def tokens(
    line: str, language: str, known: frozenset[str], shared: frozenset[str], altered: Set[int]
) -> Iterator[Token]:
    """Cut a line at its facts and at the names both sides have; `altered` are columns, from 1, of facts that differ."""
    spans = sorted([*_facts(line, language, known, altered), *_names(line, shared)], key=lambda span: span[0])
    reached = 0
    for start, end, kind, state, value in spans:
        if start < reached:
            continue
        yield from plain(line[reached:start])
        yield Token(line[start:end], kind, state, value)
        reached = end
    yield from plain(line[reached:])


def _facts(
    line: str, language: str, known: frozenset[str], altered: Set[int]
) -> Iterator[tuple[int, int, str, str, str]]:
    from dqkit.pairing.facts import facts

    for fact in facts(line, language):
        state = "altered" if fact.start + 1 in altered else "same" if fact.value in known else "only"
        yield fact.start, fact.end, "date" if fact.is_date else "number", state, fact.value


def _names(line: str, shared: frozenset[str]) -> Iterator[tuple[int, int, str, str, str]]:
    from dqkit.pairing.words import stem

    if not shared:
        return
    for match in _WORD.finditer(line):
        if (value := stem(match[0])) in shared and not match[0].islower():
            yield match.start(), match.end(), "name", "same", value


def plain(text: str) -> Iterator[Token]:
    """Cut a text at what cannot be seen alone."""
    for words, kind, title in visible(text):
        yield Token(words, kind, value=title)
