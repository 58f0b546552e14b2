"""What axe-core has to say about each view, light and dark, wide and narrow."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Made

    Visit = Callable[..., Page]

VIEWS = (
    "overview",
    "findings",
    "files",
    "pairs",
    "shared",
    "rules",
    "review",
    "file-20",
    "file-28",
    "pair-12",
)


@pytest.fixture(scope="module")
def axe() -> str:
    package = find_spec("axe_playwright_python")
    if package is None or not package.submodule_search_locations:
        assert not os.environ.get("DQKIT_REQUIRE_BROWSER"), "axe-playwright-python is not installed"
        pytest.skip("axe-core comes with axe-playwright-python: nox -s browser installs it")
    return (Path(package.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_no_view_violates_a_rule_of_axe(visit: Visit, seeds: Made, axe: str, scheme: str, width: int) -> None:
    page = visit(seeds, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    told = []
    for view in VIEWS:
        page.goto("about:blank")
        page.goto(f"{seeds.page.as_uri()}#{view}")
        page.evaluate("for (const one of document.querySelectorAll('.view:not(.open)')) one.remove()")  # axe walks all
        page.evaluate("for (const one of document.querySelectorAll('.view details')) one.open = true")
        page.evaluate(axe)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told += [f"{view}: {one['id']}: {one['nodes'][0]['html']}" for one in result["violations"]]

    assert told == []
