"""A commit that touches only what declares metadata: the seed files whose rows changed are checked, and no others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dqkit.corpus import collect
from dqkit.engine import run
from dqkit.settings import Settings
from tests.test_gate import RULES, Tree, about, checked, contents, passage, said, without

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dqkit.finding import Report

    Change = dict[str, str | bytes | None]
    Check = Callable[[Change], tuple[int, str]]
    Run = Callable[..., tuple[int, str, str]]


def row(**fields: str) -> str:
    return json.dumps(fields) + "\n"


FIRST, SECOND = row(file_name="a.txt", id="a", language="en"), row(file_name="b.txt", id="b", language="en")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path)
    tree.commit({
        "dqkit.yaml": "paths: [seeds]\n", "seeds/a.txt": f"{passage(1)}\n", "seeds/b.txt": f"{passage(2)}\n",
        "seeds/deep/c.txt": f"{passage(3)}\n", "seeds/metadata.jsonl": FIRST + SECOND,
    })  # fmt: skip
    return tree


@pytest.fixture(params=["--staged", "--since"])
def check(
    request: pytest.FixtureRequest, tree: Tree, dqkit: Run
) -> Callable[[dict[str, str | bytes | None]], tuple[int, str]]:
    """Make a change, and check it as it is staged, or as it differs from HEAD."""

    def check(change: Change) -> tuple[int, str]:
        tree.write(change)
        tree.git("add", "--all")
        focus = ["--staged"] if request.param == "--staged" else ["--since", "HEAD"]
        code, out, _ = dqkit(tree.folder, "check", *focus, "--output", "concise", "--fail-on", "warning")
        return code, out

    return check


def test_a_row_that_changes_puts_its_seed_file_in_focus(check: Check) -> None:
    code, out = check({"seeds/metadata.jsonl": FIRST + row(file_name="b.txt", id="b", language="english")})

    assert code == 1
    assert "seeds/metadata.jsonl:2:" in out
    assert "invalid-metadata" in out
    assert "1 checked, 0 not applicable, 1 excluded" in out


def test_rows_that_only_move_put_nothing_in_focus(check: Check) -> None:
    code, out = check({"seeds/metadata.jsonl": row(file_name="deep/c.txt", language="en") + FIRST + SECOND})

    assert code == 0
    assert "1 checked" in out


def test_a_row_gives_a_seed_file_the_id_of_another(check: Check) -> None:
    code, out = check({"seeds/metadata.jsonl": FIRST + SECOND + row(file_name="deep/c.txt", id="a")})

    assert code == 1
    assert "seeds/metadata.jsonl:3:35: error duplicate-id: the id “a” is that of seeds/a.txt as well" in out


def test_ids_that_two_other_rows_share_are_an_old_fault(tree: Tree, check: Check) -> None:
    tree.commit({"seeds/metadata.jsonl": FIRST + row(file_name="b.txt", id="a")})
    code, out = check(
        {"seeds/metadata.jsonl": FIRST + row(file_name="b.txt", id="a") + row(file_name="deep/c.txt", id="c")}
    )

    assert code == 0, out


def test_a_manifest_that_goes_takes_the_ids_of_its_files_with_it(tree: Tree, check: Check) -> None:
    tree.commit({"seeds/deep/c.txt": f"---\ntranslation_of: lamp\n---\n{passage(3)}\n"})
    tree.commit({"seeds/metadata.jsonl": row(file_name="a.txt", id="lamp") + SECOND})
    code, out = check({"seeds/metadata.jsonl": None})

    assert code == 1
    assert "missing-source" in out
    assert "2 checked" in out


def test_a_seed_file_is_staged_with_the_row_the_index_has(tree: Tree, dqkit: Run) -> None:
    tree.write(
        {"seeds/d.txt": f"{passage(4)}\n", "seeds/metadata.jsonl": FIRST + SECOND + row(file_name="d.txt", id="a")}
    )
    tree.git("add", "--all")
    tree.write({"seeds/metadata.jsonl": FIRST + SECOND})
    code, out, _ = dqkit(tree.folder, "check", "--staged", "--output", "concise")

    assert code == 1
    assert "duplicate-id" in out


def test_a_manifest_that_cannot_be_read_stops_the_commit(check: Check) -> None:
    code, out = check({"seeds/metadata.jsonl": FIRST + SECOND + "{broken\n"})

    assert code == 1
    assert "seeds/metadata.jsonl:3:2: error malformed-manifest" in out


def test_a_row_for_a_file_that_is_not_there_stops_the_commit(check: Check) -> None:
    code, out = check({"seeds/metadata.jsonl": FIRST + SECOND + row(file_name="none.txt")})

    assert code == 1
    assert "seeds/metadata.jsonl:3:1: error orphaned-metadata: the row is for “none.txt”" in out


def test_a_row_that_loses_its_file_is_found_and_an_old_orphan_is_not(tree: Tree, check: Check) -> None:
    tree.commit({"seeds/metadata.jsonl": FIRST + SECOND + row(file_name="none.txt")})
    code, out = check({"seeds/b.txt": None})

    assert code == 1
    assert "seeds/b.txt:1:1: error orphaned-metadata: of seeds/metadata.jsonl:2: the row is for “b.txt”" in out
    assert "none.txt" not in out


def test_a_sidecar_that_loses_its_file_is_found(tree: Tree, check: Check) -> None:
    tree.commit({"seeds/deep/c.meta.yaml": "id: c\n"})
    code, out = check({"seeds/deep/c.txt": None})

    assert code == 1
    assert "orphaned-metadata: of seeds/deep/c.meta.yaml:1" in out


def test_a_file_that_moves_along_with_its_row_is_clean(tree: Tree, check: Check) -> None:
    tree.git("mv", "seeds/b.txt", "seeds/deep/b.txt")
    code, out = check({"seeds/metadata.jsonl": FIRST + row(file_name="deep/b.txt", id="b", language="en")})

    assert code == 0, out


def test_a_manifest_above_the_corpus_counts_as_well(tree: Tree, check: Check) -> None:
    tree.commit({"metadata.csv": "path,lang\nseeds/deep/c.txt,en\n"})
    code, out = check({"metadata.csv": "path,lang\nseeds/deep/c.txt,klingonish\n"})

    assert code == 1
    assert "metadata.csv:2:18: error invalid-metadata" in out


PATHS = [f"a/f{n}.txt" for n in range(4)] + [f"b/{n:03d}_0123456789abcde{n}.txt" for n in range(3)]
ROWS = st.fixed_dictionaries(
    {"file_name": st.sampled_from([*PATHS, "a/none.txt"])},
    optional={
        "id": st.sampled_from(["i0", "i1", "i2"]),
        "translation_of": st.sampled_from(["i0", "i3", "a/f1.txt"]),
        "language": st.sampled_from(["en", "sv", "nonsense-x-"]),
    },
)
MANIFESTS = st.lists(ROWS, max_size=6).map(lambda rows: "".join(row(**one) for one in rows))
FILES = st.dictionaries(st.sampled_from(PATHS), st.none() | contents(), max_size=2)


def everything(tree: Tree) -> Report:
    return run(collect([str(tree.folder)], Settings(str(tree.folder))), RULES)


def rows_of(tree: Tree) -> dict[str, list[object]]:
    """Give what the manifests say of each seed file, wherever they say it."""
    sources = collect([str(tree.folder)], Settings(str(tree.folder))).sources
    return {
        s.path: [one.node.plain() for one in s.document().metadata.records if one.origin == "manifest"] for s in sources
    }


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # an example asks git so often that shrinking takes minutes
)
@given(
    st.dictionaries(st.sampled_from(PATHS), contents(), min_size=3), MANIFESTS,
    st.lists(st.tuples(FILES, st.none() | MANIFESTS), min_size=2, max_size=2),
)  # fmt: skip
def test_the_gate_says_of_changed_rows_what_a_run_on_all_files_says(
    tmp_path_factory: pytest.TempPathFactory,
    files: dict[str, str],
    manifest: str,
    changes: list[tuple[dict[str, str | None], str | None]],
) -> None:
    tree = Tree(tmp_path_factory.mktemp("law"))
    now: dict[str, str | None] = {**files, "a/keep.txt": f"{passage(99)}\n", "metadata.jsonl": manifest}
    tree.commit({**now})
    for change, new_manifest in changes:  # the second time, the index is brought from one commit to the next
        before, old_rows = now, rows_of(tree)
        now = {**now, **change, "metadata.jsonl": new_manifest}
        tree.write({**now})
        tree.git("add", "--all")
        rows = rows_of(tree)
        focus = {path for path in PATHS if before.get(path) != now.get(path)}
        focus |= {path for path in rows if path in old_rows and rows[path] != old_rows[path]}
        found = checked(tree, staged=True)
        not_run = {rule.id for rule in found.rules if rule.skipped}
        wanted = {said(finding) for finding in without(everything(tree), not_run).findings if about(finding) & focus}

        assert {record.path for record in found.files if record.status == "checked"} == focus & rows.keys()
        assert wanted <= {said(finding) for finding in found.findings}
        tree.commit({})
