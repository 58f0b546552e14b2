"""What a check says (`Problem`), what a rule makes of it (`Finding`), and the account of a run (`Report`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dqkit.blake import blake2b
from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.place import Place

SEVERITIES = ("info", "warning", "error")
"""From the mildest to the worst; "off" stands beside them for a rule that does not run."""
STATUSES = ("checked", "not applicable", "excluded", "unreadable")
"""What can become of a file; each file of a run has exactly one."""
STANDINGS = ("new", "known", "accepted")
"""Whether the baseline has a finding ("known"), or somebody gave a reason for it: the gate asks for new ones alone."""


class Problem(NamedTuple):
    """One defect as a check reports it: the exact place, one sentence for a person, and related places."""

    at: Place
    message: str
    related: tuple[Place, ...] = ()
    confidence: str = "high"
    """How sure the check is: high, medium or low."""
    fix: str | None = None
    """The text that should stand at the place instead, where that is certain; "" means delete it."""


class Finding(NamedTuple):
    """A problem stamped by the rule that asked for it. Findings sort by place."""

    at: Place
    rule: str
    check: str
    family: str
    severity: str
    confidence: str
    message: str
    why: str
    related: tuple[Place, ...]
    fix: str | None
    fingerprint: str
    standing: str = "new"
    """One of STANDINGS."""
    reason: str = ""
    """Why it is accepted, where it is."""


class FileRecord(NamedTuple):
    """What became of one file: its status, and the reason where it was not checked."""

    path: str
    status: str
    reason: str = ""
    language: str | None = None
    sha256: str = ""
    size: int = 0
    """In bytes."""


class Link(NamedTuple):
    """Blocks of a source that a translation renders: lines from 1, both included; None where a side has nothing."""

    source: tuple[int, int] | None
    translation: tuple[int, int] | None
    score: float


class PairRecord(NamedTuple):
    """A source and its translation, how sure that is (0 to 1), whether it was declared, and their aligned blocks."""

    source: str
    translation: str
    languages: tuple[str, str]
    score: float
    declared: bool
    links: tuple[Link, ...]


class RuleRecord(NamedTuple):
    """How many files a rule ran on, and how many findings it gave."""

    id: str
    check: str
    severity: str
    ran_on: int
    findings: int
    family: str = ""
    skipped: str = ""
    """Why it did not run, though it was chosen; empty where it ran."""


class Notice(NamedTuple):
    """What the gate has to say of an entry of its own files, which stands nowhere among the findings."""

    kind: str
    """"stale" (a known finding that is gone), "unused" (an acceptance of nothing) or "expired" (an acceptance)."""
    at: str
    """The file, line and column, as far as they help: lines of a baseline mean nothing to a person."""
    message: str


class Gate(NamedTuple):
    """What the findings were held against: the files, as a person would name them, and the date that was compared."""

    baseline: str = ""
    accepts: str = ""
    today: str = ""
    """ISO date; empty where no acceptance ends, so that the report depends on no clock."""
    notices: tuple[Notice, ...] = ()


class Comparison(NamedTuple):
    """What a run on a part of a corpus was about, and how many other files of the corpus it was held against."""

    focus: str
    """"staged", "since REF" or "named"."""
    files: int
    """Seed files in focus, those that are no longer there among them."""
    compared: int


class Report(NamedTuple):
    """What a run found, sorted and without repeats, and the account of every file, pair and rule."""

    findings: tuple[Finding, ...]
    files: tuple[FileRecord, ...]
    pairs: tuple[PairRecord, ...]
    rules: tuple[RuleRecord, ...]
    fail_on: str
    gate: Gate = Gate()
    comparison: Comparison | None = None
    """None where the run was about all files that it read."""

    @property
    def passed(self) -> bool:
        """Whether every file could be read and no new finding is as severe as `fail_on` or worse."""
        if self.count_files("unreadable"):
            return False
        return self.fail_on == "none" or not any(
            finding.standing == "new" and at_least(finding.severity, self.fail_on) for finding in self.findings
        )

    @property
    def new(self) -> tuple[Finding, ...]:
        """The findings that nobody has known or accepted."""
        return tuple(finding for finding in self.findings if finding.standing == "new")

    @property
    def never_ran(self) -> tuple[str, ...]:
        """The rules that ran, had they had a file: none of the run was for them."""
        return tuple(rule.id for rule in self.rules if not (rule.ran_on or rule.skipped))

    def count(self, severity: str) -> int:
        """Count the findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def count_standing(self, standing: str) -> int:
        """Count the findings of one standing."""
        return sum(finding.standing == standing for finding in self.findings)

    def count_files(self, status: str) -> int:
        """Count the files of one status."""
        return sum(record.status == status for record in self.files)


def at_least(severity: str, threshold: str) -> bool:
    """Tell whether a severity is as bad as the threshold or worse."""
    return SEVERITIES.index(severity) >= SEVERITIES.index(threshold)


def stamp(problems: Iterable[tuple[Problem, str, str, str, str, str]]) -> tuple[Finding, ...]:
    """Turn problems into sorted findings, each once; beside a problem stand rule, check, family, severity and why.

    Of two findings with the same rule, path and words, the fingerprint tells the first from the second.
    """
    seen: dict[str, int] = {}
    findings = []
    for problem, rule, check, family, severity, why in sorted(set(problems), key=_order):
        quote = " ".join(problem.at.quote.split()) or problem.message
        key = "\0".join((rule, problem.at.path, quote))
        seen[key] = seen.get(key, 0) + 1
        findings.append(
            Finding(
                problem.at, rule, check, family, severity, problem.confidence, problem.message, why, problem.related,
                problem.fix, fingerprint(key, seen[key]),
            )
        )  # fmt: skip
    return tuple(findings)


def _order(stamped: tuple[Problem, str, str, str, str, str]) -> tuple[object, ...]:
    problem = stamped[0]
    return (*problem.at, stamped[1], problem.message, problem.related)


def fingerprint(key: str, occurrence: int) -> str:
    """Name a finding by what it is about: rule, path, the quoted words, and how many alike stand before it.

    16 hexadecimal digits of BLAKE2b. Line numbers take no part, so a paragraph put in above changes nothing.
    """
    return blake2b(f"{key}\0{occurrence}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
