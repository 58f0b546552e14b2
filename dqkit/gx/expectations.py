"""dqkit's checks as expectation classes, one a check, made from the registry of checks.

`leftover-ui` gives `ExpectNoLeftoverUi`, whose type is `expect_no_leftover_ui`. Its arguments are the check's options
and those of `_Dqkit`. A check of single files maps on the column of paths and takes `mostly`; a check that compares
files looks at the batch as a whole.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args, get_origin

from great_expectations.compatibility import pydantic
from great_expectations.expectations.expectation import BatchExpectation, ColumnMapExpectation, MetaExpectation

from dqkit import checks
from dqkit.check import manual
from dqkit.errors import DqkitError
from dqkit.gx.metric import CONDITION, METRIC, answer, metric_of, want
from dqkit.gx.render import Rendered
from dqkit.gx.run import GX_SEVERITIES, SEVERITIES
from dqkit.place import wellformed
from dqkit.reports.json import finding_data
from dqkit.rules.option import Option, options
from dqkit.rules.rule import Rule, rule_for

CAP = 200
"""Findings that a result carries; `finding_count` counts all."""
_OURS = ("root", "files", "languages", "rule")


def class_name(check: str) -> str:
    """Name the class of a check.

    >>> class_name("leftover-ui")
    'ExpectNoLeftoverUi'
    """
    return "ExpectNo" + "".join(part.title() for part in check.split("-"))


class _Dqkit(Rendered):
    """What all of dqkit's expectations share."""

    option_names: ClassVar[tuple[str, ...]]
    if TYPE_CHECKING:  # the classes made below have these
        column: str
        root: str
        files: list[str]
        languages: list[str]
        rule: str
        mostly: float
        severity: Any
        configuration: Any

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        if getattr(self, "row_condition", None):
            raise DqkitError(f"{type(self).__name__} takes no row_condition: name `files` or `languages`")
        if not self.rule:
            self.rule = _named(self.asked())

    def asked(self) -> Rule:
        """Give the rule that this expectation is."""
        kind = checks.load(self.check_name)
        given = {name: getattr(self, name) for name in self.option_names}
        check = kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})
        severity = SEVERITIES[str(getattr(self.severity, "value", self.severity))]
        rule = rule_for(check, severity, files=tuple(self.files), languages=tuple(self.languages))
        return rule._replace(id=self.rule or rule.id)

    def _need(self, needed: Any) -> Any:
        want(self.root, self.column, self.asked())
        batch_id = self.configuration.kwargs.get("batch_id")
        needed.set_metric_configuration(METRIC, metric_of(batch_id, self.root, self.column))
        return needed

    def _detailed(self, outcome: Any, findings: tuple[Any, ...]) -> Any:
        outcome.setdefault("result", {})["details"] = {
            "rule": self.asked().id,
            "finding_count": len(findings),
            "findings": [finding_data(finding) for finding in findings[:CAP]],
        }
        return outcome


class _OfFiles(_Dqkit):
    """A check of single files: maps on the column of paths."""

    def get_validation_dependencies(
        self, execution_engine: Any = None, runtime_configuration: Any = None, **_: Any
    ) -> Any:
        return self._need(
            ColumnMapExpectation.get_validation_dependencies(self, execution_engine, runtime_configuration)
        )

    def _validate(self, metrics: Any, runtime_configuration: Any = None, execution_engine: Any = None) -> Any:
        outcome = ColumnMapExpectation._validate(self, metrics, runtime_configuration, execution_engine)
        found = answer(metrics[METRIC], self.asked())
        if self.files or self.languages:  # `mostly` is a share of the files the rule is for, not of all
            bad = len({wellformed(finding.at.path) for finding in found.findings})
            outcome["success"] = not bad or (found.ran_on - bad) / found.ran_on >= self.mostly
        rows = {wellformed(path) for path in metrics[METRIC].paths}
        if any(wellformed(finding.at.path) not in rows for finding in found.findings):
            outcome["success"] = False  # a manifest has no row, and no share of the rows excuses it
        return self._detailed(outcome, found.findings)


class _OfCorpus(_Dqkit):
    """A check that compares files: looks at the batch as a whole."""

    def get_validation_dependencies(
        self, execution_engine: Any = None, runtime_configuration: Any = None, **_: Any
    ) -> Any:
        return self._need(BatchExpectation.get_validation_dependencies(self, execution_engine, runtime_configuration))

    def _validate(self, metrics: Any, runtime_configuration: Any = None, execution_engine: Any = None) -> Any:
        findings = answer(metrics[METRIC], self.asked()).findings
        return self._detailed({"success": not findings, "result": {"observed_value": len(findings)}}, findings)


def _named(rule: Rule) -> str:
    """Name a rule that got no name: its check, and a digest of what sets it apart from the check as it is."""
    apart = (rule.options, rule.files, rule.languages)
    if not any(apart):
        return rule.check_name
    return f"{rule.check_name}-{hashlib.blake2b(repr(apart).encode(), digest_size=4).hexdigest()}"


def make(check: str) -> type[Any]:
    """Make the expectation class of a check, which registers it.

    Raises:
        DqkitError: an option of the check has the name of an argument that every expectation has.
    """
    kind, page = checks.load(check), manual(checks.load(check))
    base = ColumnMapExpectation if kind.scope == "file" else BatchExpectation
    found = options(kind)
    if taken := {option.name for option in found} & {*base.__fields__, "column", *_OURS}:
        raise DqkitError(f'check "{check}": option {", ".join(taken)} is an argument of every expectation: rename it')
    arguments: dict[str, tuple[Any, Any]] = {option.name: _typed(option) for option in found}
    arguments |= {
        "column": (pydantic.StrictStr, pydantic.Field("path", description="The column that names the files.")),
        "root": (pydantic.StrictStr, pydantic.Field(".", description="The folder that the paths are relative to.")),
        "files": (list[str], pydantic.Field([], description="Globs of the files it is for; none means all.")),
        "languages": (list[str], pydantic.Field([], description="Languages it is for; none means all.")),
        "rule": (str, pydantic.Field("", description="The id of the rule it is; the check's name by default.")),
    }
    names = tuple(option.name for option in found)
    namespace: dict[str, Any] = {
        "__module__": __name__,
        "__qualname__": class_name(check),
        "__doc__": f"{page['what']}\n\n{page['why']}\n\nWhat to do: {page.get('Fix', '')}",
        "__annotations__": {name: kind for name, (kind, _) in arguments.items()},
        **{name: default for name, (_, default) in arguments.items()},
        "check_name": check,
        "option_names": names,
        "manual_page": dict(page),
        "success_keys": (*names, *_OURS, *(("mostly",) if kind.scope == "file" else ())),
        "domain_keys": ("batch_id", "column"),
        "args_keys": ("column",),
    }
    if kind.scope == "file":
        namespace |= {"map_metric": CONDITION}
    for name in ("check_name", "option_names", "manual_page", "success_keys", "domain_keys", "args_keys", "map_metric"):
        if name in namespace:
            namespace["__annotations__"][name] = ClassVar[Any]
    bases = (_OfFiles if kind.scope == "file" else _OfCorpus, base)
    made: type[Any] = MetaExpectation(class_name(check), bases, namespace)
    return made


def _typed(option: Option) -> tuple[Any, Any]:
    """Give an option's type and default as an expectation takes them: nothing is converted in silence."""
    kinds: dict[Any, Any] = {
        int: pydantic.StrictInt,
        str: pydantic.StrictStr,
        bool: pydantic.StrictBool,
        float: pydantic.StrictFloat | pydantic.StrictInt,
    }
    if get_origin(option.kind) is tuple:
        inner = get_args(option.kind)[0]
        return list[kinds.get(inner, inner)], pydantic.Field(list(option.default), description=option.help)  # type: ignore[misc] # a type made here
    kind = option.kind if get_origin(option.kind) is Literal else kinds[option.kind]
    return kind, pydantic.Field(option.default, description=option.help)


EXPECTATIONS: dict[str, type[Any]] = {name: make(name) for name in checks.names()}
"""The classes by the names of their checks."""


def expectation_of(rule: Rule, root: str = ".") -> Any:
    """Make the expectation that a rule on a check of dqkit is."""
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in rule.options}
    return EXPECTATIONS[rule.check_name](
        **given, root=root, files=list(rule.files), languages=list(rule.languages), rule=rule.id,
        severity=GX_SEVERITIES[rule.severity], description=rule.reason or None, meta={"dqkit": {"rule": rule.id}},
    )  # fmt: skip
