"""Repeated passages in one text: maximal runs of blocks that stand twice, single blocks, and passages inside blocks.

Runs of five tokens that come again are the seeds; each is held against its next occurrence alone, which keeps the
work linear. Seeds on one diagonal join into fragments, the longest fragment grows block by block, over small gaps
and edits, into a run, and what lies inside a run already told is not told again.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain, count, pairwise, repeat
from operator import add
from typing import TYPE_CHECKING

from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dqkit.seed.text import Document

SEED = 5
"""Tokens of a seed."""
GAP = 20
"""Tokens that may differ between two seeds of one fragment."""
DRIFT = 8
"""Tokens that may be put in or left out between them."""
SEEDS_LIMIT = 400_000
"""Tokens beyond which only a sample of all seeds is looked at, so that no text needs memory without bound."""
LEAST_HELD = 40.0
"""Weight a block must have to count as a copy where another one holds it."""
POSTINGS = 64
"""Blocks of one pair of words that are looked at."""
SKIP = 3
"""Blocks a run may step over on either side."""
_CJK = (
    "\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7ff\uff66-\uff9d\U00020000-\U0003ffff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f"
)
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff"
_WORD = regex(f"[{_CJK}]|(?:[^\\W_{_CJK}]|[{_MARKS}])+")
_SPECIAL = regex(f"[{_CJK}{_MARKS}]")
_PLAIN_WORD, _ASCII_WORD = regex(r"[^\W_]+"), regex("[a-z0-9]+")
_CLAUSE_ENDS = bytes.maketrans(b".,?!:;", b"\n" * 6)
_DENSE_CLAUSE_ENDS = tuple(mark.encode() for mark in "。，、！？；：؟،।")
_DENSE = regex(f"[{_CJK}]")
CJK_WEIGHT = 2.5
"""Letters of an alphabet that a character of a script without spaces is worth."""


class Repeat(NamedTuple):
    """A passage that stands several times. Each copy is a range of blocks, from 0, both ends included."""

    copies: tuple[tuple[int, int], ...]
    weight: float
    """Letters of one copy, a character of a script without spaces counted CJK_WEIGHT times."""
    likeness: float
    """Share of words that two copies have in common, 0 to 1; 1 where they are the same."""
    partial: tuple[tuple[int, int, int], ...] = ()
    """Of a passage inside blocks: block, start and end of each copy, in code points of the block, half-open."""
    interleaved: bool = False
    """Whether each block is followed by its own copy, over one range of blocks."""


class Fragment(NamedTuple):
    """Tokens `first` to `first_end` that come again at `second` to `second_end`, ends excluded."""

    first: int
    first_end: int
    second: int
    second_end: int


class Text:
    """A text as its blocks and their tokens."""

    def __init__(self, blocks: Sequence[str]) -> None:
        self.blocks = blocks
        self.tokens = [words(block.casefold()) for block in blocks]
        self._grams: dict[int, Counter[tuple[str, str]]] = {}
        self._likenesses: dict[tuple[int, int], float] = {}
        self._spans: dict[int, list[tuple[int, int]]] = {}

    @cached_property
    def starts(self) -> list[int]:
        """Where each block's tokens begin among all tokens."""
        starts, total = [], 0
        for tokens in self.tokens:
            starts.append(total)
            total += len(tokens)
        return starts

    @cached_property
    def weights(self) -> list[float]:
        """The weight of each block."""
        return [weight(tokens) for tokens in self.tokens]

    @cached_property
    def flat(self) -> tuple[list[int], list[int]]:
        """All tokens as numbers, equal ones the same, and the block each stands in."""
        tokens = list(chain.from_iterable(self.tokens))
        numbers = dict(zip(dict.fromkeys(tokens), count()))
        blocks = chain.from_iterable(repeat(index, len(tokens)) for index, tokens in enumerate(self.tokens))
        return list(map(numbers.__getitem__, tokens)), list(blocks)

    def grams(self, block: int) -> Counter[tuple[str, str]]:
        """Count the pairs of neighbouring words of a block."""
        if block not in self._grams:
            self._grams[block] = Counter(pairwise(["", *self.tokens[block]]))
        return self._grams[block]

    @cached_property
    def total(self) -> float:
        """The weight of all blocks."""
        return sum(self.weights)

    @cached_property
    def postings(self) -> dict[tuple[str, str], list[int]]:
        """The blocks that have a pair of neighbouring words, the first POSTINGS of them."""
        found: dict[tuple[str, str], list[int]] = {}
        for index in range(len(self.blocks)):
            for gram in self.grams(index):
                blocks = found.setdefault(gram, [])
                if len(blocks) < POSTINGS:
                    blocks.append(index)
        return found

    def likeness(self, left: int, right: int) -> float:
        """Give the share of word pairs two blocks have in common; 0.95 where one holds the other."""
        if (left, right) not in self._likenesses:
            self._likenesses[left, right] = self._compare(left, right)
        return self._likenesses[left, right]

    def _compare(self, left: int, right: int) -> float:
        first, second = self.tokens[left], self.tokens[right]
        if first == second:
            return 1.0
        if not first or not second:
            return 0.0
        one, other = self.grams(left), self.grams(right)
        common = sum([min(one[gram], other[gram]) for gram in one.keys() & other.keys()])
        share = common / max(len(first), len(second))
        return 0.95 if share < 0.95 and (self.holds(left, right) or self.holds(right, left)) else share

    def holds(self, outer: int, inner: int) -> bool:
        """Tell whether one block has another's words in a row, its first and last aside: they may be glued or cut."""
        core = self.tokens[inner][1:-1]
        if len(core) > len(self.tokens[outer]):
            return False
        return weight(core) >= LEAST_HELD and f" {' '.join(core)} " in f" {' '.join(self.tokens[outer])} "

    def offsets(self, block: int, first: int, last: int) -> tuple[int, int]:
        """Give where tokens `first` to `last`, excluded, of a block stand in it, in code points."""
        if block not in self._spans:
            self._spans[block] = [match.span() for match in _WORD.finditer(self.blocks[block])]
        found = self._spans[block]
        if len(found) != len(self.tokens[block]):  # casefolding changed the words of this block
            return 0, len(self.blocks[block])
        return found[first][0], found[last - 1][1]


def words(folded: str) -> list[str]:
    """Cut a text without case into words, and into single characters where a script puts no spaces."""
    pattern = _ASCII_WORD if folded.isascii() else _WORD if _SPECIAL.search(folded) else _PLAIN_WORD
    return pattern.findall(folded)


def weight(tokens: Sequence[str]) -> float:
    """Count letters, a character of a script without spaces as CJK_WEIGHT."""
    letters = "".join(tokens)
    dense = 0 if letters.isascii() else sum(len(token) == 1 and token >= "\u0e00" for token in tokens)
    return len(letters) + (CJK_WEIGHT - 1) * dense


def weigh(texts: Sequence[str], dense: bool) -> list[int]:
    """Count the letters of texts as `weight` does, without cutting them into words; `dense`: see `Document.dense`."""
    letters = [len(text) - text.count(" ") for text in texts]
    if not dense:
        return letters
    more = [(CJK_WEIGHT - 1) * len(_DENSE.findall(text)) for text in texts]
    return list(map(round, map(add, letters, more)))


def may_repeat(document: Document) -> bool:
    """Tell whether any passage may stand twice; most texts have none, and are told so at little cost.

    A clause of 24 bytes, or the first or last 24 of a block, comes again in a text that has a repeat worth telling.
    """
    blocks = document.folded_blocks
    text = b"\n".join(blocks).translate(_CLAUSE_ENDS)
    if document.dense:
        for mark in _DENSE_CLAUSE_ENDS:
            text = text.replace(mark, b"\n")
    clauses = [clause for clause in text.replace(b"\n ", b"\n").split(b"\n") if len(clause) >= 24]
    if len(set(clauses)) != len(clauses):
        return True
    long = [block for block in blocks if len(block) >= 30]
    edges = [block[:24] for block in long] + [block[-24:] for block in long]
    return len(set(edges)) != len(edges)


def fragments(text: Text) -> list[Fragment]:
    """Find the passages that come again, each held against its next occurrence, longest first."""
    found = [piece for fragment in _fragments(*_seeds(text)) for piece in _pieces(fragment)]
    return sorted(found, key=lambda f: (f.first - f.first_end, f.first, f.second))


def _pieces(fragment: Fragment) -> Iterator[Fragment]:
    """Cut a fragment that runs into its own copy, as three copies in a row do, into one piece for each copy."""
    period, length = fragment.second - fragment.first, fragment.first_end - fragment.first
    if length <= period or period < SEED:
        yield fragment
        return
    for begin in range(0, length, period):
        piece = min(period, length - begin)
        first, second = fragment.first + begin, fragment.second + begin
        if second + SEED <= fragment.second_end and piece >= SEED:
            yield Fragment(first, first + piece, second, min(second + piece, fragment.second_end))


def _seeds(text: Text) -> tuple[list[int], list[int]]:
    flat, _ = text.flat
    sample = len(flat) // SEEDS_LIMIT + 1
    grams = zip(flat, flat[1:], flat[2:], flat[3:], flat[4:], strict=False)
    hashes = list(map(hash, grams))  # of numbers: the same in every process
    if sample > 1:
        hashes = [key if key % sample == 0 else -1 for key in hashes]
    again = {key for key, times in Counter(hashes).items() if times > 1 and key != -1}
    last: dict[int, int] = {}
    firsts, seconds = [], []
    for at, key in enumerate(hashes) if again else ():
        if key in again:
            if key in last:
                firsts.append(last[key])
                seconds.append(at)
            last[key] = at
    return firsts, seconds


def _fragments(firsts: list[int], seconds: list[int]) -> Iterator[Fragment]:
    """Join seeds that lie on one diagonal, or near it, into fragments."""
    open_: dict[int, Fragment] = {}
    for first, second in zip(firsts, seconds, strict=True):
        diagonal = second - first
        near = open_.pop(diagonal, None)
        if near is None or second - near.second_end > GAP:
            if near:
                yield near
            near = None
            for drift in range(1, DRIFT + 1):
                for other in (diagonal - drift, diagonal + drift):
                    candidate = open_.get(other)
                    if candidate and second - candidate.second_end <= GAP and first >= candidate.first_end - SEED:
                        near = open_.pop(other)
                        break
                if near:
                    break
        if near is None:
            open_[diagonal] = Fragment(first, first + SEED, second, second + SEED)
        else:
            open_[diagonal] = Fragment(near.first, first + SEED, near.second, second + SEED)
    yield from open_.values()
