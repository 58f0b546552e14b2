"""dqkit for Great Expectations: its checks as expectations, the corpus as a table, its report as an action.

Importing this package registers the expectations, so that suites that name them can be read. It is the only one of
dqkit that imports Great Expectations, which takes about 3 s.
"""

from __future__ import annotations

from typing import Any

from dqkit.gx.quiet import unchanged_warnings

with unchanged_warnings():
    import great_expectations as _great_expectations  # noqa: F401 # loaded here first, its warnings kept to itself

    from dqkit.gx.action import DqkitReport
    from dqkit.gx.expectations import EXPECTATIONS
    from dqkit.gx.frame import table
    from dqkit.gx.suite import get_suite, load_suite

__all__ = ["EXPECTATIONS", "DqkitReport", "get_suite", "load_suite", "table"]


def __getattr__(name: str) -> Any:
    """Give an expectation class by its name, such as `ExpectNoLeftoverUi`."""
    for kind in EXPECTATIONS.values():
        if kind.__name__ == name:
            return kind
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
