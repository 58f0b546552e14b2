"""The files of a corpus that declare metadata and are no seed files: manifests, each read once a run, and sidecars."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dqkit.record import NamedTuple
from dqkit.seed.filename import read as read_name
from dqkit.seed.manifest import NAMES, Manifest, read, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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


class Manifests:
    """The manifests at and above the folders of a run, by folder, each read when a file under it is first met."""

    def __init__(
        self, root: str, names: tuple[str, ...], excluded: Callable[[str], bool], fail: Callable[[str, str], None]
    ) -> None:
        self.root, self.names, self.excluded, self.fail = root, names, excluded, fail
        self.known: dict[str, tuple[Manifest, ...]] = {}
        self.used: dict[str, set[str]] = {}

    def rows(self, path: str, beside: set[str]) -> tuple[tuple[str, bytes], ...]:
        """Give the rows for a seed file, the weakest first: the manifest's path, and the row packed.

        `path` is relative to the root; `beside` names the files of its folder.
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
            folder = os.path.join(self.root, prefix)
            found = [name for name in NAMES if (name in names if names is not None else _is_file(folder, name))]
            if found and is_companion(found[-1], names if names is not None else set(os.listdir(folder))):
                found = []
            own = [self.load(prefix + name) for name in reversed(found) if not self.excluded(prefix + name)]
            self.known[prefix] = (*outer, *(manifest for manifest in own if manifest))
        return self.known[prefix]

    def load(self, path: str) -> Manifest | None:
        """Read a manifest; None where its bytes cannot be had."""
        try:
            with open(os.path.join(self.root, path), "rb") as file:
                raw = file.read()
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
        folder = os.path.join(self.root, os.path.dirname(manifest.path))
        unused = [key for key in manifest.rows if key not in self.used[manifest.path]]
        lost = [key for key in unused if not (key[0] == "f" and self.exists(folder, key[2:]))]
        orphans = []
        for key in lost:
            row = unpack(manifest.rows[key])
            orphans.append((key[2:], row.line, row.column))
        return Declaration(manifest.path, "manifest", manifest.faults, tuple(orphans), len(manifest.rows))

    def exists(self, folder: str, name: str) -> bool:
        """Tell whether a file is there, though it is not checked in this run."""
        try:
            return any(os.path.exists(os.path.join(base, name)) for base in (folder, self.root))
        except ValueError:
            return False  # a name no file can have


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


def _is_file(folder: str, name: str) -> bool:
    return os.path.isfile(os.path.join(folder, name))
