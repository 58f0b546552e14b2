"""`dqkit suggest`: a site's words are proposed, the texts' own are not, in bounded memory."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from dqkit.cli import main
from dqkit.detect.recurring import Recurring, is_furniture
from dqkit.seed.text import Document

if TYPE_CHECKING:
    from pathlib import Path

WORDS = [
    "harbour",
    "lamp",
    "keeper",
    "winter",
    "bread",
    "oven",
    "train",
    "night",
    "bridge",
    "green",
    "crew",
    "sea",
    "stone",
    "market",
    "letter",
    "island",
    "boat",
    "tower",
]
QUOTATION = '"We shall light it again, whatever the council says," he wrote.'
PASSAGE = [
    "The keeper of the old lamp wrote his diary every evening for forty years without a break.",
    "He never missed a day",
    "On the last page he drew the island as it looks from the sea, with every house in its place.",
]
PLANTED = {"Harbour Bulletin", "{n} quay street", "Vinkelboxen", "Vrid på lampan nu", "Hear more from us"}


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(8, 16))).capitalize() + "."


def article(number: int, chance: random.Random) -> str:
    paragraphs = [" ".join(sentence(chance) for _ in range(3)) for _ in range(14)]
    if number % 3 == 0:
        paragraphs[2] = "Vinkelboxen" + paragraphs[2]
        paragraphs[5] += "Vrid på lampan nu"
        paragraphs[7] = f"Hear more from us: {sentence(chance)} {sentence(chance)} {sentence(chance)}"
    if number % 4 == 0:
        paragraphs[3:3] = PASSAGE
    if number % 5 == 0:
        paragraphs.insert(4, QUOTATION)
    if number == 7:
        paragraphs[1::2] = ["And the bells rang on and on"] * len(paragraphs[1::2])
    byline = "By Mara Lindqvist" if number % 2 else f"By {chance.choice(WORDS).title()} {chance.choice(WORDS).title()}"
    tail = ["Harbour Bulletin", "4 Quay Street"] if number % 2 else []
    return "\n\n".join([sentence(chance)[:40], byline, *paragraphs, *tail]) + "\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    chance = random.Random(5)
    (tmp_path / "texts").mkdir()
    for number in range(40):
        (tmp_path / "texts" / f"{number:02}.txt").write_text(article(number, chance), "utf-8", newline="\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("site")
def test_a_sites_words_are_proposed_and_the_texts_own_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", "texts", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == 40
    found = {proposal["phrase"]: proposal for proposal in said["proposals"]}
    assert found.keys() == PLANTED
    assert found["Harbour Bulletin"]["files"] == 20
    assert found["Harbour Bulletin"]["share"] == 0.5
    assert found["Harbour Bulletin"]["class"] == "footer"
    assert found["Vinkelboxen"]["manners"] == {"before": 14}
    assert found["Vrid på lampan nu"]["manners"] == {"after": 14}
    assert found["Vinkelboxen"]["examples"][0] == {"path": "texts/00.txt", "line": 9}


def test_the_rule_it_writes_finds_what_it_names(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", "texts"]) == 0
    (site / "rules.yaml").write_text(capsys.readouterr().out, "utf-8")
    assert main(["check", "texts", "--rules", "rules.yaml", "--output", "json"]) == 1
    quotes = {finding["quote"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert {"Harbour Bulletin", "4 Quay Street", "Vinkelboxen", "Vrid på lampan nu"} <= quotes


@pytest.mark.usefixtures("site")
def test_the_lexicon_file_it_writes_has_tiers_and_classes(capsys: pytest.CaptureFixture[str]) -> None:
    from dqkit.yamlfile import parse

    assert main(["suggest", "texts", "--lexicon"]) == 0
    listed = parse(capsys.readouterr().out.encode()).plain()
    assert {phrase for classes in listed.values() for phrases in classes.values() for phrase in phrases} == PLANTED
    assert "Harbour Bulletin" in listed["alone"]["footer"]


def test_what_the_lexicon_has_is_not_proposed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(6)
    for number in range(8):
        text = f"{sentence(chance)}\n\n{sentence(chance)} {sentence(chance)} {sentence(chance)}\n\nShare this article\n"
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    assert main(["suggest", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["proposals"] == []


def test_a_full_table_lets_go_of_the_rarest() -> None:
    chance = random.Random(8)
    recurring = Recurring(table=200)
    for number in range(300):
        lines = [f"{sentence(chance)[:30]} {number}" for _ in range(9)]
        recurring.add(Document(f"{number:03}.txt", "\n".join([*lines, "Harbour Bulletin"]).encode()))
    assert len(recurring.tallies) <= 200
    assert recurring.let_go
    tally = recurring.tallies["harbour bulletin"]
    assert tally.files == 300
    assert is_furniture(tally)


def test_hostile_bytes_do_not_break_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(6):
        raw = (
            b"\xff\xfe\x00" * number
            + b"caf\xe9 \x1b[31m\n"
            + "\u202eLine\n# \x00\n".encode()
            + str(number).encode() * 70
        )
        (tmp_path / f"{number}.txt").write_bytes(raw)
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["suggest", str(tmp_path)]) == 0
    assert capsys.readouterr().out.isascii()


@pytest.mark.parametrize("wrong", [["--least-files", "1"], ["--least-share", "2"]])
def test_a_wrong_threshold_is_the_users_fault(
    wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["suggest", str(tmp_path), *wrong]) == 2
    assert wrong[0] in capsys.readouterr().err
