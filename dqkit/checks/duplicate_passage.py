"""Text that stands in several files: the same file twice, a slightly edited one, or a shared passage.

Counts, splits and models see the words twice, and a test set may hold what its training set has.

Bad:
    two articles that share two paragraphs word for word

Good:
    the same byline, the same short heading, the same quotation of one sentence

Fix: keep one copy; the finding names every file that has it.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import Check, Regroup
from dqkit.detect.digest import digest, name_of
from dqkit.detect.repeats import weigh
from dqkit.finding import Problem
from dqkit.place import whole_lines
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dqkit.check import Key, Note
    from dqkit.seed.text import Document

SENTENCE = 40
"""Bytes a sentence must have to tell two texts alike."""
SAMPLE = 8
"""Sentences of a file that are noted, by checksum: the lowest ones, so that like files have like samples. Two
sentences may share a checksum by chance; three of a file's sample and another's do not."""
LEAST_SENTENCES = 3
"""Sampled sentences that two files must share to be called like."""
SKIP = 2
"""Blocks a shared passage may step over."""


_ENDS = bytes.maketrans(b".?!", b"\n\n\n")
_DENSE_ENDS = tuple(mark.encode() for mark in "。！？।")


class Shared(NamedTuple):
    """A block or a sentence that some files share, as one of them has it: a note, read back."""

    block: int
    """Its index; -1 for a sentence, -2 for the whole text."""
    first: int
    last: int
    weight: int
    """Letters of a block; 1 for a sentence."""
    total: int
    """Letters of all blocks, or number of sampled sentences, of the file."""


class DuplicatePassage(Check):
    family: ClassVar[str] = "duplicates"
    quorum: ClassVar[int] = 2

    least_letters: Annotated[int, "letters a shared passage must have; one CJK character counts 2.5"] = 120
    least_share: Annotated[float, "share of a file, 0 to 1, from which it counts as a copy of the other", "share"] = 0.5
    least_sentences: Annotated[
        float, "share of its sampled sentences from which it counts as an edited copy", "share"
    ] = 0.34

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        blocks = document.blocks
        if not blocks:
            return
        plain = document.folded_blocks
        weights = weigh([block.text for block in blocks], document.dense)
        total, least = sum(weights), self.least_letters / 2
        whole = b"\n".join(plain)
        yield digest(b"text " + whole), (-2, blocks[0].first, blocks[-1].last, total, total)
        for index, weight in enumerate(weights):
            if weight >= least:
                block = blocks[index]
                yield digest(plain[index]), (index, block.first, block.last, weight, total)
        sample = sorted(set(map(zlib.crc32, sentences(whole, document.dense))))[:SAMPLE]
        for checksum in sample:
            yield checksum.to_bytes(4, "big"), (-1, 0, 0, 1, len(sample))

    def judge(self, key: Key, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem | Regroup]:
        if isinstance(key, tuple):
            return self._compare(notes)
        firsts = dict(reversed(notes))  # where a file has it twice, its first place
        if len(firsts) < 2:
            return []
        group = name_of(firsts)
        return [Regroup(group, path, (key, note)) for path, note in firsts.items()]

    def _compare(self, notes: Sequence[tuple[str, Note]]) -> Iterator[Problem]:
        """Judge what one set of files shares: all of it at once."""
        paths = sorted({path for path, _ in notes})
        shared: dict[Key, dict[str, Shared]] = {}
        for path, (name, note) in notes:
            shared.setdefault(name, {})[path] = Shared(*note)
        items = sorted(shared.values(), key=lambda item: [item[path] for path in paths])
        share = max(_share(items, path) for path in paths)
        edited = max(_share_of_sentences(items, path) for path in paths)
        *others, last = paths
        same = any(item[last].block == -2 for item in items)
        if same or share >= self.least_share or edited >= self.least_sentences:
            alike = "has the same text as" if same else f"shares {max(share, edited):.0%} of its text with"
            lines = {path: _reach(items, path) for path in paths}
            yield Problem(whole_lines(last, *lines[last]), f"this file {alike} {_listed(others)}",
                          tuple(whole_lines(path, *lines[path]) for path in others))  # fmt: skip
            return
        for run in _runs([item for item in items if item[last].block >= 0], paths):
            if sum(item[last].weight for item in run) >= self.least_letters:
                places = [whole_lines(path, run[0][path].first, run[-1][path].last) for path in paths]
                yield Problem(places[-1], f"a passage that stands in {_listed(others)} as well", tuple(places[:-1]))


def sentences(text: bytes, dense: bool) -> list[bytes]:
    """Cut a text at the ends of its sentences, and keep those long enough to tell texts alike."""
    text = text.translate(_ENDS)
    if dense:
        for mark in _DENSE_ENDS:
            text = text.replace(mark, b"\n")
    return [sentence for sentence in text.split(b"\n") if len(sentence) >= SENTENCE]


def _share(items: list[dict[str, Shared]], path: str) -> float:
    """Give the share of a file's letters that stand in shared blocks."""
    blocks = [item[path] for item in items if item[path].block >= 0]
    return sum(note.weight for note in blocks) / blocks[0].total if blocks else 0.0


def _share_of_sentences(items: list[dict[str, Shared]], path: str) -> float:
    """Give the share of a file's sampled sentences that are shared; 0 where they are too few to tell."""
    sampled = [item[path] for item in items if item[path].block == -1]
    return len(sampled) / sampled[0].total if len(sampled) >= LEAST_SENTENCES else 0.0


def _reach(items: list[dict[str, Shared]], path: str) -> tuple[int, int]:
    lines = [(item[path].first, item[path].last) for item in items if item[path].last]
    return (min(first for first, _ in lines), max(last for _, last in lines)) if lines else (1, 1)


def _runs(items: list[dict[str, Shared]], paths: Sequence[str]) -> Iterator[list[dict[str, Shared]]]:
    """Join shared blocks that follow one another in every file."""
    run: list[dict[str, Shared]] = []
    for item in items:
        if run and not all(0 < item[path].block - run[-1][path].block <= SKIP for path in paths):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _listed(paths: Sequence[str]) -> str:
    return ", ".join(paths) if len(paths) <= 3 else f"{', '.join(paths[:2])} and {len(paths) - 2} more files"
