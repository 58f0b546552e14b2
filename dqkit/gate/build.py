"""Makes the index of a tree, or brings it from one tree to another; what goes wrong with it costs time, not truth."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from dqkit.corpus import batches, path_of
from dqkit.engine import BATCH_FILES, note_batch
from dqkit.gate.git import GitError
from dqkit.gate.index import Index, Shown
from dqkit.gate.state import tree_changes, tree_files
from dqkit.gate.store import DamagedError, Store, UnusableError, remove
from dqkit.groups import unpack
from dqkit.linking import sketch_batch
from dqkit.recall import remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dqkit.backends import Backend
    from dqkit.corpus import Source
    from dqkit.engine import Batch
    from dqkit.gate.git import Repository
    from dqkit.gate.state import Held, Members
    from dqkit.pairing.sketch import Sketch
    from dqkit.rules.rule import Rule

Value = TypeVar("Value")
SLICE = 16_384
"""Files that are put into a new index before it is written."""
REMEMBERED_FILES = 256
"""Files from which it is worth while to keep what they show beside the index, for the next time it is made."""
REBUILD_SHARE = 4
"""An index in which one of so many files changed is made anew."""
TRIES = 3
STALE_DAYS = 30
"""Days after which an index that no run has used is deleted."""


class Builder:
    """Notes the seed files of a repository for the rules that compare files, and keeps the index of them.

    `backend` makes what does the work for some number of files. `path` is the file of the index, or nothing where none
    shall be kept. `progress` is called with the number of files done since its last call, and of all.
    """

    def __init__(
        self,
        repository: Repository,
        members: Members,
        rules: tuple[Rule, ...],
        backend: Callable[[int], Backend],
        path: str,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.repository, self.members, self.rules, self.backend = repository, members, rules, backend
        self.path, self.progress = path, progress

    def open(self, tree: str, languages: set[str]) -> Index:
        """Give the index of a tree, begun to be read; `languages` are those of the files to be held against it.

        It has the anchors of sketches where it and they have two languages together.
        """
        for _ in range(TRIES if self.path else 0):
            store = None
            try:
                store = Store(self.path)
                if index := self._kept(store, tree, languages):
                    return index
            except DamagedError:
                pass  # not made yet, or not what was written: below it is made anew
            except UnusableError:
                break
            if store:
                store.close()
            try:
                self._replace(tree, languages)
            except UnusableError:
                break
        return self._made(Store(":memory:"), tree, languages)

    def _kept(self, store: Store, tree: str, languages: set[str]) -> Index | None:
        """Give the index as it stands, or as a small change makes it; None where it must be made anew."""
        store.begin()
        index = Index(store)
        if (old := index.state).tree == tree and self._has_anchors(index, languages):
            return index
        store.end()
        try:
            paths, there = tree_changes(self.repository, self.members, old.tree, tree)
        except GitError:
            return None  # the tree it stands for is gone from the repository
        if len(paths) * REBUILD_SHARE > old.files or index.is_small():
            return None
        shown = {path: one for part in self.note(there, sketched=old.sketched) for path, one in part.items()}
        store.begin(write=True)
        index.forget()
        if index.state != old:  # another run was faster: what was noted may not fit
            store.end(keep=False)
            return self._kept(store, tree, languages)
        for path in paths:
            index.remove(path)
        for path, one in shown.items():
            index.add(path, one)
        index.save(tree)
        store.end()
        return self._kept(store, tree, languages) if self._has_anchors(index, languages) else None

    @staticmethod
    def _has_anchors(index: Index, languages: set[str]) -> bool:
        return index.state.sketched or len({*filter(None, index.state.languages), *languages}) < 2

    def _replace(self, tree: str, languages: set[str]) -> None:
        """Make the index in a file of its own, then put it in place of the kept one."""
        scratch = f"{self.path}.{os.getpid()}"
        self._tidy()
        made = self._made(Store(scratch), tree, languages)
        made.store.end()
        try:
            try:
                store = Store(self.path)
                store.take(scratch)
            except DamagedError:
                remove(self.path)
                store = Store(self.path)
                store.take(scratch)
            store.close()
        finally:
            made.store.close()
            remove(scratch)

    def _made(self, store: Store, tree: str, languages: set[str]) -> Index:
        files = list(tree_files(self.repository, self.members, tree))
        index = Index(store)
        store.begin(write=True)
        index.create(tree, len(files))
        for done, path, one in self._counted(self.note(files, sketched=False), len(files)):
            index.add(path, one)
            if done % SLICE == 0:
                index.save(tree)
        if not self._has_anchors(index, languages):
            index.begin_sketches()
            sketches = self.backend(len(files))(partial(sketches_of, self.rules), self._sources(files))
            for done, _, sketch in self._counted(sketches, len(files)):
                index.complete(sketch)
                if done % SLICE == 0:
                    index.save(tree)
        index.save(tree)
        return index

    def _counted(self, parts: Iterable[dict[str, Value]], total: int) -> Iterator[tuple[int, str, Value]]:
        done = 0
        for part in parts:
            for path, value in part.items():
                done += 1
                yield done, path, value
            if self.progress:
                self.progress(len(part), total)

    def _sources(self, files: Iterable[Held]) -> Iterator[tuple[Source, ...]]:
        return batches(
            (held.source(self.repository, self.members.settings.names) for held in files), BATCH_FILES, path_of
        )

    def note(self, files: Sequence[Held], *, sketched: bool) -> Iterator[dict[str, Shown]]:
        """Note files, some at a time: by path, what each shows."""
        work = partial(note_shown, self.rules, sketched)
        return self.backend(len(files))(remembered(work) if self._remembers(files) else work, self._sources(files))

    def _remembers(self, files: Sequence[Held]) -> bool:
        return bool(self.path) and len(files) >= REMEMBERED_FILES

    def sketched(self, added: dict[str, Shown], find: Callable[[str], Source]) -> dict[str, Shown]:
        """Sketch files whose outlines are known; `find` gives a file by its path."""
        tasks = [(find(path), one.sketch) for path, one in added.items() if one.sketch]
        runs = [tuple(tasks[i : i + BATCH_FILES]) for i in range(0, len(tasks), BATCH_FILES)]
        sketches = {sketch.path: sketch for run in self.backend(len(tasks))(sketch_batch, runs) for sketch in run}
        return {path: one._replace(sketch=sketches.get(path, one.sketch)) for path, one in added.items()}

    def discard(self) -> None:
        """Delete the kept index."""
        remove(self.path)

    def _tidy(self) -> None:
        """Delete indexes and scratch files that nobody has used for a while."""
        folder = os.path.dirname(self.path)
        old = time.time() - STALE_DAYS * 86_400
        try:
            for entry in os.scandir(folder):
                if entry.stat().st_mtime < old:
                    os.unlink(entry.path)
        except OSError:
            pass  # no folder yet, or another run tidies as well


def note_shown(rules: tuple[Rule, ...], sketched: bool, sources: tuple[Source, ...]) -> dict[str, Shown]:
    """Give what each file of a batch shows to rules that compare files."""
    return shown(note_batch(rules, False, False, sources), sources, sketched=sketched)


def sketches_of(rules: tuple[Rule, ...], sources: tuple[Source, ...]) -> dict[str, Sketch]:
    """Sketch the files of a batch that some rule on pairs is for."""
    from dqkit.pairing.sketch import sketch

    documents = [source.document() for source in sources]
    linking = [rule for rule in rules if rule.scope in ("links", "pair")]
    covered = (document for document in documents if any(rule.covers(document) for rule in linking))
    return {document.path: sketch(document) for document in covered}


def shown(batch: Batch, sources: Iterable[Source], *, sketched: bool) -> dict[str, Shown]:
    """Sort what a batch showed by file; with `sketched`, its outlines are made sketches."""
    by_path = {source.path: source for source in sources}
    outlines = batch.outlines
    if sketched:
        outlines = sketch_batch(tuple((by_path[outline.path], outline) for outline in outlines))
    sketches = {sketch.path: sketch for sketch in outlines}
    notes: dict[str, list[tuple[int, object, object]]] = {path: [] for path in by_path}
    for rule, key, path, note in unpack(batch.notes):
        notes[path].append((rule, key, note))
    return {path: Shown(tuple(found), sketches.get(path)) for path, found in notes.items()}
