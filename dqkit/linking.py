"""Which file of a corpus translates which: its files are sketched in batches, the sketches linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.backends.serial import serial
from dqkit.corpus import Corpus, Source, batches

if TYPE_CHECKING:
    from dqkit.backends import Backend
    from dqkit.pairing.link import Links
    from dqkit.pairing.sketch import Sketch

BATCH_FILES = 64


def pairs_of(corpus: Corpus, backend: Backend = serial) -> Links:
    """Find which file of a corpus translates which, without any rule."""
    outlines = [outline for batch in backend(outline_batch, batches(corpus.sources, BATCH_FILES)) for outline in batch]
    return linked({source.path: source for source in corpus.sources}, outlines, backend)


def outline_batch(sources: tuple[Source, ...]) -> list[Sketch]:
    """Outline each file of a batch, those that cannot be read left out."""
    from dqkit.pairing.sketch import outline

    found = []
    for source in sources:
        try:
            found.append(outline(source.document()))
        except OSError:
            continue  # the corpus accounts for it
    return found


def linked(sources: dict[str, Source], outlines: list[Sketch], backend: Backend) -> Links:
    """Find the pairs of a corpus from the outlines of its files."""
    from dqkit.pairing.link import link

    sketches = outlines
    if len({outline.language for outline in outlines} - {None}) > 1:  # or no text can be another's translation
        tasks = [(sources[outline.path], outline) for outline in outlines]
        wanted = [tuple(tasks[i : i + BATCH_FILES]) for i in range(0, len(tasks), BATCH_FILES)]
        sketches = [sketch for batch in backend(sketch_batch, wanted) for sketch in batch]
    return link(tuple(sorted(sketches)))


def sketch_batch(tasks: tuple[tuple[Source, Sketch], ...]) -> list[Sketch]:
    """Sketch each file of a batch, its outline known, those that can no longer be read left out."""
    from dqkit.pairing.sketch import sketch

    found = []
    for source, known in tasks:
        try:
            found.append(sketch(source.document(), known))
        except OSError:
            continue  # it was there a moment ago, and has its record
    return found
