"""The report a maintainer reads, made of the view model: one page that opens anywhere, or a folder of pages.

It asks nothing of the network and runs no code but its own. Every word of a seed passes through Jinja2's escaping;
characters that cannot be seen are shown by name. With scripts off, all that was found can still be read.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dqkit.reports.html.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dqkit.finding import Report
    from dqkit.reports import Setting

PAGE_FINDINGS = 1_000
"""Findings up to which all is on one page."""
PAGE_BYTES = 1_000_000
"""Bytes of seed text up to which all is on one page."""


def render(report: Report, setting: Setting) -> str:
    """Write everything on one page, however much it is."""
    return Site(report, setting).page()


def files(report: Report, setting: Setting, target: str) -> Iterator[tuple[str, str]]:
    """Give each file of the report, its path and its text, the first page last.

    A target that ends in a slash, or is a folder, gets a folder with `index.html`. A file gets one page; a report
    too large for one has its pages in a folder beside it.
    """
    if target.endswith(("/", os.sep)) or os.path.isdir(target):
        yield from Site(report, setting, "pages", "index.html").pages(target)
    elif fits_one_page(report):
        yield target, render(report, setting)
    else:
        folder, name = os.path.split(target)
        yield from Site(report, setting, f"{os.path.splitext(name)[0]}-pages", name).pages(folder)


def fits_one_page(report: Report) -> bool:
    """Tell whether a report is small enough to be one page."""
    return len(report.findings) <= PAGE_FINDINGS and sum(record.size for record in report.files) <= PAGE_BYTES
