"""`dqkit test`: rules must fire, be silent and be needed; exact bytes, trees, known misses; mutants."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from dqkit.cli import main
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]

FIRES = '{input: "loadingTwo men.\\n", expect: [{line: 1, column: 1, quote: loading}]}'
SILENT = '{input: "The men were loading a truck.\\n", expect: []}'


@pytest.fixture
def dqkit_test(corpus: Write, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run `dqkit test` on a rule file of this text."""

    def run(text: str, *flags: str) -> tuple[int, str]:
        folder = corpus({"rules.yaml": f"dqkit: 1\n{text}\n"})
        code = main(["test", str(folder / "rules.yaml"), *flags])
        out, err = capsys.readouterr()
        return code, (out + err).replace(f"{folder}/", "")

    return run


def ui(*tests: str, more: str = "") -> str:
    return f"rules:\n  - check: leftover-ui\n{more}    tests:\n" + "".join(f"      - {test}\n" for test in tests)


def test_the_default_rules_pass_their_tests(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["test", str(ROOT / "expectations")])

    assert (code, capsys.readouterr().out.endswith(": all passed\n")) == (0, True)


def test_the_default_rules_show_what_their_options_do(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["test", str(ROOT / "expectations"), "--mutate"])
    found = re.search(r"(\d+) mutants, (\d+) survivors, (\d+) of them about defaults\n$", capsys.readouterr().out)

    assert code == 0
    assert found
    mutants, survivors, defaults = map(int, found.groups())
    assert survivors == defaults
    assert survivors / mutants <= 0.72  # it may fall and not grow: a threshold of a default rule wants a test


def test_a_rule_that_fires_and_is_silent_passes(dqkit_test: Callable[..., tuple[int, str]]) -> None:
    assert dqkit_test(ui(FIRES, SILENT)) == (0, "1 rule, 2 tests: all passed\n")


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        ((FIRES,), "    no test in which it is silent\n"),
        ((SILENT,), "    no test in which it fires\n"),
        ((FIRES, SILENT.replace("[]", "[{line: 1}]")), "    6: test 2: not found: 1\n"),
        ((FIRES.replace("column: 1", "column: 2"), SILENT), "5: test 1: not found: 1:2 “loading”\n"),
        (
            (FIRES.replace("column: 1", "column: 2"), SILENT),
            "5: test 1: found and not expected: text.txt:1:1 “loading”",
        ),
        (
            (FIRES, SILENT, FIRES.replace("expect", "todo: true, expect")),
            "test 3: a known miss is found: remove `todo`",
        ),
        ((FIRES.replace("expect", "todo: true, expect"), SILENT), "    no test in which it fires\n"),
    ],
)
def test_what_tests_lack_or_miss_is_exit_code_1(
    dqkit_test: Callable[..., tuple[int, str]], tests: tuple[str, ...], said: str
) -> None:
    code, out = dqkit_test(ui(*tests))

    assert code == 1
    assert said in out
    assert out.endswith(": 1 rule failed\n")


def test_a_known_miss_passes_and_is_counted(dqkit_test: Callable[..., tuple[int, str]]) -> None:
    miss = '{input: "The men were loading a truck.\\n", expect: [{line: 1}], todo: true}'

    assert dqkit_test(ui(FIRES, SILENT, miss)) == (0, "1 rule, 3 tests, 1 of them known to miss: all passed\n")


def test_a_rule_that_others_make_needless_fails(dqkit_test: Callable[..., tuple[int, str]]) -> None:
    text = ui(FIRES, SILENT) + ui(FIRES, SILENT, more="    id: again\n").removeprefix("rules:\n")
    code, out = dqkit_test(text)

    assert code == 1
    assert out.count("it is not needed: other rules of the file report the same places") == 2


def test_a_rule_that_differs_from_another_by_an_option_is_needed_where_a_test_shows_it(
    dqkit_test: Callable[..., tuple[int, str]],
) -> None:
    lax = ui(FIRES, SILENT, more="    id: lax\n    with: {skip: [share]}\n")
    share = '{input: "Share this article\\n\\nThe ferry left.\\n", expect: [{line: 1}]}'
    text = lax.replace(FIRES, FIRES) + ui(share, SILENT).removeprefix("rules:\n")
    code, out = dqkit_test(text)

    assert code == 1
    assert "\n  3: lax\n    it is not needed" in out
    assert "9: leftover-ui" not in out


def test_bytes_are_exact(dqkit_test: Callable[..., tuple[int, str]]) -> None:
    text = (
        "rules:\n"
        "  - check: undecodable-bytes\n"
        "    tests:\n"
        "      - {bytes: 'The caf\\xe9 is open.\\n', expect: [{line: 1, column: 8}]}\n"
        "      - {bytes: 'The caf\\xc3\\xa9 is \\\\ open.\\n', expect: []}\n"
        "  - check: foreign-line-end\n"
        "    tests:\n"
        '      - {input: "one\\r\\ntwo\\r\\n", expect: [{line: 1, column: 4, quote: "\\r\\n"}]}\n'
        "      - expect: []\n"
        "        input: |\n"
        "          one\n"
        "          two\n"
        "  - check: wide-encoding\n"
        "    tests:\n"
        "      - {files: {a.txt: {bytes: '\\xff\\xfeO\\0\\n\\0'}, b.txt: Old}, expect: [{path: a.txt, line: 1}]}\n"
        "      - {input: Old, expect: []}\n"
    )

    assert dqkit_test(text) == (0, "3 rules, 6 tests: all passed\n")


def test_globs_and_languages_are_for_named_files_alone(dqkit_test: Callable[..., tuple[int, str]]) -> None:
    more = "    files: ['seeds/**']\n    languages: [en]\n"
    tree = '{files: {NAME: "loadingTwo men.\\n"}, expect: []}'
    fires = '{files: {seeds/x/a.en.txt: "loadingTwo men.\\n"}, expect: [{path: seeds/x/a.en.txt, line: 1}]}'
    silent = [tree.replace("NAME", name) for name in ("seeds/a.sv.txt", "other/a.en.txt")]

    assert dqkit_test(ui(FIRES, fires, *silent, more=more)) == (0, "1 rule, 4 tests: all passed\n")


def test_a_tree_has_sidecars_and_must_have_a_seed_file(dqkit_test: Callable[..., tuple[int, str]]) -> None:
    text = (
        "rules:\n"
        "  - check: title-mismatch\n"
        "    tests:\n"
        "      - files: {a.txt: \"Old lamp shines\\n\\nIt was lit on Saturday.\\n\", a.meta.yaml: 'title: TITLE'}\n"
        "        expect: EXPECT\n"
    )

    assert dqkit_test(text.replace("TITLE", "Night train").replace("EXPECT", "[{path: a.meta.yaml, line: 1}]"))[1] == (
        "rules.yaml\n  3: title-mismatch\n    no test in which it is silent\n1 rule, 1 test: 1 rule failed\n"
    )
    code, out = dqkit_test(text.replace("a.txt", "a.jpg").replace("EXPECT", "[]"))
    assert (code, out) == (2, "dqkit: rules.yaml:5: the test has no seed file, such as text.txt\n")


def test_findings_are_paired_with_what_is_expected_as_well_as_can_be(
    dqkit_test: Callable[..., tuple[int, str]],
) -> None:
    two = '{input: "a\\u2003b\\u2004c\\n", expect: [{line: 1}, {line: 1, column: 2}]}'
    text = f'rules:\n  - check: exotic-space\n    tests:\n      - {two}\n      - {{input: "a", expect: []}}\n'

    assert dqkit_test(text) == (0, "1 rule, 2 tests: all passed\n")


def test_an_inherited_rule_keeps_its_tests_and_only_rules_of_the_file_are_tested(
    dqkit_test: Callable[..., tuple[int, str]], corpus: Write
) -> None:
    corpus({"base.yaml": f"dqkit: 1\n{ui(FIRES, SILENT)}  - check: mojibake\n"})
    changed = "extends: [base.yaml]\nrules:\n  - {id: leftover-ui, severity: info}\n"

    assert dqkit_test(changed) == (0, "1 rule, 2 tests: all passed\n")
    code, out = dqkit_test(changed.replace("severity: info", "with: {skip: [loading]}"))
    assert code == 1
    assert "test 1: not found: 1:1 “loading”" in out


def test_mutants_that_no_test_notices_are_listed(dqkit_test: Callable[..., tuple[int, str]]) -> None:
    caption = "People wait on the quay for the lamp to be lit, Saturday evening. (Photo: Mara Lindqvist)\\n"
    share = '{input: "Share this article\\n\\nThe ferry left.\\n", expect: []}'
    text = (
        ui(FIRES, SILENT, share, more="    with: {skip: [share, footer]}\n")
        + "  - check: duplicate-block\n"
        + "    with: {least_letters: 50}\n"
        + f'    tests:\n      - {{input: "{caption}{caption}\\nThe lamp was lit.\\n", expect: [{{line: 2}}]}}\n'
        + "      - {input: a, expect: []}\n"
        + "  - check: exotic-space\n"
        + "    with: {no_break: false}\n"
        + '    tests:\n      - {input: "a\\u2003b\\n", expect: [{line: 1}]}\n'
        + '      - {input: "the\\u00A0house\\n", expect: []}\n'
    )
    code, out = dqkit_test(text, "--mutate")

    assert code == 1
    assert out.splitlines() == [
        "rules.yaml:3: leftover-ui: no test notices skip without 'footer'",
        "rules.yaml:9: duplicate-block: no test notices without least_letters",
        "rules.yaml:9: duplicate-block: no test notices least_letters: 49",
        "rules.yaml:9: duplicate-block: no test notices least_letters: 51",
        "3 rules, 7 tests: all passed",
        "7 mutants, 4 survivors",
    ]


def test_json_says_the_same(dqkit_test: Callable[..., tuple[int, str]]) -> None:
    code, out = dqkit_test(
        ui(FIRES, SILENT.replace("[]", "[{line: 3}]"), more="    with: {skip: [footer]}\n"), "--json"
    )
    report: dict[str, Any] = json.loads(out)
    (rule,) = report["rules"]

    assert code == 1
    assert report["passed"] is False
    assert (rule["rule"], rule["line"], rule["faults"]) == ("leftover-ui", 3, ["no test in which it is silent"])
    assert [test["status"] for test in rule["tests"]] == ["passed", "failed"]
    assert rule["tests"][1]["missed"] == [{"line": 3}]
    code, out = dqkit_test(ui(FIRES, SILENT, more="    with: {skip: [footer]}\n"), "--json", "--mutate")
    assert (code, json.loads(out)["mutants"], json.loads(out)["survivors"][0]["change"]) == (1, 1, "without skip")


def test_wrong_rule_files_and_paths_are_exit_code_2(
    dqkit_test: Callable[..., tuple[int, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = dqkit_test("rules: [{check: mojibake, tests: [{inptu: a, expect: []}]}]")

    assert code == 2
    assert 'rules.yaml:2:36: a test has no key "inptu": did you mean "input"?' in out
    assert main(["test", "nowhere.yaml"]) == 2
    assert "nowhere.yaml: no such file or folder" in capsys.readouterr().err
