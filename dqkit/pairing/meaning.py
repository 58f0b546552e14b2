"""How alike texts are in meaning, by a model of static word vectors in a local folder (the package model2vec)."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dqkit.errors import DqkitError

if TYPE_CHECKING:
    from collections.abc import Sequence


def cosines(model: str, rows: Sequence[str], columns: Sequence[str]) -> list[list[float]]:
    """Give the cosine, -1 to 1, of each text of `rows` with each of `columns`; 0 where a model knows no word of one.

    Raises:
        DqkitError: `model` is no folder of a model, or the package model2vec is not installed.
    """
    import numpy

    vectors = _loaded(model).encode([*rows, *columns]).astype("float64")
    lengths = numpy.linalg.norm(vectors, axis=1, keepdims=True)
    unit = numpy.divide(vectors, lengths, out=numpy.zeros_like(vectors), where=lengths > 0)
    found: list[list[float]] = (unit[: len(rows)] @ unit[len(rows) :].T).tolist()
    return found


@lru_cache(maxsize=2)
def _loaded(model: str) -> Any:  # a StaticModel of model2vec, which is not imported here
    if not os.path.isdir(model):  # what is no folder, model2vec would look up on the network
        raise DqkitError(f"{model}: the model a rule names is no folder here: give the folder of a model2vec model")
    try:
        from model2vec import StaticModel
    except ModuleNotFoundError:
        raise DqkitError(f'{model}: a model needs the package model2vec: pip install "dqkit[embeddings]"') from None
    try:
        return StaticModel.from_pretrained(model)
    except Exception as error:  # noqa: BLE001 # the readers of vectors and of tokens raise kinds of their own
        raise DqkitError(f"{model}: no model that model2vec can read: {error}") from None
