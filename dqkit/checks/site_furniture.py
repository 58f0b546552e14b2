"""Lines that stand at the head or the tail of many files alike: a site's masthead, address, menu or farewell.

No list knows them, but no article shares them with four others. They count as the site's, not as the articles' text.

Bad:
    five articles that end: Harbour News / 4 Quay Street / Write to us, we read it all

Good:
    the same byline over five articles; the same section label; two files that share an ending

Fix: delete the lines; better, mend the scraper's selector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import Check, Regroup
from dqkit.detect.digest import digest, name_of
from dqkit.finding import Problem
from dqkit.place import whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dqkit.check import Key, Note
    from dqkit.seed.text import Document

HEAD, TAIL = 3, 8
"""Blocks of a file's beginning and end that are looked at."""
LONGEST = 120
"""Code points a line may have; a longer one is a passage, of which duplicate-passage speaks."""
SENTENCE = 5
"""Words of a line that says something, unlike a byline or a label."""


class SiteFurniture(Check):
    family: ClassVar[str] = "leftover-ui"
    quorum: ClassVar[int] = 4

    least_files: Annotated[int, "files with different articles that must share the lines"] = 4
    least_lines: Annotated[int, "lines they must share; one less where one of them has five words"] = 3

    @property
    def together(self) -> int:
        return self.least_lines - 1

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        blocks = document.blocks
        if len(blocks) < HEAD:
            return
        plain = document.folded_blocks
        article = digest(max(plain, key=len))
        for index in sorted({*range(HEAD), *range(max(0, len(blocks) - TAIL), len(blocks))}):
            block = blocks[index]
            if len(block.text) <= LONGEST:
                yield digest(plain[index]), (index, block.first, block.last, len(block.text.split()), article)

    def judge(self, key: Key, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem | Regroup]:
        if isinstance(key, tuple):
            return self._compare(notes)
        firsts = dict(reversed(notes))
        articles = {note[4] for note in firsts.values()}
        if len(articles) < self.least_files:
            return []
        group = name_of(firsts)
        return [Regroup(group, path, (key, note)) for path, note in firsts.items()]

    def _compare(self, notes: Sequence[tuple[str, Note]]) -> Iterator[Problem]:
        """Judge the lines that one set of files shares."""
        paths = sorted({path for path, _ in notes})
        lines: dict[str, list[tuple[int, int, int, int]]] = {}
        for path, (_, note) in notes:
            lines.setdefault(path, []).append(note[:4])
        for found in lines.values():
            found.sort()
        *others, last = paths
        shared = lines[last]
        if len(shared) < self.least_lines - any(words >= SENTENCE for *_, words in shared):
            return
        places = [whole_lines(path, lines[path][0][1], lines[path][-1][2]) for path in paths]
        if shared[-1][0] - shared[0][0] > TAIL:  # some at the head, some at the tail: show where the tail begins
            places = [whole_lines(path, lines[path][-1][1], lines[path][-1][2]) for path in paths]
        message = (
            f"{len(shared)} lines that {len(others)} other files have at the same end: the site's, not the article's"
        )
        yield Problem(places[-1], message, tuple(places[:-1]))
