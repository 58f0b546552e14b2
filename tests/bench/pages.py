"""What the HTML report costs: bytes, seconds to write, and in Chromium seconds to open, filter, scroll, and memory."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dqkit.cli import main
from tests.bench.corpus import article, chains
from tests.bench.peers import peers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RULES = (
    ("leftover-ui", "leftover-ui", "error"),
    ("mojibake", "encoding", "error"),
    ("soft-hyphen", "encoding", "warning"),
    ("mismatched-quotes", "encoding", "warning"),
    ("trailing-space", "encoding", "info"),
)
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
TYPED = """async () => {
  const box = document.getElementById('q'); const took = [];
  for (const words of ['l', 'lo', 'fault', 'fault, kind 7', 'soft', '']) {
    const begin = performance.now(); box.value = words; box.dispatchEvent(new Event('input', {bubbles: true}));
    await DRAWN; took.push(performance.now() - begin);
  }
  return took.sort((a, b) => a - b)[3];
}""".replace("DRAWN", DRAWN)
SCROLLED = """async () => {
  const list = document.getElementById('list'); const took = [];
  for (let i = 1; i <= 20; i++) {
    const begin = performance.now(); list.scrollTop = list.scrollHeight * i / 20;
    await DRAWN; took.push(performance.now() - begin);
  }
  return took.sort((a, b) => a - b)[10];
}""".replace("DRAWN", DRAWN)


def results(folder: Path, findings: int, files: int) -> Path:
    """Write files and the results of a run that found so many things in them, evenly spread; give the JSON report."""
    chance, words = random.Random(7), chains("en")
    records, found = [], []
    for number in range(files):
        text = article(words, chance, 3_000)
        path = f"seeds/{number // 1000:03d}/{number:05d}.txt"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="\n")
        digest = hashlib.sha256(text.encode()).hexdigest()
        records.append({"path": path, "status": "checked", "reason": "", "language": chance.choice(("en", "sv", "de")),
                        "sha256": digest, "size": len(text.encode())})  # fmt: skip
        lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if len(line) > 20]
        found += [_finding(path, *chance.choice(lines), number * 1_000 + i, chance) for i in range(findings // files)]
    rules = [
        {"id": r, "check": r, "severity": s, "ran_on": files, "findings": 0, "family": f, "skipped": None}
        for r, f, s in RULES
    ]
    report = folder / "results.json"
    data = {"dqkit": 1, "gate": {"fail_on": "error"}, "files": records, "findings": found, "pairs": [], "rules": rules}
    report.write_text(json.dumps(data), "utf-8")
    return report


def _finding(path: str, line: int, text: str, number: int, chance: random.Random) -> dict[str, Any]:
    rule, family, severity = chance.choice(RULES)
    column = chance.randint(1, 12)
    return {
        "rule": rule,
        "check": rule,
        "family": family,
        "severity": severity,
        "confidence": "high",
        "path": path,
        "line": line,
        "column": column,
        "end_line": line,
        "end_column": column + 6,
        "quote": text[column - 1 : column + 5],
        "message": f"an interface string or a fault, kind {chance.randint(1, 400)}",
        "why": "It teaches a reader nothing.",
        "fingerprint": hashlib.blake2b(str(number).encode(), digest_size=8).hexdigest(),
        "fix": None,
        "related": [],
    }


def pages(_: int, scratch: Path) -> None:
    """The report at three sizes, beside what its peers make of the same findings."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    print("the HTML report in Chromium (goals: 300 kB; open in 1 s, 1 s, 3 s; filter and scroll 100 ms; 500 MB)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for findings, files in ((100, 1), (10_000, 2_000), (100_000, 10_000)):
            folder = scratch / f"pages-{findings}"
            report = results(folder, findings, files)
            target = folder / ("report.html" if files == 1 else "report/")
            begin = time.perf_counter()
            main(
                [
                    "report",
                    str(report),
                    "--root",
                    str(folder),
                    "-q",
                    "--output",
                    f"html={target}{'' if files == 1 else '/'}",
                ]
            )
            written = time.perf_counter() - begin
            page = target if files == 1 else target / "index.html"
            print(f"  {findings:>7,} findings in {files:>6,} files: {page.stat().st_size / 1000:,.0f} kB first page, "
                  f"written in {written:.1f} s; {opened(browser, page)}")  # fmt: skip
            for name, peer, seconds in peers(report, folder):
                shown = opening(browser, peer)[1]
                size = peer.stat().st_size / 1000
                print(f"    {name}: {size:,.0f} kB, written in {seconds:.1f} s; opens in {shown:.2f} s")
        browser.close()


def opening(browser: Browser, path: Path) -> tuple[Page, float]:
    """Open a page five times with the network off; give the last one, and the median of the seconds it took."""
    took = []
    for _ in range(5):
        page = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
        begin = time.perf_counter()
        page.goto(path.as_uri())
        page.evaluate(DRAWN)
        took.append(time.perf_counter() - begin)
    return page, sorted(took)[2]


def opened(browser: Browser, path: Path) -> str:
    """Say what it took to open the report, to filter and scroll its list, as medians, and its memory."""
    page, seconds = opening(browser, path)
    page.evaluate("location.hash = 'findings'")
    page.evaluate(DRAWN)
    filtered, scrolled, size = page.evaluate(TYPED), page.evaluate(SCROLLED), memory(browser)
    return f"opens in {seconds:.2f} s, filter {filtered:.0f} ms, scroll {scrolled:.0f} ms, {size:.0f} MB"


def memory(browser: Browser) -> float:
    """Give the resident memory, in MB, of the largest process that draws a page; 0 where there is no /proc."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [0.0]
    for process in processes:
        status = Path(f"/proc/{process['id']}/status")
        if process["type"] == "renderer" and status.exists():
            sizes.append(int(status.read_text().partition("VmRSS:")[2].split()[0]) / 1024)
    return max(sizes)
