"""Prints the benchmark: `python -m tests.bench [--files N] [NAME…]`; names: see `--help`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

from tests.bench.corpus import TRANSLATED, make, translated
from tests.bench.hostile import SHAPES
from tests.bench.measure import DQKIT, PYTHON, against, run
from tests.bench.pages import pages

BASELINE = """
import hashlib, os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            for line in file.read().decode().split("\\n"):
                hashlib.blake2b(line.encode(), digest_size=8).digest()
"""
THREE = "encoding,duplicates,leftover-ui"
HOSTILE_BYTES = 50_000_000
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


def gate(count: int, scratch: Path) -> None:
    """One staged file, as the hook holds it against the index of a corpus, against a Python that does nothing."""
    print("one staged file against a warm index of the corpus, against `python -c pass` (goal: under 10 times)")
    for files in sorted({2_000, count}):
        for what, languages in (("one language", ("en",)), ("three languages", ("en", "sv", "de"))):
            folder = repository(scratch.parent / f"gate-{files}-{what.replace(' ', '-')}", files, languages)
            command = [*DQKIT, "check", "--staged", "--quiet"]
            cold = run(command, folder)
            mine, theirs, ratio = against(command, [PYTHON, "-c", "pass"], 21, folder)
            print(
                f"  {files:,} files, {what:15} {ratio:5.1f} times  ({mine.wall * 1000:.0f} ms against "
                f"{theirs.wall * 1000:.0f} ms; in CPU {mine.cpu / theirs.cpu:.1f} times); first run {cold.wall:.1f} s"
            )


def again(count: int, scratch: Path) -> None:
    """All files a second time, none of them changed, against the first time."""
    print(f"{count:,} unchanged files a second time (goal: at least 15 times faster)")
    for what, languages in (("one language", ("en",)), ("three languages", ("en", "sv", "de"))):
        folder = make(scratch / what.replace(" ", "-"), count, languages)
        with tempfile.TemporaryDirectory() as cache:
            os.environ["DQKIT_CACHE_DIR"] = cache
            command = [*DQKIT, "check", str(folder), "--quiet", "--jobs", "1"]
            first, second = run(command), min(run(command) for _ in range(3))
            del os.environ["DQKIT_CACHE_DIR"]
        print(f"  {what:15} {first.cpu / second.cpu:5.1f} times in CPU, {first.wall / second.wall:.1f} in wall clock; "
              f"{first.wall:.1f} s, then {second.wall:.1f} s, {second.memory:.0f} MB")  # fmt: skip


def repository(folder: Path, count: int, languages: tuple[str, ...]) -> Path:
    """Make a git repository of a corpus, one file of it staged that is not committed."""
    make(folder, count, languages)
    if not (folder / ".git").exists():
        git = ["git", "-C", str(folder), "-c", "user.name=A Name", "-c", "user.email=name@example.org"]
        for words in (["init"], ["add", "--all"], ["commit", "--message", "corpus"]):
            subprocess.run([*git, *words, "--quiet"] if words[0] != "add" else [*git, *words], check=True)
        words_of = (folder / "000" / "00003.txt").read_text("utf-8").split("\n\n")
        (folder / "000" / "changed.txt").write_text("\n\n".join([*words_of[2:], words_of[1]]) + "\n", "utf-8")
        subprocess.run([*git, "add", "--all"], check=True)
    return folder


def corpus(count: int, scratch: Path) -> None:
    """Many files, against reading and hashing every line of them in plain Python."""
    three = ["--select", THREE]
    print(f"{count:,} files of about 6 KB, against reading and hashing every line of them in plain Python")
    for what, languages in (("one language", ("en",)), ("three languages", ("en", "sv", "de"))):
        folder = str(make(scratch / what.replace(" ", "-"), count, languages))
        baseline = [PYTHON, "-c", BASELINE, folder]
        run(baseline)
        for rules, extra, goal in (("all rules", [], 8), ("encoding, duplicates, leftover UI", three, 5)):
            for jobs in (1, 2):
                command = [*DQKIT, "check", folder, "--quiet", "--no-cache", "--jobs", str(jobs), *extra]
                mine, theirs, ratio = against(command, baseline, 3)
                said = f" (goal: under {goal})" if jobs == 1 else ""
                print(
                    f"  {what}, {rules}, {jobs} process{'es' if jobs > 1 else ''}: {ratio:.1f} times{said}; "
                    f"{mine.wall:.1f} s against {theirs.wall:.1f} s, {mine.memory:.0f} MB"
                )


def growth(count: int, scratch: Path) -> None:
    """A quarter of the files against all of them: CPU time a file, and peak memory."""
    costs = []
    for number in (count // 4, count):
        folder = make(scratch.with_name(str(number)) / "one-language", number, ("en",))
        command = [*DQKIT, "check", str(folder), "--quiet", "--no-cache", "--jobs", "1", "--select", THREE]
        costs.append(min((run(command) for _ in range(2)), key=lambda cost: cost.cpu))
    times = costs[1].cpu / costs[0].cpu / 4
    print(f"{count // 4:,} to {count:,} files: {times:.2f} times linear (goal: under 1.1); {costs[1].memory:.0f} MB")


def hostile(_: int, scratch: Path) -> None:
    """Files of HOSTILE_BYTES each that are hard on a reader, against reading and hashing their lines."""
    scratch.mkdir(parents=True, exist_ok=True)
    print(f"one file of {HOSTILE_BYTES:,} bytes, against reading and hashing every line of it in plain Python")
    wanted = (
        "one line of prose",
        "lines",
        "run of 'Home '",
        "run of '\\x00'",
        "run of 'Ã'",
        "run of '['",
        "nested",
        "copies",
    )
    for shape in wanted:
        file = scratch / "hostile.txt"
        file.write_bytes(SHAPES[shape](HOSTILE_BYTES))
        mine, theirs, ratio = against(
            [*DQKIT, "check", str(file), "--quiet", "--select", THREE], [PYTHON, "-c", BASELINE, str(scratch)], 1
        )
        print(f"  {shape:24} {ratio:6.1f} times; {mine.wall:.1f} s against {theirs.wall:.2f} s, {mine.memory:.0f} MB")
        file.unlink()


def gx(count: int, scratch: Path) -> None:
    """Checkpoints of Great Expectations: ten checks with the text outside, ten regular expressions with it inside."""
    print("a checkpoint of ten expectations in Great Expectations; in seconds of CPU, its import left out")
    folder = str(make(scratch / "one-language", count, ("en",)))
    for files in sorted({1, min(1_000, count), count}):
        command = [PYTHON, "-m", "tests.bench.checkpoint", folder, str(files)]
        took = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        goal = " (goal: under 0.3 s)" if files == 20_000 else ""
        print(
            f"  {files:6,} files: text outside {took['outside']:.2f} s{goal}, engine {took['engine']:.1f} s, "
            f"{took['stored']:.2f} MB of results;"
        )
        print(
            f"{'':16}regular expressions over a text column {took['inside']:.2f} s, {took['inside_stored']:.2f} MB; "
            f"import {took['import']:.1f} s"
        )


def pairing(_: int, scratch: Path) -> None:
    """Finding partners by content alone, and how its cost grows with the corpus."""
    print(f"articles in {len(TRANSLATED)} languages, partners found by content alone (goal: under 1.3 times linear)")
    costs = []
    for count in (1_250, 5_000):
        cost = run([*DQKIT, "pairs", str(translated(scratch / f"translated-{count}", count)), "--jobs", "1"])
        costs.append(cost.cpu / count)
        each = f"{cost.cpu:.1f} s of CPU, {cost.cpu / count * 1000:.1f} ms each"
        print(f"  {count:,} files: {cost.wall:.1f} s, {each}, {cost.memory:.0f} MB", flush=True)
    print(f"  growth from 1,250 to 5,000: {costs[1] / costs[0]:.2f} times linear")


def main() -> None:
    """Run the named benchmarks, or all."""
    known = {
        "hook": hook, "corpus": corpus, "growth": growth, "hostile": hostile, "pairing": pairing, "gx": gx,
        "pages": pages, "gate": gate, "again": again,
    }  # fmt: skip
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(known)}")
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "dqkit-bench")
    arguments = parser.parse_args()
    for name in arguments.names or known:
        known[name](arguments.files, arguments.scratch / str(arguments.files))


if __name__ == "__main__":
    main()
