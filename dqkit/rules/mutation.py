"""Changes what rules say, one thing at a time: a change that no test notices is something no test is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from dqkit.record import NamedTuple
from dqkit.rules.grammar import SUBJECTS
from dqkit.rules.trial import outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.rules.file import RuleBook
    from dqkit.rules.grammar import Draft
    from dqkit.rules.option import Option
    from dqkit.rules.rule import Rule


class Mutant(NamedTuple):
    """A rule with one option changed, and the change in words."""

    change: str
    rule: Rule
    named: bool
    """Whether the rule names the option; the others are at their defaults."""


class Survivor(NamedTuple):
    """A change that no test of a rule noticed."""

    rule: str
    file: str
    line: int
    change: str
    named: bool
    """Whether the rule names the option: then its tests are to show what for; of a default, a check's cases do."""


def survivors(books: Sequence[RuleBook]) -> tuple[int, list[Survivor]]:
    """Change each option of the rules of some files; give the number of changes, and those no test noticed."""
    count = 0
    found = []
    for book in books:
        for draft in book.drafts.values():
            if draft.id not in book.own or draft.severity == "off":
                continue
            line = int(draft.at.rpartition(":")[2])
            for mutant in mutants(draft):
                count += 1
                if not _noticed(draft, mutant.rule, book.path):
                    found.append(Survivor(draft.id, book.path, line, mutant.change, mutant.named))
    return count, found


def mutants(draft: Draft) -> Iterator[Mutant]:
    """Give a rule's mutants: each option removed, flipped, shifted by one (in its last digit) or without one item."""
    key, name = draft.subject
    given = dict(draft.named.get("with", {}))
    seen = {_options(draft.rule())}
    for option in SUBJECTS[key].options(name):
        named = option.name in given
        without = {other: value for other, value in given.items() if other != option.name}
        changes = [(f"without {option.name}", without)] if named else []
        value = given[option.name] if named else option.default
        changes += [(words, given | {option.name: other}) for words, other in _values(option, value)]
        for words, options in changes:
            rule = draft.rule(options)
            if _options(rule) not in seen:
                seen.add(_options(rule))
                yield Mutant(words, rule, named)


def _options(rule: Rule) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(rule.options))


def _values(option: Option, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield f"{option.name}: {str(not value).lower()}", not value
    elif isinstance(value, (int, float)):
        step = 10.0 ** -len(str(value).partition(".")[2]) if isinstance(value, float) else 1
        for other in (value - step, value + step):
            shifted = round(other, 12) if isinstance(value, float) else other
            if shifted >= 0:
                yield f"{option.name}: {shifted}", shifted
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield f"{option.name} without {item!r}", (*value[:index], *value[index + 1 :])
    elif get_origin(option.kind) is Literal:
        yield from ((f"{option.name}: {other}", other) for other in get_args(option.kind) if other != value)


def _noticed(draft: Draft, rule: Rule, file: str) -> bool:
    return any(outcome(case, rule, file).status == "failed" for case in draft.cases)
