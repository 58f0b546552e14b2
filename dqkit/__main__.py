"""`python -m dqkit`: the command line."""

from __future__ import annotations

import sys

from dqkit.cli import start

sys.exit(start())
