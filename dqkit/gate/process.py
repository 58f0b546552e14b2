"""Runs git without `subprocess`, where the system has another way: its import takes as long as all of the gate."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def output(words: Sequence[str]) -> bytes | None:
    """Give what git writes; None where it fails, or `subprocess` has to run it: that says why."""
    if not hasattr(os, "posix_spawnp"):
        return None
    read, write = os.pipe()
    silent = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    try:
        child = _spawned(words, [(os.POSIX_SPAWN_DUP2, write, 1), silent])
    except OSError:
        os.close(read)
        return None
    finally:
        os.close(write)
    with open(read, "rb") as stream:
        written = stream.read()
    return written if os.waitpid(child, 0)[1] == 0 else None


class Talk:
    """Git as it answers what is written to it, until it is closed."""

    def __init__(self, words: Sequence[str]) -> None:
        self.requests: IO[bytes]
        self.answers: IO[bytes]
        self._process: Any = None
        self._child = 0
        if hasattr(os, "posix_spawnp"):
            theirs_in, ours_out = os.pipe()
            ours_in, theirs_out = os.pipe()
            self.requests, self.answers = os.fdopen(ours_out, "wb"), os.fdopen(ours_in, "rb")
            try:
                ends = [(os.POSIX_SPAWN_DUP2, theirs_in, 0), (os.POSIX_SPAWN_DUP2, theirs_out, 1)]
                self._child = _spawned(words, ends)
            finally:
                os.close(theirs_in)
                os.close(theirs_out)
        else:
            from subprocess import PIPE, Popen

            self._process = Popen(["git", *words], stdin=PIPE, stdout=PIPE)
            self.requests, self.answers = self._process.stdin, self._process.stdout

    def close(self) -> None:
        """End it."""
        self.requests.close()
        self.answers.close()
        if self._child:
            os.waitpid(self._child, 0)
        else:
            self._process.wait()


def _spawned(words: Sequence[str], actions: list[tuple[Any, ...]]) -> int:
    return os.posix_spawnp("git", ["git", *words], os.environ, file_actions=actions)
