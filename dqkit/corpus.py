"""Which files a run is about: the seed files under some paths, each accounted for, read only when it is its turn."""

from __future__ import annotations

import os
import stat
import zlib
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from dqkit.errors import DqkitError
from dqkit.finding import FileRecord
from dqkit.place import printable
from dqkit.record import NamedTuple
from dqkit.rules.rule import matches
from dqkit.seed.declaration import Declaration, Disk, Manifests, is_companion, stray_sidecar
from dqkit.seed.filename import PATTERNS
from dqkit.seed.manifest import NAMES as MANIFESTS
from dqkit.seed.metadata import sidecars
from dqkit.seed.text import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dqkit.settings import Settings

DECLARES = "declares metadata of seed files"
"""Why a sidecar or a manifest is not checked as a seed file."""


Item = TypeVar("Item")


class Source(NamedTuple):
    """A seed file that is to be checked: its path for people (relative, POSIX), and where its bytes are."""

    path: str
    file: str
    companions: tuple[str, ...] = ()
    """Names of the files beside it that declare its metadata."""
    raw: bytes | None = None
    """The bytes, where they are at hand and not on disk."""
    names: tuple[str, ...] = PATTERNS
    """The patterns its name is read by; see `filename`."""
    rows: tuple[tuple[str, bytes], ...] = ()
    """The manifests that have a row for it, the weakest first: path, and the row packed."""
    kept: tuple[tuple[str, bytes], ...] | None = None
    """The companions' names and bytes, where those are at hand."""

    def document(self) -> Document:
        """Read the file.

        Raises:
            OSError: it cannot be read.
        """
        beside = self.beside if self.companions else None
        return Document(self.path, self.read(), beside, self.names, self.rows)

    def read(self) -> bytes:
        """Give the file's bytes."""
        if self.raw is not None:
            return self.raw
        descriptor = os.open(self.file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb", buffering=0) as file:
            return file.read()

    def beside(self, name: str) -> bytes | None:
        """Read a companion by its name; None where there is none."""
        if self.kept is not None:
            return dict(self.kept).get(name)
        if name not in self.companions:
            return None
        try:
            with open(os.path.join(os.path.dirname(self.file), name), "rb") as file:
                return file.read()
        except OSError:
            return None


class Corpus(NamedTuple):
    """The sources of a run, sorted by path, and the files that are not checked, each with its reason."""

    sources: tuple[Source, ...]
    left_out: tuple[FileRecord, ...]
    declarations: tuple[Declaration, ...] = ()
    """The manifests, and the sidecars without a seed file, that a folder of the run holds."""

    def by_path(self) -> dict[str, Source]:
        """Give the sources by their paths."""
        return {source.path: source for source in self.sources}


def collect(paths: Iterable[str], settings: Settings) -> Corpus:
    """Find the seed files that some paths name: files as they are, folders with all that is in them.

    Hidden files and folders are passed over; a link to a folder is not followed. A sidecar stands for the seed file it
    declares metadata of; a manifest that is named is checked for itself.

    Raises:
        DqkitError: a path does not exist, or no seed file is found.
    """
    walk = _Walk(settings)
    for path in paths:
        walk.add(path)
    unreadable = any(record.status == "unreadable" for record in walk.left_out.values())
    if not (walk.sources or walk.declaring or unreadable):
        raise DqkitError(_nothing(tuple(paths), settings, walk.left_out))
    left_out = [walk.left_out[path] for path in sorted(walk.left_out) if path not in walk.sources]
    sources = tuple(walk.sources[path] for path in sorted(walk.sources))
    return Corpus(sources, tuple(left_out), walk.declarations([record.path for record in left_out]))


def named(files: Iterable[tuple[str, str]], settings: Settings) -> Corpus:
    """Take seed files, each by its path for people and where it is, and what declares metadata in their folders."""
    walk = _Walk(settings)
    listings: dict[str, set[str]] = {}
    for name, file in files:
        folder, own = os.path.split(file)
        if folder not in listings:
            listings[folder] = set(os.listdir(folder or "."))
            for beside in sorted(listings[folder]):
                walk.declares(beside, name[: -len(own)] + beside, listings[folder])
        walk.take(name, file, listings[folder])
    left_out = tuple(walk.left_out[path] for path in sorted(walk.left_out))
    sources = tuple(walk.sources[path] for path in sorted(walk.sources))
    return Corpus(sources, left_out, walk.declarations([record.path for record in left_out]))


def _nothing(paths: tuple[str, ...], settings: Settings, left_out: dict[str, FileRecord]) -> str:
    hint = f"; {len(left_out)} left out ({next(iter(left_out.values())).reason})" if left_out else ""
    return f"no seed file in {', '.join(paths)}{hint}: seed files are {', '.join(settings.include)} (setting include)"


class _Walk:
    """Walks folders and sorts what it meets into sources and files left out."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sources: dict[str, Source] = {}
        self.left_out: dict[str, FileRecord] = {}
        self.declaring: dict[str, str] = {}
        """The files met that declare metadata of many files or of none: `manifest` or `sidecar`."""
        disk, fail = Disk(settings.root), partial(self.leave, "unreadable")
        self.manifests = Manifests(disk, settings.names, self.excluded, fail)
        self.listed: dict[str, set[str]] = {}

    def add(self, path: str) -> None:
        if not path:
            raise DqkitError("an empty path is no file or folder: an unset variable? The working folder is `.`")
        name = os.path.relpath(path, self.settings.root).replace(os.sep, "/")
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and os.path.lexists(path):
                self.leave("unreadable", name, error.strerror or "cannot be read")
                return
            raise DqkitError(f"{printable(path)}: no such file or folder") from None
        if self.excluded(name):
            self.leave("excluded", name, "setting exclude")
        elif stat.S_ISDIR(mode):
            self.folder(path, "" if name == "." else f"{name}/")
        elif not stat.S_ISREG(mode):
            self.leave("unreadable", name, "not a regular file")
        else:
            self.file(path, name, self.names_beside(path))

    def names_beside(self, path: str) -> set[str]:
        """List the names in a file's folder, once a folder."""
        folder = os.path.dirname(path) or "."
        if folder not in self.listed:
            try:
                self.listed[folder] = set(os.listdir(folder))
            except OSError:
                self.listed[folder] = set()  # may be passed through and not listed: no sidecar can be seen in it
        return self.listed[folder]

    def file(self, path: str, name: str, names: set[str]) -> None:
        """Take a file that was named itself."""
        own = os.path.basename(path)
        if described := self.described(own, names):
            self.leave("excluded", name, DECLARES)
            for seed in described:
                self.take(name[: -len(own)] + seed, path[: -len(own)] + seed, names)
        elif not self.declares(own, name, names):
            self.take(name, path, names)

    def folder(self, top: str, prefix: str) -> None:
        try:
            with os.scandir(top) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self.leave("unreadable", prefix.rstrip("/") or ".", error.strerror or "cannot be read")
            return
        names = {entry.name for entry in entries}
        seeds = [name for name in names if matches(name, self.settings.include)]
        companions = {companion for name in seeds for companion in companions_of(name, names)}
        for entry in entries:
            if not entry.name.startswith("."):
                self.entry(entry, prefix + entry.name, names, companions)

    def entry(self, entry: os.DirEntry[str], name: str, names: set[str], companions: set[str]) -> None:
        try:
            folder, file = entry.is_dir(), entry.is_file()
            if not (folder or file):
                entry.stat()  # says why, where a link leads nowhere or in a circle
        except OSError as error:
            self.leave("unreadable", name, error.strerror or "cannot be read")
            return
        if self.excluded(name):
            self.leave("excluded", name, "setting exclude")
        elif folder and entry.is_symlink():
            self.leave("excluded", name, "a link to a folder")
        elif folder:
            self.folder(entry.path, f"{name}/")
        elif not file:
            self.leave("excluded", name, "not a regular file")
        elif entry.name in companions:
            self.leave("excluded", name, DECLARES)
        elif self.declares(entry.name, name, names):
            pass
        elif not matches(entry.name, self.settings.include):
            self.leave("excluded", name, "setting include")
        else:
            self.take(name, entry.path, names)

    def declares(self, own: str, name: str, names: set[str]) -> bool:
        """Note a manifest, or a sidecar without a seed file, by its own name and its path; tell whether it is one."""
        if own in MANIFESTS and not is_companion(own, names):
            self.declaring[name] = "manifest"
        elif stray_sidecar(own, names):
            self.declaring[name] = "sidecar"
        else:
            return False
        self.leave("excluded", name, DECLARES)
        if self.declaring[name] == "manifest":
            self.manifests.above(name[: -len(own)], names)
        return True

    def described(self, own: str, names: set[str]) -> list[str]:
        """List the seed files of a folder that a file is the sidecar of."""
        seeds = (seed for seed in sorted(names) if seed != own and matches(seed, self.settings.include))
        return [seed for seed in seeds if own in sidecars(seed)]

    def take(self, name: str, path: str, names: set[str]) -> None:
        companions = companions_of(os.path.basename(path), names)
        rows = self.manifests.rows(name, names)
        self.sources[name] = Source(name, path, companions, names=self.settings.names, rows=rows)

    def leave(self, status: str, name: str, reason: str) -> None:
        self.left_out[name] = FileRecord(name, status, reason)

    def excluded(self, name: str) -> bool:
        globs = self.settings.exclude
        return bool(globs) and (matches(name, globs) or matches(f"{name}/", globs))

    def declarations(self, unchecked: list[str]) -> tuple[Declaration, ...]:
        """Give an account of the files met that declare metadata."""
        stray = tuple(Declaration(path, kind) for path, kind in sorted(self.declaring.items()) if kind == "sidecar")
        return stray + self.manifests.declare(
            [p for p, kind in self.declaring.items() if kind == "manifest"], unchecked
        )


def companions_of(name: str, names: set[str]) -> tuple[str, ...]:
    """List the files of a folder that declare the metadata of one of its seed files, the one that wins first."""
    return tuple(sidecar for sidecar in sidecars(name) if sidecar in names)


def path_of(source: Source) -> str:
    """Give a source's path."""
    return source.path


def batches(items: Iterable[Item], size: int, path: Callable[[Item], str]) -> Iterator[tuple[Item, ...]]:
    """Cut what is sorted by path into runs of about `size`, by twice as many at most.

    Paths say where to cut, so that a file more or less changes the run it is in and no other.
    """
    run: list[Item] = []
    for item in items:
        if len(run) >= 2 * size or (run and zlib.crc32(path(item).encode("utf-8", "surrogatepass")) % size == 0):
            yield tuple(run)
            run = []
        run.append(item)
    if run:
        yield tuple(run)
