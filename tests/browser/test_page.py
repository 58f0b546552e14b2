"""The page in real Chromium: what a person sees is what the JSON report says, and nothing of a seed runs."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from dqkit.cli import main
from tests.conftest import ROOT
from tests.test_reports import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Open = Callable[[Path], tuple[Page, list[str]]]

CHROMIUM = os.environ.get("DQKIT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

if not os.environ.get("DQKIT_REQUIRE_BROWSER"):
    pytest.importorskip("playwright.sync_api", reason="browser tests need playwright: nox -s browser installs it")
    if not CHROMIUM:
        pytest.skip("browser tests need Chromium: install your system's package `chromium`", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a page with the network off; give it, and what it asked for or complained of."""
    context = browser.new_context(offline=True)

    def visit(path: Path) -> tuple[Page, list[str]]:
        page = context.new_page()
        told: list[str] = []
        page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: told.append(dialog.message))
        page.goto(path.as_uri())
        return page, told

    yield visit
    context.close()


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        monkeypatch.chdir(folder.parent)
        main(["check", folder.name, "-q", "--output", f"html={tmp_path}/r.html", "--output", f"json={tmp_path}/r.json"])
        return tmp_path / "r.html"

    return make


def test_the_page_shows_each_finding_of_the_json_report(open_page: Open, report: Callable[[Path], Path]) -> None:
    path = report(ROOT / "seeds")
    page, told = open_page(path)
    data = json.loads(path.with_suffix(".json").read_text("utf-8"))
    shown = page.locator(".finding").evaluate_all("all => all.map(one => one.dataset.fingerprint)")

    assert sorted(shown) == sorted(finding["fingerprint"] for finding in data["findings"])
    assert page.locator(".verdict").inner_text() == "Gate failed (fail-on error)"
    assert page.locator("mark").count() >= len(data["findings"])
    assert told == []


def test_marks_stand_on_the_quoted_words(open_page: Open, report: Callable[[Path], Path], tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text('loadingThe 𝒜 ferry left at "seven”, caf\u00e9 said.\n', "utf-8")
    page, _ = open_page(report(seeds))

    assert page.locator("mark").all_inner_texts() == ["loading", '"seven”']


def test_nothing_of_a_hostile_seed_runs(open_page: Open, report: Callable[[Path], Path], tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "<img src=x onerror=alert(2)>.txt").write_text(HOSTILE + "x" * 100_000 + "\n", "utf-8")
    (seeds / "b\udce9\n.txt".encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")).write_bytes(
        b"caf\xe9 <b>\n"
    )
    page, told = open_page(report(seeds))

    assert "PWNED" not in page.title()
    assert page.locator("script, img, iframe, object, embed").count() == 0
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_does_not_scroll_sideways(open_page: Open, report: Callable[[Path], Path], width: int) -> None:
    page, _ = open_page(report(ROOT / "seeds"))
    page.set_viewport_size({"width": width, "height": 844})

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
