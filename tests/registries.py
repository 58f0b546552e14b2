"""Writes dqkit/data/subtags.yaml (from Babel's CLDR) and dqkit/data/spdx.yaml (from packaging): `nox -s registries`."""

from __future__ import annotations

import textwrap
from pathlib import Path

from babel import Locale
from babel.core import get_global
from packaging.licenses import _spdx

DATA = Path(__file__).resolve().parents[1] / "dqkit" / "data"
SUBTAGS = """\
# Subtags of BCP 47 as the Unicode CLDR knows them, by way of Babel; copyright Unicode, Inc., Unicode License V3.
# Languages of two letters, scripts, regions of two letters, and what stands for a tag that is no longer used.
# Made by `nox -s registries`; do not edit.
"""
SPDX = """\
# The SPDX License List (CC0-1.0), by way of the package packaging. Made by `nox -s registries`; do not edit.
"""

_MACRO = """
als arb ayr azj bcc bcl bgm bhk bxk bxr cld cmn cwd dgo dhd dik diq ekk emk esk fat fuc gaz gbo gno gom gug
hea ike khk kmr knc kng kpv kxk lbk lvs mnk mup npi ojg ory pbu pes plt pnb prs quz rmy sca skk spy src swc
swh tne ttq twi umu uzn xpe xsl ydd zai zsm zyb
"""
MACROLANGUAGES = frozenset(_MACRO.split())
"""Tags that the CLDR replaces by the one of a group of languages, and BCP 47 allows."""
GONE = ("in", "iw", "ji", "jw", "mo")
"""Tags of two letters that BCP 47 no longer allows."""


def block(key: str, words: list[str]) -> str:
    lines = textwrap.wrap(" ".join(words), 116, break_on_hyphens=False, break_long_words=False)
    return f"{key}: >\n" + "".join(f"  {line}\n" for line in lines)


def main() -> None:
    """Write both files."""
    english = Locale("en")
    aliases = {
        old: new
        for old, new in get_global("language_aliases").items()
        if len(new) == 2 and (old in GONE or (len(old) == 3 and old not in MACROLANGUAGES))
    }
    regions = {old: new[0] for old, new in get_global("territory_aliases").items() if len(old) == 2 and len(new) == 1}
    languages = {tag for tag in [*english.languages, "tl", "tw"] if len(tag) == 2} | set(aliases.values())
    languages -= set(GONE)
    known = {region for region in english.territories if len(region) == 2} - regions.keys() - {"ZZ"}
    scripts = {script for script in english.scripts if not script.startswith("Z") or script in ("Zyyy", "Zxxx")}
    replaced = [f'"{old}": "{new}"' for old, new in sorted({**aliases, **regions}.items())]
    (DATA / "subtags.yaml").write_text(
        SUBTAGS
        + block("languages", sorted(languages))
        + block("scripts", sorted(scripts))
        + block("regions", sorted(known))
        + "replaced: {\n"
        + "".join(f"  {line}\n" for line in textwrap.wrap(", ".join(replaced), 116, break_on_hyphens=False))
        + "}\n",
        "utf-8",
    )
    licenses = sorted(entry["id"] for entry in _spdx.LICENSES.values())
    exceptions = sorted(entry["id"] for entry in _spdx.EXCEPTIONS.values())
    (DATA / "spdx.yaml").write_text(SPDX + block("licenses", licenses) + block("exceptions", exceptions), "utf-8")


if __name__ == "__main__":
    main()
