"""What is declared about a seed file: in YAML front matter, in a sidecar, and by its name.

A sidecar wins over the front matter, the front matter over the file name. Field names are Dublin Core's where it has
one; schema.org's NewsArticle names and common shorthands are read as the same field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dqkit.language import canonical
from dqkit.record import NamedTuple, regex

if TYPE_CHECKING:
    from dqkit.text import Document

FIELDS = (
    "id",
    "title",
    "alternative",
    "language",
    "author",
    "translator",
    "publisher",
    "date",
    "modified",
    "source",
    "translation_of",
    "license",
)
"""The fields dqkit knows: dc:identifier, dc:title, dcterms:alternative, dc:language, dc:creator, dc:contributor
(translator), dc:publisher, dcterms:issued, dcterms:modified, dc:source, schema:translationOfWork, dcterms:license."""
ALIASES = {
    "identifier": "id", "headline": "title", "alternativeHeadline": "alternative", "subtitle": "alternative", "deck": "alternative",
    "inLanguage": "language", "lang": "language", "creator": "author", "authors": "author", "byline": "author",
    "translators": "translator", "publication": "publisher", "sourceOrganization": "publisher", "datePublished": "date",
    "issued": "date", "published": "date", "dateModified": "modified", "source_url": "source", "url": "source",
    "isBasedOn": "source", "translationOfWork": "translation_of", "translationOf": "translation_of", "original": "translation_of",
    "licence": "license",
}  # fmt: skip
SIDECARS = (".meta.yaml", ".meta.yml", ".meta.json", ".yaml", ".yml", ".json")
"""What stands after a seed file's name without its extension in the name of a file that declares its metadata."""
_LANGUAGE_IN_NAME = regex(r"\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$")


class Declared(NamedTuple):
    """A declared value and where it stands: file, line and column from 1 (0 where the file name declares it)."""

    value: Any
    path: str
    line: int
    column: int


class Fault(NamedTuple):
    """A declaration that cannot be read: what is wrong, and where."""

    message: str
    path: str
    line: int
    column: int


class Metadata(NamedTuple):
    """The declared values by field, and the declarations that cannot be read."""

    fields: dict[str, Declared]
    faults: tuple[Fault, ...] = ()

    def value(self, field: str) -> Any:
        """Give a field's value, None where it is not declared."""
        found = self.fields.get(field)
        return found.value if found else None

    def text(self, field: str) -> str | None:
        """Give a field's value where it is a text, several joined by commas; None otherwise."""
        value = self.value(field)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return ", ".join(value) or None
        return value if isinstance(value, str) and value.strip() else None

    @property
    def language(self) -> str | None:
        """The declared language's code (see `language.canonical`); None where none is declared."""
        tag = self.text("language")
        return canonical(tag) if tag else None


def declared(document: Document) -> Metadata:
    """Read what is declared about a document."""
    fields = _by_name(document.path)
    if document.front_matter is None and document.beside is None:
        return Metadata(fields)
    faults: list[Fault] = []
    if span := document.front_matter:
        fields |= _read(document.text[span.start : span.end], document.path, 1, faults)
    folder, slash, name = document.path.rpartition("/")
    for sidecar in sidecars(name):
        raw = document.beside(sidecar) if document.beside else None
        if raw is not None:
            fields |= _read(raw, folder + slash + sidecar, 0, faults)
            break
    return Metadata(fields, tuple(faults))


def sidecars(name: str) -> tuple[str, ...]:
    """List the names of files that may declare a seed file's metadata, the one that wins first.

    >>> sidecars("river.en.txt")[0]
    'river.en.meta.yaml'
    """
    stem = name.rpartition(".")[0] or name
    return tuple(stem + ending for ending in SIDECARS if stem + ending != name)


def _by_name(path: str) -> dict[str, Declared]:
    """Read the language out of a name like `slug.language.txt`."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    found = _LANGUAGE_IN_NAME.search(stem)
    return {"language": Declared(found[1], path, 0, 0)} if found else {}


def _read(text: str | bytes, path: str, lines_above: int, faults: list[Fault]) -> dict[str, Declared]:
    from dqkit.yamlfile import YamlError, parse

    try:
        root = parse(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    except YamlError as error:
        faults.append(Fault(error.message, path, error.line + lines_above, error.column))
        return {}
    if not isinstance(root.value, dict):
        if root.value is not None:
            faults.append(
                Fault("metadata must be a mapping of fields to values", path, root.line + lines_above, root.column)
            )
        return {}
    fields: dict[str, Declared] = {}
    for key, node in root.value.items():
        name = key.partition(":")[2] if key.startswith(("dc:", "dcterms:", "schema:")) else key
        fields.setdefault(ALIASES.get(name, name), Declared(node.plain(), path, node.line + lines_above, node.column))
    return fields
