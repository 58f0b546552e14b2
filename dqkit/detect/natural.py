"""Tells repetition that belongs to a text from a copying fault: refrains, litanies, list items, parallel clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.record import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from dqkit.detect.repeats import Repeat, Text

Range = tuple[int, int]
LIKE_ALONE = 0.7
"""Likeness from which a single block counts as the copy of another."""
VERSE_MEDIAN, VERSE_BLOCK, VERSE_SHARE, VERSE_LINES = 60.0, 120.0, 0.4, 6
"""A text of some lines whose middle block is lighter than the first, and that has less than the third's share of its
letters in blocks of the second, is verse, a play or a list."""
VERSE_SAME = 0.9
"""Share of a verse's letters in lines that its copy has, too, below which it is another verse."""
_CREDIT = regex(r"\([^()]{3,60}\)\s*$|（[^（）]{2,40}）\s*$")
"""What a caption ends in: who made the picture."""
_BULLET = regex(r"\s*[-*+•‣–]\s")
_LABEL = regex(r"\s*(?:[-*+•‣–]|\(?(?:[A-Za-z]|[ivxIVX]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.):]?)(?=\s)")
"""What opens an item of a list or a clause: a bullet, a number, a letter."""
REFRAIN_WEIGHT, REFRAIN_COPIES = 120.0, 3
"""A block lighter than this that stands this often is a refrain or a stock line."""


def is_natural(text: Text, repeat: Repeat, again: set[int], verse: bool) -> bool:
    """Tell repetition that belongs to a text from a copying fault: refrains, litanies, list items, parallel clauses.

    `again` are the blocks that only repeat a run told already; `verse`: whether the text is verse, a play or a list.
    """
    first, second = repeat.copies[0], repeat.copies[-1]
    total = text.total
    blocks = first[1] - first[0] + 1
    if verse and not (blocks == 1 and _is_caption_again(text, first[0], second[0])):
        return blocks < VERSE_LINES or repeat.weight < 0.25 * total or not _has_lines_of(text, first, second)
    if len(repeat.copies) >= REFRAIN_COPIES and (repeat.weight < REFRAIN_WEIGHT or repeat.weight < 0.15 * total):
        return True
    opened = [_LABEL.match(text.blocks[copy[0]]) for copy in (first, second)]
    listed = all(opened) and (_are_items(text, first) or (blocks == 1 and _are_clauses(opened, repeat)))
    if listed and repeat.weight < 0.25 * total:
        return True
    if blocks > 1 or repeat.interleaved or repeat.partial:
        return repeat.likeness < 0.75 and repeat.weight < 0.25 * total
    if repeat.likeness > 0.995:
        return False
    near = second[0] - first[0] <= 2
    return (
        repeat.likeness < LIKE_ALONE
        or (repeat.weight < 80 and not near)
        or _numbers(text.tokens[first[0]]) != _numbers(text.tokens[second[0]])
        or _is_one_of_many(text, first[0], second[0], again)
    )


def _are_items(text: Text, copy: Range) -> bool:
    """Tell whether all blocks of a run are items of a list."""
    return all(_BULLET.match(text.blocks[index]) for index in range(copy[0], copy[1] + 1))


def _are_clauses(opened: Sequence[re.Match[str] | None], repeat: Repeat) -> bool:
    """Tell parallel clauses, each under its own number or letter, from copies."""
    labels = {match[0].strip() for match in opened if match}
    return len(labels) > 1 and (repeat.likeness < 0.995 or bool(repeat.partial))


def _is_caption_again(text: Text, first: int, second: int) -> bool:
    """Tell whether two neighbouring blocks are a caption and its copy, as no two lines of verse are."""
    return second - first == 1 and all(_CREDIT.search(text.blocks[block]) for block in (first, second))


def _has_lines_of(text: Text, first: Range, second: Range) -> bool:
    """Tell whether a range of blocks has nearly all lines of another."""
    copies = {tuple(text.tokens[block]) for block in range(second[0], second[1] + 1)}
    blocks = range(first[0], first[1] + 1)
    same = sum(text.weights[block] for block in blocks if tuple(text.tokens[block]) in copies)
    return same >= VERSE_SAME * sum(text.weights[block] for block in blocks)


def is_verse(weights: Sequence[float]) -> bool:
    """Tell verse, a play or a list from prose, by the weights of its blocks."""
    median = sorted(weights)[len(weights) // 2]
    return (
        len(weights) >= VERSE_LINES
        and median < VERSE_MEDIAN
        and sum(w for w in weights if w >= VERSE_BLOCK) < VERSE_SHARE * sum(weights)
    )


def _numbers(tokens: Sequence[str]) -> list[str]:
    return sorted(token for token in tokens if token[0].isdigit())


def _is_one_of_many(text: Text, first: int, second: int, again: set[int]) -> bool:
    """Tell whether a third block is as like the two as they are to each other: parallel clauses, entries of a list."""
    return any(
        text.likeness(first, other) >= LIKE_ALONE
        for other in sorted({block for gram in text.grams(first) for block in text.postings[gram]})
        if other not in (first, second) and other not in again and 0.5 < text.weights[other] / text.weights[first] < 2
    )
