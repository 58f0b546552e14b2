"""Asks git: which trees and blobs there are, what changed between two states, and what stands in a file of either."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dqkit.errors import DqkitError
from dqkit.gate.process import Talk, output
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

REGULAR = ("100644", "100755", "100664")
"""Modes of a regular file; others are links, submodules, and "000000" for a file that is not there."""
EMPTY_TREE = {"sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
              "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"}  # fmt: skip
"""The tree without files, by the format of ids: what git makes of `git hash-object -t tree /dev/null`."""

LEAST_ZEROS = 40
"""Digits from which a commit of zeros alone is git's name for none."""


class Entry(NamedTuple):
    """A file of a tree: its path from the top of the work tree, its mode and its blob."""

    path: str
    mode: str
    blob: str


class Change(NamedTuple):
    """A file that differs between two states: its modes; the blob after, zeros where only the work tree has it."""

    path: str
    old_mode: str
    new_mode: str
    blob: str
    unmerged: bool = False

    @property
    def gone(self) -> bool:
        """Whether the file is no longer there."""
        return self.new_mode == "000000" and not self.unmerged


class Repository:
    """A git repository, asked through the `git` program in the environment as it is.

    A hook runs with an index of its own (`GIT_INDEX_FILE`), so no variable is touched. `head` is HEAD's tree, the empty
    one where there is no commit yet.

    Raises:
        DqkitError: git is not installed, or the working folder lies in no work tree.
    """

    def __init__(self) -> None:
        words = ["rev-parse", "--show-toplevel", "--git-common-dir"]
        try:
            lines = os.fsdecode(run([*words, "HEAD^{tree}"])).split("\n")
            self.head = lines[2]
        except GitError:  # no commit yet, or no repository
            lines = os.fsdecode(run([*words, "--show-object-format"])).split("\n")
            self.head = EMPTY_TREE[lines[2]]
        self.top, self.common = os.path.realpath(lines[0]), os.path.realpath(lines[1])
        self._reader: Talk | None = None

    def ask(self, *words: str) -> bytes:
        """Give the output of a git command that runs at the top of the work tree."""
        return run(["-C", self.top, *words])

    def fork_point(self, revision: str) -> str:
        """Give the tree of the commit in which HEAD and a revision last agreed; for zeros alone, the empty one.

        Raises:
            DqkitError: there is no such revision, or none that both descend from.
        """
        if len(revision) >= LEAST_ZEROS and not revision.strip("0"):
            return EMPTY_TREE[self.ask("rev-parse", "--show-object-format").decode().strip()]
        wrong = "git knows no such commit: fetch it, or name another"
        try:
            self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            wrong = "it and HEAD have no commit in common: name another"
            commit = self.ask("merge-base", "--end-of-options", revision, "HEAD").decode().strip()
            return self.ask("rev-parse", "--verify", f"{commit}^{{tree}}").decode().strip()
        except GitError:
            shallow = self.ask("rev-parse", "--is-shallow-repository").strip() == b"true"
        if shallow:
            wrong = (
                f"this clone is shallow and ends before {revision} and HEAD meet: run `git fetch --unshallow`, or "
                "clone in full (GitHub: actions/checkout with `fetch-depth: 0`; GitLab: `GIT_DEPTH: 0`)"
            )
        raise DqkitError(f"--since {revision}: {wrong}")

    def files(self, tree: str) -> Iterator[Entry]:
        """List all regular files of a tree."""
        listed = _entries(self.ask("ls-tree", "-r", "-z", "--full-tree", tree), "")
        yield from (entry for entry in listed if entry.mode in REGULAR)

    def paths(self, tree: str) -> list[str]:
        """List the paths of all regular files of a tree."""
        return [entry.path for entry in self.files(tree)]

    def between(self, old: str, new: str) -> Iterator[Change]:
        """List the files that differ between two trees."""
        return changes(self.ask("diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", old, new))

    def staged(self, tree: str) -> Iterator[Change]:
        """List the files that differ between a tree and the git index."""
        return changes(self.ask("diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", tree))

    def lost(self, tree: str, paths: Iterable[str]) -> list[str]:
        """List the files of a tree, under some paths from the top, that the work tree no longer has."""
        words = ("--name-only", "-z", "--no-renames", "--diff-filter=D", "--no-ext-diff", "--ignore-submodules")
        found = self.ask(
            "diff", *words, tree, "--", *(f":(top,literal){path if path != '.' else ''}" for path in paths)
        )
        return [os.fsdecode(path) for path in found.split(b"\0")[:-1]]

    def altered(self, tree: str) -> Iterator[Change]:
        """List the files that differ between a tree and the work tree, and those git does not track nor ignore."""
        words = ("--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--ignore-submodules")
        seen = set()
        for change in changes(self.ask("diff", *words, tree)):
            seen.add(change.path)
            yield change
        for path in self.ask("ls-files", "--others", "--exclude-standard", "-z").split(b"\0")[:-1]:
            name = os.fsdecode(path)
            if name not in seen:
                yield Change(name, "000000", "100644", "")

    def folder(self, tree: str, folder: str) -> Iterator[Entry]:
        """List the files that stand in one folder of a tree, those below left out; none where it is not there."""
        try:
            listed = self.ask("ls-tree", "-z", "--full-tree", f"{tree}:{folder}" if folder else tree)
        except GitError:
            return
        yield from (entry for entry in _entries(listed, f"{folder}/" if folder else "") if entry.mode in REGULAR)

    def staged_names(self, folder: str) -> set[str]:
        """List the names of the files that the git index has in a folder, given from the top, those below left out."""
        prefix = f"{folder}/" if folder else ""
        names = {path[len(prefix) :] for path in self.staged_paths(prefix)}
        return {name for name in names if "/" not in name}

    def staged_paths(self, prefix: str) -> list[str]:
        """List the files that the git index has in a folder and below; it is given with a slash, nothing is the top."""
        listed = self.ask("ls-files", "--cached", "-z", "--", f":(top,literal){prefix}").split(b"\0")[:-1]
        return [path for path in map(os.fsdecode, listed) if path.startswith(prefix)]

    def look(self, name: str) -> tuple[str, bytes] | None:
        """Give id and content of a blob, by its id or by `:0:PATH`, as the git index has it; None: no such blob."""
        if "\n" in name:
            return None  # git's protocol has no word for it
        self._reader = talk = self._reader or Talk(["-C", self.top, "cat-file", "--batch"])
        talk.requests.write(os.fsencode(name) + b"\n")
        talk.requests.flush()
        head = talk.answers.readline().rstrip(b"\n").rsplit(b" ", 2)
        if len(head) != 3 or not head[2].isdigit():
            return None
        content = talk.answers.read(int(head[2]))
        talk.answers.read(1)
        return (head[0].decode(), content) if head[1] == b"blob" else None

    def close(self) -> None:
        """End the process that reads blobs."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None


class GitError(DqkitError):
    """Git said no."""


def run(words: list[str]) -> bytes:
    """Run git and give its output.

    Raises:
        GitError: git is not there, or says no.
    """
    if (written := output(words)) is not None:
        return written
    import subprocess

    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False)
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}: install it, or check folders without it") from None
    if done.returncode:
        said = os.fsdecode(done.stderr).strip().removeprefix("fatal: ")
        raise GitError(f"git {words[0] if words[0] != '-C' else words[2]}: {said or f'exit code {done.returncode}'}")
    return done.stdout


def _entries(raw: bytes, prefix: str) -> Iterator[Entry]:
    """Read what `git ls-tree -z` writes: `mode type blob`, a tab, and the path, ended by a NUL."""
    for line in raw.split(b"\0")[:-1]:
        head, _, path = line.partition(b"\t")
        mode, _, blob = head.decode().split(" ")
        yield Entry(prefix + os.fsdecode(path), mode, blob)


def changes(raw: bytes) -> Iterator[Change]:
    """Read what `git diff --raw -z` writes: `:mode mode blob blob status`, and the path, each ended by a NUL."""
    fields = iter(raw.split(b"\0")[:-1])
    merged: dict[str, Change] = {}
    for head in fields:
        old_mode, new_mode, _, blob, status = head.decode().lstrip(":").split(" ")
        path = os.fsdecode(next(fields))
        if path not in merged or status == "U":
            merged[path] = Change(path, old_mode, new_mode, blob, status == "U")
    return iter(merged.values())
