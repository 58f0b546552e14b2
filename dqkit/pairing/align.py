"""A source and its translation with their blocks aligned, as checks and reports see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.finding import Link, PairRecord
from dqkit.pairing.cross import Crossing, crossings
from dqkit.pairing.grid import Bead, Grid
from dqkit.place import Place, whole_lines
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.pairing.link import PairLink
    from dqkit.pairing.profile import Profile


class Alignment(NamedTuple):
    """Two profiles and how their blocks correspond."""

    pair: PairLink
    source: Profile
    translation: Profile
    beads: tuple[Bead, ...]
    grid: Grid
    """What the beads were chosen from."""
    crossings: tuple[Crossing, ...]
    """The paragraphs that fit better crosswise."""

    def place(self, side: str, blocks: Iterable[int]) -> Place:
        """Name the lines of some blocks of one side, `source` or `translation`."""
        chosen = self.source if side == "source" else self.translation
        if not chosen.blocks:
            return whole_lines(chosen.path, 1, 1)
        found = [chosen.blocks[i] for i in blocks]
        return whole_lines(chosen.path, found[0].first, found[-1].last)

    def beside(self, side: str, index: int) -> Place:
        """Name the block of one side that stands right before where the counterpart of a block of the other would."""
        before = [0]
        for bead in self.beads:
            mine, other = (bead.source, bead.translation) if side == "source" else (bead.translation, bead.source)
            if index in other:
                break
            before = list(mine[-1:]) or before
        return self.place(side, before)

    def before(self, side: str, bead: Bead) -> Place:
        """Name the block of one side that stands right before where a bead with nothing there would be."""
        return self.beside(side, (bead.translation if side == "source" else bead.source)[0])

    def record(self) -> PairRecord:
        """Give the pair as reports show it."""
        links = tuple(
            Link(
                self._lines(self.source, bead.source),
                self._lines(self.translation, bead.translation),
                round(bead.likeness, 3),
            )
            for bead in self.beads
        )
        languages = (self.source.language or "und", self.translation.language or "und")
        return PairRecord(
            self.source.path, self.translation.path, languages, round(self.pair.score, 3), self.pair.declared, links
        )

    @staticmethod
    def _lines(side: Profile, blocks: tuple[int, ...]) -> tuple[int, int] | None:
        return (side.blocks[blocks[0]].first, side.blocks[blocks[-1]].last) if blocks else None


def align(pair: PairLink, source: Profile, translation: Profile) -> Alignment:
    """Align the blocks of two profiles."""
    grid = Grid(source, translation)
    beads = tuple(grid.path())
    return Alignment(pair, source, translation, beads, grid, tuple(crossings(grid, beads)))
