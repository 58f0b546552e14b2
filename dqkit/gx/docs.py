"""Data Docs that can be trusted: pages of suites and validation results that escape every word and ask for nothing.

The pages of Great Expectations load scripts, styles and a beacon from seven hosts, show nothing without them, and run
what a value of the data says. These show the same rendered content, and have an index that needs no script.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from great_expectations.render.renderer import ExpectationSuitePageRenderer, ValidationResultsPageRenderer
from great_expectations.render.view import DefaultJinjaPageView
from jinja2 import Environment, PackageLoader

from dqkit.errors import DqkitError
from dqkit.finding import SEVERITIES
from dqkit.gx.quiet import silent
from dqkit.gx.run import GX_SEVERITIES, new_context, raised, rule_id, severity
from dqkit.record import NamedTuple
from dqkit.reports.account import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ICONS = {
    "fa-check-circle": ("PASS", "pass"),
    "fa-times": ("FAIL", "fail"),
    "fa-exclamation-triangle": ("ERROR", "error"),
}
_PARAMETER = re.compile(r"\$(?:(\$)|\{(\w+)\}|(\w+))")


class Cell(NamedTuple):
    """A cell of a table of ours: words, where they lead, and the kind of status they are."""

    text: str
    href: str = ""
    kind: str = ""


class Table(NamedTuple):
    """A table of ours."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


class SafePageView(DefaultJinjaPageView):
    """A page view for `site_section_builders` of a project: escapes every word, and asks nothing of the network."""

    def render(self, document: Any, template: Any = None, **_: Any) -> str:
        """Show a rendered document, or several, as one page."""
        parts = [_plain(part) for part in (document if isinstance(document, list) else [document])]
        sections = [section for part in parts for section in part.get("sections", ())]
        return page(str(parts[0].get("page_title") or "Great Expectations"), sections=sections)


def build(project: str, output: str) -> int:
    """Write a page for each suite and validation result that a project keeps, and an index; give how many.

    Raises:
        DqkitError: there is no project in the folder, or the pages cannot be written.
    """
    if not os.path.isdir(os.path.join(project, "gx")):
        raise DqkitError(f"{project}: no project of Great Expectations (a folder gx/): dqkit gx run makes one")
    context = new_context(project)
    pages: dict[str, str] = {}
    with silent():
        suites = [_suite(suite, pages) for suite in sorted(context.suites.all(), key=lambda suite: str(suite.name))]
        store = context.validation_results_store
        keys = sorted(store.list_keys(), key=lambda key: (str(key.run_id.run_time), str(key)), reverse=True)
        runs = [_result(store.get(key), key, pages) for key in keys]
    pages["index.html"] = page(
        "Validation results",
        tables=[
            Table("Runs, the newest first", ("Status", "Run", "Suite", "Failed", "Worst"), runs),
            Table("Suites", ("Suite", "Expectations"), suites),
        ],
    )
    for name, text in pages.items():
        _write(os.path.join(output, name), text)
    return len(pages)


def _suite(suite: Any, pages: dict[str, str]) -> tuple[Cell, ...]:
    document = _plain(ExpectationSuitePageRenderer().render(suite))
    name = f"suites/{_file(suite.name)}.html"
    said = f"{len(suite.expectations)} expectations"
    pages[name] = page(f"Suite {suite.name}", intro=said, sections=document["sections"], up="../index.html")
    return Cell(str(suite.name), name), Cell(str(len(suite.expectations)))


def _result(result: Any, key: Any, pages: dict[str, str]) -> tuple[Cell, ...]:
    time = str(key.run_id.run_time)[:19]
    name = f"results/{_file(f'{result.suite_name}-{time}-{len(pages)}')}.html"
    document = _plain(ValidationResultsPageRenderer(run_info_at_end=True).render(result))
    failed = [found for found in result.results if not found.success]
    worst = max((severity(found) for found in failed), key=SEVERITIES.index, default="")
    pages[name] = page(
        f"{'Passed' if result.success else 'Failed'}: {result.suite_name}",
        intro=f"{time}. {len(failed)} of {len(result.results)} expectations failed.",
        tables=[
            Table(
                "Expectations that failed, the worst first", ("Severity", "Rule", "Expectation", "Seen"), _worst(failed)
            )
        ],
        sections=document["sections"],
        up="../index.html",
    )
    status = Cell("PASS", "", "pass") if result.success else Cell("FAIL", "", "fail")
    counted = Cell(f"{len(failed)} of {len(result.results)}")
    return (
        status,
        Cell(time, name),
        Cell(str(result.suite_name)),
        counted,
        Cell(worst, "", GX_SEVERITIES.get(worst, "")),
    )


def _worst(failed: list[Any]) -> list[tuple[Cell, ...]]:
    ordered = sorted(failed, key=lambda found: (-SEVERITIES.index(severity(found)), rule_id(found)))
    return [
        (
            Cell(severity(found), "", GX_SEVERITIES[severity(found)]),
            Cell(rule_id(found)),
            Cell(found.expectation_config.type),
            Cell(_seen(found)),
        )
        for found in ordered
    ]


def _seen(found: Any) -> str:
    if said := raised(found):
        return f"raised: {said}"
    details = found.result.get("details") or {}
    if "finding_count" in details:
        return plural(details["finding_count"], "finding")
    count = found.result.get("unexpected_count")
    return plural(count, "row") if count else str(found.result.get("observed_value", ""))


def page(title: str, *, intro: str = "", tables: Any = (), sections: Any = (), up: str = "") -> str:
    """Write a page: tables of ours, then sections as Great Expectations renders them."""
    css = _css()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    csp = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    template = _environment().get_template("docs.html.j2")
    return str(template.render(title=title, intro=intro, tables=tables, sections=sections, up=up, css=css, csp=csp))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dqkit", "gx"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    environment.globals["pieces"] = lambda template: list(pieces(template))
    environment.filters["tojson_text"] = lambda value: json.dumps(value, ensure_ascii=False, indent=1, default=str)
    return environment


@cache
def _css() -> str:
    with open(os.path.join(os.path.dirname(__file__), "docs.css"), encoding="utf-8") as file:
        return file.read()


def pieces(template: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Cut a string template of theirs into words and values, each with its kind: text, value, or a status.

    >>> list(pieces({"template": "at least $least words", "params": {"least": 3}}))
    [('at least ', 'text'), ('3', 'value'), (' words', 'text')]
    """
    text, values = str(template.get("template", "")), template.get("params") or {}
    styles = (template.get("styling") or {}).get("params") or {}
    last = 0
    for found in _PARAMETER.finditer(text):
        name = found[2] or found[3]
        if name not in values and not found[1]:
            continue
        yield text[last : found.start()], "text"
        last = found.end()
        yield ("$", "text") if found[1] else _value(name, values[name], styles.get(name) or {})
    yield text[last:], "text"


def _value(name: str, value: Any, style: Mapping[str, Any]) -> tuple[str, str]:
    """Give a value's words and kind; an icon of theirs, which is a class name or their own HTML, as a word."""
    classes = [str(word) for word in style.get("classes") or ()]
    if name == "html_success_icon" or (not value and classes):
        for icon, said in _ICONS.items():
            if icon in classes or (name == "html_success_icon" and icon in str(value)):
                return said
    if name == "severity" and value in GX_SEVERITIES.values():
        return f"{value} ", str(value)
    titled = name.endswith("_title") or name in ("what", "message", "fix", "left", "data_asset")
    return "none" if value is None else str(value), "text" if titled else "value"


def _plain(document: Any) -> dict[str, Any]:
    data: dict[str, Any] = document if isinstance(document, dict) else document.to_json_dict()
    return data


def _file(name: Any) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", str(name)).strip("-") or "unnamed"


def _write(path: str, text: str) -> None:
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise DqkitError(f"--output: {path} cannot be written: {error.strerror}") from None
