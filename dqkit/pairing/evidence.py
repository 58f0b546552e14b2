"""What speaks for a defect of a translation, each piece with its strength: checks report it from a threshold on."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from dqkit.pairing.slip import slip, unlike
from dqkit.pairing.words import expansion, stem
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dqkit.pairing.align import Alignment
    from dqkit.pairing.profile import Profile, ProfileBlock
    from dqkit.place import Place

SMALL_WORDS = 6
"""Words that begin with a small letter at which being copied counts half: a list of names has none."""
TITLE = 0.8
"""What a copied heading, label or caption counts: it may be a title, which often stays as it is."""
LISTED = 120
"""Length up to which three copied blocks in a row are a list of names or titles."""
LEAST_CUT = 0.18
"""Strength from which an end counts as cut off: of 110 published translations one has it."""
MOST_RENAMED = 6
"""Names that read otherwise beyond which a pair says nothing: its language writes names its own way."""
LEAST_SURE = 0.9
"""What a changed value counts in blocks that share nothing else, of what it does in those that share all."""
QUOTED = 40
"""Length from which a quotation is one that a translation must show; shorter ones are titles and single words."""
_LANGUAGE_TAG = regex(r"[./-][a-z]{2}(?:[-_][A-Za-z]{2,4})?(?=[./-])")
LIKE_LENGTH = 0.4
"""Logarithm of a ratio of lengths within which a repeat of the source excuses one of the translation."""


class Evidence(NamedTuple):
    """Blocks of either side, by index, and how strongly they speak for a defect; what the strength means, see there."""

    strength: float
    source: tuple[int, ...]
    translation: tuple[int, ...]


def cut_end(pair: Alignment) -> Evidence:
    """Give the end of the source that the translation lacks.

    The strength is its share of the source's length, plus by how much the whole translation is shorter than expected.
    """
    tail: list[int] = []
    for bead in reversed(pair.beads):
        if bead.translation and bead.source:
            break
        tail += bead.source
    lengths = [sum(block.length for block in side.blocks) + 1 for side in (pair.source, pair.translation)]
    share = sum(pair.source.blocks[i].length for i in tail) / lengths[0]
    shorter = expansion(pair.source.language, pair.translation.language) - math.log(lengths[1] / lengths[0])
    return Evidence(share + max(0.0, shorter), tuple(reversed(tail)), ())


class Again(NamedTuple):
    """A block that stands again word for word: how strongly that speaks for a fault, and the lines of both."""

    strength: float
    """Its length, where the source repeats nothing of like length."""
    copy: tuple[int, int]
    first: tuple[int, int]
    told: bool
    """Whether `duplicate-block` reports it."""


def repeated(pair: Alignment) -> Iterator[Again]:
    """Give the blocks of the translation that stand twice where the source repeats nothing alike."""
    usual = expansion(pair.source.language, pair.translation.language)
    excuses = [again.length for again in pair.source.again]
    for again in pair.translation.again:
        wanted = again.length / math.exp(usual)
        excuse = min(excuses, key=lambda length: abs(math.log(length / wanted)), default=0.0)
        if excuse and abs(math.log(excuse / wanted)) <= LIKE_LENGTH:
            excuses.remove(excuse)
        else:
            yield Again(again.length, again.copy, again.first, again.told)


def untranslated(pair: Alignment) -> Iterator[Evidence]:
    """Give the paragraphs of the translation that are copied from the source.

    The strength is the share of their runs of words that stand in the source, less where few words begin small.
    """
    if not pair.source.blocks:
        return
    known = frozenset().union(*(block.grams for block in pair.source.blocks))
    if pair.source.language == pair.translation.language:  # a short text whose copied half hides its language, or
        copied = sum(bool(block.grams) and block.grams <= known for block in pair.translation.blocks)
        if 2 * copied > len(pair.translation.blocks):  # two versions in one language
            return
    shares = [len(b.grams & known) / len(b.grams) if b.grams else 0.0 for b in pair.translation.blocks]
    short = [share >= 0.5 and b.length <= LISTED for share, b in zip(shares, pair.translation.blocks, strict=True)]
    for j, block in enumerate(pair.translation.blocks):
        listed = any(all(short[k : k + 3]) for k in range(max(0, j - 2), min(j, len(short) - 3) + 1))
        if shares[j] and block.prose and not listed:
            source = max(range(len(pair.source.blocks)), key=lambda i: len(pair.source.blocks[i].grams & block.grams))
            sure = 1.0 if block.kind == "body" else TITLE
            yield Evidence(sure * shares[j] * block.small / (block.small + SMALL_WORDS), (source,), (j,))


class Change(NamedTuple):
    """A value that became another: how surely, and both with their places."""

    strength: float
    """Up to 3 for a slip in one digit in a pair that agrees otherwise, less where much disagrees."""
    was: str
    now: str
    source: Place
    translation: Place


def altered(pair: Alignment, *, dates: bool) -> Iterator[Change]:
    """Give the numbers of the source, or its dates, that read otherwise where the translation says the same."""
    sides = [
        [[fact for fact in block.facts if ("-" in fact[0]) == dates] for block in side.blocks]
        for side in (pair.source, pair.translation)
    ]
    everywhere = [Counter(value for block in side for value, _ in block) for side in sides]
    lost, new = everywhere[0] - everywhere[1], everywhere[1] - everywhere[0]
    if dates:
        _excuse(lost, new)
    noise = min(lost.total(), new.total()) - 2
    for bead in pair.beads:
        missing = [fact for i in bead.source for fact in sides[0][i] if lost[fact[0]]]
        added = [fact for j in bead.translation for fact in sides[1][j] if new[fact[0]]]
        if not dates:
            missing, added = (
                _undated(missing, pair.translation, bead.translation),
                _undated(added, pair.source, bead.source),
            )
            blocks = [
                [side.blocks[i] for i in chosen]
                for side, chosen in zip((pair.source, pair.translation), bead[:2], strict=True)
            ]
            spelled = [Counter(value for block in side for value in block.spelled) for side in blocks]
            missing = [fact for fact in missing if fact[0] not in spelled[1] - spelled[0]]
            added = [fact for fact in added if fact[0] not in spelled[0] - spelled[1]]
            converted = any(block.imperial for side in blocks for block in side)
            missing, added = unlike(missing, added, converted=converted)
        for was, at in missing:
            scored = ((slip(was, now, (at.quote, place.quote)), now, place) for now, place in added)
            strength, now, place = max(scored, key=lambda found: found[0], default=(0.0, "", at))
            if strength > 0:
                added.remove((now, place))
                sure = LEAST_SURE + (1 - LEAST_SURE) * bead.likeness
                yield Change(sure * strength / (1 + 0.15 * max(0, noise)), was, now, at, place)


def _undated(numbers: list[tuple[str, Place]], other: Profile, blocks: Iterable[int]) -> list[tuple[str, Place]]:
    """Leave out the numbers that are days of dates on the other side, of which the month was not seen."""
    days = {value.partition("-")[2] for j in blocks for value, _ in other.blocks[j].facts if "-" in value}
    return [fact for fact in numbers if fact[0] not in days]


def recounted(pair: Alignment) -> Iterator[tuple[Place, Place]]:
    """Give the numbers that count something else in the translation: dollars for euros, euros for a share of a hundred.

    Only where all that the passage has of a number say what they count, on both sides.
    """
    for bead in pair.beads:
        counted: list[dict[str, list[tuple[str, Place]]]] = [{}, {}]
        for found, side, chosen in zip(counted, (pair.source, pair.translation), bead[:2], strict=True):
            for block in (side.blocks[index] for index in chosen):
                for (value, place), unit in zip(block.facts, block.units, strict=True):
                    found.setdefault(value, []).append((unit, place))
        for value, was in counted[0].items():
            now = counted[1].get(value, [])
            units, others = ({unit for unit, _ in side} for side in (was, now))
            if now and "" not in units | others and units.isdisjoint(others):
                yield was[0][1], now[0][1]


def unquoted(pair: Alignment) -> Iterator[tuple[int, int]]:
    """Give the paragraphs of the source that quote at length where the translation has no quotation mark."""
    for bead in pair.beads:
        if bead.translation and not any(pair.translation.blocks[j].marks for j in bead.translation):
            yield from ((i, bead.translation[0]) for i in bead.source if pair.source.blocks[i].quotation >= QUOTED)


def _excuse(lost: Counter[str], new: Counter[str]) -> None:
    """Take a month without a day for any date in it on the other side."""
    for mine, others in ((lost, new), (new, lost)):
        for bare in [value for value in mine if value.endswith("-0")]:
            while mine[bare] > 0:
                month = bare[:-1]
                other = next((v for v in sorted(others) if others[v] > 0 and v.startswith(month)), None)
                if other is None:
                    break
                mine[bare] -= 1
                others[other] -= 1


def changed(pair: Alignment) -> Iterator[tuple[str, str, int, int]]:
    """Give the links, addresses and handles that read otherwise in the translation, with the blocks of both.

    One that the source has alone is paired with the likest that the translation has alone in the same blocks.
    """
    yield from _replaced(pair, lambda block: {item for _, item in block.exact}, _alike)


def renamed(pair: Alignment) -> Iterator[tuple[str, str, int, int]]:
    """Give the names in Latin letters that read otherwise in the translation, with the blocks of both."""
    if not (pair.source.named and pair.translation.named):
        return
    known = [{a for block in side.blocks for a in block.anchors} for side in (pair.source, pair.translation)]

    def fits(was: str, now: str) -> bool:
        return stem(was) not in known[1] and stem(now) not in known[0] and stem(was)[:3] != stem(now)[:3]

    found = list(_replaced(pair, lambda block: block.names if block.kind != "byline" else (), fits))
    yield from found if len(found) <= MOST_RENAMED else ()


def _replaced(
    pair: Alignment, items: Callable[[ProfileBlock], Iterable[str]], fits: Callable[[str, str], bool]
) -> Iterator[tuple[str, str, int, int]]:
    """Give what one side has alone and what stands for it on the other, block by block."""
    everywhere = [{item for b in side.blocks for item in items(b)} for side in (pair.source, pair.translation)]
    for bead in pair.beads:
        lost, new = (
            [(item, i) for i in indexes for item in sorted(set(items(blocks[i])) - other)]
            for blocks, indexes, other in (
                (pair.source.blocks, bead.source, everywhere[1]),
                (pair.translation.blocks, bead.translation, everywhere[0]),
            )
        )
        for was, i in lost:
            match = next(((now, j) for now, j in new if fits(was, now)), None)
            if match:
                new.remove(match)
                yield was, match[0], i, match[1]


def _alike(was: str, now: str) -> bool:
    """Tell whether two addresses are one with a slip: all but a few characters are the same.

    One that differs in its language tag, its scheme or in capitals alone leads to the same place.
    """
    from difflib import SequenceMatcher

    if _destination(was) == _destination(now):
        return False
    return SequenceMatcher(None, was, now, autojunk=False).ratio() >= 0.85


def _destination(address: str) -> str:
    return _LANGUAGE_TAG.sub("/", address.casefold().removeprefix("https").removeprefix("http") + "/")


def is_cut(end: Evidence) -> bool:
    """Tell whether a translation's end is cut off, from what `cut_end` gives."""
    return end.strength >= LEAST_CUT and bool(end.source)
