"""What a rule file may say: its keys, what a rule can be about, and rules and test cases as they were read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dqkit import checks
from dqkit.finding import SEVERITIES
from dqkit.record import NamedTuple
from dqkit.rules import expectation
from dqkit.rules.rule import Rule, rule_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dqkit.rules.option import Option

FORMAT = 1
FILE_KEYS = ("dqkit", "extends", "overrides", "rules")
EXTENDS_KEYS = ("except", "from", "only")
OVERRIDE_KEYS = ("files", "rules")
CHANGE_KEYS = ("severity", "with")
CASE_KEYS = ("bytes", "expect", "files", "input", "name", "todo")
EXPECT_KEYS = ("column", "line", "path", "quote")
LEVELS = (*reversed(SEVERITIES), "off")
END = r"$(?!\n)"
"""The end of a text, in Python, whose `$` also stands before a last newline, and in JavaScript, which lacks `\\Z`."""
ID = rf"^[A-Za-z0-9][A-Za-z0-9._/-]*{END}"
LANGUAGE = rf"^[a-z]{{2,3}}{END}"
ESCAPED = rf"""^([^\\]|\\(x[0-9a-fA-F]{{2}}|[nrt0\\]))*{END}"""
TREE_PATH = rf"^[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*(/[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*)*{END}"


class Subject(NamedTuple):
    """What a rule can be about: the names there are, the options under `with:`, and how a rule is made of them."""

    names: Callable[[], tuple[str, ...]]
    options: Callable[[str], tuple[Option, ...]]
    rule: Callable[[str, Mapping[str, Any]], Rule]
    elsewhere: bool = False
    """Whether its options are described elsewhere: those of an expectation, by Great Expectations."""


def _check_options(name: str) -> tuple[Option, ...]:
    from dqkit.rules.option import options

    return options(checks.load(name))


def _check_rule(name: str, options: Mapping[str, Any]) -> Rule:
    return rule_for(checks.load(name)(**options))


def _no_options(name: str) -> tuple[Option, ...]:  # noqa: ARG001 # see `Subject.elsewhere`
    return ()


SUBJECTS = {
    "check": Subject(cache(checks.names), _check_options, _check_rule),
    "expectation": Subject(expectation.names, _no_options, expectation.rule, elsewhere=True),
}
"""By the key that names it in a rule. A rule has exactly one of these keys."""
RULE_KEYS = (*SUBJECTS, "files", "id", "languages", "optional", "severity", "stage", "tests", "why", "with")
STAGES = ("file", "corpus")


class Content(NamedTuple):
    """What stands in a file of a test case: its name, and its exact bytes."""

    path: str
    raw: bytes


class Case(NamedTuple):
    """A test inside a rule: some files, and what the rule must find in them."""

    name: str
    line: int
    """Of the rule file, from 1."""
    files: tuple[Content, ...]
    whole: bool
    """Whether the files have names of their own, to which the rule's `files` and `languages` apply."""
    expect: tuple[Mapping[str, Any], ...]
    """Each what a finding must have: `line`, and where the case says so `column`, `quote`, `path`."""
    todo: bool


class Draft(NamedTuple):
    """A rule as a file leaves it: what was named, here and where it was inherited from."""

    id: str
    at: str
    """File and line where it was last named."""
    named: Mapping[str, Any]

    def over(self, lower: Draft) -> Draft:
        """Put this rule over one of the same id: what it does not name stays, and so does each option."""
        both = {**lower.named, **self.named}
        for key, empty in (("with", {}), ("overrides", ())):
            below, above = lower.named.get(key, empty), self.named.get(key, empty)
            both[key] = {**below, **above} if isinstance(empty, dict) else (*below, *above)
        return self._replace(named=both)

    @property
    def subject(self) -> tuple[str, str]:
        """The key that says what the rule is about, and the name there."""
        return next((key, self.named[key]) for key in SUBJECTS if key in self.named)

    @property
    def severity(self) -> str:
        """How severe it is where no override says otherwise."""
        return str(self.named.get("severity", "warning"))

    @property
    def cases(self) -> tuple[Case, ...]:
        """The tests inside it."""
        return tuple(self.named.get("tests", ()))

    def rule(self, options: Mapping[str, Any] | None = None) -> Rule:
        """Make the rule, with other options where they are given."""
        key, name = self.subject
        named = self.named
        options = named.get("with", {}) if options is None else options
        made = SUBJECTS[key].rule(name, options)
        others = (SUBJECTS[key].rule(name, {**options, **dict(new)}) for _, _, new in named.get("overrides", ()) if new)
        return made._replace(
            id=self.id, severity=self.severity, files=named.get("files", ()),
            languages=named.get("languages", ()), reason=named.get("why") or made.reason,
            overrides=named.get("overrides", ()), stage=named.get("stage", made.stage),
            optional=named.get("optional", False), reads=sum((other.reads for other in others), made.reads),
        )  # fmt: skip
