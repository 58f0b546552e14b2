"""Which file of a corpus translates which: its files are sketched in batches, the sketches linked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from dqkit.backends.serial import serial
from dqkit.corpus import Corpus, Source, batches, path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from dqkit.backends import Backend
    from dqkit.pairing.link import Links
    from dqkit.pairing.sketch import Sketch

BATCH_FILES = 64


def pairs_of(corpus: Corpus, backend: Backend = serial) -> Links:
    """Find which file of a corpus translates which, without any rule."""
    runs = batches(corpus.sources, BATCH_FILES, path_of)
    outlines = [outline for batch in backend(outline_batch, runs) for outline in batch]
    return linked(corpus.by_path(), outlines, backend)


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


def as_it_is(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Give a function as it is: what remembers nothing."""
    return work


def linked(
    sources: dict[str, Source],
    outlines: list[Sketch],
    backend: Backend,
    remembered: Callable[[Callable[[Any], Any]], Callable[[Any], Any]] = as_it_is,
) -> Links:
    """Find the pairs of a corpus from the outlines of its files; `remembered` makes a function remember."""
    from dqkit.pairing.link import link, pairs_and_dangling

    sketches = outlines
    if len({outline.language for outline in outlines} - {None}) > 1:  # or no text can be another's translation
        tasks = ((sources[outline.path], outline) for outline in sorted(outlines))
        wanted = batches(tasks, BATCH_FILES, lambda task: task[1].path)
        sketches = [sketch for batch in backend(remembered(partial(sketch_batch)), wanted) for sketch in batch]
    return link(tuple(sorted(sketches)), remembered(partial(pairs_and_dangling)))


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
