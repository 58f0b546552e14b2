"""Puts the views of a report on pages: chooses what is shown, makes the links, and fills the templates."""

from __future__ import annotations

import base64
import os
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dqkit.blake import blake2b
from dqkit.check import FAMILIES
from dqkit.finding import SEVERITIES
from dqkit.place import printable
from dqkit.reports import account
from dqkit.reports.html.addresses import FILES_PAGE, Addresses, file_page, pair_page
from dqkit.reports.html.data import columns, script
from dqkit.reports.view.across import across
from dqkit.reports.view.card import page
from dqkit.reports.view.file import file_view
from dqkit.reports.view.marks import Piece, excerpted
from dqkit.reports.view.overview import overview, records
from dqkit.reports.view.pair import pair_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.finding import Finding, Report, RuleRecord
    from dqkit.reports import Setting

VIEWS = ("overview", "findings", "files", "pairs", "across", "rules", "review")
"""The views of the whole run, in their order; each has a template of its name."""
TABLE_ROWS = 200
"""Rows of the list of findings that stand in a folder's index for readers without scripts."""
WORST_SHOWN, CLUSTERS_SHOWN, MEMBERS_SHOWN = 8, 100, 12
EARLY = 'document.documentElement.classList.add("scripts")'
"""What runs before anything is drawn: with scripts, one view is shown at a time."""
HELP = (
    (("j", "k"), "next, previous finding"),
    (("n", "p"), "next, previous file with findings"),
    (("Enter",), "open the finding"),
    (("c",), "compare its copies"),
    (("v",), "preview the text without the flagged spans"),
    (("a", "r"), "accept the finding; say it is to be mended"),
    (("y",), "copy path:line:column"),
    (("d",), "show only the differences of a pair"),
    (("/",), "search the findings"),
    (("o", "f"), "overview; findings"),
    (("?",), "this help"),
)


class Site:
    """The pages of one report. `folder` holds the pages of files and pairs; without one, all is on one page."""

    def __init__(self, report: Report, setting: Setting, folder: str = "", index: str = "") -> None:
        self.report, self.read, self.missing = report, setting.read, setting.missing
        self.folder, self.index_name = folder, index
        self.overview = overview(report)
        self.records = records(report)
        self.worst_first = sorted(report.findings, key=lambda f: (-SEVERITIES.index(f.severity), f.at))
        self.findings: dict[str, list[Finding]] = {}
        for finding in report.findings:
            self.findings.setdefault(finding.at.path, []).append(finding)
        self.shown = self._shown()
        self.numbers = {path: number for number, path in enumerate(self.shown, 1)}
        worst = [summary.record.path for summary in self.overview.files]
        self.next = dict(pairwise(worst))
        self.pairs: dict[str, list[tuple[int, str, str]]] = {}
        for number, pair in enumerate(report.pairs):
            self.pairs.setdefault(pair.source, []).append(
                (number, pair.translation, f"Translation ({pair.languages[1]})")
            )
            self.pairs.setdefault(pair.translation, []).append((number, pair.source, f"Source ({pair.languages[0]})"))
        digest = blake2b(digest_size=8)
        for name in (*(f.fingerprint for f in report.findings), *(r.sha256 for r in report.files)):
            digest.update(name.encode())
        self.run = digest.hexdigest()

    def _shown(self) -> list[str]:
        """Choose the files that have a view: in a folder, those that a finding names; on one page, all checked."""
        named = {place.path for f in self.report.findings for place in (f.at, *f.related)}
        checked = {r.path for r in self.report.files if r.status == "checked"} if not self.folder else set()
        return sorted(path for path in named | checked if path in self.records)

    def page(self) -> str:
        """Write the one page."""
        to = Addresses(self.numbers)
        parts = [*(self._view(name, to) for name in VIEWS), *(self._file(path, to) for path in self.shown)]
        parts += [self._pair(number, to) for number in range(len(self.report.pairs))]
        return self._wrap(parts, to, with_data=True)

    def pages(self, target: str) -> Iterator[tuple[str, str]]:
        """Give the path and text of each file of the folder, the index last."""
        folder = os.path.join(target, self.folder)
        yield os.path.join(folder, "report.css"), asset("report.css")
        yield os.path.join(folder, "report.js"), asset("report.js")
        inside = Addresses(self.numbers, self.folder, self.index_name, inside=True)
        for path, number in self.numbers.items():
            yield (
                os.path.join(folder, file_page(number)),
                self._wrap([self._file(path, inside)], inside, printable(path)),
            )
        for number, pair in enumerate(self.report.pairs):
            title = f"{printable(pair.source)} → {printable(pair.translation)}"
            yield os.path.join(folder, pair_page(number)), self._wrap([self._pair(number, inside)], inside, title)
        to = Addresses(self.numbers, self.folder, self.index_name)
        yield os.path.join(folder, FILES_PAGE), self._wrap([self._view("files", inside)], inside, "files")
        parts = [self._view(name, to) for name in VIEWS if name != "files"]
        yield os.path.join(target, self.index_name), self._wrap(parts, to, with_data=True)

    @property
    def focus(self) -> str:
        """What a run on a part of a corpus was about; empty where it was about all files."""
        return account.comparison(self.report.comparison) if self.report.comparison else ""

    def _view(self, name: str, to: Addresses) -> str:
        """Write one of VIEWS."""
        more: dict[str, Any] = {}
        if name == "findings":
            more = {"findings": self.worst_first, "table_rows": len(self.worst_first) if to.single else TABLE_ROWS}
        elif name == "across":
            found = across(self.report, self.read)
            more = {"across": found, "clusters_shown": CLUSTERS_SHOWN, "members_shown": MEMBERS_SHOWN}
        elif name == "rules":
            more = {"rules": self._rules()}
        return fill(
            name, overview=self.overview, records=self.records, report=self.report, to=to, worst_shown=WORST_SHOWN,
            account=account.files(self.report), focus=self.focus, **more,
        )  # fmt: skip

    def _rules(self) -> list[tuple[str, list[tuple[RuleRecord, dict[str, str]]]]]:
        """Group the rules by family, each with its check's manual page."""
        rules: dict[str, list[tuple[RuleRecord, dict[str, str]]]] = {family: [] for family in FAMILIES}
        for rule in self.report.rules:
            rules.setdefault(rule.family, []).append((rule, page(rule.check)))
        return [(family, members) for family, members in rules.items() if members]

    def _file(self, path: str, to: Addresses) -> str:
        view = file_view(self.records[path], tuple(self.findings.get(path, ())), self.read, self.missing(path))
        return fill(
            "file", view=view, to=to, records=self.records, pairs=self.pairs.get(path, ()), next=self.next.get(path)
        )

    def _pair(self, number: int, to: Addresses) -> str:
        pair = self.report.pairs[number]
        found = [f for path in (pair.source, pair.translation) for f in self.findings.get(path, ())]
        return fill("pair", view=pair_view(pair, found, self.read), to=to, number=number)

    def _wrap(self, parts: list[str], to: Addresses, title: str = "", *, with_data: bool = False) -> str:
        """Put views into a page with its policy, style and script."""
        from markupsafe import Markup

        css, js = asset("report.css"), asset("report.js")
        assets = "" if to.single else to.pages or "./"
        code, style = ("'self'", "'self'") if assets else (digest(js), digest(css))
        code += f" {digest(EARLY)}"
        policy = (
            f"default-src 'none'; script-src {code}; style-src {style}; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        data = ""
        if with_data:
            group = max(map(len, self.overview.matrix.columns), default=1)
            data = script(columns(self.worst_first, self.records, to, group))
        return fill("page",
            parts=[Markup(part) for part in parts],  # each is a filled template, escaped already
            to=to, csp=policy, css=css, js=js, early=EARLY, data=data, assets=assets, run=self.run, help=HELP,
            title=f"dqkit: {title or self.overview.verdict}", version=self.overview.version,
            navigation=self._navigation(), note="",
        )  # fmt: skip

    def _navigation(self) -> list[tuple[str, str, str]]:
        """Name the views with the number of what is in each."""
        findings, pairs = len(self.report.findings), len(self.report.pairs)
        entries = (("overview", "Overview", 0), ("findings", "Findings", findings), ("files", "Files", 0),
                   ("pairs", "Pairs", pairs), ("shared", "Shared", 0), ("rules", "Rules", 0),
                   ("review", "Review", 0))  # fmt: skip
        return [(anchor, words, f"{count:,}" if count else "") for anchor, words, count in entries]


def digest(code: str) -> str:
    """Name code in a content security policy by its SHA-256."""
    from hashlib import sha256

    return f"'sha256-{base64.b64encode(sha256(code.encode()).digest()).decode()}'"


@cache
def asset(name: str) -> str:
    """Read one of the page's own files."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


def fill(name: str, **values: Any) -> str:
    """Fill one of the templates."""
    return str(_environment().get_template(f"{name}.html.j2").render(values))


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(os.path.join(os.path.dirname(__file__), "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = printable
    environment.filters["cut_visible"] = excerpted
    environment.filters["quoted"] = account.quoted
    environment.filters["visible"] = lambda text: [
        Piece(words, kind, title=title) for words, kind, title in excerpted(text)
    ]
    environment.globals["severities"] = tuple(reversed(SEVERITIES))
    return environment
