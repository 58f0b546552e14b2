"""A passage of a translation that says something else than its counterpart, by a similarity model of yours.

Numbers and names may agree, or be absent, while the sentences do not: a paragraph of another article, a summary, an
answer of a machine instead of a translation. Only a model of meaning sees that.

Bad:
    the third paragraph is about a bridge in the source, and about the weather in the translation

Good:
    a free translation, whose words are others and whose meaning is the same

Fix: translate the passage. The rule is off until it names a model: `with: {model: FOLDER}`, the folder of a model2vec
model that knows both languages; `pip install 'dqkit[embeddings]'` brings its reader. Nothing is downloaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import PairCheck
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dqkit.pairing.align import Alignment
    from dqkit.pairing.grid import Bead

FEWEST = 4
"""Passages a pair must have for what is usual in it to be told."""


class UnlikePassage(PairCheck):
    family: ClassVar[str] = "pairing"

    model: Annotated[
        str, "folder of a model2vec model, relative to the rule file; without one nothing is found", "path"
    ] = ""
    least_margin: Annotated[float, "how much more like its counterpart than like other passages it is, in cosines"] = (
        0.05
    )
    least_length: Annotated[int, "length of a passage that is compared, in characters of English"] = 80

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        beads = list(self._compared(pair)) if self.model else []
        if len(beads) < FEWEST:
            return
        margins = self._margins(pair, beads)
        usual = sorted(margins)[len(margins) // 2]
        if usual < 2 * self.least_margin:
            return  # the model tells these two languages' passages apart no better than chance
        for bead, margin in zip(beads, margins, strict=True):
            if margin < self.least_margin:
                message = (
                    f"this passage says something else, it seems: likeness {margin:.2f} above chance, usual {usual:.2f}"
                )
                at, source = pair.place("translation", bead.translation), pair.place("source", bead.source)
                yield Problem(at, message, (source,), "medium")

    def _compared(self, pair: Alignment) -> Iterator[Bead]:
        for bead in pair.beads:
            sides = [pair.source.blocks[i] for i in bead.source], [pair.translation.blocks[i] for i in bead.translation]
            if all(
                side and sum(b.length for b in side) >= self.least_length and all(b.prose for b in side)
                for side in sides
            ):
                yield bead

    def _margins(self, pair: Alignment, beads: list[Bead]) -> list[float]:
        """Say of each two passages how much more alike they are than each of them and the other passages."""
        from dqkit.pairing.meaning import cosines

        rows = ["\n".join(pair.source.blocks[i].text for i in bead.source) for bead in beads]
        columns = ["\n".join(pair.translation.blocks[i].text for i in bead.translation) for bead in beads]
        found = cosines(self.model, rows, columns)
        every = range(len(beads))
        others = [sum(found[i][j] + found[j][i] for j in every if j != i) / (2 * len(beads) - 2) for i in every]
        return [found[i][i] - others[i] for i in every]
