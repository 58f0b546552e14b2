"""A rule: a check with its options, how severe its findings are, and the files it is for."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dqkit import checks
from dqkit.check import manual, name_of
from dqkit.patterns import compiled
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from dqkit.check import Check
    from dqkit.pairing.sketch import Sketch
    from dqkit.seed.declaration import Declaration
    from dqkit.seed.text import Document


CLASS = r"\[!?[^\]]+\]"
"""What a glob says of one character: `[abc]`, `[!abc]`."""
_TOKEN = regex(rf"\*\*/|/\*\*\Z|\*\*|\*|\?|{CLASS}|.", re.DOTALL)
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def default_folder() -> str:
    """Name the folder of the default rules: inside the installed package, or beside it in a checkout."""
    installed = os.path.join(PACKAGE, "expectations")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(PACKAGE), "expectations")


class Rule(NamedTuple):
    """What a rule file says of one check. The check is named and made when it is first needed: most files need few."""

    id: str
    check_name: str
    severity: str
    files: tuple[str, ...] = ()
    """Globs of the paths it is for; none means every file."""
    languages: tuple[str, ...] = ()
    """Language codes it is for; none means any language, a file of unknown language included."""
    reason: str = ""
    """Why it matters, where the rule says so itself."""
    options: tuple[tuple[str, Any], ...] = ()
    family: str = ""
    scope: str = ""
    """What its check sees: see `check.Check.scope`; `table` where it is an expectation of Great Expectations."""
    when: str = ""
    """What a document must be for its check to have anything to say: see `check.Check.when`."""
    overrides: tuple[tuple[tuple[str, ...], str, tuple[tuple[str, Any], ...]], ...] = ()
    """What differs in some files: globs, severity ("" leaves it) and options; see `at`."""
    stage: str = "file"
    """When it runs: `file`, always; `corpus`, where the whole corpus is checked and not single files of it."""
    optional: bool = False
    """Of an expectation: left out, and said so, where Great Expectations is not installed."""
    reads: tuple[str, ...] = ()
    """The files and folders that its check's options name."""

    @property
    def check(self) -> Check:
        """The check with the rule's options."""
        return _make(self.check_name, self.options)

    @property
    def why(self) -> str:
        """Why a finding matters: the rule's own words, else those of the check's manual page."""
        return self.reason or manual(self.check)["why"]

    def at(self, path: str) -> Rule:
        """Give the rule as it is in one file: each override that matches applied, so that the last one wins."""
        if not self.overrides:
            return self
        rule = self._replace(overrides=())
        for globs, severity, options in self.overrides:
            if matches(path, globs):
                both = {**dict(rule.options), **dict(options)}
                rule = rule._replace(severity=severity or rule.severity, options=tuple(both.items()))
        return rule

    def covers(self, document: Document | Sketch | Declaration) -> bool:
        """Tell whether the rule is for a document."""
        if self.files and not matches(document.path, self.files):
            return False
        if self.overrides and self.scope == "file" and self.at(document.path).severity == "off":
            return False  # a rule that compares files still sees this one: another may have copied it
        return not self.languages or document.language in self.languages


@lru_cache(maxsize=1024)
def _make(name: str, options: tuple[tuple[str, Any], ...]) -> Check:
    return checks.load(name)(**dict(options))


def rule_for(check: Check, severity: str = "warning", **fields: Any) -> Rule:
    """Make a rule of a check that is at hand; `fields` are those of `Rule`, its id by default the check's name."""
    name = name_of(check)
    options = tuple(
        (option, value) for option, value in check.values().items() if value != getattr(type(check), option)
    )
    known = {fact: getattr(check, fact) for fact in ("family", "scope", "when", "stage")}
    known |= {"id": name, "options": options, "reads": check.reads()}
    return Rule(check_name=name, severity=severity, **(known | fields))


def matches(path: str, globs: tuple[str, ...]) -> bool:
    """Tell whether a path, relative and POSIX, is meant by one of some globs.

    `*` and `?` stay inside a folder, `**` spans folders; a glob without a slash is held against the file name alone.

    >>> matches("seeds/sv/001.txt", ("seeds/**/*.txt",)), matches("seeds/001.txt", ("seeds/**/*.txt",))
    (True, True)
    >>> matches("seeds/001.txt", ("*.txt",)), matches("seeds/001.txt", ("seeds/*.md",))
    (True, False)
    """
    name = path.rpartition("/")[2]
    return any(_regex(glob).fullmatch(path if "/" in glob else name) for glob in globs)


@lru_cache(maxsize=1024)
def _regex(glob: str) -> re.Pattern[str]:
    parts = []
    for token in _TOKEN.findall(glob.removeprefix("./")):
        if token == "**/":
            parts.append("(?:.*/)?")
        elif token == "/**":
            parts.append("(?:/.*)?")
        elif token == "**":
            parts.append(".*")
        elif token == "*":
            parts.append("[^/]*")
        elif token == "?":
            parts.append("[^/]")
        elif token[0] == "[" and len(token) > 2:
            inner = token[1:-1].replace("\\", "\\\\").replace("[", "\\[")
            parts.append(f"[^{inner[1:]}]" if inner[0] == "!" else f"[{inner}]")
        else:
            parts.append(re.escape(token))
    return compiled("".join(parts), re.DOTALL)
