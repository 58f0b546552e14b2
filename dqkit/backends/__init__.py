"""Where work runs: a backend applies a pure function to many inputs, in any order, in one process or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Input = TypeVar("Input")
Output = TypeVar("Output")


class Backend(Protocol):
    """Applies a function to each input and gives the results as they come."""

    def __call__(self, work: Callable[[Input], Output], inputs: Iterable[Input], /) -> Iterator[Output]:
        """Function and inputs must be picklable, the function free of side effects."""
