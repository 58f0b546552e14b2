"""Score dqkit on a folder of labelled data: `python -m tests.score FOLDER`.

A part of the folder that has a score program of its own is predicted, and its program is called with the predictions.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.score import predict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PARTS: dict[str, tuple[Callable[[Path], Iterable[dict[str, Any]]], str]] = {
    "encoding": (predict.encoding, "labels.jsonl"),
    "ui": (predict.interface, "inject.jsonl"),
    "dups": (predict.repeats, "labels.jsonl"),
}
"""By subfolder: what predicts it, and the file of labels that names its splits."""


def main() -> int:
    """Predict and score each part of a folder that is there."""
    parser = argparse.ArgumentParser(prog="python -m tests.score", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where predictions and scores are kept")
    arguments = parser.parse_args()
    folder: Path = arguments.folder.resolve()
    kept: Path = arguments.keep or Path(tempfile.mkdtemp(prefix="dqkit-score-"))
    kept.mkdir(parents=True, exist_ok=True)
    found = [name for name in PARTS if (folder / name / "score.py").exists()]
    if not found:
        print(f"{folder}: none of {', '.join(PARTS)} with a score.py is in it", file=sys.stderr)
        return 2
    for name in found:
        predicted, labels = PARTS[name]
        file = kept / f"{name}.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in predicted(folder / name)), "utf-8")
        for split in sorted({row["split"] for row in predict.rows(folder / name / labels)}):
            score(folder / name / "score.py", [str(file), "--split", split], kept / f"{name}-{split}.txt")
    if (program := folder / "dups" / "score_cross.py").exists():
        file = kept / "cross.json"
        file.write_text(json.dumps(predict.across(folder / "dups")), "utf-8")
        score(program, [str(file)], kept / "cross.txt")
    print(f"predictions and scores: {kept}")
    return 0


def score(program: Path, arguments: list[str], kept: Path) -> None:
    """Call a score program, show what it prints and keep it."""
    print(f"== {program.parent.name}/{program.name} {' '.join(arguments[1:])}", flush=True)
    done = subprocess.run([sys.executable, str(program), *arguments], capture_output=True, text=True, check=False)
    kept.write_text(done.stdout + done.stderr, "utf-8")
    print(done.stdout + done.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
