"""What a run is about: files that are staged, that changed since a commit, or that are named; and the tree before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dqkit.corpus import DECLARES, Source, collect, companions_of
from dqkit.finding import FileRecord
from dqkit.gate.git import REGULAR
from dqkit.record import NamedTuple
from dqkit.rules.rule import matches
from dqkit.seed.metadata import SIDECARS, sidecars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.gate.git import Change, Repository
    from dqkit.settings import Settings


class Held(NamedTuple):
    """A seed file as git holds it: its path from the corpus root, its blob, and its companions' names and blobs."""

    path: str
    blob: str
    companions: tuple[tuple[str, str], ...]

    def source(self, repository: Repository, names: tuple[str, ...]) -> Source:
        """Read it; `names` are the patterns its name is read by."""
        kept = tuple((name, found[1]) for name, blob in self.companions if (found := repository.look(blob)))
        found = repository.look(self.blob)
        if found is None:
            raise OSError(0, f"git has no blob {self.blob}")
        return Source(self.path, self.path, tuple(name for name, _ in kept), found[1], names, kept=kept)


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

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all seed files it is about."""
        return frozenset([*(file.path for file in self.files), *self.gone])

    @property
    def places(self) -> frozenset[str]:
        """The paths of all seed files it is about, and of those that declare or declared their metadata."""
        declaring = (
            _folder(file.path) + (one if isinstance(one, str) else one[0])
            for file in self.files
            for one in file.companions
        )
        return self.paths.union(declaring, (one.path for one in self.left_out if one.reason == DECLARES))


class Members:
    """Which files of a repository belong to the corpus, by their paths alone."""

    def __init__(self, repository: Repository, settings: Settings, paths: Iterable[str]) -> None:
        self.settings = settings
        root = os.path.realpath(settings.root)
        below = os.path.relpath(root, repository.top).replace(os.sep, "/")
        self.prefix = "" if below == "." else f"{below}/"
        """The root of the corpus, from the top of the work tree."""
        self.paths = tuple(os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/") for path in paths) or (
            ".",
        )

    def name(self, path: str) -> str | None:
        """Give a path from the top as one from the corpus root; None where it lies outside."""
        return path[len(self.prefix) :] if path.startswith(self.prefix) else None

    def reason(self, name: str) -> str:
        """Say why a file is no seed file of the corpus; nothing where it is one."""
        top = next((path for path in self.paths if path in (".", name) or name.startswith(f"{path}/")), None)
        if top is None:
            return "outside the corpus"
        parts = name.split("/")
        if any(part.startswith(".") for part in parts[0 if top == "." else top.count("/") + 1 :]):
            return "hidden"
        ways = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
        globs = self.settings.exclude
        if globs and any(matches(way, globs) or matches(f"{way}/", globs) for way in ways):
            return "setting exclude"
        return "" if top == name or matches(parts[-1], self.settings.include) else "setting include"


def staged(repository: Repository, members: Members) -> Focus:
    """Take what the git index has and HEAD has not."""
    tree = repository.head
    changes = _Changes(members, repository.staged(tree))
    for folder, names in changes.declarations.items():
        changes.declare(folder, names, repository.staged_names(f"{members.prefix}{folder}".rstrip("/")))
    files = [
        found for name, blob in sorted(changes.seeds.items()) if (found := look(repository, members, "", name, blob))
    ]
    return Focus("staged", tree, tuple(files), tuple(changes.gone), tuple(changes.left_out))


def look(repository: Repository, members: Members, tree: str, name: str, blob: str = "") -> Held | None:
    """Find a seed file in a tree, or in the git index where none is given, by its path; `blob`, where that is known."""
    top = f"{tree or ':0'}:{members.prefix}"
    if not blob:
        itself = repository.look(top + name)
        if itself is None:
            return None
        blob = itself[0]
    folder, base = _folder(name), os.path.basename(name)
    found = {beside: repository.look(f"{top}{folder}{beside}") for beside in sidecars(base)}
    blobs = {beside: one[0] for beside, one in found.items() if one}
    return Held(name, blob, tuple((beside, blobs[beside]) for beside in companions_of(base, {*blobs})))


def since(repository: Repository, members: Members, revision: str) -> Focus:
    """Take what the work tree has and the commit has not in which HEAD and a revision last agreed."""
    tree = repository.fork_point(revision)
    changes = _Changes(members, repository.altered(tree))
    root = members.settings.root
    for folder, names in changes.declarations.items():
        try:
            present = {*os.listdir(os.path.join(root, folder))}
        except OSError:
            present = set()
        changes.declare(folder, names, present)
    files = [os.path.join(root, name) for name in changes.seeds]
    corpus = collect(files, members.settings) if files else None
    left_out = (*changes.left_out, *(corpus.left_out if corpus else ()))
    return Focus(f"since {revision}", tree, corpus.sources if corpus else (), tuple(changes.gone), left_out)


def named(repository: Repository, members: Members, paths: Iterable[str]) -> Focus:
    """Take the files that some paths name, as they are on disk."""
    tree, corpus = repository.head, collect(paths, members.settings)
    places = [os.path.relpath(os.path.realpath(path), repository.top).replace(os.sep, "/") for path in paths]
    lost = [members.name(path) for path in repository.lost(tree, [place for place in places if place[:3] != "../"])]
    gone = tuple(name for name in lost if name and not members.reason(name))
    return Focus("named", tree, corpus.sources, gone, corpus.left_out)


class _Changes:
    """Sorts what changed into seed files, lost ones, declarations of metadata, and what the corpus does not have."""

    def __init__(self, members: Members, changes: Iterable[Change]) -> None:
        self.members = members
        self.seeds: dict[str, str] = {}
        """Path and blob; no blob where the work tree alone has the content."""
        self.gone: list[str] = []
        self.left_out: list[FileRecord] = []
        self.declarations: dict[str, list[str]] = {}
        """Names of changed files that may declare a seed file's metadata, by their folder, which ends in a slash."""
        for change in changes:
            name = members.name(change.path)
            if name is not None:
                self._sort(name, change)

    def _sort(self, name: str, change: Change) -> None:
        if name.endswith(SIDECARS):
            self.declarations.setdefault(_folder(name), []).append(os.path.basename(name))
        if change.unmerged:
            self.left_out.append(FileRecord(name, "unreadable", "has a conflict that is not resolved"))
        elif reason := self.members.reason(name):
            self.left_out.append(FileRecord(name, "excluded", reason))
        elif change.gone:
            self.gone.append(name)
        elif change.new_mode in REGULAR:
            self.seeds[name] = change.blob
        else:
            self.gone.append(name)
            self.left_out.append(FileRecord(name, "excluded", "not a regular file"))

    def declare(self, folder: str, changed: list[str], present: set[str]) -> None:
        """Take the seed files of a folder whose declarations changed."""
        for seed in sorted(present):
            declaring = companions_of(seed, present | {*changed})
            if not self.members.reason(folder + seed) and not {*declaring}.isdisjoint(changed):
                self.seeds.setdefault(folder + seed, "")
                declared = {folder + name for name in declaring}
                self.left_out = [
                    record._replace(reason=DECLARES) if record.path in declared else record for record in self.left_out
                ]


def tree_files(repository: Repository, members: Members, tree: str) -> Iterator[Held]:
    """List the seed files of a tree."""
    folders: dict[str, dict[str, str]] = {}
    for entry in repository.files(tree):
        name = members.name(entry.path)
        if name is not None:
            folders.setdefault(_folder(name), {})[os.path.basename(name)] = entry.blob
    for folder in sorted(folders):
        yield from held(members, folder, folders[folder])


def tree_changes(repository: Repository, members: Members, old: str, new: str) -> tuple[set[str], list[Held]]:
    """List the paths that differ between two trees, or whose companions do, and those of them that the new one has."""
    folders: dict[str, set[str]] = {}
    for change in repository.between(old, new):
        name = members.name(change.path)
        if name is not None:
            folders.setdefault(_folder(name), set()).add(os.path.basename(name))
    paths, there = set(), []
    for folder, changed in folders.items():
        top = f"{members.prefix}{folder}".rstrip("/")
        blobs = {os.path.basename(entry.path): entry.blob for entry in repository.folder(new, top)}
        touched = changed | {name for name in blobs if not changed.isdisjoint(companions_of(name, {*blobs} | changed))}
        paths |= {folder + name for name in touched}
        there += [one for one in held(members, folder, blobs) if os.path.basename(one.path) in touched]
    return paths, there


def held(members: Members, folder: str, blobs: dict[str, str]) -> Iterator[Held]:
    """Give the seed files of a folder, which ends in a slash, from the names and blobs of all its files."""
    names = {*blobs}
    for name in sorted(names):
        if not members.reason(folder + name):
            yield Held(folder + name, blobs[name], tuple((other, blobs[other]) for other in companions_of(name, names)))


def _folder(name: str) -> str:
    folder, slash, _ = name.rpartition("/")
    return folder + slash
