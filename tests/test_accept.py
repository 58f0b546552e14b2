"""Accepted findings: each has a reason, speaks of exact words, and ends on its day."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]
    Run = Callable[..., tuple[int, str, str]]

CLEAN = "The ferry left the quay at seven in the morning.\n"
DIRTY = "loadingThe ferry left the quay at seven in the morning.\n"
NAME = "dqkit-accept.yaml"


def fingerprints(dqkit: Run, folder: Path) -> list[str]:
    return re.findall("fingerprint ([0-9a-f]{16})", dqkit(folder, "check", ".", "--verbose")[1])


def test_a_day_that_is_past_is_no_end(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": "Most read\n\nThe ferry left the quay.\n"})

    for day, said in (("2020-01-01", "no day to come"), ("tomorrow", "wants a day")):
        code, _, err = dqkit(folder, "accept", "abcdef", "--reason", "x", "--until", day, "--in", ".")
        assert (code, said in err) == (2, True)
    assert dqkit(folder, "check", "a.txt", "--today", "yesterday")[0] == 2


def test_an_accepted_finding_no_longer_fails_and_its_reason_is_shown(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a[1].txt": DIRTY, "b.txt": "Most read\n\n" + CLEAN})
    assert dqkit(folder, "accept", *fingerprints(dqkit, folder), "--reason", ' It says "so". ')[0] == 0

    code, out, _ = dqkit(folder, "check", ".", "--output", "json")
    found = json.loads(out)["findings"]
    assert code == 0
    assert [(f["standing"], f["reason"]) for f in found] == [("accepted", 'It says "so".')] * 2
    assert '(accepted: It says "so".)' in dqkit(folder, "check", ".", "--verbose")[1]
    assert "2 accepted; gate passed" in dqkit(folder, "check", ".")[1]


def test_it_survives_edits_around_and_speaks_of_no_other_words(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY})
    dqkit(folder, "accept", *fingerprints(dqkit, folder), "--reason", "kept")
    (folder / "a.txt").write_text(f"A new beginning.\n\n{DIRTY}", "utf-8")
    assert dqkit(folder, "check", ".")[0] == 0
    (folder / "sub").mkdir()
    (folder / "sub/a.txt").write_text(DIRTY.replace("ferry", "tram"), "utf-8")
    assert dqkit(folder, "check", ".")[0] == 1


def test_wildcards_of_a_path_s_own_can_be_escaped(dqkit: Run, corpus: Write) -> None:
    entry = 'accept:\n  - {rule: leftover-ui, path: "a[[]1].txt", quote: loading, reason: kept}\n'
    folder = corpus({"a[1].txt": DIRTY, NAME: entry})

    assert dqkit(folder, "check", ".")[0] == 0


def test_a_glob_speaks_of_more_files(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a.txt": DIRTY, "seeds/b.txt": DIRTY.replace("ferry", "tram")})
    first = fingerprints(dqkit, folder)[0]

    code, _, err = dqkit(folder, "accept", first, "--reason", "kept", "--path", "other/*.txt")
    assert (code, "does not mean seeds/a.txt" in err) == (2, True)
    assert dqkit(folder, "accept", first[:8], "--reason", "kept", "--path", "seeds/*.txt")[0] == 0
    assert dqkit(folder, "check", ".")[0] == 0
    assert "has" in dqkit(folder, "accept", first, "--reason", "kept")[2]
    assert (folder / NAME).read_text("utf-8").count("- rule:") == 1


def test_it_ends_on_its_day_and_the_account_names_the_day_compared(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY})
    dqkit(folder, "accept", *fingerprints(dqkit, folder), "--reason", "for now", "--until", "2030-01-01")

    code, out, _ = dqkit(folder, "check", ".", "--today", "2029-12-31")
    assert (code, "what ends there is held against 2029-12-31" in out) == (0, True)
    code, out, _ = dqkit(folder, "check", ".", "--today", "2030-01-01")
    assert code == 1
    assert f"expired: {NAME}:3:5: leftover-ui “loading” in a.txt: it held until 2030-01-01" in out
    assert dqkit(folder, "check", ".", "--today", "31.12.2029")[0] == 2


def test_without_an_end_the_report_depends_on_no_clock(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY})
    dqkit(folder, "accept", *fingerprints(dqkit, folder), "--reason", "kept")

    assert json.loads(dqkit(folder, "check", ".", "--output", "json")[1])["gate"]["today"] is None


def test_what_accepts_nothing_is_warned_of(dqkit: Run, corpus: Write) -> None:
    entry = '  - {rule: leftover-ui, path: "seeds/*.txt", quote: loading, reason: kept}\n'
    folder = corpus({"seeds/a.txt": CLEAN, "b.txt": CLEAN, NAME: "accept:\n" + entry, "dqkit.yaml": "paths: [.]\n"})

    said = f"unused: {NAME}:2:5: leftover-ui “loading” in seeds/*.txt: no such finding"
    assert said in dqkit(folder, "check")[1]
    assert said in dqkit(folder, "check", "seeds")[1]
    assert "unused" not in dqkit(folder, "check", "b.txt")[1]
    assert "unused" not in dqkit(folder, "check", "seeds", "--select", "encoding")[1]
    (folder / NAME).write_text("accept:\n" + entry.replace("leftover-ui", "leftover-iu"), "utf-8")
    assert f'unused: {NAME}:2:5: no rule "leftover-iu" runs: did you mean "leftover-ui"?' in dqkit(folder, "check")[1]


def test_what_people_wrote_stays_as_it_is(dqkit: Run, corpus: Write) -> None:
    own = (
        "# O.\naccept:\n- rule: mojibake   # by hand\n  path: x.txt\n  quote: 'Ã¤'\n  reason: |\n    Two\n    lines.\n"
    )
    folder = corpus({"a.txt": DIRTY, NAME: own})
    dqkit(folder, "accept", *fingerprints(dqkit, folder), "--reason", "kept")
    text = (folder / NAME).read_text("utf-8")

    assert text.startswith(own)
    assert text.endswith('- rule: leftover-ui\n  path: "a.txt"\n  quote: "loading"\n  reason: "kept"\n')


def test_a_list_that_cannot_be_added_to_is_left_alone(dqkit: Run, corpus: Write) -> None:
    own = "accept: [{rule: a, path: b, quote: c, reason: d}]\n"
    folder = corpus({"a.txt": DIRTY, NAME: own})
    code, _, err = dqkit(folder, "accept", *fingerprints(dqkit, folder), "--reason", "kept")

    assert code == 2
    assert 'quote: "loading"' in err
    assert (folder / NAME).read_text("utf-8") == own


def test_words_that_cannot_be_seen_or_decoded_are_accepted_too(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": "a\u202eb\u200b c \n", "b.txt": b"caf\xe9 noir", "c.txt": '"\\x41": \u00ad- # {'})
    assert dqkit(folder, "check", ".", "--fail-on", "info")[0] == 1
    assert dqkit(folder, "accept", *fingerprints(dqkit, folder), "--reason", "kept")[0] == 0

    code, out, _ = dqkit(folder, "check", ".", "--fail-on", "info")
    assert (code, "unused" in out) == (0, False)
    assert (folder / NAME).read_text("utf-8").replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("accept:\n  - rule: a\n", ':2:5: the entry has no "path"'),
        ("accept:\n  - {rule: a, path: b, quote: c, reason: ' '}\n", ':2:42: "reason" is empty'),
        (
            "accept:\n  - {rule: a, path: b, quote: c, reason: d, untill: e}\n",
            'has no key "untill": did you mean "until"',
        ),
        ("accept:\n  - {rule: a, path: b, quote: c, reason: d, until: 2027-02-30}\n", '"until" wants a day such as'),
        ("accept:\n  - {rule: a, path: b, quote: 3, reason: d}\n", ':2:31: "quote" wants a text'),
        ("accept: yes\n", ':1:9: "accept" must be a list'),
        ("acept:\n", ':1:1: no key "acept"'),
        ("accept:\n  - a\n", ":2:5: an entry must be a mapping"),
        ("accept:\naccept:\n", ":2:1: key"),
        ("- a\n", ":1:1: wants a mapping"),
        ("accept: [\n", ":2:1: not YAML"),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_place(dqkit: Run, corpus: Write, content: str, said: str) -> None:
    code, _, err = dqkit(corpus({"a.txt": CLEAN, NAME: content}), "check", ".")

    assert code == 2
    assert NAME in err
    assert said in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["0123456789abcdef", "--reason", "kept"], "no finding 0123456789abcdef"),
        (["012", "--reason", "kept"], "give more digits"),
        (["0123456789abcdef", "--reason", " "], "say why"),
        (["0123456789abcdef", "--reason", "kept", "--until", "soon"], "--until soon: wants a day"),
    ],
)
def test_what_cannot_be_accepted_is_exit_code_2(dqkit: Run, corpus: Write, arguments: list[str], said: str) -> None:
    folder = corpus({"a.txt": DIRTY})
    code, _, err = dqkit(folder, "accept", *arguments)

    assert (code, said in err) == (2, True)
    assert not (folder / NAME).exists()
