"""What a check is: note each document, group the notes by key, judge each group.

A check is a frozen value whose annotated fields are its options, each with a default and a help text:
`limit: Annotated[int, "code points a line may have"] = 2000`. It lives in `dqkit/checks/<name>.py`, alone; the file
name is its registration. Its module docstring is its manual page. It never knows its rule, severity or backend.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from dqkit.finding import Problem
    from dqkit.pairing.align import Alignment
    from dqkit.pairing.link import Links
    from dqkit.seed.declaration import Declaration
    from dqkit.seed.text import Document

    Key = Hashable
    Note = Any  # plain, small and ordered: numbers, texts and tuples of them; what it holds is the check's own business

FAMILIES = ("encoding", "duplicates", "leftover-ui", "metadata", "pairing")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Options:
    """A frozen value made of its annotated fields, as a dataclass is.

    The standard dataclass builds its methods from source text when a class is made; with the checks of one run
    that costs half of the time `dqkit check FILE` may take.
    """

    fields: ClassVar[tuple[str, ...]] = ()
    paths: ClassVar[tuple[str, ...]] = ()
    """The fields that name a file or a folder: `Annotated[str, "help", "path"]`."""

    def __init_subclass__(cls) -> None:
        own = [name for name, kind in cls.__annotations__.items() if not kind.startswith("ClassVar")]
        cls.fields = (*cls.fields, *own)
        cls.paths = (*cls.paths, *(name for name in own if cls.__annotations__[name].endswith("'path']")))

    def __init__(self, **options: Any) -> None:  # the transform above gives type checkers the real signature
        if unknown := options.keys() - set(self.fields):
            raise TypeError(f"{type(self).__name__} has no option {', '.join(sorted(unknown))}")
        self.__dict__.update(options)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: make a new one to change {name}")

    def values(self) -> Mapping[str, Any]:
        """Give each option's value by its name."""
        return {name: getattr(self, name) for name in self.fields}

    def reads(self) -> tuple[str, ...]:
        """Name the files and folders that options name."""
        return tuple(path for name in self.paths if (path := getattr(self, name)))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.values() == other.values()

    def __hash__(self) -> int:
        return hash((type(self), tuple(self.values().values())))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.values().items())})"


class Regroup(NamedTuple):
    """What a judge passes on, to be grouped again and judged under another key."""

    key: Key
    path: str
    note: Note


class Check(Options):
    """A check that compares files: `note` sees one document and never another, `judge` sees notes and no document."""

    family: ClassVar[str]
    """One of FAMILIES: the rule file the check's default rule stands in, and how reports group it."""
    scope: ClassVar[str] = "files"
    """What it compares: one `file`, `files` by key, the `declarations` beside them, their `links`, or each `pair`."""
    when: ClassVar[str] = ""
    """A property of `Document` that must hold for `note` to have anything to say, asked before the check is loaded."""
    stage: ClassVar[str] = "file"
    """`corpus` where a part of a corpus shows nothing to it; a rule may say otherwise."""
    runs: ClassVar[bool] = False
    """Whether each line of a finding of several is a fault of its own, so that one line more is a new one."""
    quorum: ClassVar[int] = 1
    """Notes a key must have to be judged: 2 where one file alone can show nothing."""

    @property
    def together(self) -> int:
        """Keys under which one file must each time be one of `quorum`, or nothing is found in it under any of them."""
        return 1

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        """Give what this file shows, each note under the key it is compared by."""
        raise NotImplementedError

    def judge(self, key: Key, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem | Regroup]:
        """Give the problems of one key, from all its notes, sorted, each beside the path it comes from."""
        raise NotImplementedError


class FileCheck(Check):
    """A check that needs one file alone: its key is the path, its note the problem itself. Write only `find`."""

    scope: ClassVar[str] = "file"

    def find(self, document: Document) -> Iterable[Problem]:
        """Give the problems of one document, in any order."""
        raise NotImplementedError

    def note(self, document: Document) -> Iterable[tuple[Key, Note]]:
        return [(document.path, problem) for problem in self.find(document)]

    def judge(self, key: Key, notes: Sequence[tuple[str, Note]]) -> Iterable[Problem]:
        return [problem for _, problem in notes]


class DeclarationCheck(Check):
    """A check of a file that declares metadata and is no seed file. Write only `find`."""

    scope: ClassVar[str] = "declarations"

    def find(self, declaration: Declaration) -> Iterable[Problem]:
        """Give the problems of one manifest, or of a sidecar without a seed file."""
        raise NotImplementedError


class LinkCheck(Check):
    """A check of how the files of a corpus hang together as sources and translations. Write only `find`.

    Its note is a document's sketch, the same for every such check: the engine takes it once.
    """

    scope: ClassVar[str] = "links"

    def find(self, links: Links) -> Iterable[Problem]:
        """Give the problems of the whole corpus's links."""
        raise NotImplementedError


class PairCheck(Check):
    """A check that holds a translation against its source. Write only `compare`.

    Its key is the pair, its note a document's profile, the same for every such check: the engine takes it once
    and aligns the two once.
    """

    scope: ClassVar[str] = "pair"

    def compare(self, pair: Alignment) -> Iterable[Problem]:
        """Give the problems of one pair of files, their blocks aligned."""
        raise NotImplementedError


def name_of(check: type[Check] | Check) -> str:
    """Give a check's name: its module's, with hyphens.

    >>> from dqkit.checks.missing_final_newline import MissingFinalNewline
    >>> name_of(MissingFinalNewline)
    'missing-final-newline'
    """
    return (check if isinstance(check, type) else type(check)).__module__.rpartition(".")[2].replace("_", "-")


class Manual(dict[str, str]):
    """A check's manual page in parts: `what`, `why`, `Bad`, `Good` and `Fix`."""


def manual(check: type[Check] | Check) -> Manual:
    """Read a check's manual page: what it reports, why that hurts, a bad and a good example, the cure.

    Its one source is the docstring of the check's module.
    """
    kind = check if isinstance(check, type) else type(check)
    text = sys.modules[kind.__module__].__doc__ or ""
    paragraphs = text.strip().split("\n\n")
    pages = Manual(what=" ".join(paragraphs[0].split()), why="")
    for paragraph in paragraphs[1:]:
        head, _, rest = paragraph.partition("\n")
        if head in ("Bad:", "Good:"):
            pages[head[:-1]] = rest
        elif head.startswith("Fix:"):
            pages["Fix"] = " ".join(paragraph[4:].split())
        elif not pages["why"]:
            pages["why"] = " ".join(paragraph.split())
    return pages
