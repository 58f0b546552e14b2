"""One state of what git keeps: a tree, or the git index; its seed files, and what declares their metadata."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from dqkit.corpus import Source, companions_of
from dqkit.record import NamedTuple
from dqkit.rules.rule import matches
from dqkit.seed.declaration import Disk, Manifests
from dqkit.seed.manifest import NAMES, unpack
from dqkit.seed.metadata import sidecars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.gate.git import Repository
    from dqkit.settings import Settings

    Rows = tuple[tuple[str, bytes], ...]
    """The manifests that have a row for a seed file, the weakest first, and the row packed."""


class Held(NamedTuple):
    """A seed file as git holds it: its path from the corpus root, its blob, and its companions' names and blobs."""

    path: str
    blob: str
    companions: tuple[tuple[str, str], ...]
    rows: Rows = ()

    def source(self, repository: Repository, names: tuple[str, ...]) -> Source:
        """Read it; `names` are the patterns its name is read by."""
        kept = tuple((name, found[1]) for name, blob in self.companions if (found := repository.look(blob)))
        found = repository.look(self.blob)
        if found is None:
            raise OSError(0, f"git has no blob {self.blob}")
        return Source(self.path, self.path, tuple(name for name, _ in kept), found[1], names, self.rows, kept)


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
        if self.excluded(name):
            return "setting exclude"
        return "" if top == name or matches(parts[-1], self.settings.include) else "setting include"

    def excluded(self, name: str) -> bool:
        """Tell whether the settings leave a file out, or a folder it lies in."""
        globs = self.settings.exclude
        parts = name.split("/") if globs else []
        ways = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        return any(matches(way, globs) or matches(f"{way}/", globs) for way in ways)


class State:
    """The files of a tree, or of the git index where none is given, by their paths from the corpus root."""

    def __init__(self, repository: Repository, members: Members, tree: str = "") -> None:
        self.repository, self.members, self.tree = repository, members, tree
        self.top = f"{tree or ':0'}:{members.prefix}"

    def has(self, path: str) -> bool:
        """Tell whether there is such a file."""
        return self.repository.look(self.top + path) is not None

    def knows(self, path: str) -> bool:
        """Tell whether there is such a file, or a folder with files in it or below."""
        return self.has(path) or any(True for _ in self.below(f"{path}/"))

    def names(self, folder: str) -> set[str]:
        """List the names of the files in a folder, those below left out."""
        top = f"{self.members.prefix}{folder}".rstrip("/")
        if not self.tree:
            return self.repository.staged_names(top)
        return {os.path.basename(entry.path) for entry in self.repository.folder(self.tree, top)}

    def below(self, folder: str) -> Iterator[str]:
        """List the paths of all files in a folder and those below it."""
        prefix = self.members.prefix
        top = prefix + folder
        paths = self.repository.paths(self.tree) if self.tree else self.repository.staged_paths(top)
        return (path[len(prefix) :] for path in paths if path.startswith(top))

    def read(self, path: str) -> bytes:
        """Give the bytes of a file.

        Raises:
            OSError: there is none.
        """
        found = self.repository.look(self.top + path)
        if found is None:
            raise OSError(0, f"git has no {path}")
        return found[1]

    @cached_property
    def manifests(self) -> Manifests:
        """The manifests in it."""
        return manifests_of(self, self.members)

    def look(self, name: str, blob: str = "") -> Held | None:
        """Find a seed file by its path; `blob`, where that is known."""
        if not blob:
            itself = self.repository.look(self.top + name)
            if itself is None:
                return None
            blob = itself[0]
        folder, base = folder_of(name), os.path.basename(name)
        found = {beside: self.repository.look(f"{self.top}{folder}{beside}") for beside in sidecars(base)}
        blobs = {beside: one[0] for beside, one in found.items() if one}
        companions = tuple((beside, blobs[beside]) for beside in companions_of(base, {*blobs}))
        return Held(name, blob, companions, self.manifests.rows(name))

    def held(self, folder: str, blobs: dict[str, str]) -> Iterator[Held]:
        """Give the seed files of a folder, which ends in a slash, from the names and blobs of all its files."""
        names = {*blobs}
        for name in sorted(names):
            if not self.members.reason(folder + name):
                companions = tuple((other, blobs[other]) for other in companions_of(name, names))
                yield Held(folder + name, blobs[name], companions, self.manifests.rows(folder + name, names))


class WorkTree(Disk):
    """The files of the corpus as they are on disk."""

    def __init__(self, members: Members) -> None:
        super().__init__(members.settings.root)
        self.members = members

    @cached_property
    def manifests(self) -> Manifests:
        """The manifests on it."""
        return manifests_of(self, self.members)


def manifests_of(files: State | WorkTree, members: Members) -> Manifests:
    """Make what reads the manifests of a state; one that cannot be read has no rows, and its own record says so."""
    return Manifests(files, members.settings.names, members.excluded, lambda _path, _reason: None)


def is_manifest(path: str) -> bool:
    """Tell whether a file is named as a manifest is."""
    return os.path.basename(path) in NAMES


def declared_anew(before: State, now: State | WorkTree, folders: Iterable[str], *, places: bool) -> Iterator[str]:
    """Give the seed files under some folders whose rows say something else than before; `places`: or stand elsewhere.

    A file that was not there before, and one that is no longer, is not among them for that alone.
    """
    for folder in outermost(folders):
        for name in now.below(folder):
            if not before.members.reason(name):
                old, new = before.manifests.rows(name), now.manifests.rows(name)
                if old != new and (places or _said(old) != _said(new)):
                    yield name


def _said(rows: Rows) -> list[object]:
    return [unpack(row).plain() for _, row in rows]


def outermost(folders: Iterable[str]) -> Iterator[str]:
    """Leave out the folders that lie in others of them; each ends in a slash.

    >>> list(outermost(["a/b/", "c/", "a/"]))
    ['a/', 'c/']
    """
    kept: list[str] = []
    for folder in sorted({*folders}):
        if not any(folder.startswith(one) for one in kept):
            kept.append(folder)
            yield folder


def tree_files(repository: Repository, members: Members, tree: str) -> Iterator[Held]:
    """List the seed files of a tree."""
    folders: dict[str, dict[str, str]] = {}
    for entry in repository.files(tree):
        name = members.name(entry.path)
        if name is not None:
            folders.setdefault(folder_of(name), {})[os.path.basename(name)] = entry.blob
    state = State(repository, members, tree)
    for folder in sorted(folders):
        yield from state.held(folder, folders[folder])


def tree_changes(repository: Repository, members: Members, old: str, new: str) -> tuple[set[str], list[Held]]:
    """List the paths that differ between two trees, or whose metadata does, and those of them that the new one has."""
    before, now = State(repository, members, old), State(repository, members, new)
    folders: dict[str, set[str]] = {}
    for change in repository.between(old, new):
        name = members.name(change.path)
        if name is not None:
            folders.setdefault(folder_of(name), set()).add(os.path.basename(name))
    declaring = [folder for folder, names in folders.items() if any(map(is_manifest, names))]
    described: dict[str, set[str]] = {}
    for name in declared_anew(before, now, declaring, places=True):
        described.setdefault(folder_of(name), set()).add(os.path.basename(name))
    paths, there = set(), []
    for folder in sorted({*folders, *described}):
        changed = folders.get(folder, set())
        top = f"{members.prefix}{folder}".rstrip("/")
        blobs = {os.path.basename(entry.path): entry.blob for entry in repository.folder(new, top)}
        beside = {name for name in blobs if not changed.isdisjoint(companions_of(name, {*blobs} | changed))}
        touched = changed | beside | described.get(folder, set())
        paths |= {folder + name for name in touched}
        there += [one for one in now.held(folder, blobs) if os.path.basename(one.path) in touched]
    return paths, there


def folder_of(name: str) -> str:
    """Give the folder of a path with its slash; nothing for the root."""
    folder, slash, _ = name.rpartition("/")
    return folder + slash
