"""Keeps Great Expectations from changing or writing what belongs to whoever uses it."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unchanged_warnings() -> Iterator[None]:
    """Import Great Expectations in here: its warnings are not shown, and the state of warnings is put back after.

    It would send all warnings of the process to its logs, and does not import where warnings are errors.
    """
    captured = warnings.showwarning.__module__ == "logging"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
        if not captured:
            logging.captureWarnings(False)


@contextmanager
def silent() -> Iterator[None]:
    """Run a checkpoint in here: nothing is logged, what raised is found in its results."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
