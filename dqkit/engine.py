"""Runs rules over a corpus: every document is noted, notes are grouped by key, every group is judged.

First come the documents alone; then, where a rule asks for it, the corpus's translation links, and each linked pair.
The order of files, their split into batches and the backend change nothing in the report.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, cast

from dqkit.backends.serial import serial
from dqkit.corpus import Corpus, Source, batches
from dqkit.finding import FileRecord, PairRecord, Problem, Report, RuleRecord, stamp
from dqkit.groups import Groups, Packed, pack
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dqkit.backends import Backend
    from dqkit.check import Check, LinkCheck, PairCheck
    from dqkit.pairing.link import PairLink
    from dqkit.pairing.sketch import Sketch
    from dqkit.rule import Rule
    from dqkit.text import Document, Place

BATCH_FILES = 64
BATCH_PAIRS = 16


class Batch(NamedTuple):
    """What one run of files showed. A rule is named by its index."""

    records: list[FileRecord]
    problems: list[tuple[int, Problem]]
    notes: Packed
    """Notes of the checks that compare files."""
    sketches: list[Sketch]
    ran_on: Counter[int]


class PairBatch(NamedTuple):
    """What one run of pairs showed."""

    records: list[PairRecord]
    problems: list[tuple[int, Problem]]


def run(
    corpus: Corpus,
    rules: Sequence[Rule],
    *,
    fail_on: str = "error",
    backend: Backend = serial,
    identify: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Hold a corpus against rules.

    `identify` has every file's language and digest told, also where no rule asks. `progress` is called with the
    number of files done since its last call.
    """
    records = list(corpus.left_out)
    problems: list[tuple[int, Problem]] = []
    groups = Groups()
    sketches: list[Sketch] = []
    ran_on: Counter[int] = Counter()
    for batch in backend(
        partial(note_batch, tuple(rules), identify, len(corpus.sources) == 1), batches(corpus.sources, BATCH_FILES)
    ):
        records += batch.records
        problems += batch.problems
        sketches += batch.sketches
        ran_on += batch.ran_on
        groups.add(batch.notes)
        if progress:
            progress(len(batch.records))
    problems += _judge(rules, groups)
    pairs: list[PairRecord] = []
    if sketches:
        found = _link(corpus, rules, sketches, backend)
        problems += found.problems
        pairs = sorted(found.records)
    findings = stamp(_stamped(rules, _complete(problems, corpus)))
    counted = Counter(finding.rule for finding in findings)
    return Report(
        findings,
        tuple(sorted(records)),
        tuple(pairs),
        tuple(RuleRecord(r.id, r.check_name, r.severity, ran_on[i], counted[r.id]) for i, r in enumerate(rules)),
        fail_on,
    )


def note_batch(rules: tuple[Rule, ...], identify: bool, alone: bool, sources: tuple[Source, ...]) -> Batch:
    """Note each file of a batch for each rule, and judge what needs no other file; `alone`: it is the only one."""
    batch = Batch([], [], {}, [], Counter())
    notes: list[tuple[int, str, list[tuple[Any, Any]]]] = []
    bound = {i for i, rule in enumerate(rules) if rule.files or rule.languages}
    linked = {i for i, rule in enumerate(rules) if rule.scope in ("links", "pair")}
    for source in sources:
        try:
            document = source.document()
        except OSError as error:
            batch.records.append(FileRecord(source.path, "unreadable", error.strerror or "cannot be read"))
            continue
        ran = [i for i, rule in enumerate(rules) if i not in bound or rule.covers(document)]
        is_so = {"": True}
        for index in ran:
            rule = rules[index]
            if rule.when not in is_so:
                is_so[rule.when] = getattr(document, rule.when)
            if index not in linked and is_so[rule.when]:
                with _named(rule, document.path):
                    _note(index, rule.check, document, batch.problems, notes)
        if not linked.isdisjoint(ran):
            from dqkit.pairing.sketch import sketch

            batch.sketches.append(sketch(document, alone=alone))
        batch.ran_on.update(ran)
        batch.records.append(_record(document, bool(ran), identify))
    return batch._replace(notes=pack(notes))


def _note(
    index: int,
    check: Check,
    document: Document,
    problems: list[tuple[int, Problem]],
    notes: list[tuple[int, str, list[tuple[Any, Any]]]],
) -> None:
    pairs = list(check.note(document))
    if check.scope == "file":  # its key is the path: the group is whole as soon as the file is noted
        for key, note in pairs:
            judged = check.judge(key, [(document.path, note)])
            problems.extend((index, problem) for problem in judged if isinstance(problem, Problem))
    elif pairs:
        notes.append((index, document.path, pairs))


class _named:  # noqa: N801 # reads as a statement
    """Says which rule and file a fault of ours happened in, and lets it rise."""

    def __init__(self, rule: Rule, path: str) -> None:
        self.rule, self.path = rule, path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is not None:
            error.add_note(f"while rule {self.rule.id!r} looked at {self.path!r}")


def _record(document: Document, ran: bool, identify: bool) -> FileRecord:
    language = document.language if identify else None
    digest = hashlib.sha256(document.raw).hexdigest() if identify else ""
    status, reason = ("checked", "") if ran else ("not applicable", "no rule is for it")
    return FileRecord(document.path, status, reason, language, digest, len(document.raw))


def _judge(rules: Sequence[Rule], groups: Groups) -> Iterable[tuple[int, Problem]]:
    """Judge every group; what a judge passes on is grouped again, until nothing is."""
    passed_on: list[tuple[int, str, list[tuple[Any, Any]]]] = []
    for index in sorted({rule for rule, _ in groups.parts}):
        check = rules[index].check
        for key, notes in groups.of(index, check.quorum):
            for found in check.judge(key, notes):
                if isinstance(found, Problem):
                    yield index, found
                else:
                    passed_on.append((index, found.path, [(found.key, found.note)]))
    if passed_on:
        again = Groups()
        again.add(pack(passed_on))
        yield from _judge(rules, again)


def _link(corpus: Corpus, rules: Sequence[Rule], sketches: list[Sketch], backend: Backend) -> PairBatch:
    from dqkit.pairing.link import link

    if len(sketches) == 1 and not (sketches[0].note or sketches[0].translation_of):
        return PairBatch([], [])  # one file that points nowhere: nothing to link, and no need to load what would
    links = link(tuple(sorted(sketches)))
    problems = [
        (index, problem)
        for index, rule in enumerate(rules)
        if rule.scope == "links"
        for problem in cast("LinkCheck", rule.check).find(links)
    ]
    records: list[PairRecord] = []
    sources = {source.path: source for source in corpus.sources}
    tasks = [(sources[pair.source], sources[pair.translation], pair) for pair in links.pairs]
    runs = [tuple(tasks[i : i + BATCH_PAIRS]) for i in range(0, len(tasks), BATCH_PAIRS)]
    for batch in backend(partial(judge_pairs, tuple(rules)), runs):
        records += batch.records
        problems += batch.problems
    return PairBatch(records, [(i, p) for i, p in problems if rules[i].covers(links.sketches[p.at.path])])


def judge_pairs(rules: tuple[Rule, ...], tasks: tuple[tuple[Source, Source, PairLink], ...]) -> PairBatch:
    """Note the two files of each pair again, in full, align them and judge the pair for each rule."""
    from dqkit.pairing.align import align
    from dqkit.pairing.profile import profile

    batch = PairBatch([], [])
    for source, translation, pair in tasks:
        try:
            alignment = align(pair, profile(source.document()), profile(translation.document()))
        except OSError:
            continue  # it was there a moment ago, and has its record; a pair without one of its files is none
        batch.records.append(alignment.record())
        for index, rule in enumerate(rules):
            if rule.scope == "pair":
                with _named(rule, pair.translation):
                    found = cast("PairCheck", rule.check).compare(alignment)
                    batch.problems.extend((index, problem) for problem in found)
    return batch


def _complete(problems: Iterable[tuple[int, Problem]], corpus: Corpus) -> Iterable[tuple[int, Problem]]:
    """Read back the words of places that a judge, who sees no document, could name by their lines alone."""
    sources = {source.path: source for source in corpus.sources}

    @lru_cache(maxsize=64)
    def document(path: str) -> Document | None:
        try:
            return sources[path].document()
        except OSError:
            return None

    def whole(place: Place) -> Place:
        if place.end_column:
            return place
        found = document(place.path)
        return found.complete(place) if found else place._replace(end_column=1)

    for index, problem in sorted(problems, key=lambda numbered: numbered[1].at.path):
        yield index, problem._replace(at=whole(problem.at), related=tuple(map(whole, problem.related)))


def _stamped(
    rules: Sequence[Rule], problems: Iterable[tuple[int, Problem]]
) -> Iterable[tuple[Problem, str, str, str, str, str]]:
    for index, problem in problems:
        rule = rules[index]
        yield problem, rule.id, rule.check_name, rule.family, rule.severity, rule.why
