"""Interface strings that were scraped with the article: buttons, menus, notices, banners, footers.

They teach a reader nothing, repeat on every page of a site, and end up glued to sentences.

Bad:
    loadingTwo men stand on a street.
    Most read
    Share this article

Good:
    The men were loading a truck. “Share this article with a friend,” she said.

Fix: delete the words; better, mend the scraper's selector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from dqkit.check import FileCheck
from dqkit.detect.furniture import Furniture, finder
from dqkit.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.seed.text import Document

Kind = Literal[
    "loading",
    "navigation",
    "share",
    "comments",
    "newsletter",
    "cookies",
    "related",
    "advertisement",
    "login",
    "pagination",
    "media",
    "footer",
    "javascript",
    "tools",
    "site",
]
_KINDS = {
    "loading": "a loading notice",
    "navigation": "navigation",
    "share": "share buttons",
    "comments": "a comment section's words",
    "newsletter": "a newsletter or subscription notice",
    "cookies": "a cookie notice",
    "related": "a list of other articles",
    "advertisement": "an advertisement's label",
    "login": "log-in words",
    "pagination": "pagination",
    "media": "a media player's words",
    "footer": "a page footer",
    "javascript": "a JavaScript notice",
    "tools": "page tools",
    "site": "a phrase of the site",
}


class LeftoverUi(FileCheck):
    family: ClassVar[str] = "leftover-ui"
    runs: ClassVar[bool] = True

    phrases: Annotated[tuple[str, ...], "phrases of your sites to find as well, as `dqkit suggest` proposes them"] = ()
    skip: Annotated[tuple[Kind, ...], "classes that are not reported"] = ()

    def find(self, document: Document) -> Iterable[Problem]:
        for piece in document.once(finder(self.phrases)):
            if piece.kind not in self.skip:
                yield Problem(document.place(piece.start, piece.end), _message(piece))


def _message(piece: Furniture) -> str:
    what = _KINDS.get(piece.kind, piece.kind)
    if piece.manner == "footer":
        return "the page's footer: masthead, address, copyright line"
    if piece.manner == "before":
        return f"interface string glued to the text after it: {what}"
    if piece.manner == "after":
        return f"interface string glued to the text before it: {what}"
    return (
        f"interface string: {what}"
        if piece.first == piece.last
        else f"a run of interface strings, beginning with {what}"
    )
