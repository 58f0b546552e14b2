"""The baseline: what was there before is known whatever is edited around it, and nothing new hides behind it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dqkit.finding import FileRecord, Finding, Report, RuleRecord
from dqkit.gate.baseline import Baseline, Settled, read
from dqkit.gate.identity import Identity, likeness, match
from dqkit.place import Place
from dqkit.seed.text import Document
from tests.replay import table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]
    Run = Callable[..., tuple[int, str, str]]

CLEAN = "The ferry left the quay at seven in the morning.\n"
DIRTY = "loadingThe ferry left the quay at seven in the morning.\n\nNobody saw it go, for the fog was thick.\n"
NAME = "dqkit-baseline.jsonl"


def test_what_is_in_the_baseline_does_not_fail_the_gate(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a.txt": DIRTY})

    assert dqkit(folder, "check", "seeds")[0] == 1
    assert dqkit(folder, "baseline", "write", "seeds")[1].endswith("+1 −0, 1 known finding\n")
    code, out, _ = dqkit(folder, "check", "seeds", "--output", "concise")
    assert code == 0
    assert "leftover-ui" not in out
    assert "0 errors, 0 warnings, 0 info, 1 known; gate passed" in out
    assert (
        "leftover-ui: interface string glued to the text after it: a loading notice: “loading” (known)"
        in dqkit(folder, "check", "seeds", "--output", "concise", "--verbose")[1]
    )
    assert dqkit(folder, "check", "seeds", "--no-baseline")[0] == 1


def test_a_check_never_writes(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a.txt": DIRTY, "seeds/b.txt": DIRTY.replace("ferry", "train")})
    dqkit(folder, "baseline", "write", "seeds/a.txt")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert dqkit(folder, "check", "seeds")[0] == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_it_grows_only_where_that_is_said(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a.txt": DIRTY})
    dqkit(folder, "baseline", "write", "seeds")
    (folder / "seeds/b.txt").write_text("Most read\n\n" + CLEAN.replace("ferry", "train"), "utf-8")

    code, out, _ = dqkit(folder, "baseline", "write", "seeds")
    assert code == 1
    assert "1 new finding not taken in: mend them, or say --accept-new" in out
    assert dqkit(folder, "check", "seeds")[0] == 1
    assert dqkit(folder, "baseline", "write", "seeds", "--accept-new")[0] == 0
    assert dqkit(folder, "check", "seeds")[0] == 0


def test_what_is_gone_is_told_and_pruned(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a.txt": DIRTY})
    dqkit(folder, "baseline", "write", "seeds")
    (folder / "seeds/a.txt").write_text(CLEAN, "utf-8")

    code, out, _ = dqkit(folder, "check", "seeds")
    assert code == 0
    assert "1 known finding no longer there (`dqkit baseline prune` drops them)" in out
    assert "stale: dqkit-baseline.jsonl: seeds/a.txt: leftover-ui “loading”" in dqkit(folder, "check", "seeds", "-v")[1]
    assert "+0 −1, 0 known findings" in dqkit(folder, "baseline", "prune", "seeds")[1]
    (folder / "seeds/a.txt").write_text(DIRTY, "utf-8")
    assert dqkit(folder, "check", "seeds")[0] == 1


def test_of_files_and_rules_a_run_leaves_out_it_says_nothing(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"seeds/a.txt": DIRTY, "seeds/b.txt": CLEAN.replace("ferry", "tram")})
    dqkit(folder, "baseline", "write", "seeds")
    before = (folder / NAME).read_bytes()

    for arguments in (["seeds/b.txt"], ["seeds", "--select", "encoding"]):
        assert "no longer there" not in dqkit(folder, "check", *arguments)[1]
        assert dqkit(folder, "baseline", "prune", *arguments)[0] == 0
        assert dqkit(folder, "baseline", "write", *arguments)[0] == 0
        assert (folder / NAME).read_bytes() == before


def test_a_copy_in_one_file_more_is_new(dqkit: Run, corpus: Write) -> None:
    passage = "On the third of May, twelve boats lay in the harbour, and nobody knew who owned the last of them. " * 3
    folder = corpus({"b.txt": f"{passage}\n", "c.txt": f"Another beginning.\n\n{passage}\n"})
    dqkit(folder, "baseline", "write", ".", "--select", "duplicate-passage")
    check = ("check", ".", "--select", "duplicate-passage", "--fail-on", "info")

    assert dqkit(folder, *check)[0] == 0
    (folder / "b.txt").rename(folder / "renamed.txt")
    assert dqkit(folder, *check)[0] == 0
    (folder / "a.txt").write_text(f"{passage}\n", "utf-8")
    assert dqkit(folder, *check)[0] == 1


def test_a_new_file_does_not_inherit_what_a_deleted_one_had(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": "Most read\n\nThe ferry left the quay at seven in the morning."})
    dqkit(folder, "baseline", "write", ".")
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text("Most read\n\nA stone oven stands behind the station.", "utf-8")
    _, out, _ = dqkit(folder, "check", ".", "--output", "json")

    assert {finding["standing"] for finding in json.loads(out)["findings"]} == {"new"}


def test_a_file_that_a_run_on_what_changed_lists_as_deleted_is_gone(corpus: Write) -> None:
    entry = Identity("old.txt", "leftover-ui", "Most read", "", "The ferry left the", ())
    finding = Finding(
        Place("new.txt", 1, 1, 1, 10, "Most read"), "leftover-ui", "leftover-ui", "leftover-ui", "error", "high", "a",
        "b", (), None, "0" * 16,
    )  # fmt: skip
    folder = corpus({"old.txt": CLEAN})
    files = (FileRecord("new.txt", "checked"), FileRecord("old.txt", "not applicable", "deleted"))
    report = Report((finding,), files, (), (RuleRecord("leftover-ui", "leftover-ui", "error", 1, 1),), "error")
    settled = Settled(report, Baseline("", [entry]), lambda path: Document(path, f"Most read\n\n{CLEAN}".encode()),
                      str(folder))  # fmt: skip

    assert settled.known == {0}


def test_the_file_is_sorted_without_line_numbers_and_safe_to_read(dqkit: Run, corpus: Write) -> None:
    folder = corpus(
        {
            "z.txt": b"caf\xe9 and \xff more\n",
            "a.txt": "One \u202eword\u202c here. \nTwo \u202eword\u202c here. \n漢字 \U0001d49c\u200b.\n",
            "b\u202e.txt": "Most read\n\nMost read\n\n" + CLEAN,
        }
    )
    dqkit(folder, "baseline", "write", ".")
    raw = (folder / NAME).read_text("utf-8")
    lines = raw.removesuffix("\n").split("\n")

    assert lines[0] == '{"dqkit-baseline": 1}'
    assert lines == sorted(set(lines))
    assert all(line.isprintable() for line in lines)
    assert not {"line", "column", "date"} & {key for line in lines for key in json.loads(line)}
    assert Baseline("", read(str(folder / NAME)).entries).text() == raw
    code, out, _ = dqkit(folder, "check", ".", "--fail-on", "info")
    assert (code, "no longer there" in out) == (0, False)


def test_two_branches_merge_without_conflict(dqkit: Run, corpus: Write) -> None:
    folder = corpus({".gitattributes": f"{NAME} merge=union\n", "m.txt": DIRTY})

    def git(*arguments: str) -> None:
        words = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(words, cwd=folder, check=True, capture_output=True)

    def commit(message: str) -> None:
        git("add", ".")
        git("commit", "-q", "-m", message)

    git("init", "-q", "-b", "main")
    dqkit(folder, "baseline", "write", ".")
    commit("first")
    for branch, name, words in (("left", "a.txt", "Most read"), ("right", "b.txt", "Read more")):
        git("checkout", "-q", "-b", branch, "main")
        (folder / name).write_text(f"{words}\n\n{CLEAN.replace('ferry', branch)}", "utf-8")
        dqkit(folder, "baseline", "write", ".", "--accept-new")
        commit(branch)
    git("merge", "-q", "left", "-m", "both")

    assert len(read(str(folder / NAME)).entries) == 3
    code, out, _ = dqkit(folder, "check", ".")
    assert (code, "no longer there" in out) == (0, False)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("", 1, "it lacks the line"),
        ('{"dqkit-baseline": 1}\n{"path": "a"\n', 2, "not a line of JSON"),
        ('{"dqkit-baseline": 1}\n\n<<<<<<< HEAD\n', 3, "a mark of a merge conflict"),
        ('{"dqkit-baseline": 2}\n', 1, "reads baselines of version 1, not 2"),
        ('{"dqkit-baseline": 1}\n{"path": "a", "rule": "b", "lines": 3}\n', 2, 'no key "lines"'),
        ('{"dqkit-baseline": 1}\n{"path": "a", "rule": 3}\n', 2, "want texts"),
        ('{"dqkit-baseline": 1}\n{"path": "a", "rule": "b", "copy": true}\n', 2, '"copy" wants a whole number'),
        ('{"dqkit-baseline": 1}\n[1]\n', 2, "not an entry"),
        ('{"dqkit-baseline": 1}\n' + "[" * 100_000, 2, "not a line of JSON"),
        (b'{"dqkit-baseline": 1}\n\xff\n', 2, "not a line of JSON"),
    ],
)
def test_a_corrupt_file_is_exit_code_2_with_its_line_and_a_way_out(
    dqkit: Run, corpus: Write, content: str | bytes, line: int, said: str
) -> None:
    folder = corpus({"a.txt": CLEAN, NAME: content})
    for command in (["check", "a.txt"], ["baseline", "write", "."], ["baseline", "prune", "."], ["baseline", "show"]):
        code, _, err = dqkit(folder, *command)

        assert code == 2
        assert f"{NAME}:{line}: " in err
        assert said in err
        assert "dqkit baseline write" in err


def test_a_file_that_was_named_must_be_there(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": CLEAN})

    assert dqkit(folder, "check", ".")[0] == 0
    code, _, err = dqkit(folder, "check", ".", "--baseline", "known.jsonl")
    assert code == 2
    assert "--baseline: known.jsonl: no such file" in err
    (folder / "dqkit.yaml").write_text("baseline: known.jsonl\n", "utf-8")
    code, _, err = dqkit(folder, "check", ".")
    assert code == 2
    assert "known.jsonl: no such file" in err
    assert dqkit(folder, "baseline", "write", ".")[0] == 0
    assert os.path.exists(folder / "known.jsonl")
    assert dqkit(folder, "check", ".")[0] == 0


def test_it_is_shown(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY})
    dqkit(folder, "baseline", "write", ".")

    assert (
        dqkit(folder, "baseline", "show")[1] == "a.txt: leftover-ui “loading”\n     1  leftover-ui\n1 known finding\n"
    )


def test_entries_and_findings_are_matched_one_to_one() -> None:
    entry = Identity("a.txt", "rule", "loading", "", "Two men", ())
    moved = entry._replace(before="on a street", after="Three men")

    assert match([entry], [entry, entry._replace(copy=2)], lambda _: False) == {0: 0}
    assert match([entry], [moved], lambda _: False) == {}
    assert match([entry], [entry._replace(path="b.txt")], lambda _: False) == {}
    assert match([entry], [entry._replace(path="b.txt")], lambda path: path == "a.txt") == {0: 0}
    assert likeness("", "") == 1.0


RUN = "Share on Facebook\nShare on Twitter\nCopy link\nThe whole story of the harbour, told by those who were there"


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        (RUN.replace("Copy link", "Copy link\nLoading..."), False),
        (f"{RUN}\nLog in to comment", False),
        (f"Share on WhatsApp\n{RUN}", False),
        (f"{RUN}\nCopy link", False),
        (RUN.replace("Copy link", "Loading..."), False),
        (RUN.replace("Share on Twitter\n", ""), True),
        (RUN.replace("told by those", "told by some"), True),
        ("Copy link", True),
    ],
)
def test_a_run_is_known_by_its_lines(lines: str, known: bool) -> None:
    entry = Identity("a.txt", "leftover-ui", RUN, "before", "after", ())
    elsewhere = Identity("a.txt", "leftover-ui", lines, "other", "words", ())

    assert match([entry], [elsewhere], lambda _: False) == ({0: 0} if known else {})


def test_a_run_cut_in_two_and_two_runs_joined_are_known() -> None:
    first, last = (Identity("a.txt", "leftover-ui", part, "", "", ()) for part in ("a\nb\nc", "d\ne\nf"))
    whole = first._replace(match="a\nb\nc\nd\ne\nf", before="x", after="y")

    assert match([whole], [first, last], lambda _: False) == {0: 0, 1: 0}
    assert match([first, last], [whole], lambda _: False).keys() == {0}
    assert match([whole], [first, first], lambda _: False) == {0: 0}


def test_a_line_more_in_a_known_run_is_new(dqkit: Run, corpus: Write) -> None:
    lines = ["Share on Facebook", "Share on Twitter", "Copy link", *(f"Tags: oil, Iran {n}" for n in range(40))]
    folder = corpus({"a.txt": "\n".join([*lines, "", CLEAN])})
    dqkit(folder, "baseline", "write", ".")
    assert dqkit(folder, "check", ".")[0] == 0
    (folder / "a.txt").write_text("\n".join([*lines[:20], "Log in to comment", *lines[20:], "", CLEAN]), "utf-8")

    assert dqkit(folder, "check", ".")[0] == 1


TEXTS = st.text(max_size=30)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            Identity, st.text(min_size=1), st.text(min_size=1), TEXTS, TEXTS, TEXTS,
            st.lists(TEXTS, max_size=2).map(tuple), st.integers(1, 3),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_any_words_are_written_on_one_visible_line_and_read_back(entries: list[Identity]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        baseline = Baseline(os.path.join(folder, NAME), entries)
        baseline.write()

        assert read(baseline.file).entries == baseline.entries
        assert all(line.isprintable() for line in baseline.text().split("\n"))


def test_what_is_accepted_leaves_the_baseline(dqkit: Run, corpus: Write) -> None:
    folder = corpus({"a.txt": DIRTY})
    dqkit(folder, "baseline", "write", ".")
    (fingerprint,) = re.findall("fingerprint ([0-9a-f]{16})", dqkit(folder, "check", ".", "--verbose")[1])
    dqkit(folder, "accept", fingerprint, "--reason", "for now", "--until", "2999-01-01")

    assert "+0 −1, 0 known findings" in dqkit(folder, "baseline", "write", ".")[1]
    assert dqkit(folder, "check", ".")[0] == 0
    assert dqkit(folder, "check", ".", "--today", "2999-01-01")[0] == 1


def test_a_check_of_one_file_without_a_baseline_loads_none_of_it(corpus: Write) -> None:
    program = (
        "import sys; from dqkit.cli import main; main(['check', 'a.txt', '--quiet']);"
        "print(*(name for name in sys.modules if name.startswith('dqkit.gate')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=corpus({"a.txt": DIRTY}), capture_output=True, text=True, check=True
    )

    assert set(done.stdout.split()) == {"dqkit.gate", "dqkit.gate.standing"}


def test_edits_do_not_make_old_findings_new_nor_hide_new_ones(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(table(range(1)))
    with capsys.disabled():
        print("\n" + "\n".join(line for _, _, line in rows))

    for name, tally, _ in rows:
        assert tally.old > 200, name
        assert tally.noise <= 0.015 * tally.old, name  # of so few, one finding is 0.4 %
        assert tally.missed == 0, name
    assert sum(tally.noise for _, tally, _ in rows) <= 0.01 * sum(tally.old for _, tally, _ in rows)
    assert all(tally.planted > 20 for name, tally, _ in rows if name.startswith("offending"))
