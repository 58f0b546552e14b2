"""Which files a run is about: the seed files under some paths, each accounted for, read only when it is its turn."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from dqkit.errors import DqkitError
from dqkit.finding import FileRecord
from dqkit.metadata import sidecars
from dqkit.place import printable
from dqkit.record import NamedTuple
from dqkit.rule import matches
from dqkit.text import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.settings import Settings


class Source(NamedTuple):
    """A seed file that is to be checked: its path for people (relative, POSIX), and where its bytes are."""

    path: str
    file: str
    companions: tuple[str, ...] = ()
    """Names of the files beside it that declare its metadata."""
    raw: bytes | None = None
    """The bytes, where they are at hand and not on disk."""

    def document(self) -> Document:
        """Read the file.

        Raises:
            OSError: it cannot be read.
        """
        return Document(self.path, self.read(), self.beside if self.companions else None)

    def read(self) -> bytes:
        """Give the file's bytes."""
        if self.raw is not None:
            return self.raw
        descriptor = os.open(self.file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb", buffering=0) as file:
            return file.read()

    def beside(self, name: str) -> bytes | None:
        """Read a companion by its name; None where there is none."""
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


def collect(paths: Iterable[str], settings: Settings) -> Corpus:
    """Find the seed files that some paths name: files as they are, folders with all that is in them.

    Hidden files and folders are passed over; a link to a folder is not followed.

    Raises:
        DqkitError: a path does not exist, or no seed file is found.
    """
    walk = _Walk(settings)
    for path in paths:
        walk.add(path)
    if not walk.sources and not any(record.status == "unreadable" for record in walk.left_out.values()):
        raise DqkitError(_nothing(tuple(paths), settings, walk.left_out))
    sources = tuple(walk.sources[path] for path in sorted(walk.sources))
    return Corpus(sources, tuple(walk.left_out[path] for path in sorted(walk.left_out) if path not in walk.sources))


def _nothing(paths: tuple[str, ...], settings: Settings, left_out: dict[str, FileRecord]) -> str:
    hint = f"; {len(left_out)} left out ({next(iter(left_out.values())).reason})" if left_out else ""
    return f"no seed file in {', '.join(paths)}{hint}: seed files are {', '.join(settings.include)} (setting include)"


class _Walk:
    """Walks folders and sorts what it meets into sources and files left out."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sources: dict[str, Source] = {}
        self.left_out: dict[str, FileRecord] = {}

    def add(self, path: str) -> None:
        name = os.path.relpath(path, self.settings.root).replace(os.sep, "/")
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and os.path.lexists(path):
                self.leave(name, "unreadable", error.strerror or "cannot be read")
                return
            raise DqkitError(f"{printable(path)}: no such file or folder") from None
        if self.excluded(name):
            self.leave(name, "excluded", "setting exclude")
        elif stat.S_ISDIR(mode):
            self.folder(path, "" if name == "." else f"{name}/")
        elif not stat.S_ISREG(mode):
            self.leave(name, "unreadable", "not a regular file")
        else:
            try:
                names = set(os.listdir(os.path.dirname(path) or "."))
            except OSError:
                names = set()  # a folder that may be passed through and not listed: no sidecar can be seen in it
            self.take(name, path, names)

    def folder(self, top: str, prefix: str) -> None:
        try:
            with os.scandir(top) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self.leave(prefix.rstrip("/") or ".", "unreadable", error.strerror or "cannot be read")
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
            self.leave(name, "unreadable", error.strerror or "cannot be read")
            return
        if self.excluded(name):
            self.leave(name, "excluded", "setting exclude")
        elif folder and entry.is_symlink():
            self.leave(name, "excluded", "a link to a folder")
        elif folder:
            self.folder(entry.path, f"{name}/")
        elif not file:
            self.leave(name, "excluded", "not a regular file")
        elif entry.name in companions:
            self.leave(name, "excluded", "declares metadata of a seed file")
        elif not matches(entry.name, self.settings.include):
            self.leave(name, "excluded", "setting include")
        else:
            self.take(name, entry.path, names)

    def take(self, name: str, path: str, names: set[str]) -> None:
        self.sources[name] = Source(name, path, companions_of(os.path.basename(path), names))

    def leave(self, name: str, status: str, reason: str) -> None:
        self.left_out[name] = FileRecord(name, status, reason)

    def excluded(self, name: str) -> bool:
        globs = self.settings.exclude
        return bool(globs) and (matches(name, globs) or matches(f"{name}/", globs))


def companions_of(name: str, names: set[str]) -> tuple[str, ...]:
    """List the files of a folder that declare the metadata of one of its seed files, the one that wins first."""
    return tuple(sidecar for sidecar in sidecars(name) if sidecar in names)


def batches(sources: Iterable[Source], size: int) -> Iterator[tuple[Source, ...]]:
    """Cut sources into runs of `size`."""
    run: list[Source] = []
    for source in sources:
        run.append(source)
        if len(run) == size:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)
