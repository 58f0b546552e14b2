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

from tests.score import pairing, predict, verify

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
    if not found and not (folder / "pairing" / "score.py").exists():
        print(f"{folder}: none of {', '.join(PARTS)}, pairing with a score.py is in it", file=sys.stderr)
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
    if (folder / "pairing" / "score.py").exists():
        translations(folder / "pairing", kept)
    print(f"predictions and scores: {kept}")
    return 0


def translations(folder: Path, kept: Path) -> None:
    """Predict and score partners, then each detector of defects on the defects it looks for."""
    splits = sorted({row["split"] for row in predict.rows(folder / "labels.jsonl")})
    file = kept / "pairing-retrieve.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in pairing.retrieve(folder)), "utf-8")
    for split in splits:
        score(folder / "score.py", ["retrieve", str(file), "--split", split], kept / f"pairing-retrieve-{split}.txt")
    for defect in pairing.NOISY:
        items, hits = pairing.noisy(folder, defect)
        print(f"source found first, {defect}: {hits} of {items}", flush=True)
    print("partners taken away:", ", ".join(f"{k} {v:.3f}" for k, v in pairing.absent(folder).items()), flush=True)
    scored, told = verify.verify(folder)
    for name, scores in scored.items():
        file = kept / f"pairing-{name}.jsonl"
        file.write_text("".join(json.dumps({"item": i, "score": s}) + "\n" for i, s in scores.items()), "utf-8")
        for split in splits:
            target = kept / f"pairing-{name}-{split}.txt"
            score(folder / "score.py", ["verify", str(file), "--split", split], target, verify.DETECTORS[name])
    print(
        "found where 1 % and 0.5 % of all unaltered pairs are false alarms:", *verify.recalls(folder, scored), sep="\n"
    )
    print("unaltered pairs that a check reports something of:", *verify.alarms(folder, told), sep="\n", flush=True)


def score(program: Path, arguments: list[str], kept: Path, beginnings: tuple[str, ...] = ("",)) -> None:
    """Call a score program, show those of the lines it prints that begin so, and keep them all."""
    print(f"== {program.parent.name}/{program.name} {' '.join(arguments[1:])}", flush=True)
    done = subprocess.run([sys.executable, str(program), *arguments], capture_output=True, text=True, check=False)
    kept.write_text(done.stdout + done.stderr, "utf-8")
    lines = [line for line in done.stdout.splitlines() if line.startswith(beginnings)]
    print("\n".join(lines) + done.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
