"""The promises of CONTRIBUTING.md that a machine can keep."""

from __future__ import annotations

import ast
import re

import pytest

from dqkit import checks
from dqkit.check import FAMILIES, Check, FileCheck, manual, name_of
from dqkit.rules.file import books
from dqkit.rules.option import options
from dqkit.seed.text import Document
from tests.conftest import ROOT

NAMES = checks.names()
READERS = [name for name in NAMES if issubclass(checks.load(name), FileCheck)]
"""Checks of one file: each example of their manual pages is a text."""
DESCRIBED = {
    "extra-final-newline",
    "missing-final-newline",
    "foreign-line-end",
    "truncated-sequence",
    "undecodable-bytes",
    "wide-encoding",
    "language-mismatch",
    "foreign-passage",
}
"""Of these, those whose bad example is bytes, the end of a file or a whole article, and only described."""


@pytest.mark.parametrize("name", NAMES)
def test_a_check_has_its_rule_in_the_file_of_its_family(name: str) -> None:
    kind = checks.load(name)

    assert kind.family in FAMILIES
    (book,) = books([str(ROOT / "expectations" / f"{kind.family}.yaml")])
    assert ("check", name) in {draft.subject for draft in book.drafts.values()}


@pytest.mark.parametrize("name", NAMES)
def test_a_check_has_cases_that_find_that_are_clean_and_that_look_guilty(name: str) -> None:
    cases = [path.name for path in (ROOT / "fixtures" / name).iterdir()]

    assert all(any(case.startswith(kind) for case in cases) for kind in ("finds-", "clean-", "looks-guilty-"))


@pytest.mark.parametrize("name", NAMES)
def test_a_check_has_a_whole_manual_page(name: str) -> None:
    page = manual(checks.load(name))

    assert page["what"].endswith(".")
    assert page["why"].endswith(".")
    assert {"Bad", "Good", "Fix"} <= page.keys()
    assert page["Fix"].endswith(".")


@pytest.mark.parametrize("name", READERS)
def test_a_check_finds_its_bad_example_and_not_its_good_one(name: str) -> None:
    kind = checks.load(name)
    page = manual(kind)

    assert bool(_found(kind, page["Bad"])) is not (name in DESCRIBED or kind.family == "metadata")
    assert not _found(kind, page["Good"])


def _found(kind: type[Check], example: str) -> list[object]:
    text = example.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in example else example
    check = kind()
    assert isinstance(check, FileCheck)
    return list(check.find(Document("text.en.txt", f"{text}\n".encode())))


@pytest.mark.parametrize("name", NAMES)
def test_a_check_is_named_by_its_file_and_says_when_it_speaks(name: str) -> None:
    kind = checks.load(name)

    assert name_of(kind) == name
    assert not kind.when or isinstance(getattr(Document("a.txt", b"a\n"), kind.when), bool)


@pytest.mark.parametrize("name", NAMES)
def test_every_option_has_a_help_text_and_makes_another_check(name: str) -> None:
    kind = checks.load(name)
    for option in options(kind):
        assert option.help
        other = kind(**{option.name: (*option.default, "x") if isinstance(option.default, tuple) else option.default})
        assert isinstance(other, Check)
        assert (other == kind()) is not isinstance(option.default, tuple)


def test_a_check_refuses_an_option_it_does_not_have_and_a_change() -> None:
    check = checks.load("duplicate-block")()

    with pytest.raises(TypeError, match="no option limit"):
        checks.load("duplicate-block")(limit=3)
    with pytest.raises(AttributeError, match="frozen"):
        check.least_letters = 3  # type: ignore[attr-defined] # what a user might try


def test_fixtures_belong_to_checks() -> None:
    assert {path.name for path in (ROOT / "fixtures").iterdir() if path.is_dir()} == set(NAMES)


@pytest.mark.parametrize("path", sorted((ROOT / "dqkit").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_sitting(path) -> None:  # type: ignore[no-untyped-def] # a path
    source = path.read_text("utf-8")
    longest = max(
        (
            node.end_lineno - node.lineno + 1
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef)
        ),
        default=0,
    )  # type: ignore[operator] # has both

    assert source.count("\n") <= 300
    assert longest <= 60


def test_nothing_is_swallowed_in_silence() -> None:
    for path in (ROOT / "dqkit").rglob("*.py"):
        assert not re.search(r"except( Exception)?:\s*pass", path.read_text("utf-8")), path
