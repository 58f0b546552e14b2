"""A tiny model of word vectors, in the form model2vec reads: `python -m tests.models` writes the fixtures' own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
from model2vec import StaticModel
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SUBJECTS = (
    "mill kvarn kvarnen flour mjöl grain säd stones stenar wheel hjul hjulet grind maler",
    "harbour hamn hamnen boat båt båten fish fisk sea havet nets nät sails segel",
    "choir kör kören song sång sången voices röster concert konsert organ orgel sing sjunger",
    "snow snö snön winter vinter vintern ice is isen frost storm cold kall roads vägar",
    "school skola skolan teacher lärare läraren pupils elever lesson lektion books böcker class klass",
)
"""Words of two languages, a line a subject: words of one subject have one vector."""


def write(folder: Path, subjects: Sequence[str]) -> None:
    """Write a model that knows some words, those of one line as one meaning."""
    words = [line.split() for line in subjects]
    vocabulary = {word: index for index, word in enumerate(["[UNK]", *(word for line in words for word in line)])}
    tokens = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokens.normalizer = normalizers.Lowercase()
    tokens.pre_tokenizer = pre_tokenizers.Whitespace()
    vectors = numpy.zeros((len(vocabulary), len(words)), dtype="float32")
    for subject, line in enumerate(words):
        for word in line:
            vectors[vocabulary[word], subject] = 1
    StaticModel(vectors, tokens, {}).save_pretrained(folder)
    (folder / "README.md").unlink()  # a form to fill in


if __name__ == "__main__":
    write(ROOT / "fixtures" / "unlike-passage" / "model", SUBJECTS)
