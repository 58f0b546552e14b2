"""The gate on what changed: it says of the files in focus what a run on all files says, and is not fooled."""

from __future__ import annotations

import random
import subprocess
from array import array
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dqkit.backends.serial import serial
from dqkit.corpus import Corpus, Source, companions_of
from dqkit.engine import run
from dqkit.gate.run import part
from dqkit.pairing.link import Search, link
from dqkit.pairing.shelf import Sketches
from dqkit.pairing.sketch import Sketch
from dqkit.rules.file import load
from dqkit.settings import Settings
from tests.conftest import ROOT
from tests.test_laws import WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from dqkit.finding import Finding, Report
    from dqkit.place import Place

RULES = load([str(ROOT / "expectations")])
SEEDS = ROOT / "seeds" / "curated"


class Tree:
    """A git repository with seed files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "A Name")
        self.git("config", "user.email", "name@example.org")

    def git(self, *words: str) -> str:
        return subprocess.run(["git", *words], cwd=self.folder, check=True, capture_output=True, text=True).stdout

    def write(self, files: dict[str, str | bytes | None]) -> None:
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files: dict[str, str | bytes | None]) -> None:
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "change")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def checked(tree: Tree, *, turn: bool = False, keep: bool = True, **focus: object) -> Report:
    """Check what is in focus, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tree.folder)
        chosen = part(Settings(str(tree.folder)), RULES, [str(tree.folder)], **focus)  # type: ignore[arg-type] # as given
        try:
            report = chosen.report(fail_on="error", identify=True, keep=keep, backend=lambda _: serial)
            return chosen.turned(report) if turn else report
        finally:
            chosen.close()


def whole(files: dict[str, bytes]) -> Report:
    """Check all files."""
    names = {name.rpartition("/")[2] for name in files}
    sources = []
    for name, raw in sorted(files.items()):
        if name.endswith(".txt"):
            folder, slash, base = name.rpartition("/")
            companions = companions_of(base, names)
            kept = tuple((other, files[folder + slash + other]) for other in companions)
            sources.append(Source(name, name, companions, raw, kept=kept))
    return run(Corpus(tuple(sources), ()), RULES)


def without(report: Report, rules: set[str]) -> Report:
    """Leave out what some rules found."""
    return report._replace(findings=tuple(finding for finding in report.findings if finding.rule not in rules))


def said(finding: Finding, *, cause: bool = False) -> tuple[object, ...]:
    """Give what a finding says; `cause`: its last place is a file in focus that it is not about."""
    return (finding.rule, finding.at, finding.message, finding.related[:-1] if cause else finding.related)


def about(finding: Finding) -> set[str]:
    places: tuple[Place, ...] = (finding.at, *finding.related)
    return {place.path for place in places}


def passage(number: int) -> str:
    chance = random.Random(number)
    return " ".join(["The", *(chance.choice(WORDS) for _ in range(30)), str(number)]) + "."


LANGUAGES = ("en", "sv", "de")
FACTS = {"en": "In {0} the {1} people paid {2} crowns at {3}.", "sv": "År {0} betalade {1} människor {2} kronor i {3}.",
         "de": "Im Jahr {0} zahlten {1} Menschen {2} Kronen in {3}."}  # fmt: skip
NAMES = ("Varnholm", "Zanzibar", "Göteborg", "Kyoto", "Marseille", "Trondheim", "Lisboa", "Odessa")


@st.composite
def contents(draw: st.DrawFn) -> str:
    """Draw a file from few parts, so that files share passages, ids, sources and facts."""
    language = draw(st.sampled_from(LANGUAGES))
    head = [f"language: {language}"]
    if draw(st.booleans()):
        head.append(f"id: i{draw(st.integers(0, 4))}")
    if draw(st.integers(0, 2)) == 0:
        head.append(f"translation_of: {draw(st.sampled_from(['i0', 'i1', 'i2', 'i3', 'f1', 'f2.txt']))}")
    parts = [passage(n) for n in draw(st.lists(st.integers(0, 12), max_size=4, unique=True))]
    for story in draw(st.lists(st.integers(0, 3), max_size=2, unique=True)):
        chance = random.Random(story)
        for _ in range(5):
            words = (
                chance.randint(1000, 9999),
                chance.randint(30, 99),
                chance.randint(100, 9000),
                chance.choice(NAMES),
            )
            parts.append(FACTS[language].format(*words))
    parts += draw(st.sampled_from([[], ["Harbour News", "4 Quay Street", "Write to us, we read it all"]]))
    return "---\n" + "\n".join(head) + "\n---\n" + "\n\n".join(parts) + "\n"


PATHS = [f"a/f{n}.txt" for n in range(6)] + [f"b/{n:03d}_0123456789abcdef.txt" for n in range(6)] + ["b/f1.txt"]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # an example asks git so often that shrinking takes minutes
)
@given(
    st.dictionaries(st.sampled_from(PATHS), contents(), min_size=4),
    st.dictionaries(st.sampled_from(PATHS), st.none() | contents(), min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(PATHS), st.none() | contents(), min_size=1, max_size=3),
)
def test_the_gate_says_of_the_files_in_focus_what_a_run_on_all_files_says(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[str, str],
    second: dict[str, str | None],
    third: dict[str, str | None],
) -> None:
    tree = Tree(tmp_path_factory.mktemp("law"))
    tree.commit({**first})
    now: dict[str, str | None] = {**first}
    for change in (second, third):  # the second time, the index is brought from one commit to the next
        before, now = now, {**now, **change}
        tree.write(change)
        tree.git("add", "--all")
        focus = {path for path in PATHS if before.get(path) != now.get(path)}
        part_ = checked(tree, staged=True)
        not_run = {rule.id for rule in part_.rules if rule.skipped}  # the report says so
        all_, old = (without(whole(_bytes(files)), not_run) for files in (now, before))

        expected = {said(finding) for finding in all_.findings if about(finding) & focus}
        found = {said(finding): finding for finding in part_.findings}
        assert expected <= found.keys()
        assert set(part_.pairs) == {p for p in all_.pairs if {p.source, p.translation} & focus}

        caused = {said(finding, cause=True) for known, finding in found.items() if known not in expected}
        new = {said(finding) for finding in all_.findings} - {said(finding) for finding in old.findings}
        assert caused <= new - expected
        lost = {(f.rule, f.at) for f in all_.findings} - {(f.rule, f.at) for f in old.findings}  # hints may change
        assert {one for one in lost if one[0] == "missing-source"} <= {one[:2] for one in found}
        tree.commit({})


def _bytes(files: dict[str, str | None]) -> dict[str, bytes]:
    return {name: content.encode() for name, content in files.items() if content is not None}


def placed(kind: str, anchors: list[Any]) -> tuple[bytes, bytes]:
    """Pack anchors and where they stand: the more there are before, the further down."""
    return array(kind, anchors).tobytes(), array("H", range(0, 20 * len(anchors), 20)).tobytes()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_links_of_a_few_are_those_of_the_whole_corpus(data: st.DataObject) -> None:
    chance = random.Random(data.draw(st.integers(0, 10_000)))
    stories = [[f"n{chance.randint(0, 60)}" for _ in range(10)] for _ in range(6)]
    sketches = []
    for number in range(data.draw(st.integers(2, 24))):
        story = chance.choice(stories)
        words = [*chance.sample(story, chance.randint(3, 10)), *(f"#{chance.randint(0, 200)}" for _ in range(4))]
        named = list(dict.fromkeys(words))
        grams, grams_at = placed("I", sorted({chance.randint(0, 80) for _ in range(20)}))
        sketches.append(
            Sketch(
                path=f"{chance.choice('ab')}/{number:02d}_x.txt",
                language=chance.choice(["en", "sv", "de", "fr", None]),
                id=chance.choice(["", f"i{chance.randint(0, 9)}"]),
                translation_of=chance.choice(["", "", "", f"i{chance.randint(0, 9)}"]),
                declared_at=None,
                note=(1, chance.choice(["", "en"])) if chance.random() < 0.3 else None,
                anchors=tuple(named),
                anchors_at=array("H", range(0, 20 * len(named), 20)).tobytes(),
                grams=grams,
                grams_at=grams_at,
                blocks=chance.randint(1, 9),
                length=chance.choice([90.0, 900.0]),
            )
        )
    links = link(tuple(sorted(sketches)))
    for sketch in sketches:
        near = Search(Sketches(sorted(sketches))).links([sketch.path])
        wanted = {pair for pair in links.pairs if sketch.path in (pair.source, pair.translation, pair.rival)}
        assert wanted <= {*near.pairs} <= {*links.pairs}
        assert near.dangling == tuple(one for one in links.dangling if one[0] == sketch.path)
