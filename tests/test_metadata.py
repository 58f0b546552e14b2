"""What is declared about seed files, and what they say about themselves."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dqkit import jsonfile
from dqkit.backends.processes import processes
from dqkit.cli import main
from dqkit.corpus import collect
from dqkit.detect import schema
from dqkit.detect.observed import observe
from dqkit.engine import run
from dqkit.errors import DqkitError
from dqkit.rules.file import load
from dqkit.seed import declaration, manifest
from dqkit.seed.manifest import unpack
from dqkit.seed.text import Document
from dqkit.settings import Settings, find
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str | bytes]], Path]

RULES = load([str(ROOT / "expectations" / "metadata.yaml")])
TEXT = "The old lighthouse on the island was lit again on Saturday evening, after forty years in the dark.\n"
BODY = {
    "zh": "岛上的古老灯塔在黑暗四十年之后于星期六晚上重新点亮，四百人乘船前来观看，许多人一直待到清晨才离开。",
    "ja": "島の古い灯台に、土曜日の夜、四十年ぶりに明かりがともった。四百人が船で見に来て、多くは朝まで残っていた。",
}

SAID = [
    ("en", "By Mara Lindqvist, The Post", "Mara Lindqvist", "Published: July 30, 2014", "Translated from German"),
    ("sv", "Av Mara Lindqvist", "Mara Lindqvist", "Publicerad 30 juli 2014 kl. 10:15", "Översatt från tyska."),
    ("no", "Tekst: Mara Lindqvist", "Mara Lindqvist", "Publisert 30. juli 2014", "Oversatt fra tysk."),
    ("da", "Af Mara Lindqvist", "Mara Lindqvist", "Offentliggjort den 30. juli 2014", "Oversat fra tysk."),
    ("fi", "Teksti: Aino Virtanen", "Aino Virtanen", "Julkaistu 30.7.2014", "Käännetty saksasta."),
    ("de", "Von Karin Müller", "Karin Müller", "Datum: 30. Juli 2014, 10:15 Uhr", "Aus dem Englischen von K. Berg"),
    ("nl", "Door Anna de Vries", "Anna de Vries", "Gepubliceerd op 30 juli 2014", "Vertaald uit het Duits."),
    ("fr", "Par Clémence Dutertre", "Clémence Dutertre", "Publié le 30 juillet 2014 à 10h15", "Traduit de l’allemand."),
    ("es", "Por Luciana Bertoia", "Luciana Bertoia", "Publicado el 30 de julio de 2014", "Traducido del alemán."),
    ("pt", "Por Ana Sousa", "Ana Sousa", "Publicado em 30 de julho de 2014", "Traduzido do alemão."),
    ("it", "Di Paolo Rossi", "Paolo Rossi", "Pubblicato il 30 luglio 2014", "Tradotto dal tedesco."),
    ("pl", "Autor: Katarzyna Nowak", "Katarzyna Nowak", "Opublikowano 30 lipca 2014", "Przetłumaczono z niemieckiego."),
    ("ru", "Автор: Анна Белова", "Анна Белова", "Опубликовано 30 июля 2014", "Перевод с немецкого."),
    ("zh", "作者：李明", "李明", "发布时间：2014年7月30日", "译自德文。"),
    ("ja", "文＝山田花子", "山田花子", "公開日：2014年7月30日", "（ドイツ語から翻訳）"),
    ("ar", "بقلم: هالة الشماع", "هالة الشماع", "نشر في 30 يوليو 2014", "مترجم عن الألمانية"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "byline", "person", "date", "note"), SAID, ids=[row[0] for row in SAID])
def test_a_text_says_who_wrote_it_when_and_from_what(
    language: str, byline: str, person: str, date: str, note: str
) -> None:
    lines = ["1887", byline, date, BODY.get(language, TEXT.strip()), note]
    seen = observe(Document(f"a.{language}.txt", "\n\n".join(lines).encode()))

    assert seen.byline
    assert seen.byline.person == person
    assert [(line.field, line.day) for line in seen.dates] == [("date", (2014, 7, 30))]
    assert seen.note
    assert seen.note.language == ("en" if language == "de" else "de")


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the lamp was out again", "Byrne to lead the harbour", "By the Book", "ABBY ROAD, LONDON",
        "Av de fyra lamporna lyste en", "Von Mäusen und Menschen", "De la mer à la montagne", "Di nuovo insieme",
        "文化中心昨日开放", "記者調査", "Text and photos", "By Harbour Gazette Staff", "Por fin llega el verano",
    ],
)  # fmt: skip
def test_what_begins_like_a_byline_is_none(line: str) -> None:
    for language in ("en", "sv", "de", "fr", "es", "it", "zh", "ja"):
        seen = observe(Document(f"a.{language}.txt", f"Title here\n\n{line}\n\n{TEXT}\n{TEXT}".encode()))
        assert seen.byline is None, language


@pytest.mark.parametrize(
    "line", ["Aus dem englischen Garten", "Från engelska till svenska", "Traduit en justice", "Deadline: July 30, 2014"]
)
def test_what_looks_like_a_note_or_a_date_is_none(line: str) -> None:
    for language in ("en", "sv", "de", "fr"):
        seen = observe(Document(f"a.{language}.txt", f"Title here\n\n{line}\n\n{TEXT}".encode()))
        assert seen.note is None, language
        assert not seen.dates, language


def test_a_manifest_wins_over_a_sidecar_over_front_matter_over_the_name(corpus: Write) -> None:
    row = {"file_name": "a.sv.txt", "title": "manifest"}
    folder = corpus({
        "a.sv.txt": "---\ntitle: front matter\nauthor: front matter\nlicense: front matter\n---\n" + TEXT,
        "a.sv.meta.yaml": "title: sidecar\nauthor: sidecar\n",
        "metadata.jsonl": json.dumps(row) + "\n",
    })  # fmt: skip
    (source,) = collect([str(folder)], Settings(str(folder))).sources
    metadata = source.document().metadata

    assert {name: value.value for name, value in metadata.fields.items() if name in ("title", "author", "license")} == {
        "title": "manifest", "author": "sidecar", "license": "front matter",
    }  # fmt: skip
    assert (metadata.language, metadata.fields["language"].origin) == ("sv", "file name")


def test_names_are_read_by_the_patterns_of_the_settings(corpus: Write) -> None:
    folder = corpus({
        "dqkit.yaml": r"""names: ['(?P<language>[a-z]{2})/(?P<index>\d+)-(?P<id>[a-z]+)\.txt']""",
        "sv/04-light.txt": TEXT,
        "river.sv.txt": TEXT,
    })  # fmt: skip
    river, light = collect([str(folder)], find(str(folder))).sources

    assert not river.document().declares
    assert {name: declared.value for name, declared in light.document().metadata.fields.items()} == {
        "language": "sv", "index": "04", "id": "light",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "message"), [("(?P<langauge>..)", 'did you mean "language"?'), ("(", "is no regular expression")]
)
def test_a_pattern_that_cannot_be_used_is_refused(corpus: Write, pattern: str, message: str) -> None:
    folder = corpus({"dqkit.yaml": f"names: ['{pattern}']\n"})

    with pytest.raises(DqkitError, match=r"dqkit\.yaml:1:1") as raised:
        find(str(folder))
    assert message in str(raised.value)


def test_what_declares_metadata_is_accounted_for_and_never_checked(corpus: Write) -> None:
    files: dict[str, str | bytes] = {
        "a.txt": TEXT, "a.meta.json": "{}", "a.yaml": "title: A", "b.meta.yaml": "title: B", "metadata.csv": "id\na\n",
        "sub/metadata.yaml": "[]", "sub/c.txt": TEXT, "notes.yaml": "kept: for people",
    }  # fmt: skip
    folder = corpus(files)
    report = run(collect([str(folder)], Settings(str(folder))), RULES)

    assert {record.path for record in report.files} == set(files)
    assert [record.path for record in report.files if record.status == "checked"] == ["a.txt", "sub/c.txt"]


def test_a_sidecar_that_is_named_stands_for_its_seed_file(corpus: Write) -> None:
    folder = corpus({"a.txt": TEXT, "a.meta.yaml": "language: english\n"})
    report = run(collect([str(folder / "a.meta.yaml")], Settings(str(folder))), RULES)

    assert [(record.path, record.status) for record in report.files] == [
        ("a.meta.yaml", "excluded"),
        ("a.txt", "checked"),
    ]
    assert [finding.at.path for finding in report.findings] == ["a.meta.yaml"]


def test_a_manifest_that_is_named_is_checked_for_itself(
    corpus: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = corpus({"a.txt": TEXT, "metadata.jsonl": '{"file_name": "a.txt"}\n{"file_name": "gone.txt"}\n'})
    monkeypatch.chdir(folder)

    assert main(["check", "metadata.jsonl", "--output", "concise"]) == 1
    assert "metadata.jsonl:2:1: error orphaned-metadata" in capsys.readouterr().out


def test_a_manifest_is_read_once_for_all_its_files(corpus: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(json.dumps({"file_name": f"{i}.txt", "language": "english"}) + "\n" for i in range(300))
    folder = corpus({f"{i}.txt": TEXT for i in range(300)} | {"metadata.jsonl": rows})
    calls: list[str] = []

    def read(path: str, raw: bytes) -> manifest.Manifest:
        calls.append(path)
        return manifest.read(path, raw)

    monkeypatch.setattr(declaration, "read", read)
    found = collect([str(folder)], Settings(str(folder)))
    reports = [run(found, RULES, backend=backend) for backend in (processes(2), processes(1))]

    assert calls == ["metadata.jsonl"]
    assert len(reports[0].findings) == 300
    assert reports[0] == reports[1]


def test_a_manifest_above_the_file_counts_when_the_file_alone_is_checked(corpus: Write) -> None:
    folder = corpus({"sub/a.txt": TEXT, "metadata.csv": "path;lang\nsub/a.txt;sv\n", ".git/x": ""})
    (source,) = collect([str(folder / "sub" / "a.txt")], Settings(str(folder))).sources

    assert source.document().metadata.language == "sv"


FLOATS = st.floats(allow_nan=False, allow_infinity=False)
LEAVES = st.none() | st.booleans() | st.integers(-9, 10**9) | st.text() | FLOATS
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))
LETTERS = st.characters(exclude_characters="\r\x00", exclude_categories=["Cs", "Zs", "Cc"]) | st.sampled_from('," \n;')
CELLS = st.text(LETTERS).map(str.strip)


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_json_is_read_as_the_standard_library_reads_it(value: Any, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    assert jsonfile.parse(text).plain() == value


@pytest.mark.parametrize(
    "text", ["", "{", '{"a" 1}', "[1,]", '{"a": 1,}', "nul", '"\n"', "[1] 2", "[" * 100, "\ufeff1"]
)
def test_what_is_no_json_is_an_error_with_its_place(text: str) -> None:
    with pytest.raises(DqkitError, match="not JSON"):
        jsonfile.parse(text)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_a_table_is_read_as_the_standard_library_reads_it(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["file_name", "title", "author"])
    for number, row in enumerate(rows):
        writer.writerow([f"{number}.txt", *row])
    found = manifest.read("metadata.csv", stream.getvalue().encode())

    assert not found.faults
    assert [unpack(found.rows[f"f:{number}.txt"]).plain() for number in range(len(rows))] == [
        {"file_name": f"{number}.txt"} | {key: cell for key, cell in zip(("title", "author"), row, strict=True) if cell}
        for number, row in enumerate(rows)
    ]


def test_a_schema_is_looked_for_beside_the_rule_file(corpus: Write) -> None:
    rules = "dqkit: 1\nrules:\n  - check: invalid-metadata\n    with: {json_schema: gone.json}\n"
    folder = corpus({"a.txt": TEXT, "own/rules.yaml": rules})
    found = collect([str(folder / "a.txt")], Settings(str(folder)))

    with pytest.raises(DqkitError, match=r"own.gone\.json: the schema a rule names cannot be read"):
        run(found, load([str(folder / "own" / "rules.yaml")]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "s.json:1:2: not JSON"),
        ('{"type": "strange"}', "no JSON Schema of draft 2020-12"),
        ('{"$ref": "https://example.org/other.json"}', "refers to what it does not hold"),
    ],
)
def test_a_schema_that_cannot_be_followed_is_refused(corpus: Write, text: str, message: str) -> None:
    path = str(corpus({"s.json": text}) / "s.json")

    with pytest.raises(DqkitError, match=message):
        list(schema.violations(Document("a.txt", b"---\ntitle: A\n---\n"), path))


def test_without_the_extra_a_schema_says_how_to_get_it(corpus: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(corpus({"t.json": "{}"}) / "t.json")
    monkeypatch.setitem(sys.modules, "jsonschema", None)

    with pytest.raises(DqkitError, match=r'pip install "dqkit\[schema\]"'):
        list(schema.violations(Document("a.txt", b""), path))
