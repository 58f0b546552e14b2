"""The published schema and the loader accept and refuse the same rule files."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dqkit import checks
from dqkit.errors import DqkitError
from dqkit.rules.file import load
from dqkit.rules.option import options
from dqkit.rules.schema import schema
from dqkit.yamlfile import parse
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GOOD = [
    "dqkit: 1\nrules: []\n",
    "dqkit: 1.0\nrules: [{check: mojibake}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1', 'dqkit:encoding@1']\n",
    "dqkit: 1\nextends: [{from: 'dqkit:encoding@1', only: [mojibake]}, {from: 'dqkit:all@1', except: []}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1']\nrules: [{id: mojibake, severity: 'off'}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1']\nrules: [{id: duplicate-block, with: {least_letters: 60}}]\n",
    "dqkit: 1\nrules: [{check: duplicate-block, with: {least_letters: 60.0}, why: ''}]\n",
    "dqkit: 1\nrules: [{check: duplicate-passage, with: {least_share: 1}}]\n",
    "dqkit: 1\nrules: [{check: leftover-ui, with: {skip: [footer]}}, {check: leftover-ui, id: my.ui/2}]\n",
    "dqkit: 1\nrules: [{check: mojibake, languages: [en, no, sv], files: ['**/*.txt', '[ab]?.md']}]\n",
    "dqkit: 1\nrules: [{check: numbering-gap, with: {pattern: '(\\d+)'}}]\n",
    "dqkit: 1\nrules: [{check: duplicate-block}]\n"
    "overrides: [{files: ['old/**'], rules: {duplicate-block: {with: {least_letters: 1}, severity: info}}}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: a, expect: []}, {bytes: '\\xff\\n', expect: [{line: 1}]}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{files: {s/a.txt: a, b.txt: {bytes: '\\0'}}, expect: []}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: '', expect: [{line: 2, column: 1, quote: q, path: p}],"
    " name: n, todo: true}]}]\n",
]
BAD = [
    "",
    "[]",
    "dqkit: 1\n",
    "rules: []\n",
    "dqkit: true\nrules: []\n",
    "dqkit: '1'\nrules: []\n",
    "dqkit: 2\nrules: []\n",
    "dqkit: 1\nrules:\n",
    "dqkit: 1\nruls: []\n",
    "dqkit: 1\nrules: [mojibake]\n",
    "dqkit: 1\nrules: [{}]\n",
    "dqkit: 1\nrules: [{severity: error}]\n",
    "dqkit: 1\nrules: [{id: mojibake}]\n",
    "dqkit: 1\nrules: [{check: mojibke}]\n",
    "dqkit: 1\nrules: [{check: [mojibake]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, levle: error}]\n",
    "dqkit: 1\nrules: [{check: mojibake, severity: eror}]\n",
    "dqkit: 1\nrules: [{check: mojibake, severity: ''}]\n",
    "dqkit: 1\nrules: [{check: mojibake, severity: false}]\n",
    "dqkit: 1\nrules: [{check: mojibake, id: ''}]\n",
    "dqkit: 1\nrules: [{check: mojibake, id: 'a b'}]\n",
    'dqkit: 1\nrules: [{check: mojibake, id: "a\\n"}]\n',
    "dqkit: 1\nrules: [{check: mojibake, id: soft-hyphen}]\n",
    "dqkit: 1\nrules: [{check: mojibake, why: [because]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, files: '*.txt'}]\n",
    "dqkit: 1\nrules: [{check: mojibake, files: ['']}]\n",
    "dqkit: 1\nrules: [{check: mojibake, languages: [swedish]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, languages: [SV]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, with: {limit: 3}}]\n",
    "dqkit: 1\nrules: [{check: mojibake, with: []}]\n",
    "dqkit: 1\nrules: [{check: duplicate-block, with: {least_leters: 3}}]\n",
    "dqkit: 1\nrules: [{check: duplicate-block, with: {least_letters: many}}]\n",
    "dqkit: 1\nrules: [{check: duplicate-block, with: {least_letters: 3.5}}]\n",
    "dqkit: 1\nrules: [{check: duplicate-block, with: {least_letters: true}}]\n",
    "dqkit: 1\nrules: [{check: duplicate-passage, with: {least_share: half}}]\n",
    "dqkit: 1\nrules: [{check: exotic-space, with: {no_break: 1}}]\n",
    "dqkit: 1\nrules: [{check: leftover-ui, with: {skip: footer}}]\n",
    "dqkit: 1\nrules: [{check: leftover-ui, with: {skip: [fotter]}}]\n",
    "dqkit: 1\nrules: [{check: numbering-gap, with: {pattern: '('}}]\n",
    "dqkit: 1\nextends: dqkit:all@1\n",
    "dqkit: 1\nextends: ['dqkit:all']\n",
    "dqkit: 1\nextends: ['dqkit:all@99']\n",
    "dqkit: 1\nextends: ['dqkit:everything@1']\n",
    "dqkit: 1\nextends: ['']\n",
    "dqkit: 1\nextends: [3]\n",
    "dqkit: 1\nextends: [{only: [mojibake]}]\n",
    "dqkit: 1\nextends: [{from: 'dqkit:all@1', onyl: [mojibake]}]\n",
    "dqkit: 1\nextends: [{from: 'dqkit:all@1', only: mojibake}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1']\nrules: [{id: duplicate-block, with: {least_leters: 60}}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1']\nrules: [{id: mojibake, check: soft-hyphen}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1']\noverrides: [{files: [a]}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1']\noverrides: [{rules: {}}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1']\noverrides: [{files: [a], rules: {mojibake: info}}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1']\noverrides: [{files: [a], rules: {mojibake: {languages: [en]}}}]\n",
    "dqkit: 1\nextends: ['dqkit:all@1']\noverrides: [{files: [a], rules: {mojibake: {with: {limit: 1}}}}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: {}}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: a}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{expect: []}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: a, bytes: a, expect: []}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: 3, expect: []}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{bytes: '\\q', expect: []}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: a, expect: [{}]}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: a, expect: [{line: 0}]}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: a, expect: [{line: 1, quot: a}]}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: a, expect: [], todo: 1}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{input: a, expect: [], name: ''}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{files: [a.txt], expect: []}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{files: {../a.txt: a}, expect: []}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{files: {/etc/a: a}, expect: []}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{files: {a.txt: {byts: a}}, expect: []}]}]\n",
    "dqkit: 1\nrules: [{check: mojibake, tests: [{files: {a.txt: 1}, expect: []}]}]\n",
]


@cache
def validator() -> Any:
    return jsonschema.Draft7Validator(schema(), format_checker=jsonschema.FormatChecker())


def loads(path: Path, text: str) -> bool:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load([str(path)])
    except DqkitError as error:
        assert all(str(path) in line for line in str(error).splitlines())
        return False
    return True


@pytest.mark.parametrize("text", GOOD)
def test_loader_and_schema_accept(tmp_path: Path, text: str) -> None:
    assert [error.message for error in validator().iter_errors(parse(text).plain())] == []
    assert loads(tmp_path / "rules.yaml", text)


@pytest.mark.parametrize("text", BAD)
def test_loader_and_schema_refuse(tmp_path: Path, text: str) -> None:
    assert not validator().is_valid(parse(text).plain())
    assert not loads(tmp_path / "rules.yaml", text)


@pytest.mark.parametrize("path", sorted((ROOT / "expectations").glob("*.yaml")), ids=lambda path: path.name)
def test_the_default_rules_meet_the_schema(path: Path) -> None:
    assert validator().is_valid(parse(path.read_bytes()).plain())


def test_the_published_schema_is_the_one_the_code_makes_and_is_draft_07() -> None:
    published = json.loads((ROOT / "dqkit" / "rules.schema.json").read_text("utf-8"))

    assert published == schema()
    jsonschema.Draft7Validator.check_schema(published)


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        (
            "dqkit: 1\nrules: [{check: duplicate-block, with: {least_leters: 3}}]",
            "rules/0/with",
            "'least_leters' was unex",
        ),
        ("dqkit: 1\nrules: [{check: mojibake, levle: error}]", "rules/0", "'levle' was unexpected"),
        (
            "dqkit: 1\nrules: [{check: exotic-space, with: {no_break: 1}}]",
            "rules/0/with/no_break",
            "not of type 'boolean'",
        ),
    ],
)
def test_the_schema_names_the_exact_key(text: str, path: str, said: str) -> None:
    errors = list(validator().iter_errors(parse(text).plain()))

    assert ["/".join(map(str, error.absolute_path)) for error in errors] == [path]
    assert said in errors[0].message


NAMES = st.sampled_from(checks.names())
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 99), st.floats(allow_nan=False, allow_infinity=False), WORDS,
    st.lists(WORDS, max_size=2), st.dictionaries(WORDS, WORDS, max_size=2),
)  # fmt: skip


def mostly(strategy: st.SearchStrategy[Any], other: st.SearchStrategy[Any] = ANYTHING) -> st.SearchStrategy[Any]:
    """What is wanted, and now and then something else; 0 would be drawn more than now and then."""
    return st.integers(0, 19).flatmap(lambda roll: other if roll == 13 else strategy)


def mapping(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional=keys)


@st.composite
def rules(draw: st.DrawFn) -> Any:
    name = draw(NAMES)
    given_options = {
        option.name: draw(
            mostly(st.just(list(option.default) if isinstance(option.default, tuple) else option.default))
        )
        for option in options(checks.load(name))
        if draw(st.booleans())
    }
    case = mapping(
        input=mostly(WORDS), bytes=mostly(mostly(st.just(r"a\x0f\n"), st.text(r"ab\x0fn", max_size=6))),
        todo=mostly(st.booleans()), name=mostly(WORDS),
        files=mostly(st.dictionaries(mostly(st.just("s/a.txt"), st.text("ab./", max_size=5)), WORDS, max_size=2)),
        expect=mostly(st.lists(mapping(line=mostly(st.integers(1, 3)), quote=mostly(WORDS)), max_size=2)),
    )  # fmt: skip
    rule = {"check": draw(mostly(st.just(name)))}
    if given_options:
        rule["with"] = given_options
    rule |= draw(
        mapping(
            id=mostly(st.just("a-b"), st.text("ab-/. ", max_size=4)),
            severity=mostly(st.sampled_from(("error", "info", "off"))),
            languages=mostly(st.lists(mostly(st.just("no"), st.sampled_from(("EN", "日本"))), max_size=2)),
            why=mostly(WORDS), tests=mostly(st.lists(case, max_size=1)),
        )
    )  # fmt: skip
    return rule


DOCUMENTS = st.fixed_dictionaries(
    {"dqkit": mostly(st.just(1)), "rules": mostly(st.lists(mostly(rules()), max_size=2, unique_by=repr))},
    optional={
        "extends": mostly(
            st.lists(mostly(st.sampled_from(("dqkit:all@1", "dqkit:pairing@1", "dqkit:none@1"))), max_size=1),
            st.just(3),
        )
    },
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_loader_and_schema_agree_on_made_files(tmp_path_factory: pytest.TempPathFactory, document: Any) -> None:
    """What takes more than the file to tell is left out: ids that stand twice, files and rules that are not there."""
    folder = tmp_path_factory.getbasetemp() / "made"
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(document, allow_unicode=True)
    plain = parse(text).plain()
    accepted = loads(folder / "rules.yaml", text) or _needs_more(folder / "rules.yaml")

    assert accepted == validator().is_valid(plain), text


def _needs_more(path: Path) -> bool:
    """Tell whether all that is wrong with a file is what the schema cannot see."""
    with pytest.raises(DqkitError) as caught:
        load([str(path)])
    return all(
        "stands twice" in line or "cannot be read: " in line or "is about check" in line
        or 'and no rule "' in line or "is no glob" in line
        for line in str(caught.value).splitlines()
    )  # fmt: skip
