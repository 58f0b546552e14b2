"""A real Chromium with the network off, and pages of our own seeds opened in it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from dqkit.cli import main
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("DQKIT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Made(NamedTuple):
    """A report on disk: the page, and what the JSON report of the same run says."""

    page: Path
    data: dict[str, Any]

    def finding(self, rule: str, ending: str = "") -> dict[str, Any]:
        """Give the first finding of a rule, in a file whose path ends so."""
        return next(f for f in self.data["findings"] if f["rule"] == rule and f["path"].endswith(ending))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not os.environ.get("DQKIT_REQUIRE_BROWSER"):
        pytest.importorskip("playwright.sync_api", reason="browser tests need playwright: nox -s browser installs it")
        if not CHROMIUM:
            pytest.skip("browser tests need Chromium: install your system's package `chromium`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[Path], tuple[Page, list[str]]]]:
    """Open a page with the network off; give it, and what it asked for or complained of."""
    context = browser.new_context(offline=True)

    def open_(path: Path) -> tuple[Page, list[str]]:
        page = context.new_page()
        told: list[str] = []
        page.on("request", lambda request: None if request.url.startswith("file:") else told.append(request.url))
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: told.append(dialog.message))
        page.goto(path.as_uri())
        return page, told

    yield open_
    context.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page at a view; at the end, it must have asked for nothing and complained of nothing."""
    told: list[str] = []
    contexts = []

    def open_(made: Made | Path, view: str = "", expected: tuple[str, ...] = (), **options: Any) -> Page:
        context = browser.new_context(**{"offline": True, "viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if request.url.startswith("file:") else told.append(request.url))
        page.on("console", lambda message: None if message.text in expected else told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: told.append(dialog.message))
        path = made.page if isinstance(made, Made) else made
        page.goto(f"{path.as_uri()}{'#' if view else ''}{view}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert told == []


def until(page: Page, expression: str) -> None:
    """Wait until an expression holds; Playwright's own waiting needs `eval`, which the page's policy refuses."""
    for _ in range(500):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never came true: {expression}")


def make(folder: Path, out: Path, html: str = "r.html") -> Made:
    """Check a folder and give its report."""
    before = Path.cwd()
    os.chdir(folder.parent)
    try:
        main(["check", folder.name, "-q", "--output", f"html={out}/{html}", "--output", f"json={out}/r.json"])
    finally:
        os.chdir(before)
    page = out / html
    return Made(page / "index.html" if page.is_dir() else page, json.loads((out / "r.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The report on our own seeds, on one page."""
    return make(ROOT / "seeds", tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same report as a folder of pages."""
    return make(ROOT / "seeds", tmp_path_factory.mktemp("folder"), "site/")
