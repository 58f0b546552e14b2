"""Grows repeated fragments into runs of blocks, and tells each repeat once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.detect.natural import LIKE_ALONE, REFRAIN_WEIGHT, Range, is_natural, is_verse
from dqkit.detect.repeats import SKIP, Fragment, Repeat, Text, fragments, may_repeat, weight
from dqkit.record import regex

if TYPE_CHECKING:
    from dqkit.seed.text import Document

LIKE = 0.5
"""Likeness from which two blocks count as copies."""
LEAST_NEAR = 20.0
"""Weight a block must have to be a copy of another without being the same."""
LEAST_PARTIAL_TOKENS = 25
LEAST_PARTIAL_WEIGHT = 100.0
"""Tokens and weight from which a passage inside longer blocks counts."""
LEAST_SENTENCE_TOKENS, LEAST_SENTENCE_WEIGHT = 8, 40.0
"""Tokens and weight from which a sentence counts that stands twice in a row."""
MOST_BETWEEN = 8
"""Code points that are looked at for the end of a sentence: marks, quotation marks, spaces."""
_SENTENCE_END = regex(r"(?:[^\W\d_][.!?…]['\"”’»)\]]?\s*|[.!?…]['\"”’»)\]]?\s+|[。！？।؟]\s*)$")
LARGE = 4_000_000
"""Code points beyond which a text is compared by whole blocks alone: a book of a thousand pages has half as many."""


def repeats(document: Document) -> list[Repeat]:
    """Find what stands twice or more in a document, in the order of the first copies."""
    if not may_repeat(document):
        return []
    if len(document.text) > LARGE:
        return _whole_blocks(document)
    text = Text([block.text for block in document.blocks])
    told = Told()
    for fragment in fragments(text):
        if found := _grow(text, fragment, told):
            told.tell(found)
    again = {
        block
        for repeat in told.repeats
        for first, last in repeat.copies[1:]
        if first < last
        for block in range(first, last + 1)
    }
    verse = bool(told.repeats) and is_verse(text.weights)
    return [repeat for repeat in _interleave(sorted(told.repeats)) if not is_natural(text, repeat, again, verse)]


class Told:
    """The repeats told so far, found by the blocks they lie in: a text may have as many repeats as blocks."""

    def __init__(self) -> None:
        self.repeats: list[Repeat] = []
        self._by_block: dict[int, list[int]] = {}

    def covers(self, pair: Range) -> bool:
        """Tell whether two blocks are copies in a run told already, or both lie in a later copy of one."""
        for number in self._by_block.get(pair[0], ()):
            if number in self._by_block.get(pair[1], ()):
                copies = self.repeats[number].copies
                one, other = (next(i for i, (a, b) in enumerate(copies) if a <= block <= b) for block in pair)
                if one != other or one != 0:
                    return True
        return False

    def copy_with(self, block: int) -> Range | None:
        """Give the copy a block lies in, of the repeat that was told first."""
        number = min(self._by_block.get(block, ()), default=None)
        if number is None:
            return None
        return next(copy for copy in self.repeats[number].copies if copy[0] <= block <= copy[1])

    def tell(self, found: Repeat) -> None:
        """Add a repeat, or a further copy to one that has the same passage."""
        (a0, a1), (b0, b1) = found.copies[0], found.copies[-1]
        near = {
            number for block in (*range(a0, a1 + 1), *range(b0, b1 + 1)) for number in self._by_block.get(block, ())
        }
        for number in sorted(near) if not found.partial else ():
            repeat = self.repeats[number]
            if repeat.partial:
                continue
            first, last = repeat.copies[0], repeat.copies[-1]
            if _share(last, (a0, a1)) >= 0.6 and b0 > last[1]:
                self._put(number, repeat._replace(copies=(*repeat.copies, (b0, b1))), (b0, b1))
                return
            if _share(first, (b0, b1)) >= 0.6 and a1 < first[0]:
                self._put(number, repeat._replace(copies=((a0, a1), *repeat.copies)), (a0, a1))
                return
        self.repeats.append(found)
        for copy in found.copies:
            self._put(len(self.repeats) - 1, found, copy)

    def _put(self, number: int, repeat: Repeat, copy: Range) -> None:
        self.repeats[number] = repeat
        for block in range(copy[0], copy[1] + 1):
            numbers = self._by_block.setdefault(block, [])
            if number not in numbers:
                numbers.append(number)


def _whole_blocks(document: Document) -> list[Repeat]:
    """Find the blocks that stand again word for word, and no more, in a text too large to be taken apart."""
    first: dict[bytes, int] = {}
    told = []
    for index, block in enumerate(document.folded_blocks):
        if len(block) >= REFRAIN_WEIGHT and (before := first.setdefault(block, index)) != index:
            told.append(Repeat(((before, before), (index, index)), float(len(block)), 1.0))
    return told


def _grow(text: Text, fragment: Fragment, told: Told) -> Repeat | None:
    """Grow a fragment into a run of blocks; None where it is told already or too little."""
    pair = _best_pair(text, fragment)
    if pair is None:
        return _inside(text, fragment, told)
    if told.covers(pair):
        return None
    # Backwards first: where the second copy begins is how far the first one may reach.
    copy = told.copy_with(pair[0]) or (0, len(text.blocks))
    run = [pair]
    while follower := _next(text, run[0], -1, range(copy[0], pair[0]), range(pair[0] + 1, pair[1])):
        run.insert(0, follower)
    while follower := _next(
        text, run[-1], +1, range(pair[0], min(copy[1] + 1, run[0][1])), range(pair[1], len(text.blocks))
    ):
        run.append(follower)
    if len(run) == 1 and text.likeness(*pair) < LIKE_ALONE and (inside := _inside(text, fragment, told)):
        return inside
    total = sum(text.weights[a] for a, _ in run)
    like = sum(text.likeness(a, b) * text.weights[a] for a, b in run)
    return Repeat(((run[0][0], run[-1][0]), (run[0][1], run[-1][1])), total, like / total)


def _best_pair(text: Text, fragment: Fragment) -> Range | None:
    """Choose the pair of blocks, one under each side of a fragment, that are most surely copies."""
    block = text.flat[1]
    pairs = {(block[fragment.first + i], block[min(fragment.second + i, fragment.second_end - 1)])
             for i in range(fragment.first_end - fragment.first)}  # fmt: skip
    best = max(
        ((text.likeness(a, b) * text.weights[a], a, b) for a, b in pairs if a != b and text.likeness(a, b) >= LIKE),
        default=None,
    )
    return best[1:] if best else None


_STEPS = sorted(
    ((a, b) for a in range(1, SKIP + 1) for b in range(1, SKIP + 1)), key=lambda s: (sum(s), abs(s[0] - s[1]), s)
)


def _next(text: Text, pair: Range, step: int, firsts: range, seconds: range) -> Range | None:
    """Find the next pair of like blocks in one direction, stepping over up to SKIP, each within its bounds."""
    for a, b in _STEPS:
        first, second = pair[0] + step * a, pair[1] + step * b
        if first not in firsts or second not in seconds or not text.weights[first]:
            continue
        if text.likeness(first, second) >= (LIKE if text.weights[first] >= LEAST_NEAR else 1.0):
            return first, second
    return None


def _inside(text: Text, fragment: Fragment, told: Told) -> Repeat | None:
    """Make a repeat of a passage inside longer blocks, where it is long enough."""
    if sentence := _again_at_once(text, fragment):
        return sentence
    if fragment.first_end - fragment.first < LEAST_PARTIAL_TOKENS:
        return None
    block, copies = text.flat[1], []
    for start, end in ((fragment.first, fragment.first_end), (fragment.second, fragment.second_end)):
        # the part of the fragment that lies in its main block
        counts: dict[int, int] = {}
        for at in range(start, end):
            counts[block[at]] = counts.get(block[at], 0) + 1
        main = max(counts, key=lambda index: (counts[index], -index))
        tokens = [at - text.starts[main] for at in range(start, end) if block[at] == main]
        copies.append((main, tokens[0], tokens[-1] + 1))
    (a, a0, a1), (b, b0, b1) = copies
    words = text.tokens[a][a0:a1]
    if (
        min(a1 - a0, b1 - b0) < LEAST_PARTIAL_TOKENS
        or weight(words) < LEAST_PARTIAL_WEIGHT
        or (a == b and b0 < a1)
        or told.covers((a, b))
    ):
        return None
    partial = tuple((index, *text.offsets(index, start, end)) for index, start, end in copies)
    return Repeat(((a, a), (b, b)), weight(words), 1.0, partial)


def _again_at_once(text: Text, fragment: Fragment) -> Repeat | None:
    """Make a repeat of a sentence that stands twice in a row in one block."""
    start, end = fragment.first, fragment.second
    block, size = text.flat[1][start], fragment.second - fragment.first
    if not LEAST_SENTENCE_TOKENS <= size <= fragment.second_end - end or text.flat[1][end + size - 1] != block:
        return None
    a0, b0 = start - text.starts[block], end - text.starts[block]
    words = text.tokens[block][a0:b0]
    (first, first_end), (second, second_end) = (text.offsets(block, at, at + size) for at in (a0, b0))
    ends = [text.blocks[block][max(0, at - MOST_BETWEEN) : at] for at in (first, second) if at]
    if weight(words) < LEAST_SENTENCE_WEIGHT or not all(map(_SENTENCE_END.search, ends)):
        return None
    partial = ((block, first, first_end), (block, second, second_end))
    return Repeat(((block, block), (block, block)), weight(words), 1.0, partial)


def _share(left: Range, right: Range) -> float:
    common = min(left[1], right[1]) - max(left[0], right[0]) + 1
    return max(0, common) / max(left[1] - left[0] + 1, right[1] - right[0] + 1)


def _interleave(told: list[Repeat]) -> list[Repeat]:
    """Join single blocks that are each followed by their own copy into one repeat over the whole range."""
    joined: list[Repeat] = []
    for repeat in told:
        (a0, a1), (b0, b1) = repeat.copies[0], repeat.copies[-1]
        before = joined[-1] if joined else None
        adjacent = len(repeat.copies) == 2 and a0 == a1 and b0 == b1 == a0 + 1
        if adjacent and before and before.copies[-1][1] + 3 >= a0 and _is_adjacent(before):
            joined[-1] = Repeat(
                ((before.copies[0][0], b1),),
                before.weight + repeat.weight,
                min(before.likeness, repeat.likeness),
                (),
                True,
            )
        else:
            joined.append(repeat)
    return joined


def _is_adjacent(repeat: Repeat) -> bool:
    if repeat.interleaved:
        return True
    (a0, a1), (b0, b1) = repeat.copies[0], repeat.copies[-1]
    return len(repeat.copies) == 2 and a0 == a1 and b0 == b1 == a0 + 1
