"""Judges what files in focus share with a whole corpus: the groups they belong to, or belonged to, and no others.

A finding counts if a file in focus takes part in it, or if it was not there before a file in focus left a group: then
that file stands among the finding's places as the cause.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, cast

from dqkit.engine import BATCH_PAIRS, judge_pairs
from dqkit.finding import Problem
from dqkit.gate.after import After
from dqkit.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dqkit.backends import Backend
    from dqkit.check import DeclarationCheck, Key, LinkCheck, Note, Regroup
    from dqkit.corpus import Source
    from dqkit.finding import PairRecord
    from dqkit.gate.focus import Places
    from dqkit.gate.lost import Lost
    from dqkit.pairing.link import Links, Search
    from dqkit.rules.rule import Rule

    Problems = Iterator[tuple[int, Problem]]
    """Rules by their index, with problems."""


def participants(problem: Problem) -> set[str]:
    """Give the paths a problem is about."""
    return {problem.at.path, *(place.path for place in problem.related)}


def judge(after: After, rules: Sequence[Rule], focus: frozenset[str], places: Places) -> Problems:
    """Judge the groups that the files in focus have notes in, or had; `places`: these files and what declares them."""
    causes: dict[tuple[int, Key], list[str]] = {}
    for path in sorted(focus):
        had = after.index.keys(path)
        for group in _worth(after, rules, path, had):
            causes.setdefault(group, []).extend([path] if group in had else [])
    passed_on: dict[tuple[int, Key], list[tuple[str, Note]]] = {}
    for (index, key), left in causes.items():
        problems, regrouped = _judged(rules[index], key, after.notes(index, key))
        for found in regrouped:
            passed_on.setdefault((index, found.key), []).append((found.path, found.note))
        yield from ((index, problem) for problem in problems if _concerns(problem, places))
        old = [problem for problem in problems if not _concerns(problem, places)]
        if old and left:
            before, _ = _judged(rules[index], key, sorted(after.index.notes(index, key)))
            yield from ((index, _because(problem, left[0])) for problem in _new(old, before))
    yield from _again(rules, passed_on, focus, places)


def _worth(after: After, rules: Sequence[Rule], path: str, before: Sequence[tuple[int, Key]]) -> list[tuple[int, Key]]:
    """Give the groups in which a file can be part of a finding; `before` are those it was in."""
    now = ((rule, key) for rule, key, _ in after.added[path].notes) if path in after.added else ()
    full = [group for group in dict.fromkeys([*before, *now]) if after.most(*group) >= rules[group[0]].check.quorum]
    shared = Counter(rule for rule, _ in full)
    return [group for group in full if shared[group[0]] >= rules[group[0]].check.together]


def _again(
    rules: Sequence[Rule],
    groups: dict[tuple[int, Key], list[tuple[str, Note]]],
    focus: frozenset[str],
    places: Places,
) -> Problems:
    """Judge what was passed on; a group in which no file in focus is was not read in full, and is not new either."""
    passed_on: dict[tuple[int, Key], list[tuple[str, Note]]] = {}
    for (index, key), notes in groups.items():
        if focus.isdisjoint(path for path, _ in notes):
            continue
        problems, regrouped = _judged(rules[index], key, sorted(notes))
        for found in regrouped:
            passed_on.setdefault((index, found.key), []).append((found.path, found.note))
        yield from ((index, problem) for problem in problems if _concerns(problem, places))
    if passed_on:
        yield from _again(rules, passed_on, focus, places)


def _judged(rule: Rule, key: Key, notes: Sequence[tuple[str, Note]]) -> tuple[list[Problem], list[Regroup]]:
    check = rule.check
    found = list(check.judge(key, notes)) if len(notes) >= check.quorum else []
    problems = [one for one in found if isinstance(one, Problem)]
    return problems, [one for one in found if not isinstance(one, Problem)]


def _concerns(problem: Problem, places: Places) -> bool:
    return any(map(places.hold, (problem.at, *problem.related)))


def _new(problems: Iterable[Problem], before: Sequence[Problem]) -> Iterator[Problem]:
    """Give the problems between files that had none between them before."""
    old = [participants(problem) for problem in before]
    return (problem for problem in problems if not any(participants(problem) <= known for known in old))


def _because(problem: Problem, path: str) -> Problem:
    return problem._replace(related=(*problem.related, Place(path, 1, 1, 1, 1, "")))


def declared(rules: Sequence[Rule], declarations: Iterable[Lost]) -> Problems:
    """Check the files that declare metadata: all of those that changed, of others the rows that lost their file."""
    for index, rule in enumerate(rules):
        for one in declarations if rule.scope == "declarations" else ():
            found = cast("DeclarationCheck", rule.check).find(one.declaration) if rule.covers(one.declaration) else ()
            for problem in found:
                if not one.gone:
                    yield index, problem
                elif problem.at.line == one.line:
                    yield index, _because(problem, one.gone)


def link(
    after: After,
    rules: Sequence[Rule],
    focus: frozenset[str],
    find: Callable[[str], Source],
    backend: Backend,
) -> tuple[list[tuple[int, Problem]], list[PairRecord]]:
    """Judge the pairs that files in focus belong to, and the files that lost their source with one of them.

    `find` gives a file by its path, or raises OSError.
    """
    here = sorted(path for path in focus if after.has(path))
    claims = {path: after.sketch(path) for path in here}
    plain = sum(bool(language) for language in after.sizes) < 2
    if plain and not after.before and not any(s.note or s.translation_of or s.id for s in claims.values()):
        names = {
            name
            for path in here
            for name in (path, path.rpartition("/")[2], path.rpartition("/")[2].rpartition(".")[0])
        }
        if not any(after.declaring(name) for name in names if name):
            return [], []  # nothing to link, and no need to load what would
    from dqkit.pairing.link import Search
    from dqkit.pairing.shelf import handles

    search = Search(after)
    orphans: dict[str, str] = {}
    for path, sketch in after.before.items():
        for handle in handles(sketch):
            had_source = min(after.index.handle(handle)[0])
            for other in after.declaring(handle):
                if other not in focus and other != had_source and search.source(after.sketch(other)) is None:
                    orphans[other] = path
    before = Search(After(after.index, (), {}))
    left = {other: path for other, path in _left(after, before).items() if other not in focus}
    links = search.links([*here, *left], orphans)
    known = {*_of_links(before.links(left), rules)} if left else set()
    problems = list(_linked(links, rules, focus, {**left, **orphans}, known))
    pairs = [pair for pair in links.pairs if not (pair.rival or focus.isdisjoint((pair.source, pair.translation)))]
    tasks = [(find(pair.source), find(pair.translation), pair) for pair in pairs]
    runs = [tuple(tasks[i : i + BATCH_PAIRS]) for i in range(0, len(tasks), BATCH_PAIRS)]
    records: list[PairRecord] = []
    for batch in backend(partial(judge_pairs, tuple(rules)), runs):
        records += batch.records
        problems += batch.problems
    return [(i, p) for i, p in problems if rules[i].covers(links.about(p))], sorted(records)


def _left(after: After, before: Search) -> dict[str, str]:
    """Give the files that lost a partner, each beside it: one that is gone, or declares something else than it did."""
    left: dict[str, str] = {}
    for path, old in after.before.items():
        new = after.now.get(path)
        if new is None or (old.translation_of, old.language) != (new.translation_of, new.language):
            for pair in before.pairs(path):
                if path in (pair.source, pair.translation):
                    other = pair.translation if path == pair.source else pair.source
                    left.setdefault(other, path)
    return {other: path for other, path in left.items() if after.has(other)}


def _linked(
    links: Links,
    rules: Sequence[Rule],
    focus: frozenset[str],
    causes: dict[str, str],
    known: set[tuple[int, Problem]],
) -> Problems:
    """Give the problems of files in focus, and of those something in focus left, unless these are known from before."""
    for index, problem in _of_links(links, rules):
        about = links.about(problem).path
        if participants(problem) & focus:
            yield index, problem
        elif about in causes and (index, problem) not in known:
            yield index, _because(problem, causes[about])


def _of_links(links: Links, rules: Sequence[Rule]) -> Problems:
    for index, rule in enumerate(rules):
        for problem in cast("LinkCheck", rule.check).find(links) if rule.scope == "links" else ():
            yield index, problem
