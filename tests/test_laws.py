"""What holds for all checks and all texts: order and splitting change nothing; a planted fault is found once."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dqkit.backends.processes import processes
from dqkit.corpus import Corpus, Source
from dqkit.engine import run
from dqkit.reports import Setting, render
from dqkit.rules.file import load
from dqkit.seed.text import Document
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from dqkit.finding import Report

RULES = load([str(ROOT / "expectations")])
SEEDS = sorted((ROOT / "seeds").rglob("*.txt"))
NOWHERE = Setting(lambda _: None)
WORDS = [
    "harbour",
    "lighthouse",
    "evening",
    "people",
    "island",
    "morning",
    "council",
    "letter",
    "winter",
    "garden",
    "station",
    "window",
    "market",
    "bridge",
    "river",
    "engine",
    "teacher",
    "doctor",
    "village",
    "mountain",
    "paper",
    "season",
    "corner",
    "kitchen",
    "silence",
    "answer",
    "weather",
    "journey",
    "neighbour",
    "promise",
]


def sources(files: dict[str, bytes]) -> tuple[Source, ...]:
    return tuple(Source(path, path, (), raw) for path, raw in files.items())


def check(*raws: bytes) -> Report:
    return run(Corpus(sources({f"{i}.txt": raw for i, raw in enumerate(raws)}), ()), RULES)


def seed_sources() -> list[Source]:
    return [
        Source(
            str(path.relative_to(ROOT)),
            str(path),
            tuple(p.name for p in [path.with_suffix(".meta.yaml")] if p.exists()),
        )
        for path in SEEDS
    ]


def as_json(chosen: list[Source], **options: object) -> str:
    return render("json", run(Corpus(tuple(chosen), ()), RULES, **options), NOWHERE)  # type: ignore[arg-type] # as given


@pytest.fixture(scope="module")
def reference() -> str:
    return as_json(seed_sources())


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 1_000))
def test_the_order_of_files_changes_nothing(seed: int, reference: str) -> None:
    shuffled = seed_sources()
    random.Random(seed).shuffle(shuffled)

    assert as_json(shuffled) == reference


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_number_of_processes_changes_nothing(count: int, reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dqkit.engine.BATCH_FILES", 3)
    monkeypatch.setattr("dqkit.engine.BATCH_PAIRS", 2)

    assert as_json(seed_sources()[::-1], backend=processes(count)) == reference


@settings(max_examples=5, deadline=None)
@given(changed=st.lists(st.integers(0, len(SEEDS) - 1), max_size=4), seed=st.integers(0, 1_000))
def test_what_was_remembered_changes_nothing(changed: list[int], seed: int) -> None:
    chosen = seed_sources()
    for at in changed:
        chosen[at] = chosen[at]._replace(raw=chosen[at].read() + f"\nA line of {seed} words.\n".encode())

    assert as_json(chosen, remember=True) == as_json(chosen)
    assert as_json(chosen, remember=True) == as_json(chosen)


def test_a_byte_flipped_in_what_was_remembered_changes_nothing(reference: str, tmp_path: Path) -> None:
    chance = random.Random(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DQKIT_CACHE_DIR", str(tmp_path))
        assert as_json(seed_sources(), remember=True) == reference
        for _ in range(3):
            for entry in (tmp_path / "seen").iterdir():
                raw = bytearray(entry.read_bytes())
                raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
                entry.write_bytes(raw)
            assert as_json(seed_sources(), remember=True) == reference


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_no_bytes_bring_a_check_down(raw: bytes) -> None:
    report = check(raw)

    assert [record.status for record in report.files] == ["checked"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.text(max_size=100))
def test_no_text_brings_a_check_down_and_places_lie_inside_it(left: str, right: str) -> None:
    raws = [text.encode("utf-8", "surrogatepass") for text in (left, right)]
    documents = {f"{i}.txt": Document(f"{i}.txt", raw) for i, raw in enumerate(raws)}
    for finding in check(*raws).findings:
        for place in (finding.at, *finding.related):
            document = documents[place.path]
            lines = (*document.lines, "")
            assert 1 <= place.line <= place.end_line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 2
            assert (place.line, place.column) <= (place.end_line, place.end_column)


@st.composite
def articles(draw: st.DrawFn) -> list[str]:
    """Draw an article of clean paragraphs, no two alike."""
    shuffler = random.Random(draw(st.integers(0, 10_000)))
    return [
        " ".join(["The", *(shuffler.choice(WORDS) for _ in range(shuffler.randint(14, 40)))]) + "."
        for _ in range(draw(st.integers(4, 9)))
    ]


@settings(max_examples=60, deadline=None)
@given(articles())
def test_clean_text_stays_clean(paragraphs: list[str]) -> None:
    assert not check(("\n\n".join(paragraphs) + "\n").encode()).findings


@settings(max_examples=60, deadline=None)
@given(articles(), st.data())
def test_a_repeated_run_is_found_once_with_both_copies(paragraphs: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(paragraphs) - 1))
    last = data.draw(st.integers(first, len(paragraphs) - 1))
    broken = [*paragraphs, *paragraphs[first : last + 1]]
    found = check(("\n\n".join(broken) + "\n").encode()).findings

    assert [finding.check for finding in found] == ["duplicate-block"]
    assert (found[0].at.line, found[0].at.end_line) == (2 * len(paragraphs) + 1, 2 * len(broken) - 1)
    assert (found[0].related[0].line, found[0].related[0].end_line) == (2 * first + 1, 2 * last + 1)


@settings(max_examples=40, deadline=None)
@given(articles(), articles(), st.data())
def test_a_passage_put_into_another_file_is_found_once(left: list[str], right: list[str], data: st.DataObject) -> None:
    if set(left) & set(right):
        return
    at = data.draw(st.integers(0, len(left) - 1))
    raws = ["\n\n".join(text) + "\n" for text in (left, [*right, *right[:0], left[at]])]
    found = check(*(raw.encode() for raw in raws)).findings

    assert len(found) <= 1
    if len(left[at].replace(" ", "")) >= 120:
        assert [finding.check for finding in found] == ["duplicate-passage"]
        assert found[0].related[0].line == 2 * at + 1


@settings(max_examples=40, deadline=None)
@given(articles(), st.data())
def test_a_paragraph_put_in_above_changes_no_fingerprint(paragraphs: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(paragraphs)))
    broken = [*paragraphs[:at], "Skip to main content", *paragraphs[at:]]
    above = ["The council met on Monday evening in the old school.", *broken]
    before, after = (check(("\n\n".join(text) + "\n").encode()).findings for text in (broken, above))

    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]
