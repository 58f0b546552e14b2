"""Blocks that fit better crosswise: two that changed places, or one that went elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.pairing.grid import Bead, Grid


class Crossing(NamedTuple):
    """Blocks of either side, by index, and the cost that is saved by taking them crosswise."""

    strength: float
    source: tuple[int, ...]
    translation: tuple[int, ...]


def crossings(grid: Grid, beads: Sequence[Bead]) -> Iterator[Crossing]:
    """Give the paragraphs that fit better crosswise than as they were aligned."""
    common, single = grid.common, grid.single
    ones = [(b.source[0], b.translation[0]) for b in beads if len(b.source) == len(b.translation) == 1]
    ones = [(i, j) for i, j in ones if grid.kinds[0][i] == "body"]
    lost = [i for b in beads if not b.translation for i in b.source]
    new = [j for b in beads if not b.source for j in b.translation]
    held = dict(ones)
    paid = {b.source[0]: b.cost for b in beads if len(b.source) == len(b.translation) == 1}
    for i, j in ones:
        reached = {k for k, m in ones if k > i and (m in common[i] or j in common[k])}
        for k in sorted(reached):
            m = held[k]
            saved = paid[i] + paid[k] - single(i, m) - single(k, j)
            if saved > 0:
                yield Crossing(saved, (i, k), (j, m))
    for i in lost:
        for j in new:
            if j in common[i]:
                yield Crossing(grid.skips[0][i] + grid.skips[1][j] - single(i, j), (i,), (j,))
        for k, m in ones:
            if m in common[i]:
                yield Crossing(paid[k] - single(i, m), (i, k), (m,))
    for j in new:
        for k, m in ones:
            if j in common[k]:
                yield Crossing(paid[k] - single(k, j), (k,), (j, m))
