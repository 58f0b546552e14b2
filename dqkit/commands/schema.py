"""Print the JSON Schema of rule files: for editors, and for tools that write rules."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from dqkit.rules.schema import schema

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "print the JSON Schema of rule files"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the command's arguments: it has none."""


def run(_: Namespace) -> int:
    """Print the schema."""
    sys.stdout.write(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n")
    return 0
