"""The pages of `dqkit gx docs` in real Chromium with the network off: styled, complete, asking for nothing."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from dqkit.cli import main
from dqkit.rules.expectation import installed
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Open = Callable[[Path], tuple[Page, list[str]]]

if not installed() and not os.environ.get("DQKIT_REQUIRE_BROWSER"):
    pytest.skip("Data Docs need Great Expectations: nox -s browser installs it", allow_module_level=True)

EVIL = "<script>document.title='PWNED'</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    (folder / "seeds" / "evil.txt").write_text(f'---\nid: "{EVIL}"\n---\n\nloadingThe {EVIL} ferry.\n', "utf-8")
    (folder / "rules.yaml").write_text(
        "dqkit: 1\nrules:\n  - check: leftover-ui\n    severity: error\n  - check: undecodable-bytes\n"
        "  - expectation: expect_column_values_to_be_null\n    with: {column: id}\n"
        "  - expectation: expect_column_values_to_be_in_set\n    with: {column: language, value_set: [en]}\n",
        "utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["gx", "run", "seeds", "--quiet", "--rules", "rules.yaml"]) == 1
        assert main(["gx", "docs", "--output", "pages"]) == 0
    return folder / "pages"


def test_the_index_leads_to_every_page_and_back(pages: Path, open_page: Open) -> None:
    page, told = open_page(pages / "index.html")
    assert page.locator("tbody tr").count() == 2
    assert page.locator("td .fail").inner_text() == "FAIL"
    for link in ("a[href^=results]", "a[href^=suites]"):
        page.locator(link).click()
        assert page.locator("h2").count() >= 1
        page.locator("a[href='../index.html']").click()
        assert page.locator("h1").inner_text() == "Validation results"
    assert told == []


def test_a_result_is_styled_and_complete_and_runs_nothing(pages: Path, open_page: Open) -> None:
    (path,) = (pages / "results").iterdir()
    page, told = open_page(path)
    words = page.locator("body").inner_text()

    assert told == []
    assert page.title() == "Failed: dqkit"
    assert page.locator("script, img").count() == 0
    assert EVIL in words
    assert page.locator(".fail").first.evaluate("node => getComputedStyle(node).fontWeight") == "700"
    assert page.locator("table").first.evaluate("node => getComputedStyle(node).borderCollapse") == "collapse"
    assert {"critical", "warning"} <= set(words.split())
    assert "seeds/scraped/001_1150974a65bc29d1.txt:1:1" in words
    assert page.locator("td .pass, td .fail").count() >= 5
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_suite_names_all_its_expectations(pages: Path, open_page: Open) -> None:
    page, told = open_page(pages / "suites" / "dqkit.html")
    words = page.locator("body").inner_text()

    assert told == []
    assert "5 expectations" in words
    assert page.locator("li").count() >= 5
    assert "no leftover ui: Interface strings" in words
