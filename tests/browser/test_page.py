"""What a person sees and does in the page: each view and each interaction, held against the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dqkit.yamlfile import parse
from tests.browser.conftest import Made, make, until
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Visit = Callable[..., Page]


def opened(page: Page) -> str:
    """Name the views that are shown."""
    return " ".join(page.locator(".view.open").evaluate_all("all => all.map(one => one.id)"))


def rows(page: Page) -> int:
    """Give the number of rows of the list, drawn or not."""
    return int(page.locator("#list").get_attribute("aria-rowcount") or 0)


def ruled(made: Made, **wanted: str) -> int:
    """Count the findings of the JSON report that have some values."""
    return sum(all(finding[key] == value for key, value in wanted.items()) for finding in made.data["findings"])


def test_the_overview_counts_as_the_json_report_does(visit: Visit, seeds: Made) -> None:
    page = visit(seeds)
    figures = dict(
        zip(page.locator(".figures dt").all_inner_texts(), page.locator(".figures dd").all_inner_texts(), strict=True)
    )
    totals = seeds.data["totals"]

    assert page.locator(".verdict h1").inner_text() == "Gate failed"
    assert figures["checked"] == str(totals["files"]["checked"])
    assert figures["excluded"] == str(totals["files"]["excluded"])
    assert figures["new findings"] == str(len(seeds.data["findings"]))
    for word in ("error", "warning", "info"):
        row = page.locator("figure:has(h3:text-is('By severity')) .bars li", has_text=word)
        assert row.locator("span").inner_text() == str(totals["findings"][word])


def test_every_chart_has_its_table_with_the_same_counts(visit: Visit, seeds: Made) -> None:
    page = visit(seeds)
    for chart in page.locator(".charts figure").all():
        bars = dict(
            zip(chart.locator(".bars a").all_inner_texts(), chart.locator(".bars span").all_inner_texts(), strict=True)
        )
        chart.locator("summary").click()
        names, sums = (chart.locator(f"tbody tr {cell}").all_inner_texts() for cell in ("th", "td:last-child"))
        assert bars == dict(zip(names, sums, strict=True))
        assert sum(map(int, sums)) == len(seeds.data["findings"])


def test_each_finding_has_its_card_and_its_mark(visit: Visit, seeds: Made) -> None:
    page = visit(seeds)
    cards = page.locator(".card").evaluate_all("all => all.map(one => one.dataset.fingerprint)")
    unmarked = page.locator(".card").evaluate_all(
        "all => all.filter(one => ![...one.closest('.view').querySelectorAll('[data-m]')]"
        ".some(mark => mark.dataset.m.split(' ').includes(one.dataset.number)))"
        ".map(one => one.querySelector('.where').textContent)"
    )

    assert sorted(cards) == sorted(finding["fingerprint"] for finding in seeds.data["findings"])
    assert unmarked == []


def test_marks_stand_on_the_quoted_words(visit: Visit, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.txt").write_text('loadingThe 𝒜 ferry left at "seven”, café said.\n', "utf-8")
    page = visit(make(folder, tmp_path))

    assert page.locator("mark").all_text_contents() == ["loading", '"seven”']


def test_the_text_shown_is_the_text_of_the_file(visit: Visit, seeds: Made) -> None:
    page = visit(seeds)
    shown = page.locator("[data-path$='lighthouse.ja.txt'] .line").evaluate_all(
        "all => all.map(one => one.textContent)"
    )

    assert shown == (ROOT / "seeds/curated/lighthouse.ja.txt").read_text("utf-8").splitlines()


def test_the_list_filters_sorts_groups_and_survives_a_reload(visit: Visit, seeds: Made) -> None:
    page = visit(seeds, "findings")
    assert rows(page) == len(seeds.data["findings"])

    page.locator("select[name=rule]").select_option("mojibake")
    until(page, "location.hash.includes('rule=mojibake')")
    assert rows(page) == ruled(seeds, rule="mojibake")
    page.reload()
    assert rows(page) == ruled(seeds, rule="mojibake")
    page.locator("#clear").click()
    assert rows(page) == len(seeds.data["findings"])
    page.locator("input[value=info]").uncheck()
    until(page, "location.hash.includes('severity=')")
    assert rows(page) == len(seeds.data["findings"]) - ruled(seeds, severity="info")
    page.locator("#q").fill("soft hyphen")
    until(page, "location.hash.includes('q=soft')")
    assert rows(page) == ruled(seeds, rule="soft-hyphen")
    page.locator("select[name=group]").select_option("path")
    until(page, "location.hash.includes('group=path')")
    assert rows(page) == ruled(seeds, rule="soft-hyphen") + 1
    page.locator("#q").fill("no such words")
    until(page, "document.getElementById('count').textContent.startsWith('0')")
    assert "No finding is like that." in page.locator("#list").inner_text()


def test_a_bar_and_a_cell_of_the_matrix_lead_to_their_findings(visit: Visit, seeds: Made) -> None:
    page = visit(seeds)
    page.locator(".bars a", has_text="encoding").click()
    assert rows(page) == ruled(seeds, family="encoding")
    page.go_back()
    assert opened(page) == "overview"
    cell = page.locator("rect[data-rule=mojibake]").first
    cell.click()
    assert rows(page) == ruled(seeds, rule="mojibake", path=seeds.finding("mojibake")["path"])


def test_a_link_to_a_finding_opens_it_and_survives_a_reload(visit: Visit, seeds: Made) -> None:
    finding = seeds.finding("mojibake")
    page = visit(seeds, f"f-{finding['fingerprint']}")
    for _ in range(2):
        card = page.locator(f"#f-{finding['fingerprint']}")
        assert card.locator("details").first.get_attribute("open") is not None
        assert page.locator("mark.lit").inner_text() == finding["quote"]
        assert "Müller" in card.inner_text() or "Grünbach" in card.inner_text()
        until(page, "document.activeElement.tagName === 'SUMMARY'")
        page.reload()


def test_a_whole_review_by_keyboard_alone(visit: Visit, seeds: Made) -> None:
    page = visit(seeds)
    page.keyboard.press("n")
    until(page, "document.querySelector('.view.open.file') !== null")
    assert "file" in page.locator(".view.open").get_attribute("class").split()  # type: ignore[union-attr] # it has one
    page.keyboard.press("j")
    first = page.locator(".card.on").get_attribute("id")
    page.keyboard.press("j")
    until(page, f"document.querySelector('.card.on').id !== '{first}'")
    page.keyboard.press("k")
    until(page, f"document.querySelector('.card.on').id === '{first}'")
    page.keyboard.press("a")
    assert "accepted" in page.locator(".card.on summary").first.inner_text()
    page.keyboard.press("v")
    assert page.locator(".sheet.previewing").count() <= 1
    page.keyboard.press("/")
    until(page, "document.activeElement.id === 'q'")
    page.keyboard.type("mojibake")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.getAttribute('role') === 'row'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.on")
    assert "mojibake" in page.locator(".card.on .body").inner_text()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_decisions_are_kept_and_exported_as_an_accept_file(visit: Visit, seeds: Made) -> None:
    accepted, mend = seeds.finding("leftover-ui"), seeds.finding("placeholder")
    page = visit(seeds, f"f-{accepted['fingerprint']}")
    card = page.locator(f"#f-{accepted['fingerprint']}")
    card.locator(".acts input").fill('it is a "title": really\u2028')
    card.get_by_role("button", name="Accept", exact=True).click()
    page.evaluate(f"location.hash = 'f-{mend['fingerprint']}'")
    page.locator(f"#f-{mend['fingerprint']} button[data-verdict=mend]").click()
    page.reload()
    page.locator("nav a", has_text="Review").click()

    assert "2 of" in page.locator("#decided").inner_text()
    text = page.locator("#export").input_value()
    entries = parse(text).plain()["accept"]
    assert len(entries) == 1
    assert entries[0]["rule"] == accepted["rule"]
    assert entries[0]["path"] == accepted["path"]
    assert entries[0]["quote"] == accepted["quote"]
    assert entries[0]["reason"].startswith('it is a "title": really')
    assert "# To mend:" in text
    with page.expect_download() as download:
        page.locator("#save").click()
    assert download.value.suggested_filename == "dqkit-accept.yaml"
    assert download.value.path().read_text("utf-8") == text
    page.locator("#forget").click()
    assert parse(page.locator("#export").input_value()).plain() == {"accept": []}


def test_what_is_accepted_without_a_reason_is_left_out_until_there_is_one(visit: Visit, seeds: Made) -> None:
    accepted = seeds.finding("leftover-ui")
    page = visit(seeds, f"f-{accepted['fingerprint']}")
    page.locator(f"#f-{accepted['fingerprint']}").get_by_role("button", name="Accept", exact=True).click()
    page.locator("nav a", has_text="Review").click()

    assert parse(page.locator("#export").input_value()).plain() == {"accept": []}
    page.locator("#decisions input").fill("the paper's own motto")
    (entry,) = parse(page.locator("#export").input_value()).plain()["accept"]
    assert entry["reason"] == "the paper's own motto"


def test_the_list_of_findings_shows_their_words_and_finds_them(visit: Visit, seeds: Made) -> None:
    page = visit(seeds, "findings?q=mest+lästa")

    assert page.locator("#list [role=row] q").first.inner_text() == "Mest lästa"


def test_a_phone_shows_every_view_of_the_report_and_of_a_pair(visit: Visit, seeds: Made) -> None:
    page = visit(seeds, "pairs", viewport={"width": 390, "height": 844})

    assert page.evaluate("document.querySelector('nav').scrollWidth <= document.querySelector('nav').clientWidth")
    right = "Math.max(...[...document.querySelectorAll('#pairs a')].map(link => link.getBoundingClientRect().right))"
    assert page.evaluate(right) <= 390


def test_places_and_accept_entries_can_be_copied(visit: Visit, seeds: Made) -> None:
    finding = seeds.finding("mojibake")
    page = visit(seeds, f"f-{finding['fingerprint']}", permissions=["clipboard-read", "clipboard-write"])
    card = page.locator(f"#f-{finding['fingerprint']}")
    card.get_by_role("button", name="Copy place").click()
    until(page, "document.getElementById('toast').textContent")
    assert page.evaluate("navigator.clipboard.readText()") == f"{finding['path']}:{finding['line']}:{finding['column']}"
    card.get_by_role("button", name="Copy accept entry").click()
    until(page, "document.getElementById('toast').textContent.includes('entry')")
    assert parse(page.evaluate("navigator.clipboard.readText()")).plain()[0]["quote"] == finding["quote"]


def test_copies_stand_side_by_side_and_their_difference_is_marked(visit: Visit, seeds: Made) -> None:
    finding = seeds.finding("duplicate-block")
    page = visit(seeds, f"f-{finding['fingerprint']}")
    page.keyboard.press("c")
    until(page, f"document.getElementById('c-{finding['fingerprint']}').open")
    copies = page.locator(f"#c-{finding['fingerprint']}")
    assert copies.locator(".diff").first.inner_text().startswith("loading")
    page.locator(".view.open .arc").first.focus()
    page.keyboard.press("Enter")
    until(page, "location.hash.startsWith('#c-')")


def test_the_preview_leaves_the_text_without_the_flagged_spans(visit: Visit, seeds: Made) -> None:
    page = visit(seeds, f"f-{seeds.finding('mojibake')['fingerprint']}")
    page.locator(".view.open button.preview").click()
    left = page.locator(".view.open .text").inner_text()

    for gone in ("GrÃ¼nbach", "Share this article", "Advertisement", "Skip to main content"):
        assert gone not in left
    assert "Grünbach:" in left
    assert "lines with text" in page.locator(".view.open .result").inner_text()


def test_the_bytes_of_an_encoding_fault_and_what_they_were_meant_to_be(visit: Visit, seeds: Made) -> None:
    finding = seeds.finding("undecodable-bytes")
    page = visit(seeds, f"f-{finding['fingerprint']}")
    card = page.locator(f"#f-{finding['fingerprint']}")

    assert card.locator(".bytes b").all_inner_texts() == ["Bytes", "c5"]
    assert "Åsj" in card.locator("q").first.inner_text()
    assert "C5" in page.locator(".view.open .chip").all_inner_texts()


def test_a_pair_shows_what_is_missing_untranslated_and_altered(visit: Visit, seeds: Made) -> None:
    finding = seeds.finding("missing-passage")
    number = next(i for i, p in enumerate(seeds.data["pairs"], 1) if p["translation"] == finding["path"])
    page = visit(seeds, f"pair-{number}")
    pair = page.locator(".view.open")

    assert pair.locator(".bead.missing").count() == 1
    assert pair.locator(".bead.untranslated").count() == 1
    assert pair.locator(".bead.altered").count() == 2
    assert pair.locator(".bead .fact.altered").all_inner_texts() == ["14,700", "14,200", "27 فبراير", "January 27"]
    assert pair.locator(".half p[dir=rtl]").first.get_attribute("lang") == "ar"
    assert pair.locator(".half p[dir=rtl]").first.evaluate("one => getComputedStyle(one).textAlign") == "right"
    pair.locator(".bead .fact.same").first.hover()
    assert pair.locator(".fact.lit").count() >= 2
    pair.locator("button.differences").click()
    assert not pair.locator(".bead.aligned").first.is_visible()


def test_every_line_of_a_pair_is_shown_once(visit: Visit, seeds: Made) -> None:
    pair = seeds.data["pairs"][9]
    page = visit(seeds, "pair-10")
    for side, path in ((0, pair["source"]), (1, pair["translation"])):
        numbers = page.locator(f".view.open .bead:not(.names) > :nth-child({1 + 2 * side}) .no").all_inner_texts()
        lines = (ROOT / path).read_text("utf-8").splitlines()
        assert sorted(map(int, numbers)) == [n for n, line in enumerate(lines, 1) if line.strip()]


def test_shared_passages_name_their_files(visit: Visit, seeds: Made) -> None:
    page = visit(seeds, "shared")
    shared = [f for f in seeds.data["findings"] if f["rule"] == "duplicate-passage"]

    assert page.locator(".cluster").count() == len(shared)
    assert page.locator(".cluster").first.locator(".members li").count() == 2
    page.locator(".cluster details").first.locator("summary").click()
    assert page.locator(".cluster .copies").first.is_visible()


def test_a_folder_has_a_page_for_each_file_and_nothing_is_lost(visit: Visit, folder: Made) -> None:
    page = visit(folder, "findings")
    assert rows(page) == len(folder.data["findings"])
    page.locator("#list [role=row]").first.click()
    page.wait_for_selector(".card.on")
    assert page.url.partition("#")[0].endswith(".html")
    page.keyboard.press("a")
    page.locator("nav a", has_text="Review").click()
    page.wait_for_selector("#decided")
    until(page, "document.getElementById('decided').innerText.includes('1 accepted')")
    assert "/file-" in (page.locator("#decisions a").get_attribute("href") or "")
    page.locator("nav a", has_text="Files").click()
    page.wait_for_url("**/files.html")
    pages = page.locator("table a.path").evaluate_all("all => all.map(one => one.href.split('/').pop())")
    paths = {finding["path"] for finding in folder.data["findings"]}
    assert len(set(pages)) == len(paths)
    assert all((folder.page.parent / "pages" / name).exists() for name in pages)


def test_the_overview_and_the_findings_are_read_without_scripts(visit: Visit, seeds: Made) -> None:
    page = visit(seeds, java_script_enabled=False)

    assert page.locator("table.findings tbody tr").count() == len(seeds.data["findings"])
    assert page.locator(".card").count() == len(seeds.data["findings"])
    assert page.locator("#overview").is_visible()
    assert page.locator(".file").first.is_visible()
    page.locator(".card summary").first.click()
    assert page.locator(".card .body").first.is_visible()


@pytest.mark.parametrize(
    "view", ["overview", "findings", "files", "pairs", "shared", "rules", "review", "file-20", "pair-12"]
)
def test_no_view_scrolls_sideways_on_a_phone(visit: Visit, seeds: Made, view: str) -> None:
    page = visit(seeds, view, viewport={"width": 390, "height": 844})

    assert opened(page) == view
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_print_opens_what_is_folded(visit: Visit, seeds: Made) -> None:
    page = visit(seeds, f"f-{seeds.finding('mojibake')['fingerprint']}")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    assert page.locator(".view.open details:not([open])").count() == 0
    assert not page.locator("header.top").is_visible()
    assert page.locator(".view.open .card .body").last.is_visible()


def test_the_theme_follows_the_system_and_can_be_set(visit: Visit, seeds: Made) -> None:
    page = visit(seeds, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.locator("#theme").click()
    page.locator("#theme").click()

    assert dark == "rgb(20, 21, 23)"
    assert page.evaluate(ground) == "rgb(246, 245, 242)"
