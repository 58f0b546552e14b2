"""What a change does to the files that declare metadata: those that changed, and those that lost a seed file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dqkit.gate.state import folder_of
from dqkit.record import NamedTuple
from dqkit.seed.declaration import Declaration, is_companion, stray_sidecar
from dqkit.seed.manifest import NAMES, unpack
from dqkit.seed.metadata import sidecars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.gate.state import State, WorkTree
    from dqkit.seed.manifest import Manifest


class Lost(NamedTuple):
    """A file that declares metadata, and what makes it a matter of this run."""

    declaration: Declaration
    gone: str = ""
    """The seed file it lost; nothing where it changed itself, and all that is wrong with it counts."""
    line: int = 1
    """The line, from 1, in which it declares that file's metadata."""


def declarations(now: State | WorkTree, changed: Iterable[str], gone: Iterable[str]) -> tuple[Lost, ...]:
    """Give an account of the manifests and stray sidecars that changed, and of those that seed files lost left."""
    own = {path: Lost(found) for path in changed if now.has(path) and (found := _declaration(now, path))}
    lost = (one for path in gone for one in _left(now, path) if one.declaration.path not in own)
    return (*own.values(), *lost)


def _declaration(now: State | WorkTree, path: str) -> Declaration | None:
    """Give an account of a file that is there, if it is a manifest of the corpus, or a sidecar without a seed file."""
    if now.members.reason(path) not in ("", "setting include"):
        return None
    folder, name = folder_of(path), os.path.basename(path)
    names = now.names(folder)
    if name in NAMES and not is_companion(name, names):
        return next((_account(now, one) for one in now.manifests.above(folder) if one.path == path), None)
    return Declaration(path, "sidecar") if stray_sidecar(name, names) else None


def _left(now: State | WorkTree, path: str) -> Iterator[Lost]:
    """Give what still declares metadata of a seed file that is gone."""
    folder = folder_of(path)
    for manifest in now.manifests.above(folder):
        key = now.manifests.key(manifest, path)
        if key and (found := _declaration(now, manifest.path)):
            yield Lost(found, path, unpack(manifest.rows[key]).line)
    for name in sidecars(os.path.basename(path)):
        if name not in NAMES and now.has(folder + name) and (found := _declaration(now, folder + name)):
            yield Lost(found, path)


def _account(now: State | WorkTree, manifest: Manifest) -> Declaration:
    """Give an account of a manifest, against all files in its folder and below."""
    paths = list(now.below(folder_of(manifest.path)))
    return now.manifests.declare([manifest.path], paths)[0]
