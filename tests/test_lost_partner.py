"""A text that goes takes its partner's pair with it: the hook says so at the partner that is left, and only then."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.test_gate import FACTS, NAMES, Tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = dict[str, str | None]
    Check = Callable[[Change], tuple[int, str]]
    Run = Callable[..., tuple[int, str, str]]

RULES = """dqkit: 1
rules:
  - check: missing-source
    severity: error
  - check: missing-translation
    severity: error
    with: {required: [sv]}
"""


def story(number: int, language: str, head: str = "") -> str:
    """Write a text of facts alone, so that its translation is found by them."""
    chance = random.Random(number)
    facts = [
        FACTS[language].format(
            chance.randint(1000, 9999), chance.randint(30, 99), chance.randint(100, 9000), chance.choice(NAMES)
        )
        for _ in range(8)
    ]
    return f"---\nlanguage: {language}\n{head}---\n" + "\n\n".join(facts) + "\n"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path)
    tree.commit({
        "dqkit.yaml": "paths: [seeds]\n", "expectations/rules.yaml": RULES,
        "seeds/lamp.en.txt": story(1, "en", "id: lamp\n"),
        "seeds/lamp.sv.txt": story(1, "sv", "translation_of: lamp\n"),
        "seeds/boat.en.txt": story(2, "en"), "seeds/boat.sv.txt": story(2, "sv"),
        "seeds/lone.en.txt": story(3, "en"),
    })  # fmt: skip
    return tree


@pytest.fixture(params=["--staged", "--since"])
def check(request: pytest.FixtureRequest, tree: Tree, dqkit: Run) -> Check:
    """Make a change, and check it as it is staged, or as it differs from HEAD."""

    def check(change: Change) -> tuple[int, str]:
        tree.write({**change})
        tree.git("add", "--all")
        focus = ["--staged"] if request.param == "--staged" else ["--since", "HEAD"]
        code, out, _ = dqkit(tree.folder, "check", *focus, "--output", "concise")
        return code, out

    return check


LACKS = "error missing-translation: of {0}:1: has no translation into sv"


def test_the_corpus_has_one_fault_that_nobody_touches(check: Check, tree: Tree, dqkit: Run) -> None:
    assert dqkit(tree.folder, "check", "--output", "concise")[1].count("missing-translation") == 1

    code, out = check({"seeds/new.en.txt": story(4, "en"), "seeds/new.sv.txt": story(4, "sv")})
    assert code == 0, out


def test_a_source_that_goes_is_told_at_its_declared_translation(check: Check) -> None:
    code, out = check({"seeds/lamp.en.txt": None})

    assert code == 1
    assert "seeds/lamp.en.txt:1:1: error missing-source: of seeds/lamp.sv.txt:3: " in out
    assert out.count(": error ") == 1


@pytest.mark.parametrize("name", ["lamp", "boat"])  # one pair is declared, one is found by what the two share
def test_a_translation_that_goes_is_told_at_its_source(check: Check, name: str) -> None:
    code, out = check({f"seeds/{name}.sv.txt": None})

    assert code == 1
    assert f"seeds/{name}.sv.txt:1:1: {LACKS.format(f'seeds/{name}.en.txt')}" in out
    assert out.count(": error ") == 1  # nothing of the one that never had a translation


def test_a_translation_that_becomes_that_of_another_leaves_its_source(check: Check) -> None:
    code, out = check({"seeds/lamp.sv.txt": story(3, "sv", "translation_of: lone.en\n")})

    assert code == 1
    assert f"seeds/lamp.sv.txt:1:1: {LACKS.format('seeds/lamp.en.txt')}" in out


def test_a_translation_that_another_replaces_is_not_missed(check: Check) -> None:
    code, out = check({"seeds/lamp.sv.txt": None, "seeds/light.sv.txt": story(1, "sv", "translation_of: lamp\n")})

    assert code == 0, out


@pytest.mark.parametrize("name", ["lamp.en.txt", "lamp.sv.txt", "boat.en.txt", "boat.sv.txt"])
def test_a_member_that_moves_stays_in_its_pair(tree: Tree, check: Check, name: str) -> None:
    (tree.folder / "seeds" / "moved").mkdir()
    tree.git("mv", f"seeds/{name}", f"seeds/moved/{name}")
    code, out = check({})

    assert code == 0, out


def test_a_pair_that_goes_together_is_missed_by_nobody(check: Check) -> None:
    code, out = check({"seeds/lamp.en.txt": None, "seeds/lamp.sv.txt": None})

    assert code == 0, out


def test_what_most_sources_have_only_the_whole_corpus_tells(tree: Tree, check: Check) -> None:
    tree.commit({"expectations/rules.yaml": "dqkit: 1\nrules: [{check: missing-translation, severity: error}]\n"})
    some: Change = {f"seeds/s{n}.en.txt": story(10 + n, "en", f"id: s{n}\n") for n in range(6)}
    some |= {f"seeds/s{n}.sv.txt": story(10 + n, "sv", f"translation_of: s{n}\n") for n in range(5)}
    code, out = check(some)

    assert code == 0, out
    assert "not run: missing-translation" in out
