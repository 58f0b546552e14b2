"""A hostile corpus in the page: nothing of it runs, nothing is asked of the network, no layout breaks."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from dqkit.cli import main
from tests.browser.conftest import Made, make, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Visit = Callable[..., Page]

ATTACKS = (
    "<script>document.title='PWNED'</script>",
    "</script><script>document.title='PWNED'</script>",
    "</style></textarea></title><!--<img src=x onerror=document.title='PWNED'>",
    "<svg onload=document.title='PWNED'><a xlink:href=javascript:alert(1)>",
    "javascript:document.title='PWNED'",
    '" onmouseover="document.title=\'PWNED\'" autofocus onfocus=\'document.title="PWNED"\'',
    "{{ 7*7 }} {% for x in y %} ${alert(1)} `",
    "\u202eevil\u202c \u2066iso\u2069 \u200b\u200d\ufeff \x00 \x1b[31m \u2028\u2029",
    "data:text/html,<script>alert(1)</script>",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("hostile")
    folder = root / "seeds"
    folder.mkdir()
    body = "\n\n".join(f"loading{attack} The ferry left the quay at 8. " for attack in ATTACKS)
    names = [
        "a.txt",
        "<img src=x onerror=alert(2)>.txt",
        "\"'><script>alert(3)<",
        "new\nline.txt",
        "rtl\u202etxt.exe.txt",
    ]
    for number, name in enumerate(names):
        path = folder / (name if name.endswith(".txt") else f"{name}.txt")
        path.write_text(f"{body}\n\nFile {number} says.\n\n{body}\n", "utf-8", newline="\n")
    (folder / "long.txt").write_text(f"loading{'x' * 100_000}\nloading{'word <b> ' * 11_000}\n", "utf-8")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"caf\xe9 <b> \xff\xfe\xed\xa0\x80 loading\n")
    (folder / "meta.txt").write_text(
        f'---\ntitle: {json.dumps(ATTACKS[0])}\nlanguage: en"><script>\n---\n{body}\n', "utf-8"
    )
    return make(folder, root)


def views(page: Page) -> list[str]:
    found: list[str] = page.locator(".view").evaluate_all("all => all.map(one => one.id)")
    return found


def assert_unharmed(page: Page) -> None:
    """Nothing ran, and no element was made of what a seed says."""
    assert "PWNED" not in page.title()
    assert page.evaluate("[...document.scripts].map(one => one.type || 'own')") == ["own", "application/json", "own"]
    assert (
        page.locator(
            "img, iframe, object, embed, base, math, video, form[action], [onload], [onerror], [onfocus]"
        ).count()
        == 0
    )
    assert page.locator("a[href]").evaluate_all("all => all.every(one => one.getAttribute('href').startsWith('#'))")


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_of_a_hostile_corpus_runs_in_any_view(visit: Visit, hostile: Made, width: int) -> None:
    page = visit(hostile, viewport={"width": width, "height": 844})
    for view in views(page):
        page.evaluate("view => { location.hash = view; }", view)
        page.wait_for_selector(f"[id='{view}'].open")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
        page.evaluate("for (const one of document.querySelectorAll('.view.open details')) one.open = true")
    assert_unharmed(page)


def test_every_finding_of_a_hostile_corpus_is_shown(visit: Visit, hostile: Made) -> None:
    page = visit(hostile)
    cards = page.locator(".card").evaluate_all("all => all.map(one => one.dataset.fingerprint)")

    assert len(hostile.data["findings"]) > 60
    assert sorted(cards) == sorted(finding["fingerprint"] for finding in hostile.data["findings"])


def test_no_control_or_direction_character_reaches_the_page(hostile: Made) -> None:
    text = hostile.page.read_text("utf-8")

    assert not {
        c for c in text if c in "\x00\x1b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u2028\u2029"
    }


def test_a_hash_or_a_filter_of_any_shape_does_no_harm(visit: Visit, hostile: Made) -> None:
    for view in (
        "findings?q=<img src=x onerror=alert(1)>&rule=%3Cscript%3E&sort=x",
        "%E0%A4%A",
        "f-<svg/onload=alert(1)>",
        "constructor",
    ):
        page = visit(hostile, view)
        assert page.locator(".view.open").count() == 1
        assert_unharmed(page)


def test_script_written_by_a_seed_would_be_refused(visit: Visit, hostile: Made) -> None:
    page = visit(hostile, expected=("This document requires 'TrustedHTML' assignment. The action has been blocked.",))

    assert (
        page.evaluate("try { document.body.innerHTML = '<b>x</b>'; 'set' } catch (error) { error.name }") == "TypeError"
    )


def test_findings_and_paths_survive_the_way_through_json(visit: Visit, hostile: Made, tmp_path: Path) -> None:
    code = main(["report", str(hostile.page.parent / "r.json"), "--output", f"html={tmp_path}/again.html", "-q"])
    page = visit(tmp_path / "again.html")

    assert code == 0
    assert page.locator(".card").count() == len(hostile.data["findings"])
    assert "cannot be shown" in (page.locator(".missing").first.text_content() or "")
    assert_unharmed(page)


def test_a_browser_that_keeps_nothing_still_reviews(visit: Visit, hostile: Made) -> None:
    page = visit(hostile)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    page.reload()
    page.keyboard.press("n")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.locator("nav a", has_text="Review").click()

    until(page, "document.getElementById('decided').innerText.includes('1 accepted')")
