# ruff: noqa: ARG001, ARG005 # every edit is given what some of them need
"""Replays edits on a corpus and counts how often the baseline is wrong: `python -m tests.replay`.

Each edit tells, of every old finding, where it stands afterwards. An old finding that is called new is noise; a fault
that an edit put in and that is called known is a miss. What an innocent edit itself broke or mended is in neither.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dqkit.corpus import Corpus, Source
from dqkit.engine import run
from dqkit.gate.baseline import Baseline, Settled
from dqkit.gate.identity import identify
from dqkit.rules.file import load
from dqkit.seed.text import Document
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dqkit.finding import Finding, Report
    from dqkit.rules.rule import Rule

PHRASES = ("Share this article", "Most read", "Skip to main content", "Accept all cookies", "Mest lästa", "Read more")
ENGLISH = tuple(phrase for phrase in PHRASES if phrase.isascii())
"""Phrases that are told in a text of any language."""
RUN = (
    "Share this page on Facebook",
    "Sign up for our newsletter",
    "All rights reserved",
    "Copy link",
    "Skip to main content",
)
FAULTS = (
    lambda line, pick: line + pick((" ", "\u00a0", "  ")),
    lambda line, pick: pick(("loading", "Share this article", "Advertisement")) + line,
    lambda line, pick: line.replace(" ", "\u00ad ", 1),
    lambda line, pick: line.replace(" ", " " + pick(("cafÃ©", "MÃ¼ller", "naÃ¯ve", "“")) + " ", 1),
    lambda line, pick: line.replace(" ", " " + pick(("&amp;", "&nbsp;", "{{ name }}", "\ufffd")) + " ", 1),
)  # fmt: skip
NEW = "Zwölf Boote lagen am 3. Mai im Hafen, und niemand wusste, wem das letzte von ihnen gehörte."


class Edit(NamedTuple):
    """What became of a text: the pieces kept (start, end and new start, in code points), and the new text."""

    text: str
    kept: tuple[tuple[int, int, int], ...]
    planted: tuple[tuple[int, str], ...] = ()
    """Where a fault was put in that was not there before, in code points of the new text, and the rule that sees it."""


class Tally(NamedTuple):
    """What an edit did to the findings of a corpus."""

    old: int
    noise: int
    planted: int
    missed: int


def pieces(parts: list[tuple[str, int | None]]) -> Edit:
    """Put a text together from parts, each with its old place, or None where it is new."""
    text, kept = "", []
    for part, start in parts:
        if start is not None:
            kept.append((start, start + len(part), len(text)))
        text += part
    return Edit(text, tuple(kept))


def blocks(text: str) -> list[tuple[str, int]]:
    """Cut a text into its lines, line ends included, each with its place."""
    lines = text.splitlines(keepends=True)
    return [(line, sum(map(len, lines[:number]))) for number, line in enumerate(lines)]


def insert_at_top(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    return pieces([(f"{NEW}\n\n", None), (text, 0)])


def insert_in_the_middle(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    lines = blocks(text)
    middle = pick.randrange(1, max(2, len(lines)))
    return pieces([*lines[:middle], (f"\n{NEW}\n\n", None), *lines[middle:]])  # type: ignore[list-item] # wider


def edit_words(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    """Replace one word of sixty by another one."""
    parts: list[tuple[str, int | None]] = []
    start = 0
    for word, place in words(text):
        if pick.random() < 1 / 60:
            parts += [(text[start:place], start), ("harbours", None)]
            start = place + len(word)
    return pieces([*parts, (text[start:], start)])


def words(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for word in text.split():
        start = text.index(word, start)
        if word.isalpha() and len(word) > 3:
            yield word, start
        start += len(word)


def move_a_block(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    lines = blocks(text)
    moved = lines.pop(pick.randrange(len(lines)))
    lines.insert(pick.randrange(len(lines) + 1), moved)
    return pieces(list(lines))


def line_ends(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    parts: list[tuple[str, int | None]] = []
    for line, start in blocks(text):
        parts += [(line.rstrip("\r\n"), start), ("\r\n" if line.endswith("\n") else "", None)]
    return pieces(parts)


def swap(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    """Put another offending phrase where one of the known ones was."""
    for finding in shuffled(findings, pick):
        start, end = span(finding, text)
        others = [phrase for phrase in PHRASES if phrase != text[start:end]]
        if finding.check == "leftover-ui" and finding.at.quote in PHRASES:
            phrase = pick.choice(others)
            edit = pieces([(text[:start], 0), (phrase, None), (text[end:], end)])
            return edit._replace(planted=((start, finding.rule),))
    return Edit(text, ((0, len(text), 0),))


def copy(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    """Copy the line of a known fault to the end."""
    for finding in shuffled(findings, pick):
        if finding.check in ("leftover-ui", "mojibake", "html-entity", "placeholder", "soft-hyphen"):
            line = text.split("\n")[finding.at.line - 1]
            head = text if text.endswith("\n") else text + "\n"
            return Edit(f"{head}\n{line}\n", ((0, len(text), 0),), ((len(head) + finding.at.column, finding.rule),))
    return Edit(text, ((0, len(text), 0),))


def lengthen_a_run(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    """Put another offending line before, into or after a run of them."""
    for finding in shuffled(findings, pick):
        if finding.check == "leftover-ui" and finding.at.end_line - finding.at.line > 1:
            lines = blocks(text)
            at = pick.randrange(finding.at.line - 1, finding.at.end_line + 1)
            phrase = pick.choice([phrase for phrase in ENGLISH if phrase not in text])
            end = "" if lines[at - 1][0].endswith("\n") else "\n"
            edit = pieces([*lines[:at], (f"{end}{phrase}\n", None), *lines[at:]])  # type: ignore[list-item] # wider
            return edit._replace(planted=((span(finding, text)[0], finding.rule),))
    return Edit(text, ((0, len(text), 0),))


def shorten_a_run(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    """Take a line out of each run of offending ones."""
    lines = blocks(text)
    inner = [range(f.at.line, f.at.end_line - 1) for f in findings if f.check == "leftover-ui"]
    gone = {pick.choice(between) for between in inner if between}
    return pieces([line for at, line in enumerate(lines) if at not in gone])  # type: ignore[misc] # wider


def keep(text: str, findings: list[Finding], pick: random.Random) -> Edit:
    return Edit(text, ((0, len(text), 0),))


EDITS: dict[str, Callable[[str, list[Finding], random.Random], Edit]] = {
    "paragraph at the top": insert_at_top,
    "paragraph in the middle": insert_in_the_middle,
    "one word of sixty edited": edit_words,
    "block moved": move_a_block,
    "line ends changed": line_ends,
    "file renamed": keep,
    "file renamed, words edited": edit_words,
    "offending phrase swapped": swap,
    "offending line copied": copy,
    "offending run lengthened": lengthen_a_run,
    "line of a run removed": shorten_a_run,
}


def shuffled(findings: list[Finding], pick: random.Random) -> list[Finding]:
    return pick.sample(findings, len(findings))


def span(finding: Finding, text: str) -> tuple[int, int]:
    document = Document("a", text.encode("utf-8", "surrogatepass"))
    start = document.starts[finding.at.line - 1] + finding.at.column - 1
    return start, document.starts[finding.at.end_line - 1] + finding.at.end_column - 1


def corpus(seed: int) -> dict[str, str]:
    """Give the sample corpus as it is, and each file of it with faults put in."""
    pick = random.Random(seed)
    files = {}
    for path in sorted((ROOT / "seeds").rglob("*.txt")):
        text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
        name = f"{path.parent.name}/{path.name}"
        files[name] = text
        lines = text.split("\n")
        for number in pick.sample(range(len(lines)), min(8, len(lines))):
            if len(lines[number]) > 20:
                lines[number] = pick.choice(FAULTS)(lines[number], pick.choice)
        for _ in range(2):
            lines.insert(pick.randrange(len(lines)), pick.choice(PHRASES))
        at = pick.randrange(len(lines))
        lines[at:at] = pick.sample(RUN, 4)
        files[f"variants/{name.replace('/', '-')}"] = "\n".join(lines)
    return files


def check(files: dict[str, str], rules: tuple[Rule, ...]) -> tuple[Report, Callable[[str], Document | None]]:
    raws = {path: text.encode("utf-8", "surrogatepass") for path, text in files.items()}
    report = run(Corpus(tuple(Source(path, path, (), raw) for path, raw in sorted(raws.items())), ()), rules)
    return report, lambda path: Document(path, raws[path]) if path in raws else None


def replay(name: str, files: dict[str, str], rules: tuple[Rule, ...], seed: int) -> tuple[Tally, Counter[str]]:
    """Make one edit in every file; count what the baseline says of it, and the rules of what was called new."""
    pick = random.Random(seed)
    before, read = check(files, rules)
    baseline = Baseline("baseline", identify(before.findings, read))
    by_file: dict[str, list[Finding]] = {path: [] for path in files}
    for finding in before.findings:
        by_file[finding.at.path].append(finding)
    edits = {path: EDITS[name](text, by_file[path], pick) for path, text in files.items()}
    moved = {path: f"moved/{path}" if "renamed" in name else path for path in files}
    after, read = check({moved[path]: edit.text for path, edit in edits.items()}, rules)
    settled = Settled(after, baseline, read, "/nowhere")

    where: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for path, edit in edits.items():
        for finding in by_file[path]:
            for mapped in mapping(span(finding, files[path]), edit):
                where.setdefault((moved[path], finding.rule), []).append(mapped)
    planted = {(moved[path], *place) for path, edit in edits.items() for place in edit.planted}
    old = noise = put_in = missed = 0
    rules_of_noise: Counter[str] = Counter()
    texts = {moved[path]: edit.text for path, edit in edits.items()}
    spare = spare_of_copies(after, settled, texts, planted)
    for index, finding in enumerate(after.findings):
        start, end = span(finding, texts[finding.at.path])
        if is_planted(finding, (start, end), planted):
            put_in += 1
            missed += index in settled.known and not spare[finding.rule, finding.at.path]
        elif (start, end) in where.get((finding.at.path, finding.rule), ()):
            old += 1
            is_new = index not in settled.known and not planted
            noise += is_new
            rules_of_noise[finding.rule] += is_new
    return Tally(old, noise, put_in, missed), rules_of_noise


def spare_of_copies(
    after: Report, settled: Settled, texts: dict[str, str], planted: set[tuple[str, int, str]]
) -> Counter[tuple[str, str]]:
    """Count new findings outside what was planted: of a line and its copy, either may be the one that is called new."""
    counts: Counter[tuple[str, str]] = Counter()
    for index, finding in enumerate(after.findings):
        start, end = span(finding, texts[finding.at.path])
        inside = is_planted(finding, (start, end), planted)
        counts[finding.rule, finding.at.path] += index not in settled.known and not inside
    return counts


def is_planted(finding: Finding, where: tuple[int, int], planted: set[tuple[str, int, str]]) -> bool:
    """Tell whether a finding is about a fault that an edit put in."""
    return any((finding.at.path, finding.rule) == (path, rule) and where[0] == place for path, place, rule in planted)


def mapping(old: tuple[int, int], edit: Edit) -> Iterator[tuple[int, int]]:
    """Say where a span stands after an edit: its ends are kept, whatever became of its middle."""
    starts = [new + old[0] - start for start, end, new in edit.kept if start <= old[0] < end or old[0] == old[1] == end]
    ends = [new + old[1] - start for start, end, new in edit.kept if start < old[1] <= end or old[0] == old[1] == start]
    if starts and ends and starts[0] <= ends[-1]:
        yield starts[0], ends[-1]


def table(seeds: range) -> Iterator[tuple[str, Tally, str]]:
    """Replay each edit on a corpus of each seed; give its name, the sums, and a line that says them."""
    rules = load([str(ROOT / "expectations")])
    for name in EDITS:
        sums, called_new = Tally(0, 0, 0, 0), Counter[str]()
        for seed in seeds:
            tally, names = replay(name, corpus(seed), rules, seed)
            sums = Tally(*(left + right for left, right in zip(sums, tally, strict=True)))
            called_new += names
        share = f"{sums.noise / sums.old:.1%}"
        rules_of_noise = ", ".join(f"{rule} {count}" for rule, count in called_new.most_common(3))
        yield (
            name,
            sums,
            (
                f"{name:28} {sums.old:>6} old, {sums.noise:>3} ({share:>5}) shown as new; "
                f"{sums.planted:>4} put in, {sums.missed} missed  {rules_of_noise}"
            ),
        )


if __name__ == "__main__":
    for _, _, line in table(range(3)):
        print(line)
