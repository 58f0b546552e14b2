"""The files of a corpus that declare metadata and are no seed files: manifests, each read once a run, and sidecars."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, Protocol

from dqkit.record import NamedTuple
from dqkit.seed.filename import read as read_name
from dqkit.seed.manifest import NAMES, Manifest, read, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STRAY = (".meta.yaml", ".meta.yml", ".meta.json")
"""What a sidecar's name ends in that can be nothing else."""


class Declaration(NamedTuple):
    """A file that declares metadata, and what of it is of no use; lines and columns from 1."""

    path: str
    kind: str
    """`manifest`, or `sidecar`: one without a seed file."""
    faults: tuple[tuple[str, int, int], ...] = ()
    """What cannot be read: message, line and column."""
    orphans: tuple[tuple[str, int, int], ...] = ()
    """The rows of a manifest that no file answers to: the file or id each names, line and column."""
    rows: int = 0
    language: str | None = None
    """None: what it declares is in many languages. Rules for one language are not for it."""


class Files(Protocol):
    """Where manifests stand: paths are relative to the root of the corpus, those of folders end in a slash."""

    def has(self, path: str) -> bool:
        """Tell whether there is such a file."""

    def names(self, folder: str) -> set[str]:
        """List the names in a folder; none where it is not there."""

    def below(self, folder: str) -> Iterator[str]:
        """List the paths of all files in a folder and those below it."""

    def read(self, path: str) -> bytes:
        """Give the bytes of a file, or raise OSError."""


class Disk:
    """The files under a folder on disk."""

    def __init__(self, root: str) -> None:
        self.root = root

    def has(self, path: str) -> bool:
        try:
            return os.path.isfile(os.path.join(self.root, path))
        except ValueError:
            return False  # a name no file can have

    def names(self, folder: str) -> set[str]:
        try:
            return set(os.listdir(os.path.join(self.root, folder)))
        except OSError:
            return set()

    def below(self, folder: str) -> Iterator[str]:
        top = os.path.join(self.root, folder)
        for place, _, names in os.walk(top):
            prefix = folder + (os.path.relpath(place, top).replace(os.sep, "/") + "/") * (place != top)
            yield from (prefix + name for name in names)

    def read(self, path: str) -> bytes:
        with open(os.path.join(self.root, path), "rb") as file:
            return file.read()


class Manifests:
    """The manifests at and above the folders of a run, by folder, each read when a file under it is first met."""

    def __init__(
        self, files: Files, names: tuple[str, ...], excluded: Callable[[str], bool], fail: Callable[[str, str], None]
    ) -> None:
        self.files, self.names, self.excluded, self.fail = files, names, excluded, fail
        self.known: dict[str, tuple[Manifest, ...]] = {}
        self.used: dict[str, set[str]] = {}

    def rows(self, path: str, beside: set[str] | None = None) -> tuple[tuple[str, bytes], ...]:
        """Give the rows for a seed file, the weakest first: the manifest's path, and the row packed.

        `path` is relative to the root; `beside` names the files of its folder, where that is known.
        """
        found = []
        for manifest in self.above(path[: path.rfind("/") + 1], beside):
            if key := self.key(manifest, path):
                self.used[manifest.path].add(key)
                found.append((manifest.path, manifest.rows[key]))
        return tuple(found)

    def key(self, manifest: Manifest, path: str) -> str | None:
        """Name the row of a manifest that is for a seed file."""
        named = read_name(path, self.names)
        keys = manifest.keys_of(path, named.values.get("id") if named else None)
        return next((key for key in keys if key in manifest.rows), None)

    def above(self, prefix: str, names: set[str] | None = None) -> tuple[Manifest, ...]:
        """Give the manifests of a folder and of those above it, up to the root, the weakest first.

        `prefix` is the folder's path, relative to the root, with a slash at its end; `names` what is known to be in it.
        """
        if prefix not in self.known:
            parent = prefix[: prefix.rstrip("/").rfind("/") + 1]
            outer = self.above(parent) if prefix and not prefix.startswith("../") else ()
            found = [name for name in NAMES if (name in names if names is not None else self.files.has(prefix + name))]
            if found and is_companion(found[-1], self.files.names(prefix) if names is None else names):
                found = []
            own = [self.load(prefix + name) for name in reversed(found) if not self.excluded(prefix + name)]
            self.known[prefix] = (*outer, *(manifest for manifest in own if manifest))
        return self.known[prefix]

    def load(self, path: str) -> Manifest | None:
        """Read a manifest; None where its bytes cannot be had."""
        try:
            raw = self.files.read(path)
        except OSError as error:
            self.fail(path, error.strerror or "cannot be read")
            return None
        self.used[path] = set()
        return read(path, raw)

    def declare(self, paths: Iterable[str], unchecked: Iterable[str]) -> tuple[Declaration, ...]:
        """Give an account of the manifests at some paths; `unchecked` are files that are there and no seed files."""
        wanted = set(paths)
        found = {m.path: m for own in self.known.values() for m in own if m.path in wanted}
        others = list(unchecked) if found else []
        for manifest in found.values():
            self.used[manifest.path].update(key for path in others if (key := self.key(manifest, path)))
        return tuple(self.account(found[path]) for path in sorted(found))

    def account(self, manifest: Manifest) -> Declaration:
        """Give an account of one manifest."""
        unused = [key for key in manifest.rows if key not in self.used[manifest.path]]
        lost = [key for key in unused if not (key[0] == "f" and self.exists(manifest.path, key[2:]))]
        orphans = []
        for key in lost:
            row = unpack(manifest.rows[key])
            orphans.append((key[2:], row.line, row.column))
        return Declaration(manifest.path, "manifest", manifest.faults, tuple(orphans), len(manifest.rows))

    def exists(self, manifest: str, name: str) -> bool:
        """Tell whether the file a row names is there, though it is not checked in this run."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(manifest), name))
        return self.files.has(beside) or self.files.has(posixpath.normpath(name))


def is_companion(name: str, names: set[str]) -> bool:
    """Tell whether `metadata.yaml` is the sidecar of a `metadata.txt` and no manifest."""
    stem = name.partition(".")[0]
    return any(other.rpartition(".")[0] == stem and other not in NAMES for other in names)


def stray_sidecar(name: str, names: set[str]) -> bool:
    """Tell whether a file is a sidecar by its name, and no file of its folder is what it declares metadata of."""
    ending = next((ending for ending in STRAY if name.endswith(ending)), None)
    if not ending:
        return False
    stem = name.removesuffix(ending)
    return not any(other.rpartition(".")[0] == stem or other == stem for other in names if other != name)
