"""A file name that follows none of the patterns, among files that follow one.

What the name should say of the file, its number, id or language, is lost, and whatever sorts or pairs by it misses the
file.

Bad:
    000_….txt, 001_….txt, 002_….txt and 3_….txt

Good:
    a folder where every file has a name of its own kind

Fix: rename the file, or set your own patterns (`names` in the settings).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from dqkit.check import Check
from dqkit.finding import Problem
from dqkit.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dqkit.check import Key, Note
    from dqkit.seed.text import Document

GUIDES = ("changelog", "contents", "copying", "index", "licence", "license", "readme")
"""Files about the folder, which have names of their own."""


class OddFileName(Check):
    family: ClassVar[str] = "metadata"

    share: Annotated[
        float, "share of a folder's files (0 to 1) that must follow one pattern; 0: every name must", "share"
    ] = 0.8
    least_files: Annotated[int, "files that must follow the pattern"] = 4

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        folder, _, name = document.path.rpartition("/")
        stem, _, ending = name.rpartition(".")
        if stem.lower() not in GUIDES:
            yield (folder, ending), document.named.pattern if document.named else ""

    def judge(self, key: Key, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem]:
        odd = [path for path, pattern in notes if not pattern]
        patterns = [pattern for _, pattern in notes if pattern]
        most = max(sorted(set(patterns)), key=patterns.count, default="")
        if self.share and not (patterns.count(most) >= max(self.least_files, self.share * len(notes))):
            return
        example = next((path for path, pattern in notes if pattern == most and pattern), "")
        for path in odd:
            like = f", as {example.rpartition('/')[2]} does" if example else ""
            yield Problem(Place(path, 1, 1, 1, 1, ""), f"the file name follows no pattern{like}", confidence="medium")
