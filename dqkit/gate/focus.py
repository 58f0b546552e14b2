"""What a run is about: files that are staged, that changed since a commit, or that are named; and the tree before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dqkit.corpus import DECLARES, Source, collect, companions_of
from dqkit.finding import FileRecord
from dqkit.gate.git import REGULAR
from dqkit.gate.lost import Lost, declarations
from dqkit.gate.state import Held, Members, State, WorkTree, declared_anew, folder_of, is_manifest
from dqkit.record import NamedTuple
from dqkit.seed.manifest import unpack
from dqkit.seed.metadata import SIDECARS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.gate.git import Change, Repository
    from dqkit.place import Place


class Focus(NamedTuple):
    """What a run is about."""

    name: str
    """"staged", "since REF" or "named": as reports say it."""
    tree: str
    """The tree the files are held against."""
    files: tuple[Held | Source, ...]
    """The seed files that are there, sorted by path."""
    gone: tuple[str, ...]
    """The seed files the tree has, and that are no longer there."""
    left_out: tuple[FileRecord, ...]
    """What became of every other file that changed."""
    declarations: tuple[Lost, ...] = ()
    """The manifests and sidecars that changed, or lost a seed file they declare metadata of."""

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all seed files it is about."""
        return frozenset([*(file.path for file in self.files), *self.gone])

    @property
    def places(self) -> Places:
        """Where a finding stands that is about what is in focus."""
        beside = (
            folder_of(file.path) + (one if isinstance(one, str) else one[0])
            for file in self.files
            for one in file.companions
        )
        sidecars = (one.path for one in self.left_out if one.reason == DECLARES and not is_manifest(one.path))
        rows = [(path, unpack(row)) for file in self.files for path, row in file.rows]
        lines = [(path, node.line) for path, row in rows for node in (row, *row.value.values())]
        return Places(self.paths.union(beside, sidecars), frozenset(lines))


class Places(NamedTuple):
    """The files in focus, those that declare or declared their metadata, and their rows of manifests."""

    paths: frozenset[str]
    lines: frozenset[tuple[str, int]]
    """Manifests and lines from 1; the other rows of a manifest are not in focus."""

    def hold(self, place: Place) -> bool:
        """Tell whether a place is in focus."""
        return place.path in self.paths or (place.path, place.line) in self.lines


def staged(repository: Repository, members: Members) -> Focus:
    """Take what the git index has and HEAD has not."""
    tree = repository.head
    now = State(repository, members)
    changes = _Changes(State(repository, members, tree), now, repository.staged(tree))
    files = [found for name, blob in sorted(changes.seeds.items()) if (found := now.look(name, blob))]
    return changes.focus("staged", tuple(files))


def since(repository: Repository, members: Members, revision: str) -> Focus:
    """Take what the work tree has and the commit has not in which HEAD and a revision last agreed."""
    tree = repository.fork_point(revision)
    changes = _Changes(State(repository, members, tree), WorkTree(members), repository.altered(tree))
    files = [os.path.join(members.settings.root, name) for name in changes.seeds]
    corpus = collect(files, members.settings) if files else None
    focus = changes.focus(f"since {revision}", corpus.sources if corpus else ())
    return focus._replace(left_out=(*focus.left_out, *(corpus.left_out if corpus else ())))


def named(repository: Repository, members: Members, paths: Iterable[str]) -> Focus:
    """Take the files that some paths name, as they are on disk."""
    tree, corpus = repository.head, collect(paths, members.settings)
    places = [os.path.relpath(os.path.realpath(path), repository.top).replace(os.sep, "/") for path in paths]
    lost = [members.name(path) for path in repository.lost(tree, [place for place in places if place[:3] != "../"])]
    gone = tuple(name for name in lost if name and not members.reason(name))
    declared = (*map(Lost, corpus.declarations), *declarations(WorkTree(members), (), gone))
    return Focus("named", tree, corpus.sources, gone, corpus.left_out, declared)


class _Changes:
    """Sorts what changed into seed files, lost ones, declarations of metadata, and what the corpus does not have."""

    def __init__(self, before: State, now: State | WorkTree, changes: Iterable[Change]) -> None:
        self.before, self.now, self.members = before, now, before.members
        self.seeds: dict[str, str] = {}
        """Path and blob; no blob where the work tree alone has the content, or where the metadata alone changed."""
        self.gone: list[str] = []
        self.left_out: list[FileRecord] = []
        self.sidecars: dict[str, list[str]] = {}
        """Names of changed files that may declare a seed file's metadata, by their folder, which ends in a slash."""
        self.manifests: list[str] = []
        for change in changes:
            name = self.members.name(change.path)
            if name is not None:
                self._sort(name, change)
        for folder, names in self.sidecars.items():
            self._describe(folder, names, now.names(folder))
        for name in declared_anew(before, now, map(folder_of, self.manifests), places=False):
            self.seeds.setdefault(name, "")

    def focus(self, name: str, files: tuple[Held | Source, ...]) -> Focus:
        """Give the focus, with the seed files read."""
        changed = [*self.manifests, *(folder + one for folder, names in self.sidecars.items() for one in names)]
        declaring = declarations(self.now, dict.fromkeys(changed), self.gone)
        known = {*self.manifests, *(one.declaration.path for one in declaring if not one.gone)}
        left_out = [
            record._replace(reason=DECLARES) if record.path in known and record.status == "excluded" else record
            for record in self.left_out
        ]
        return Focus(name, self.before.tree, files, tuple(self.gone), tuple(left_out), declaring)

    def _sort(self, name: str, change: Change) -> None:
        if is_manifest(name) and not self.members.excluded(name):
            self.manifests.append(name)
        if name.endswith(SIDECARS):
            self.sidecars.setdefault(folder_of(name), []).append(os.path.basename(name))
        reason = self.members.reason(name)
        if change.unmerged and not (reason and name not in self.manifests):
            self.left_out.append(FileRecord(name, "unreadable", "has a conflict that is not resolved"))
        elif reason:
            self.left_out.append(FileRecord(name, "excluded", reason))
        elif change.gone:
            self.gone.append(name)
        elif change.new_mode in REGULAR:
            self.seeds[name] = change.blob
        else:
            self.gone.append(name)
            self.left_out.append(FileRecord(name, "excluded", "not a regular file"))

    def _describe(self, folder: str, changed: list[str], present: set[str]) -> None:
        """Take the seed files of a folder whose sidecars changed."""
        for seed in sorted(present):
            declaring = companions_of(seed, present | {*changed})
            if not self.members.reason(folder + seed) and not {*declaring}.isdisjoint(changed):
                self.seeds.setdefault(folder + seed, "")
                declared = {folder + name for name in declaring}
                self.left_out = [
                    record._replace(reason=DECLARES) if record.path in declared else record for record in self.left_out
                ]
