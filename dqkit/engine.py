"""Runs rules over a corpus: every document is noted, notes are grouped by key, every group is judged.

First come the documents alone; then, where a rule asks for it, the corpus's translation links, and each linked pair.
The order of files, their split into batches and the backend change nothing in the report.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from dqkit.backends.serial import serial
from dqkit.conclude import report
from dqkit.corpus import Corpus, Source, batches, path_of
from dqkit.finding import FileRecord, PairRecord, Problem, Report
from dqkit.groups import Groups, Packed, pack
from dqkit.linking import as_it_is, linked
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dqkit.backends import Backend
    from dqkit.check import DeclarationCheck, FileCheck, LinkCheck, PairCheck
    from dqkit.pairing.link import PairLink
    from dqkit.pairing.sketch import Sketch
    from dqkit.rules.rule import Rule
    from dqkit.seed.text import Document
    from dqkit.table import Judge, Row

    Noted = tuple[int, str, list[tuple[Any, Any]]]
    """Rule, path, and keys with notes."""

BATCH_FILES = 64
BATCH_PAIRS = 16


class Batch(NamedTuple):
    """What one run of files showed. A rule is named by its index."""

    records: list[FileRecord]
    problems: list[tuple[int, Problem]]
    notes: Packed
    """Notes of the checks that compare files."""
    outlines: list[Sketch]
    """The files a rule on links or pairs is for, without anchors."""
    rows: list[Row]
    """The files a rule on the corpus table is for."""
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
    remember: bool = False,
    progress: Callable[[int, int], None] | None = None,
    table: Judge | None = None,
    skipped: Sequence[tuple[Rule, str]] = (),
) -> Report:
    """Hold a corpus against rules.

    `identify` has every file's language and digest told, also where no rule asks. `remember` keeps what files show for
    the next run. `progress` is called with the number of files done since its last call, and of all. `table` judges the
    rules that are for the corpus table; without it they are skipped, as are those in `skipped`, each beside the reason.
    """
    if table is None:
        left = [(rule, "nothing is there to judge the corpus table") for rule in rules if rule.scope == "table"]
        rules, skipped = [rule for rule in rules if rule.scope != "table"], [*skipped, *left]
    records = list(corpus.left_out)
    problems: list[tuple[int, Problem]] = []
    groups = Groups()
    outlines: list[Sketch] = []
    rows: list[Row] = []
    ran_on: Counter[int] = Counter()
    remembered: Callable[[Any], Any] = as_it_is
    if remember:
        from dqkit.recall import remembered as recall

        remembered = partial(recall, reads=[path for rule in rules for path in rule.reads])
    work = remembered(partial(note_batch, tuple(rules), identify, len(corpus.sources) == 1))
    for batch in backend(work, batches(corpus.sources, BATCH_FILES, path_of)):
        records += batch.records
        problems += batch.problems
        outlines += batch.outlines
        rows += batch.rows
        ran_on += batch.ran_on
        groups.add(batch.notes)
        if progress:
            progress(len(batch.records), len(corpus.sources))
    problems += _judge(rules, groups)
    problems += _declarations(rules, corpus)
    pairs: list[PairRecord] = []
    if outlines:
        found = _link(corpus, rules, outlines, backend, remembered)
        problems += found.problems
        pairs = sorted(found.records)
    if table and rows:
        from dqkit.table import paired

        problems += table(rules, paired(rows, pairs))
    sources = corpus.by_path()
    return report(rules, records, problems, pairs, ran_on, fail_on, sources.__getitem__, skipped)


def note_batch(rules: tuple[Rule, ...], identify: bool, alone: bool, sources: tuple[Source, ...]) -> Batch:
    """Note each file of a batch for each rule, and judge what needs no other file; `alone`: it is the only one."""
    batch = Batch([], [], {}, [], [], Counter())
    notes: list[Noted] = []
    somewhere = [i for i, rule in enumerate(rules) if rule.files or rule.languages or rule.overrides]
    everywhere = [i for i in range(len(rules)) if i not in somewhere]
    linking = {i for i, rule in enumerate(rules) if rule.scope in ("links", "pair", "table")}
    tabled = {i for i, rule in enumerate(rules) if rule.scope == "table"}
    for source in sources:
        try:
            document = source.document()
        except OSError as error:
            batch.records.append(FileRecord(source.path, "unreadable", error.strerror or "cannot be read"))
            continue
        covering = [i for i in somewhere if rules[i].covers(document)]
        batch.ran_on.update(covering)
        ran = everywhere + covering
        _note(document, rules, ran, batch.problems, notes)
        if not linking.isdisjoint(ran):
            from dqkit.pairing.sketch import outline

            batch.outlines.append(outline(document, alone=alone))
        if not tabled.isdisjoint(ran):
            from dqkit.table import row

            batch.rows.append(row(document))
        batch.records.append(_record(document, bool(ran), identify))
    batch.ran_on.update({i: sum(record.status != "unreadable" for record in batch.records) for i in everywhere})
    return batch._replace(notes=pack(notes))


def _note(
    document: Document, rules: tuple[Rule, ...], ran: list[int], problems: list[tuple[int, Problem]], notes: list[Noted]
) -> None:
    """Note a document for the rules that see documents; a check whose key is the path is judged at once."""
    is_so = {"": True}
    for index in ran:
        rule = rules[index]
        if rule.when not in is_so:
            is_so[rule.when] = getattr(document, rule.when)
        if not is_so[rule.when] or rule.scope not in ("file", "files"):
            continue
        check = rule.at(document.path).check
        try:
            if rule.scope == "file":
                problems += [(index, problem) for problem in cast("FileCheck", check).find(document)]
            elif pairs := list(check.note(document)):
                notes.append((index, document.path, pairs))
        except Exception as error:
            error.add_note(f"while rule {rule.id!r} looked at {document.path!r}")
            raise


def _record(document: Document, ran: bool, identify: bool) -> FileRecord:
    language = document.language if identify else None
    digest = _digest(document.raw) if identify else ""
    status, reason = ("checked", "") if ran else ("not applicable", "no rule is for it")
    return FileRecord(document.path, status, reason, language, digest, len(document.raw))


def _digest(raw: bytes) -> str:
    from hashlib import sha256

    return sha256(raw).hexdigest()


def _judge(rules: Sequence[Rule], groups: Groups) -> Iterable[tuple[int, Problem]]:
    """Judge every group; what a judge passes on is grouped again, until nothing is."""
    passed_on: list[Noted] = []
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


def _declarations(rules: Sequence[Rule], corpus: Corpus) -> Iterable[tuple[int, Problem]]:
    """Check the files that declare metadata of seed files."""
    for index, rule in enumerate(rules):
        if rule.scope == "declarations":
            for declaration in filter(rule.covers, corpus.declarations):
                yield from ((index, problem) for problem in cast("DeclarationCheck", rule.check).find(declaration))


def _link(
    corpus: Corpus,
    rules: Sequence[Rule],
    outlines: list[Sketch],
    backend: Backend,
    remembered: Callable[[Callable[[Any], Any]], Callable[[Any], Any]],
) -> PairBatch:
    if len(outlines) == 1 and not (outlines[0].note or outlines[0].translation_of):
        return PairBatch([], [])  # one file that points nowhere: nothing to link, and no need to load what would
    sources = corpus.by_path()
    links = linked(sources, outlines, backend, remembered)
    problems = [
        (index, problem)
        for index, rule in enumerate(rules)
        if rule.scope == "links"
        for problem in cast("LinkCheck", rule.check).find(links)
    ]
    records: list[PairRecord] = []
    believed = (pair for pair in links.pairs if not pair.rival)  # the others are not each other's, it seems
    found = ((sources[pair.source], sources[pair.translation], pair) for pair in believed)
    runs = batches(found, BATCH_PAIRS, lambda task: task[2].source)
    for batch in backend(remembered(partial(judge_pairs, tuple(rules))), runs):
        records += batch.records
        problems += batch.problems
    return PairBatch(records, [(i, p) for i, p in problems if rules[i].covers(links.about(p))])


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
                found = cast("PairCheck", rule.at(translation.path).check).compare(alignment)
                batch.problems.extend((index, problem) for problem in found)
    return batch
