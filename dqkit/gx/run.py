"""Runs expectations over the corpus table as one Suite in one Checkpoint, and fails closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import great_expectations as gx
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.registry import get_expectation_impl
from great_expectations.expectations.row_conditions import Column

from dqkit.errors import DqkitError
from dqkit.gx.frame import files_column
from dqkit.gx.quiet import silent
from dqkit.rules.expectation import given

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from dqkit.rules.rule import Rule

NAME = "dqkit"
"""Of the data source, suite, validation definition and checkpoint that dqkit makes."""
GX_SEVERITIES = {"error": "critical", "warning": "warning", "info": "info"}
"""What Great Expectations calls dqkit's severities."""
SEVERITIES = {theirs: ours for ours, theirs in GX_SEVERITIES.items()}
FORMAT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["path"],
    "return_unexpected_index_query": False,
}


def _mend_quantiles() -> None:
    """Have quantiles told in plain values: theirs are numpy's, which their own stores cannot write (1.24)."""
    kind = get_expectation_impl("expect_column_quantile_values_to_be_between")
    validate = kind._validate

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(item) for item in value]
        return value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value

    kind._validate = lambda *arguments, **keywords: plain(validate(*arguments, **keywords))


_mend_quantiles()


def expectation(rule: Rule) -> Any:
    """Make the expectation that a rule on the corpus table names.

    Raises:
        DqkitError: the installed version does not take the rule's arguments.
    """
    condition = None
    if rule.languages:
        condition = Column("language").is_in(list(rule.languages))
    if rule.files:
        chosen = Column(files_column(rule.files)) == True  # noqa: E712 # a condition of theirs, no comparison
        condition = chosen if condition is None else condition & chosen
    scope = {} if condition is None else {"row_condition": condition}
    try:
        return get_expectation_impl(rule.check_name)(
            **given(rule), **scope, severity=GX_SEVERITIES[rule.severity],
            meta={NAME: {"rule": rule.id, "why": rule.reason}},
        )  # fmt: skip
    except (ValueError, gx.exceptions.GreatExpectationsError) as error:
        raise DqkitError(f'rule "{rule.id}": {rule.check_name}: {error}') from None


def new_context(folder: str | None = None) -> Any:
    """Make a context that draws no progress bars: in memory, or in a folder, where it is kept."""
    context = (
        gx.get_context(mode="ephemeral") if folder is None else gx.get_context(mode="file", project_root_dir=folder)
    )
    context.variables.progress_bars = {"globally": False}
    return context


def run_checkpoint(context: Any, expectations: Sequence[Any], frame: pd.DataFrame, actions: Sequence[Any] = ()) -> Any:
    """Run expectations as one Suite and Checkpoint, and give its one validation result, a result for each of them.

    Raises:
        DqkitError: there is no row, a result is missing, or an expectation raised.
    """
    if not len(frame):
        raise DqkitError("the corpus table has no row: nothing to vouch for")
    with silent():
        batch = whole_frame(context)
        context.suites.add_or_update(gx.ExpectationSuite(NAME, expectations=list(expectations)))
        suite = context.suites.get(NAME)
        if len(suite.expectations) != len(expectations):
            raise DqkitError(f"the suite kept {len(suite.expectations)} of {len(expectations)} expectations")
        definition = gx.ValidationDefinition(name=NAME, data=batch, suite=suite)
        definition = context.validation_definitions.add_or_update(definition)
        checkpoint = gx.Checkpoint(
            name=NAME, validation_definitions=[definition], actions=list(actions), result_format=FORMAT
        )
        done = context.checkpoints.add_or_update(checkpoint).run(batch_parameters={"dataframe": frame})
    (result,) = done.run_results.values()
    vouch(result, len(expectations))
    return result


def whole_frame(context: Any) -> Any:
    """Give the batch definition of a frame that holds the whole corpus table."""
    source = context.data_sources.add_or_update_pandas(NAME)
    return source.add_dataframe_asset("corpus").add_batch_definition_whole_dataframe("corpus")


def vouch(result: Any, expected: int) -> None:
    """See that a validation result can be trusted.

    Raises:
        DqkitError: it has fewer results than expected, or an expectation raised.
    """
    broken = [f"{found.expectation_config.type}: {said}" for found in result.results if (said := raised(found))]
    if broken:
        raise DqkitError("cannot vouch: an expectation raised\n" + "\n".join(broken))
    if len(result.results) != expected:
        raise DqkitError(f"cannot vouch: {len(result.results)} results for {expected} expectations")


def raised(result: Any) -> str | None:
    """Give the message of what an expectation raised, None where it did not.

    The account is flat, or nested by metric (great_expectations issue 10849).
    """
    account = result.exception_info or {}
    parts = [account] if "raised_exception" in account else account.values()
    for part in parts:
        if isinstance(part, dict) and part.get("raised_exception"):
            return str(part.get("exception_message") or "no message")
    return None


def rule_id(result: Any) -> str:
    """Give the id of the rule that a result answers, the expectation's type where no rule asked."""
    config = result.expectation_config
    return str((config.meta or {}).get(NAME, {}).get("rule") or config.kwargs.get("rule") or config.type)


def severity(result: Any) -> str:
    """Give the severity of a result in dqkit's words."""
    return SEVERITIES[FailureSeverity(result.expectation_config.severity).value]
