"""The language model is read without its library as the library reads it, or not at all."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dqkit.seed import language
from dqkit.seed.glance import Glance

SEEDS = Path(__file__).parents[1] / "seeds"
LINES = {line[:180] for file in SEEDS.glob("*/*.txt") for line in file.read_text("utf-8", "ignore").split("\n")}
TEXTS = sorted(filter(str.strip, LINES))
MIXED = [one[:60] + " " + other[:60] for one, other in pairwise(TEXTS)]
ODD = ["</s> a", "__label__sv hej", "a\0b och så vidare", "\u3000", "東京都の港", "x" * 400, "🙂🙂🙂", "1234 5678"]


@pytest.fixture(scope="module")
def glance() -> Glance:
    found = Glance(language._file())
    found.left = 10**9
    return found


def told(text: str, least: float) -> str:
    found = language._model().predict(text, 1, 0.0, "strict")
    return found[0][1].removeprefix("__label__") if found and found[0][0] >= least else ""


@pytest.mark.parametrize("least", [0.35, 0.6])
def test_it_answers_as_the_library_does(glance: Glance, least: float) -> None:
    answers = {text: glance.label(text, least) for text in TEXTS + MIXED + ODD}

    given = {text: label for text, label in answers.items() if label is not None}
    assert given == {text: told(text, least) for text in given}
    assert len(given) > 0.97 * len(answers)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n\r\v\f\t"), min_size=1, max_size=120))
def test_any_text_is_answered_alike_or_not_at_all(text: str) -> None:
    found = Glance(language._file()).label(text, 0.35)

    assert found is None or found == told(text, 0.35)


def test_past_its_budget_it_leaves_the_rest_to_the_library() -> None:
    found = Glance(language._file())
    found.left = 3

    assert found.label("Det här är en svensk mening om fyren på ön.", 0.35) == "sv"
    assert found.label("Det här är en annan svensk mening om fyren.", 0.35) is None


def test_another_model_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "model.ftz"
    file.write_bytes(bytes(200))

    with pytest.raises(ValueError, match="another model"):
        Glance(str(file))
