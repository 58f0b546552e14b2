"""What makes a finding the same finding after an edit: its rule, its words, and the words around them.

A line number changes with every paragraph put in above, a count hides one fault behind another that was mended. So
entries of a baseline are matched with findings one to one, by the surest likeness first:

1. rule, file, words and the context on both sides;
2. rule, file, words and the context on one side;
3. the same in another file, where the entry's file is gone: it was renamed, or the text moved;
4. rule and file, and the lines of a run, each of which an entry of that file has: the run lost lines, was cut in two,
   or two of them were joined;
5. rule, file and like words, where they are many: a sentence of a repeated paragraph was edited.

A run is a finding of several lines, each a fault of its own (`Check.runs`): one line more makes it new, however long it
was. What is left of the entries is gone, and what is left of the findings is new: a second copy of a known fault, too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING

from dqkit import checks
from dqkit.place import QUOTE_LIMIT
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from dqkit.finding import Finding
    from dqkit.seed.text import Document

    Tier = Callable[["Identity"], tuple[object, ...]]

CONTEXT_WORDS = 4
"""Words kept on each side of a finding. Fewer tell two faults of one kind apart less well; more are edited sooner."""
CONTEXT_LENGTH = 40
"""Code points kept of those words, the nearest: scripts without spaces have very long words."""
REACH = CONTEXT_LENGTH * 4
"""Code points that are looked through for them."""
CUT = " … "
"""Stands between the beginning and the end of many words."""
LONG = 40
"""Code points from which words are many enough to be told by likeness."""
LEAST_LIKENESS = 0.6
"""Share of words, 0 to 1, that two wordings of one finding have in common (Jaccard)."""
MOST_EDITED = 50
"""Lines of a run that are looked for by likeness; one with more of them is another run."""


class Identity(NamedTuple):
    """What a finding is about. Texts are in NFC, white space single, on one line; a run keeps its line ends."""

    path: str
    rule: str
    match: str
    """The words of the finding; of many, the first and the last; of a run, each line, at most QUOTE_LIMIT of it."""
    before: str
    after: str
    others: tuple[str, ...]
    """Other files that have it, sorted: a copy in one file more is another finding."""
    copy: int = 1
    """Tells findings apart that are alike in all the rest; from 1."""

    @property
    def files(self) -> frozenset[str]:
        """All files that have it."""
        return frozenset((self.path, *self.others))


def identify(findings: Iterable[Finding], read: Callable[[str], Document | None]) -> tuple[Identity, ...]:
    """Say what each finding is about, in their order; `read` gives a file's document, None where it is gone."""
    seen: dict[Identity, int] = defaultdict(int)
    identities = []
    for finding in findings:
        words, before, after = _words(finding, read(finding.at.path))
        first = Identity(finding.at.path, finding.rule, words, before, after, _others(finding))
        seen[first] += 1
        identities.append(first._replace(copy=seen[first]))
    return tuple(identities)


def _others(finding: Finding) -> tuple[str, ...]:
    """List the other files that have what a finding is about; a translation's source is no such file."""
    if not finding.related or checks.scope(finding.check) != "files":
        return ()
    return tuple(sorted({place.path for place in finding.related} - {finding.at.path}))


def folded(text: str) -> str:
    """Give a text on one line, white space single, composed: what no reformatting changes."""
    text = " ".join(text.split())
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def _words(finding: Finding, document: Document | None) -> tuple[str, str, str]:
    """Give the words of a finding, those before and those after it."""
    at = finding.at
    if document is None or max(at.line, at.end_line) > len(document.starts):
        return folded(at.quote), "", ""
    text = document.text
    start = document.starts[at.line - 1] + at.column - 1
    end = max(start, document.starts[at.end_line - 1] + at.end_column - 1)
    words = folded(text[start:end])
    if at.end_line > at.line and checks.runs(finding.check):
        words = "\n".join(line[:QUOTE_LIMIT] for part in text[start:end].split("\n") if (line := folded(part)))
    elif end - start > QUOTE_LIMIT:  # its beginning and its end: an edit in either leaves the other
        half = QUOTE_LIMIT // 2
        words = folded(text[start : start + half]) + CUT + folded(text[end - half : end])
    return words, _before(text, start), _after(text, end)


def _before(text: str, end: int) -> str:
    """Give the nearest words before an offset: those on its line, where there are any, so that a line may move."""
    reach = text[max(0, end - REACH) : end]
    line = folded(reach.rpartition("\n")[2]) or folded(reach)
    return " ".join(line.split(" ")[-CONTEXT_WORDS:])[-CONTEXT_LENGTH:].lstrip()


def _after(text: str, start: int) -> str:
    """Give the nearest words after an offset: those on its line, where there are any."""
    reach = text[start : start + REACH]
    line = folded(reach.partition("\n")[0]) or folded(reach)
    return " ".join(line.split(" ")[:CONTEXT_WORDS])[:CONTEXT_LENGTH].rstrip()


def match(entries: Sequence[Identity], findings: Sequence[Identity], gone: Callable[[str], bool]) -> dict[int, int]:
    """Match known findings with those of a run, one to one; give the index of the entry by that of the finding.

    `gone` tells whether there is no file of that path any more.
    """
    matched: dict[int, int] = {}
    left = set(range(len(entries)))

    def pair(tier: Tier, possible: Iterable[int], home: Mapping[str, str]) -> None:
        waiting: dict[object, list[int]] = defaultdict(list)
        for index in possible:
            entry = entries[index]
            waiting[tier(entry._replace(path=home.get(entry.path, entry.path)))].append(index)
        for number, finding in enumerate(findings):
            candidates = [] if number in matched else waiting.get(tier(finding), [])
            for position, index in enumerate(candidates):
                if _no_file_joined(entries[index], finding, gone):
                    matched[number] = index
                    left.discard(index)
                    del candidates[position]
                    break

    for tier in (*TIERS, _shared):
        pair(tier, sorted(left), {})
    moved = {index for index in left if gone(entries[index].path)}
    for tier in TIERS if moved else ():
        pair(partial(_anywhere, tier), sorted(moved & left), {})
    home = _homes(entries, findings, matched)
    for tier in TIERS if moved else ():
        pair(tier, sorted(moved & left), home)
    matched |= dict(_covered(entries, findings, sorted(left), matched, home))
    return matched | dict(_alike(entries, findings, sorted(left - set(matched.values())), matched, home))


def _homes(entries: Sequence[Identity], findings: Sequence[Identity], matched: Mapping[int, int]) -> dict[str, str]:
    """Say where each file is now, by where most of its findings are."""
    moves = Counter((entries[index].path, findings[number].path) for number, index in matched.items())
    return {old: new for (old, new), _ in reversed(moves.most_common())}


def _both_sides(identity: Identity) -> tuple[object, ...]:
    return identity.path, identity.rule, identity.match, identity.before, identity.after


def _one_side_before(identity: Identity) -> tuple[object, ...]:
    return identity.path, identity.rule, identity.match, identity.before


def _one_side_after(identity: Identity) -> tuple[object, ...]:
    return identity.path, identity.rule, identity.match, identity.after


def _shared(identity: Identity) -> tuple[object, ...]:
    """Leave out which of the files that have a passage names it."""
    return (identity.rule, identity.match.casefold()) if identity.others else identity


TIERS: tuple[Tier, ...] = (_both_sides, _one_side_before, _one_side_after)
"""What two identities must have in common, the surest first. Nothing before a finding is the beginning of its file."""


def _anywhere(tier: Tier, identity: Identity) -> tuple[object, ...]:
    """Leave the file out, where there are words to tell the place by: many files end without a line end."""
    key = tier(identity)
    return key[1:] if any(key[3:]) else key


def _no_file_joined(entry: Identity, finding: Identity, gone: Callable[[str], bool]) -> bool:
    """Tell whether each file that takes part did so before, or stands for one that is gone."""
    joined = finding.files - entry.files
    return not joined or len(joined) <= sum(map(gone, entry.files - finding.files))


def _covered(
    entries: Sequence[Identity],
    findings: Sequence[Identity],
    left: Sequence[int],
    matched: Container[int],
    home: Mapping[str, str],
) -> Iterator[tuple[int, int]]:
    """Pair a finding with an entry where each of its lines is one of the file's entries'; no line serves twice.

    Either is a run: of two single lines, the words around them tell more.
    """
    lines: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for index in left:
        entry = entries[index]
        lines[home.get(entry.path, entry.path), entry.rule] += [(line, index) for line in entry.match.split("\n")]
    for number, finding in sorted(enumerate(findings), key=lambda item: -item[1].match.count("\n")):
        known = lines.get((finding.path, finding.rule), ())
        if number in matched or not (taken := _taken(finding.match.split("\n"), known)):
            continue
        if is_run(finding) or any(is_run(entries[known[at][1]]) for at in taken):
            yield number, known[taken[0]][1]
            lines[finding.path, finding.rule] = [line for at, line in enumerate(known) if at not in set(taken)]


def _taken(wanted: Sequence[str], known: Sequence[tuple[str, int]]) -> list[int]:
    """Find each of some lines among those known, the same words first, then like ones; empty where one is not there."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in range(len(known) - 1, -1, -1):
        places[known[at][0]].append(at)
    taken = [places[line].pop() for line in wanted if places[line]]
    rest = [at for at in range(len(known)) if at not in set(taken)]
    edited = Counter(wanted) - Counter(known[at][0] for at in taken)
    if not known or edited.total() > MOST_EDITED:
        return []
    for line in edited.elements():
        at = next((at for at in rest if likeness(known[at][0], line) >= LEAST_LIKENESS), -1)
        if at < 0:
            return []
        rest.remove(at)
        taken.append(at)
    return taken


def is_run(identity: Identity) -> bool:
    """Tell whether an identity is that of a run."""
    return "\n" in identity.match


def _alike(
    entries: Sequence[Identity],
    findings: Sequence[Identity],
    left: Sequence[int],
    matched: Container[int],
    home: Mapping[str, str],
) -> Iterator[tuple[int, int]]:
    """Give pairs of finding and entry whose many words are like, the likest first."""
    files = {index: frozenset(home.get(path, path) for path in entries[index].files) for index in left}
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index in left:
        for path in files[index] if len(entries[index].match) >= LONG and not is_run(entries[index]) else ():
            waiting[path, entries[index].rule].append(index)
    scored = [
        (-score, number, index)
        for number, finding in enumerate(findings)
        if number not in matched and len(finding.match) >= LONG and not is_run(finding)
        for index in waiting.get((finding.path, finding.rule), ())
        if finding.files <= files[index] and (score := likeness(entries[index].match, finding.match)) >= LEAST_LIKENESS
    ]
    done: set[int] = set()
    taken: set[int] = set()
    for _, number, index in sorted(scored):
        if number not in done and index not in taken:
            done.add(number)
            taken.add(index)
            yield number, index


def likeness(left: str, right: str) -> float:
    """Give the share of words that two texts have in common (Jaccard); of three-letter pieces, where words are few.

    >>> likeness("a b c d", "a b c e")
    0.6
    """
    if CUT in left and CUT in right:
        return max(map(likeness, left.split(CUT, 1), right.split(CUT, 1)))
    first, second = set(left.split()), set(right.split())
    if min(len(first), len(second)) < 4:
        first, second = _pieces(left), _pieces(right)
    return len(first & second) / len(first | second) if first | second else 1.0


def _pieces(text: str) -> set[str]:
    return {text[i : i + 3] for i in range(max(1, len(text) - 2))}
