"""Holds the files in focus against rules: those of one file on the files alone, the others against the whole corpus."""

from __future__ import annotations

import os
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from dqkit import cache
from dqkit.backends.serial import serial
from dqkit.blake import blake2b
from dqkit.conclude import report
from dqkit.corpus import Source, batches, path_of
from dqkit.engine import BATCH_FILES, note_batch
from dqkit.errors import DqkitError
from dqkit.finding import Comparison, FileRecord
from dqkit.gate import across
from dqkit.gate import focus as focuses
from dqkit.gate.after import After
from dqkit.gate.build import Builder, shown
from dqkit.gate.git import Repository
from dqkit.gate.index import Shown
from dqkit.gate.state import Members, State
from dqkit.gate.store import DamagedError, UnusableError
from dqkit.place import printable
from dqkit.stage import WHOLE, divide

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dqkit.backends import Backend
    from dqkit.finding import Finding, PairRecord, Problem, Report
    from dqkit.gate.focus import Focus, Places
    from dqkit.rules.rule import Rule
    from dqkit.settings import Settings

ALONE, CROSSING = ("file", "declarations"), ("files", "links", "pair")
"""Scopes of the rules that see one file alone, and of those that hold what is in focus against the corpus."""


class Run:
    """One run on what is in focus."""

    def __init__(self, repository: Repository, members: Members, focus: Focus, rules: Sequence[Rule]) -> None:
        self.repository, self.members, self.focus = repository, members, focus
        rules, self.skipped = divide(rules, whole=False)
        self.rules = tuple(rule for rule in rules if rule.scope in ALONE + CROSSING)
        self.skipped += tuple((rule, WHOLE) for rule in rules if rule not in self.rules)
        self.crossing = [i for i, rule in enumerate(self.rules) if rule.scope in CROSSING]
        self.files = {file.path: file for file in focus.files}
        self.before = State(repository, members, focus.tree)

    def source(self, path: str) -> Source:
        """Give a file in focus as it is, any other as the tree before has it.

        Raises:
            OSError: there is none, or it cannot be read.
        """
        file = self.files.get(path)
        if isinstance(file, Source):
            return file
        if file is None and path not in self.focus.gone and not self.members.reason(path):
            file = self.before.look(path)
        if file is None:
            raise OSError(0, f"{path} is not there")
        return file.source(self.repository, self.members.settings.names)

    def report(
        self,
        *,
        fail_on: str,
        identify: bool,
        keep: bool,
        backend: Callable[[int], Backend] = lambda _: serial,
        progress: Callable[[int, int], None] | None = None,
    ) -> Report:
        """Check; without `keep`, no index is read from disk or written to it."""
        records = [*self.focus.left_out, *(FileRecord(path, "not applicable", "deleted") for path in self.focus.gone)]
        records = list({record.path: record for record in reversed(records)}.values())
        problems: list[tuple[int, Problem]] = []
        pairs: list[PairRecord] = []
        ran_on: Counter[int] = Counter()
        added: dict[str, Shown] = {}
        work = partial(note_batch, self.rules, identify, False)
        sources = (self.source(file.path) for file in self.focus.files)
        for batch in backend(len(self.files))(work, batches(sources, BATCH_FILES, path_of)):
            records += batch.records
            problems += batch.problems
            ran_on += batch.ran_on
            paths = [record.path for record in batch.records if record.status != "unreadable"]
            for path, one in shown(batch, map(self.source, paths), sketched=False).items():
                notes = tuple((self.crossing.index(rule), key, note) for rule, key, note in one.notes)
                added[path] = Shown(notes, one.sketch)
        problems += across.declared(self.rules, self.focus.declarations)
        compared = 0
        if self.crossing and (added or self.focus.gone):
            across_files, pairs, compared = self._across(added, backend, self._path(keep), progress)
            problems += [(self.crossing[i], problem) for i, problem in across_files]
        made = report(self.rules, records, problems, pairs, ran_on, fail_on, self.source, self.skipped)
        return made._replace(comparison=Comparison(self.focus.name, len(self.focus.paths), compared))

    def close(self) -> None:
        """End what was started to read git's files; nothing can be read afterwards."""
        self.repository.close()

    def turned(self, report: Report) -> Report:
        """Show each finding at its place in focus; its fingerprint stays that of a run on all files."""
        places = self.focus.places
        own = {one.declaration.path for one in self.focus.declarations if not one.gone}
        places = places._replace(paths=places.paths | own)
        return report._replace(findings=tuple(sorted(_turned(finding, places) for finding in report.findings)))

    def _crossing(self) -> tuple[Rule, ...]:
        return tuple(self.rules[i] for i in self.crossing)

    def _across(
        self,
        added: dict[str, Shown],
        backend: Callable[[int], Backend],
        path: str,
        progress: Callable[[int, int], None] | None,
    ) -> tuple[list[tuple[int, Problem]], list[PairRecord], int]:
        """Judge what is in focus together with the index; one that turns out to be damaged is made anew."""
        for kept in (path, path, ""):
            builder = Builder(self.repository, self.members, self._crossing(), backend, kept, progress)
            try:
                return self._judged(builder, added, backend)
            except DamagedError:
                builder.discard()
            except UnusableError:
                path = ""
        raise AssertionError("an index in memory cannot be damaged")

    def _judged(
        self, builder: Builder, added: dict[str, Shown], backend: Callable[[int], Backend]
    ) -> tuple[list[tuple[int, Problem]], list[PairRecord], int]:
        rules, paths = self._crossing(), self.focus.paths
        languages = {one.sketch.language for one in added.values() if one.sketch and one.sketch.language}
        index = builder.open(self.focus.tree, languages)
        try:
            if index.state.sketched:
                added = builder.sketched(added, self.source)
            after = After(index, [path for path in paths if path not in added], added)
            problems = list(across.judge(after, rules, paths, self.focus.places))
            found: list[tuple[int, Problem]] = []
            pairs: list[PairRecord] = []
            if any(rule.scope in ("links", "pair") for rule in rules):
                found, pairs = across.link(after, rules, paths, self.source, backend(len(paths)))
            compared = index.state.files - sum(index.entry(path) is not None for path in paths)
        finally:
            index.store.close()
        return problems + found, pairs, compared

    def _path(self, keep: bool) -> str:
        """Name the file of the index: by all that what is in it depends on, its tree apart."""
        if not keep:
            return ""
        rules = [rule._replace(id="", severity="", reason="") for rule in self._crossing()]
        settings = self.members.settings
        said = repr(
            (
                self.repository.common,
                self.members.prefix,
                self.members.paths,
                settings.include,
                settings.exclude,
                settings.names,
                rules,
            )
        )
        name = blake2b(said.encode("utf-8", "surrogatepass") + cache.state_of_code(), digest_size=16).hexdigest()
        return os.path.join(cache.folder(), "index", name)


def _turned(finding: Finding, places: Places) -> Finding:
    if places.hold(finding.at):
        return finding
    place = next(filter(places.hold, finding.related), None)
    if place is None:
        return finding
    others = tuple(other for other in finding.related if other != place)
    message = f"of {finding.at.path}:{finding.at.line}: {finding.message}"
    return finding._replace(at=place, related=(finding.at, *others), message=message, fix=None)


def part(
    settings: Settings,
    rules: tuple[Rule, ...],
    corpus: Sequence[str],
    *,
    staged: bool = False,
    since: str | None = None,
    named: Sequence[str] = (),
) -> Run:
    """Make the run on what is staged, or changed since a commit, or named; `corpus` are the paths it is a part of.

    Raises:
        DqkitError: there is no git, no repository, no such commit, or no path that is named.
    """
    repository = Repository()
    try:
        members = Members(repository, settings, corpus)
        _present(State(repository, members, repository.head), corpus)
        if staged:
            focus = focuses.staged(repository, members)
        elif since:
            focus = focuses.since(repository, members, since)
        else:
            focus = focuses.named(repository, members, named)
    except BaseException:
        repository.close()
        raise
    return Run(repository, members, focus, rules)


def _present(head: State, corpus: Sequence[str]) -> None:
    """Make sure that the paths of the corpus are there, or were: a name that is misspelt would pass every gate.

    Raises:
        DqkitError: one is neither on disk nor in HEAD.
    """
    for path, name in zip(corpus, head.members.paths, strict=True) if corpus else ():
        if not (path and (os.path.lexists(path) or head.knows(name))):
            raise DqkitError(f"{printable(path) or 'an empty path'}: no such file or folder, and HEAD has none either")
