"""The fields of declared metadata: one table of their names, in Dublin Core, in schema.org and in the wild."""

from __future__ import annotations

from functools import cache

from dqkit.record import regex

FIELDS = {
    "id": ("identifier", "@id"),
    "index": ("position",),
    "slug": (),
    "title": ("headline", "name"),
    "alternative": ("alternativeHeadline", "alternativeTitle", "subtitle", "deck", "standfirst"),
    "language": ("inLanguage", "lang"),
    "author": ("creator", "authors", "byline"),
    "translator": ("translators",),
    "publisher": ("publication", "sourceOrganization"),
    "created": ("dateCreated",),
    "date": ("issued", "datePublished", "published", "publicationDate", "pubDate"),
    "modified": ("dateModified", "updated", "lastmod"),
    "retrieved": ("sdDatePublished", "dateAccessed", "accessed"),
    "source": ("sourceUrl", "url", "isBasedOn"),
    "source_language": ("originalLanguage", "translatedFrom"),
    "translation_of": ("translationOfWork", "original"),
    "translations": ("workTranslation", "hasTranslation"),
    "is_part_of": (),
    "has_part": ("parts",),
    "license": ("licence",),
}
"""Each field's name here, and its other names.

Dublin Core has identifier, title, alternative, language, creator, publisher, created, issued, modified, source,
isPartOf, hasPart and license; schema.org's NewsArticle has position, headline, alternativeHeadline, inLanguage, author,
translator, sourceOrganization, dateCreated, datePublished, dateModified, sdDatePublished, isBasedOn, translationOfWork
and workTranslation.
"""
DATES = ("created", "date", "modified", "retrieved")
_PREFIX = regex(r"(?:dc|dcterms|dct|schema|og|article)[:.]", 2)  # 2: re.IGNORECASE
_MARK = regex(r"[-_ ]")


@cache
def field(key: str) -> str:
    """Give the field a key means, whatever its prefix, capitals, hyphens and underscores; an unknown one as it is.

    >>> field("dc:creator"), field("date_published"), field("schema:inLanguage"), field("colour")
    ('author', 'date', 'language', 'colour')
    """
    return _table().get(_plain(_PREFIX.sub("", key, 1)), key)


@cache
def _table() -> dict[str, str]:
    return {_plain(name): known for known, others in FIELDS.items() for name in (known, *others)}


def _plain(key: str) -> str:
    return _MARK.sub("", key).lower()
