"""Prints the benchmark: `python -m tests.bench [--files N] [NAME…]`; names are hook, corpus."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench.corpus import make
from tests.bench.measure import DQKIT, PYTHON, against, run

BASELINE = """
import hashlib, os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            for line in file.read().decode().split("\\n"):
                hashlib.blake2b(line.encode(), digest_size=8).digest()
"""
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def hook(_: int, __: Path) -> None:
    """One file, as a hook checks it, against a Python that does nothing."""
    print("one file, against `python -c pass` (goal: under 5 times)")
    files = {
        "an English article": "scraped/000_6c6c3c4df04fabec.txt",
        "a Swedish one with front matter": "curated/lighthouse.sv.txt",
        "a scraped one, 25 findings": "scraped/001_1150974a65bc29d1.txt",
    }
    for what, file in files.items():
        command = [*DQKIT, "check", str(SEEDS / file)]
        run(command)
        mine, theirs, ratio = against(command, [PYTHON, "-c", "pass"], 21)
        print(f"  {what:34} {ratio:5.1f} times  ({mine.wall * 1000:.0f} ms against {theirs.wall * 1000:.0f} ms)")


def corpus(count: int, scratch: Path) -> None:
    """Many files, against reading and hashing every line of them in plain Python."""
    three = ["--select", "encoding,duplicates,leftover-ui"]
    print(f"{count:,} files of about 6 KB, against reading and hashing every line of them in plain Python")
    for what, languages in (("one language", ("en",)), ("three languages", ("en", "sv", "de"))):
        folder = str(make(scratch / what.replace(" ", "-"), count, languages))
        baseline = [PYTHON, "-c", BASELINE, folder]
        run(baseline)
        for rules, extra, goal in (("all rules", [], 8), ("encoding, duplicates, leftover UI", three, 5)):
            for jobs in (1, 2):
                command = [*DQKIT, "check", folder, "--quiet", "--jobs", str(jobs), *extra]
                mine, theirs, ratio = against(command, baseline, 3)
                said = f" (goal: under {goal})" if jobs == 1 else ""
                print(
                    f"  {what}, {rules}, {jobs} process{'es' if jobs > 1 else ''}: {ratio:.1f} times{said}; "
                    f"{mine.wall:.1f} s against {theirs.wall:.1f} s, {mine.memory:.0f} MB"
                )


def main() -> None:
    """Run the named benchmarks, or all."""
    known = {"hook": hook, "corpus": corpus}
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(known)}")
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "dqkit-bench")
    arguments = parser.parse_args()
    for name in arguments.names or known:
        known[name](arguments.files, arguments.scratch / str(arguments.files))


if __name__ == "__main__":
    main()
