"""Where each file, finding and pair of an HTML report is found: an anchor of the one page, or a page of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from dqkit.finding import Finding
    from dqkit.place import Place

FILES_PAGE = "files.html"


class Addresses:
    """Makes the links of one page.

    `numbers` counts the files that are shown from 1. `folder` is where their pages lie, seen from the index; empty
    where all is on one page. `index` is the name of the first page, `inside` says that the page lies in the folder.
    """

    def __init__(self, numbers: dict[str, int], folder: str = "", index: str = "", *, inside: bool = False) -> None:
        self.numbers = numbers
        self.single = not folder
        self.pages = "" if inside or not folder else f"{quote(folder)}/"
        self.home = f"../{quote(index)}" if inside else ""

    def index(self, anchor: str) -> str:
        """Link to a view of the whole run: on the first page, but for the list of files, which a folder has apart."""
        if anchor == "files" and not self.single:
            return f"{self.pages}{FILES_PAGE}"
        return f"{self.home}#{anchor}"

    def file(self, path: str) -> str:
        """Link to a file; empty where it is not shown."""
        number = self.numbers.get(path)
        return "" if not number else f"#file-{number}" if self.single else self.pages + file_page(number)

    def place(self, at: Place) -> str:
        """Link to a line of a file; empty where the file is not shown."""
        page = self.file(at.path)
        return page and f"{'' if self.single else page}#{self.line_id(at.path, at.line)}"

    def finding(self, finding: Finding) -> str:
        """Link to a finding's card."""
        return f"{'' if self.single else self.file(finding.at.path)}#{self.card(finding)}"

    def pair(self, number: int) -> str:
        """Link to a pair, counted from 0."""
        return f"#{self.pair_id(number)}" if self.single else self.pages + pair_page(number)

    def card(self, finding: Finding) -> str:
        """Name a finding's card."""
        return f"f-{finding.fingerprint}"

    def copies(self, finding: Finding) -> str:
        """Name the copies of a finding, side by side."""
        return f"c-{finding.fingerprint}"

    def file_id(self, path: str) -> str:
        """Name a file's view."""
        return f"file-{self.numbers[path]}"

    def pair_id(self, number: int) -> str:
        """Name a pair's view."""
        return f"pair-{number + 1}"

    def line_id(self, path: str, line: int) -> str:
        """Name a line of a file."""
        return f"L{self.numbers[path]}-{line}"


def file_page(number: int) -> str:
    """Name the page of a file: by number, so that no path of a corpus can name a file elsewhere."""
    return f"file-{number:05d}.html"


def pair_page(number: int) -> str:
    """Name the page of a pair, counted from 0."""
    return f"pair-{number + 1:05d}.html"
