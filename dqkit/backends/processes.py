"""Several processes on this machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dqkit.backends import Backend, Input, Output

AHEAD = 4
"""Inputs handed out for each process before its first answer: enough to keep it busy, few enough to hold in memory."""


def processes(count: int) -> Backend:
    """Make a backend of `count` processes; they live for one call."""

    def spread(work: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        import multiprocessing
        import threading
        from itertools import islice

        # Forking shares the interpreter and all that is loaded; elsewhere each process starts afresh.
        alone = sys.platform == "linux" and threading.active_count() == 1  # forking beside threads can deadlock
        context = multiprocessing.get_context("fork" if alone else "spawn")
        waiting = iter(inputs)
        with context.Pool(count) as pool:
            running = [pool.apply_async(work, (one,)) for one in islice(waiting, count * AHEAD)]
            while running:
                yield running.pop(0).get()
                running += [pool.apply_async(work, (one,)) for one in islice(waiting, 1)]

    return spread
