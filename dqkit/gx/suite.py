"""Suites as files: written for other projects, and read back so that none of their expectations is lost.

Great Expectations reads a suite whose classes were never imported without them, logs that, and then reports success.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import great_expectations as gx
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.registry import list_registered_expectation_implementations

from dqkit.errors import DqkitError, nearest
from dqkit.gx.expectations import expectation_of
from dqkit.gx.frame import NOT_EMPTY
from dqkit.gx.run import NAME, expectation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.rules.rule import Rule


def expectations(rules: Iterable[Rule], root: str = ".") -> list[Any]:
    """Make the expectations of rules, and one that the corpus table is not empty."""
    return [expectation(rule) if rule.scope == "table" else expectation_of(rule, root) for rule in (NOT_EMPTY, *rules)]


def suite_json(rules: Iterable[Rule], root: str = ".", name: str = NAME) -> str:
    """Write rules as the JSON of a suite, as Great Expectations stores one; it holds no id, and no text of a seed."""
    suite = gx.ExpectationSuite(name, expectations=expectations(rules, root))
    return json.dumps(suite.to_json_dict(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def load_suite(path: str) -> Any:
    """Read the JSON of a suite: all of its expectations, or an error.

    Raises:
        DqkitError: it cannot be read, or names an expectation that is not known here or takes other arguments.
    """
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        name, listed = str(data["name"]), list(data["expectations"])
    except OSError as error:
        raise DqkitError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise DqkitError(f"{path}: not the JSON of a suite: {error!r}") from None
    return gx.ExpectationSuite(name, expectations=[_expectation(path, config) for config in listed])


def get_suite(context: Any, name: str) -> Any:
    """Get a suite of a project: all of its expectations, or an error.

    Raises:
        DqkitError: there is no such suite, or some of its expectations are not known here.
    """
    store = context.suites._store
    try:
        stored = store.get(store.get_key(name=name, id=None))
    except (KeyError, gx.exceptions.GreatExpectationsError):
        raise DqkitError(f'no suite "{name}" in this project') from None
    for config in stored["expectations"]:
        _expectation(f'suite "{name}"', config)
    suite = context.suites.get(name)
    if len(suite.expectations) != len(stored["expectations"]):
        raise DqkitError(
            f'suite "{name}" lost expectations: {len(suite.expectations)} of {len(stored["expectations"])}'
        )
    return suite


def _expectation(origin: str, config: Any) -> Any:
    config = config.to_json_dict() if isinstance(config, ExpectationConfiguration) else config
    known = list_registered_expectation_implementations()
    kind = config.get("type") if isinstance(config, dict) else None
    if kind not in known:
        hint = nearest(str(kind), known)
        hint = f"; {hint}" if hint.startswith("did you mean") else ""
        raise DqkitError(f'{origin}: expectation "{kind}" is not known here: import what defines it{hint}')
    try:
        return ExpectationConfiguration(**{"kwargs": {}, **config}).to_domain_obj()
    except (TypeError, ValueError, gx.exceptions.GreatExpectationsError) as error:
        raise DqkitError(f"{origin}: {kind}: {error}") from None
