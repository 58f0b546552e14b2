"""What rule files build on each other: packs, files they extend, overrides by path; and the cache of what they make."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dqkit.check import FAMILIES
from dqkit.cli import main
from dqkit.errors import DqkitError
from dqkit.rules import packs
from dqkit.rules.file import load
from tests.conftest import ROOT
from tests.edition import keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dqkit.finding import Report
    from dqkit.rules.rule import Rule

    Write = Callable[[dict[str, str | bytes]], Path]

HEAD = "dqkit: 1\n"


def by_id(folder: Path, name: str = "rules.yaml") -> dict[str, Rule]:
    return {rule.id: rule for rule in load([str(folder / name)])}


def refused(folder: Path, name: str = "rules.yaml") -> str:
    with pytest.raises(DqkitError) as caught:
        load([str(folder / name)])
    return str(caught.value).replace(f"{folder}/", "")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_a_pack(corpus: Write, family: str) -> None:
    folder = corpus({"rules.yaml": f"{HEAD}extends: ['dqkit:{family}@1']\n"})

    assert tuple(by_id(folder).values()) == load([str(ROOT / "expectations" / f"{family}.yaml")])


def test_all_is_what_applies_without_rules_and_recommended_leaves_out_what_only_informs(corpus: Write) -> None:
    folder = corpus(
        {"rules.yaml": f"{HEAD}extends: ['dqkit:all@1']\n", "less.yaml": f"{HEAD}extends: ['dqkit:recommended@1']\n"}
    )
    everything = load([str(ROOT / "expectations")])

    assert set(by_id(folder).values()) == set(everything)
    assert set(by_id(folder, "less.yaml").values()) == {rule for rule in everything if rule.severity != "info"}


def test_an_older_edition_stays_as_it_was(corpus: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = corpus(
        {f"editions/1/{family}.yaml": f"{HEAD}rules: []\n" for family in FAMILIES}
        | {
            "editions/1/encoding.yaml": f"{HEAD}rules: [{{check: soft-hyphen, severity: error}}]\n",
            "old.yaml": f"{HEAD}extends: ['dqkit:all@1']\n",
            "new.yaml": f"{HEAD}extends: ['dqkit:encoding@2']\n",
        }
    )
    monkeypatch.setattr(packs, "EDITION", 2)
    monkeypatch.setattr(packs, "PACKAGE", str(tmp_path))
    monkeypatch.setenv("DQKIT_CACHE_DIR", str(tmp_path / "cache"))

    assert {name: rule.severity for name, rule in by_id(folder, "old.yaml").items()} == {"soft-hyphen": "error"}
    assert "mojibake" in by_id(folder, "new.yaml")


@pytest.mark.parametrize("reference", packs.references())
def test_every_pack_of_every_edition_loads(corpus: Write, reference: str) -> None:
    assert by_id(corpus({"rules.yaml": f"{HEAD}extends: ['{reference}']\n"}))


def test_a_kept_edition_says_what_the_default_rules_say(
    corpus: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = corpus({"rules.yaml": f"{HEAD}extends: ['dqkit:all@1']\n"})
    today = by_id(folder)
    keep(tmp_path / "editions" / "1")
    monkeypatch.setattr(packs, "EDITION", 2)
    monkeypatch.setattr(packs, "PACKAGE", str(tmp_path))
    monkeypatch.setenv("DQKIT_CACHE_DIR", str(tmp_path / "cache"))

    assert by_id(folder) == today
    assert "least_letters: 40" in (tmp_path / "editions/1/duplicates.yaml").read_text("utf-8")


def test_a_later_rule_of_the_same_id_changes_only_what_it_names(corpus: Write) -> None:
    folder = corpus(
        {
            "house/base.yaml": HEAD + "rules:\n"
            "  - {check: duplicate-passage, severity: error, why: Ours., files: ['*.txt'],"
            " with: {least_letters: 90, least_share: 0.7}}\n"
            "  - {id: ui, check: leftover-ui, with: {skip: [footer]}}\n"
            "  - check: mojibake\n"
            "  - check: soft-hyphen\n",
            "rules.yaml": HEAD + "extends: [{from: house/base.yaml, except: [soft-hyphen]}]\n"
            "rules:\n"
            "  - {id: duplicate-passage, severity: info, with: {least_share: 0.9}}\n"
            "  - {id: ui, check: leftover-ui, languages: [en]}\n"
            "  - {check: mojibake, severity: 'off'}\n",
        }
    )
    rules = by_id(folder)

    assert list(rules) == ["duplicate-passage", "ui"]
    changed = rules["duplicate-passage"]
    assert (changed.severity, changed.reason, changed.files) == ("info", "Ours.", ("*.txt",))
    assert dict(changed.options) == {"least_letters": 90, "least_share": 0.9}
    assert (rules["ui"].languages, dict(rules["ui"].options)) == (("en",), {"skip": ("footer",)})


def test_a_later_pack_changes_only_what_it_names(corpus: Write) -> None:
    folder = corpus(
        {
            "one.yaml": HEAD + "rules: [{check: duplicate-block, severity: error, with: {least_letters: 9}}]\n",
            "two.yaml": HEAD + "rules: [{check: duplicate-block, why: Two.}]\n",
            "rules.yaml": HEAD + "extends: [one.yaml, two.yaml]\n",
        }
    )
    (rule,) = by_id(folder).values()

    assert (rule.severity, rule.reason, dict(rule.options)) == ("error", "Two.", {"least_letters": 9})


def test_a_file_of_a_folder_that_another_one_extends_speaks_through_it(corpus: Write) -> None:
    folder = corpus(
        {
            "rules/base.yaml": HEAD + "rules: [{check: mojibake}, {check: soft-hyphen}]\n",
            "rules/site.yaml": HEAD + "extends: [base.yaml]\nrules: [{id: mojibake, severity: error}]\n",
        }
    )

    assert {r.id: r.severity for r in load([str(folder / "rules")])} == {"mojibake": "error", "soft-hyphen": "warning"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: ['dqkit:recomended@1']", '2:11: no pack "dqkit:recomended@1": did you mean "dqkit:recommended@1"?'),
        ("extends: ['dqkit:encoding']", '2:11: pack "dqkit:encoding" names no edition: write "dqkit:encoding@1"'),
        ("extends: ['dqkit:encoding@9']", '2:11: pack "dqkit:encoding" has no edition "9": write "dqkit:encoding@1"'),
        ("extends: [gone.yaml]", "2:11: gone.yaml: cannot be read: No such file or directory"),
        ("extends: [.]", "cannot be read: Is a directory"),
        ("extends: [rules.yaml]", "2:11: rule files that extend each other in a circle: rules.yaml → rules.yaml"),
        (
            "extends: [{from: other.yaml, only: [mojibke]}]",
            '2:37: no rule "mojibke" to extend: did you mean "mojibake"?',
        ),
        ("extends: [{from: other.yaml, except: [ui]}]", '2:39: no rule "ui" to extend: known are: mojibake'),
        ("extends: [{form: other.yaml}]", 'an item of "extends" has no key "form": did you mean "from"?'),
        (
            "extends: [other.yaml]\nrules: [{id: mojibak}]",
            'and no rule "mojibak" is inherited: did you mean "mojibake"?',
        ),
        ("extends: [other.yaml]\nrules: [{id: mojibake, check: soft-hyphen}]", "is about check mojibake"),
        (
            "extends: [other.yaml]\noverrides: [{files: [a], rules: {mojibke: {}}}]",
            '3:34: "rules" of an override has no',
        ),
        ("extends: [other.yaml]\noverrides: [{files: ['[z-a]'], rules: {}}]", '3:22: "[z-a]" is no glob'),
        (
            "extends: ['dqkit:all@1']\noverrides: [{files: [a], rules: {duplicate-passage: {with: {least_share: 1}}}}]",
            '3:60: check "duplicate-passage" compares files: its options cannot differ by file',
        ),
        (
            "rules: [{check: duplicate-passage, with: {least_share: 7}}]",
            'option "least_share" wants a share, 0 to 1, not 7',
        ),
        ("rules: [{check: leftover-ui, with: {phrases: ['']}}]", 'option "phrases" has an item without words'),
        ("rules: [{check: mojibake, files: ['[a.txt']}]", '"[a.txt" is no glob: its [ is never closed'),
        ("rules: [{check: numbering-gap, with: {pattern: '('}}]", '2:48: option "pattern" wants a regular expression'),
    ],
)
def test_what_cannot_be_extended_is_told_by_line_and_column(corpus: Write, text: str, said: str) -> None:
    folder = corpus({"rules.yaml": f"{HEAD}{text}\n", "other.yaml": f"{HEAD}rules: [check: mojibake]\n"})

    assert said in refused(folder)


def test_a_circle_through_several_files_is_told_once(corpus: Write) -> None:
    folder = corpus({f"{a}.yaml": f"{HEAD}extends: [{b}.yaml]\n" for a, b in ("ab", "bc", "ca")})

    assert refused(folder, "a.yaml") == (
        "c.yaml:2:11: rule files that extend each other in a circle: "
        f"{folder}/a.yaml → {folder}/b.yaml → {folder}/c.yaml → {folder}/a.yaml".replace(f"{folder}/", "")
    )


def test_an_error_of_an_extended_file_is_told_there(corpus: Write) -> None:
    folder = corpus(
        {
            "rules.yaml": f"{HEAD}extends: [other.yaml, {{from: other.yaml, only: [mojibake]}}]\n",
            "other.yaml": f"{HEAD}rules: [check: mojibke]\n",
        }
    )

    assert refused(folder) == 'other.yaml:2:16: no check "mojibke": did you mean "mojibake"?'


OVERRIDES = """\
dqkit: 1
overrides:
  - files: ["old/**"]
    rules:
      leftover-ui: {severity: info}
      soft-hyphen: {severity: "off"}
      trailing-space: {severity: warning}
      duplicate-block: {with: {least_letters: 400}}
      duplicate-passage: {severity: "off"}
  - files: ["old/worst/**"]
    rules:
      leftover-ui: {with: {skip: [loading]}}
rules:
  - {check: leftover-ui, severity: error}
  - {check: soft-hyphen, severity: error}
  - {check: trailing-space, severity: "off"}
  - {check: duplicate-block, severity: error}
  - {check: duplicate-passage, severity: error}
"""
TEXT = (
    "loadingThe elec\u00adtion was on Sunday. \n\n"
    "People wait on the quay for the lamp to be lit, Saturday evening. (Photo: Mara Lindqvist)\n"
    "People wait on the quay for the lamp to be lit, Saturday evening. (Photo: Mara Lindqvist)\n\n"
    "The old lamp on the island was lit again on Saturday evening, after forty years in the dark.\n"
)


def test_overrides_change_severity_options_and_turn_rules_off_by_path(
    corpus: Write, check_folder: Callable[..., Report]
) -> None:
    folder = corpus({"seeds/a.txt": TEXT, "seeds/old/b.txt": TEXT, "seeds/old/worst/c.txt": TEXT, "o.yaml": OVERRIDES})
    report = check_folder(folder / "seeds", load([str(folder / "o.yaml")]))
    found = {path: {} for path in ("a.txt", "old/b.txt", "old/worst/c.txt")}
    for finding in report.findings:
        found[finding.at.path][finding.rule] = finding.severity

    assert found == {
        "a.txt": {"leftover-ui": "error", "soft-hyphen": "error", "duplicate-block": "error"},
        "old/b.txt": {"leftover-ui": "info", "trailing-space": "warning"},
        "old/worst/c.txt": {"trailing-space": "warning"},
    }
    assert {r.id: r.ran_on for r in report.rules} == {
        "leftover-ui": 3, "soft-hyphen": 1, "trailing-space": 2, "duplicate-block": 3, "duplicate-passage": 3,
    }  # fmt: skip


def test_overrides_of_an_extended_file_travel_with_it_and_later_ones_win(corpus: Write) -> None:
    folder = corpus(
        {
            "base.yaml": HEAD + "rules: [check: mojibake]\n"
            "overrides: [{files: ['a/**'], rules: {mojibake: {severity: info}}}]\n",
            "rules.yaml": HEAD + "extends: [base.yaml]\n"
            "overrides: [{files: ['a/b/**'], rules: {mojibake: {severity: error}}}]\n",
        }
    )
    rule = by_id(folder)["mojibake"]

    assert [rule.at(path).severity for path in ("x.txt", "a/x.txt", "a/b/x.txt")] == ["warning", "info", "error"]


def test_a_changed_extended_file_is_seen_though_the_first_is_the_same(corpus: Write) -> None:
    folder = corpus({"rules.yaml": f"{HEAD}extends: [b.yaml]\n", "b.yaml": f"{HEAD}rules: [check: mojibake]\n"})
    first = by_id(folder)
    corpus({"b.yaml": f"{HEAD}extends: [c.yaml]\n", "c.yaml": f"{HEAD}rules: [check: soft-hyphen]\n"})
    second = by_id(folder)
    corpus({"c.yaml": f"{HEAD}rules: [check: mixed-script]\n"})

    assert [list(rules) for rules in (first, second, by_id(folder))] == [
        ["mojibake"],
        ["soft-hyphen"],
        ["mixed-script"],
    ]


def test_the_second_run_parses_no_yaml_and_loads_no_reader(corpus: Write) -> None:
    folder = corpus(
        {
            "a.txt": "The ferry left the quay at seven.\n",
            "dqkit.yaml": "rules: [rules.yaml]\n",
            "rules.yaml": f"{HEAD}extends: ['dqkit:recommended@1', b.yaml]\n",
            "b.yaml": f"{HEAD}rules: [{{id: mine, check: mojibake, tests: [{{input: a, expect: []}}]}}]\n",
        }
    )
    program = (
        "import sys; from dqkit.cli import main; main(['check', 'a.txt', '--quiet']);"
        "print(' '.join(name for name in sys.modules))"
    )
    environment = os.environ | {"DQKIT_CACHE_DIR": str(folder / "cache")}
    first, second = (
        set(
            subprocess.run(
                [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, check=True
            ).stdout.split()
        )
        for _ in range(2)
    )

    assert {"yaml", "dqkit.rules.reader"} <= first
    assert "dqkit.rules.file" in second
    assert not second & {
        "yaml",
        "jsonschema",
        "dqkit.rules.reader",
        "dqkit.rules.cases",
        "dqkit.rules.option",
        "dqkit.rules.packs",
    }


def test_a_damaged_entry_costs_time_and_never_truth(corpus: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = corpus({"rules.yaml": f"{HEAD}extends: ['dqkit:encoding@1']\n"})
    monkeypatch.setenv("DQKIT_CACHE_DIR", str(folder / "cache"))
    whole = by_id(folder)
    entries = sorted(entry for entry in (folder / "cache").iterdir() if entry.name != ".gitignore")
    for entry in entries:
        raw = entry.read_bytes()
        for position in range(0, len(raw), max(1, len(raw) // 40)):
            entry.write_bytes(raw[:position] + bytes([raw[position] ^ 0x41]) + raw[position + 1 :])
            assert by_id(folder) == whole
        for broken in (b"", raw[:10], raw[:-1], raw + b"x"):
            entry.write_bytes(broken)
            assert by_id(folder) == whole

    assert {entry.name.split("-")[0] for entry in entries} == {"extends", "rules"}


def test_the_rule_file_of_the_readme_loads_and_passes_its_tests(corpus: Write) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    (text,) = (block for block in blocks if "rules.schema.json" in block)
    folder = corpus({"rules.yaml": text, "house.yaml": f"{HEAD}rules: [{{id: ui, check: leftover-ui}}]\n"})

    assert main(["test", str(folder / "rules.yaml")]) == 0
    assert by_id(folder)["missing-passage"].at("seeds/legacy/a.txt").severity == "info"


def test_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == (ROOT / "dqkit" / "rules.schema.json").read_text("utf-8")
