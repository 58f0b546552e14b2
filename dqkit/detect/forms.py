"""What is wrong with the form of a declared value: languages are BCP 47, dates ISO 8601, licences SPDX."""

from __future__ import annotations

from functools import cache

from dqkit.detect.dates import iso
from dqkit.errors import nearest
from dqkit.record import regex
from dqkit.reference import table
from dqkit.seed.fields import DATES

_TAG = regex(
    r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
_LICENSE_WORD = regex(r"[A-Za-z0-9.:-]+\+?")


@cache
def _known(name: str, key: str) -> frozenset[str]:
    return frozenset(table(name)[key].split())


def wrong(field: str, value: object) -> str | None:
    """Say what is wrong with the form of a field's value; None where nothing is."""
    if value in (None, "", [], {}):
        return f'"{field}" is declared and empty'
    if field in ("language", "source_language"):
        tags = value if isinstance(value, list) else [value]
        return next((message for tag in tags if (message := _wrong_tag(tag))), None)
    if field in DATES and iso(value) is None:
        return f'"{value}" is no date of ISO 8601 such as 2014-07-30'
    if field == "license":
        return _wrong_license(value)
    return None


def _wrong_tag(tag: object) -> str | None:
    found = _TAG.fullmatch(tag) if isinstance(tag, str) else None
    if not found:
        hint = _spelled(tag) if isinstance(tag, str) else ""
        return f'"{tag}" is no language tag of BCP 47 such as en, sv or pt-BR{hint}'
    language, script, region = found.groups()
    replaced = table("subtags")["replaced"]
    for part, key in ((language, "languages"), (script, "scripts"), (region, "regions")):
        if part and part in replaced:
            return f'"{tag}" is no language tag of BCP 47: write {replaced[part]} for {part}'
        if part and len(part) != 3 and part not in _known("subtags", key):
            return f'"{tag}" is no language tag of BCP 47: there is no {key[:-1]} {part}'
    return None


def _spelled(tag: str) -> str:
    """Give the tag that was meant, where only capitals or the mark between its parts are wrong."""
    parts = tag.replace("_", "-").split("-")
    sizes = {4: str.title, 2: str.upper}
    better = "-".join([parts[0].lower(), *(sizes.get(len(part), str.lower)(part) for part in parts[1:])])
    return f": write {better}" if better != tag and _TAG.fullmatch(better) and not _wrong_tag(better) else ""


def _wrong_license(value: object) -> str | None:
    """Hold a licence against SPDX: identifiers joined by AND, OR and WITH, in brackets or not."""
    message = f'"{value}" is no SPDX licence expression such as CC-BY-4.0'
    if not isinstance(value, str):
        return message
    licenses, exceptions = _known("spdx", "licenses"), _known("spdx", "exceptions")
    before, expected, unknown = "(", True, None
    for word in value.replace("(", " ( ").replace(")", " ) ").split():
        if word in ("(", ")"):
            continue
        if word in ("AND", "OR", "WITH"):
            if expected:
                return message
            before, expected = word, True
            continue
        if not expected or not _LICENSE_WORD.fullmatch(word):
            return message
        known = exceptions if before == "WITH" else licenses
        expected = False
        if word.startswith(("LicenseRef-", "DocumentRef-")) or word in ("NONE", "NOASSERTION"):
            continue
        if word not in known and (before == "WITH" or word.removesuffix("+") not in known):
            same = next((name for name in known if name.lower() == word.lower()), None)
            unknown = f'SPDX has no licence "{word}": ' + (f'write "{same}"' if same else _nearest(word, known))
    return message if expected or value.count("(") != value.count(")") else unknown


def _nearest(word: str, known: frozenset[str]) -> str:
    """Give a hint that names the licence most like a wrong one, or where the list is."""
    hint = nearest(word, known)
    return hint if hint.startswith("did") else "see https://spdx.org/licenses"
