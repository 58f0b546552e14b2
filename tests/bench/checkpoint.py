"""Times checkpoints of Great Expectations over a folder: text outside, as dqkit has it, and inside, the usual way.

Run as a process of its own: `python -m tests.bench.checkpoint FOLDER COUNT`; prints one JSON object, seconds of CPU
and megabytes of results.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

CHECKS = (
    "leftover-ui", "markup-remnant", "placeholder", "html-entity", "control-character", "invisible-character",
    "soft-hyphen", "exotic-space", "replacement-character", "trailing-space",
)  # fmt: skip
"""Ten checks of single files."""
REGEXES = (
    r"(?m)^\s*(?:loading|share this article|most read|advertisement|read more)", r"</?[a-z]+[^>]*>", r"\{\{.*?\}\}",
    r"&[a-z]+;", r"[\x00-\x08]", r"[\u200b-\u200f]", r"\u00ad", r"[\u2000-\u200a]", r"\ufffd", r"(?m)[ \t]+$",
)  # fmt: skip
"""What regular expressions can say of the same."""


def main(folder: str, count: int) -> dict[str, float]:
    """Time both ways over the first `count` files."""
    begin = time.process_time()
    from dqkit.gx import EXPECTATIONS, metric
    from dqkit.gx.run import new_context, run_checkpoint

    seconds = {"import": time.process_time() - begin}
    import great_expectations.expectations as theirs
    import pandas as pd

    paths = [str(path.relative_to(folder)) for path in sorted(Path(folder).rglob("*.txt"))[:count]]
    engine = metric.Findings._run

    def timed(findings: Any, rules: Any) -> None:
        start = time.process_time()
        engine(findings, rules)
        seconds["engine"] = time.process_time() - start

    metric.Findings._run = timed  # type: ignore[method-assign] # the same, with a watch
    warm = [EXPECTATIONS[name](root=folder) for name in CHECKS]
    run_checkpoint(new_context(), warm, pd.DataFrame({"path": paths[:1]}))  # what is made once is made now
    outside = [EXPECTATIONS[name](root=folder) for name in CHECKS]
    begin = time.process_time()
    result = run_checkpoint(new_context(), outside, pd.DataFrame({"path": paths}))
    whole = time.process_time() - begin
    seconds |= {"outside": whole - seconds["engine"], "stored": len(json.dumps(result.to_json_dict())) / 1e6}

    frame = pd.DataFrame({"path": paths, "text": [(Path(folder) / path).read_text("utf-8") for path in paths]})
    inside = [theirs.ExpectColumnValuesToNotMatchRegexList(column="text", regex_list=[regex]) for regex in REGEXES]
    begin = time.process_time()
    result = run_checkpoint(new_context(), inside, frame)
    return seconds | {
        "inside": time.process_time() - begin,
        "inside_stored": len(json.dumps(result.to_json_dict())) / 1e6,
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
