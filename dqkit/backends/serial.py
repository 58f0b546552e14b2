"""One process, one input after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dqkit.backends import Input, Output


def serial(work: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
    """Apply `work` to each input here, in their order."""
    return map(work, inputs)
