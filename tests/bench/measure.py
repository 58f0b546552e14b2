"""Times whole processes, one against another in turn, so that a machine that slows down slows both."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Cost(NamedTuple):
    """What a process took: seconds of wall clock, seconds of CPU with its children, and peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def run(command: list[str], folder: Path | None = None) -> Cost:
    """Run a command once, in a folder, its output thrown away."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=folder
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit code {os.waitstatus_to_exitcode(status)}")
    kilobytes = used.ru_maxrss / 1024 if sys.platform == "darwin" else used.ru_maxrss
    return Cost(wall, used.ru_utime + used.ru_stime, kilobytes / 1024)


def against(command: list[str], other: list[str], times: int, folder: Path | None = None) -> tuple[Cost, Cost, float]:
    """Run two commands in turn and give the median cost of each, and the median of the ratios of their wall clocks."""
    pairs = [(run(command, folder), run(other, folder)) for _ in range(times)]
    ratios = sorted(mine.wall / theirs.wall for mine, theirs in pairs)
    mine, theirs = (sorted(costs)[len(costs) // 2] for costs in zip(*pairs, strict=True))
    return mine, theirs, ratios[len(ratios) // 2]


PYTHON = sys.executable
DQKIT = [PYTHON, "-m", "dqkit"]
