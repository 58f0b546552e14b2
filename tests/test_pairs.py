"""Partners in corpora of two or three texts, where nothing is known of what is rare: strangers stay without one."""

from __future__ import annotations

import pytest

from dqkit.pairing.link import link
from dqkit.pairing.sketch import sketch
from dqkit.seed.text import Document
from tests.conftest import ROOT

LOOK_ALIKE = ("lighthouse.sv", "night-train.sv", "lighthouse.ja", "night-train.de", "lighthouse.ar")

NOTICE = """The library in Sandvik closes at noon

The library in Sandvik will close at noon on Fridays from 1 May. The board decided so by five votes to two.

Loans fell from 48,300 in 2019 to 31,950 last year, according to the librarian Marta Lind. The rent rose by 14 per cent.

Those who want to return a book after noon can use the box beside the fountain.
"""
NEWER = """The library in Sandvik stays open

The library in Sandvik will not close at noon after all. The board took its decision back, after 1,120 had protested.

Loans fell from 48,300 in 2019 to 31,950 last year, according to the librarian Marta Lind. The chess club pays a part of
the rent, and gets a room of its own.

The new hours are 9 to 17 on weekdays and 10 to 14 on Saturdays, from 3 June.
"""
TRANSLATION = """Biblioteket i Sandvik stänger klockan tolv

Biblioteket i Sandvik stänger klockan tolv på fredagar från den 1 maj. Det beslutade styrelsen med fem röster mot två.

Lånen sjönk från 48 300 år 2019 till 31 950 i fjol, enligt bibliotekarien Marta Lind. Hyran steg med 14 procent.

Den som vill lämna tillbaka en bok efter klockan tolv kan använda lådan intill fontänen.
"""


def paired(texts: dict[str, str]) -> set[tuple[str, str]]:
    """Find the pairs of a corpus by content alone."""
    sketches = (sketch(Document(path, text.encode())) for path, text in texts.items())
    found = link(tuple(sorted(one._replace(id="", translation_of="") for one in sketches)))
    return {(pair.source, pair.translation) for pair in found.pairs}


def seeds(*names: str) -> dict[str, str]:
    return {f"{name}.txt": (ROOT / f"seeds/curated/{name}.txt").read_text("utf-8") for name in names}


@pytest.mark.parametrize("other", ["rooftop-bees.sv", "rooftop-bees.ja"])
def test_a_text_and_its_translation_alone_are_a_pair(other: str) -> None:
    assert paired(seeds("rooftop-bees.en", other)) == {("rooftop-bees.en.txt", f"{other}.txt")}


@pytest.mark.parametrize("other", LOOK_ALIKE)
def test_two_strangers_alone_are_no_pair(other: str) -> None:
    assert paired(seeds("rooftop-bees.en", other)) == set()


def test_a_translation_belongs_to_the_version_it_translates() -> None:
    texts = {"a.en.txt": NEWER, "b.en.txt": NOTICE, "c.sv.txt": TRANSLATION}

    assert paired(texts) == {("b.en.txt", "c.sv.txt")}
