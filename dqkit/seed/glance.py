"""Reads fastText's language model without its library, for the few texts of a short run.

The library takes as long to load the model as all else takes that `dqkit check FILE` does. Here the model's tables lie
in the cache as they are looked up; a text takes a millisecond, ten times as long. The sums are made in another order
and in double precision, so where an answer is close, none is given, and the library is asked.

Source: fastText 0.9.2, `dictionary.cc` (words and runs of letters), `quantmatrix.cc` and `productquantizer.cc` (their
vectors), `loss.cc` (the tree of languages); Joulin et al. 2016, "FastText.zip: Compressing text classification models".
"""

from __future__ import annotations

import math
import os
from array import array
from bisect import bisect_left
from functools import partial
from struct import unpack_from
from typing import TYPE_CHECKING, Any

from dqkit import cache as disk

if TYPE_CHECKING:
    from collections.abc import Iterator

    Vector = list[complex]
    """Numbers two by two, which adds and multiplies them at once."""

BUDGET = 400
"""Words from which on the library is worth its load."""
CLOSE = 0.002
"""What two probabilities differ by, as a share of the greater, for the order of sums not to matter: a hundredfold."""
_PARTS, _CODES, _SHORT, _LONG = 8, 256, 2, 4
"""Pairs of numbers a vector is made of, pairs to choose from for each, and lengths of the runs of letters."""
_DIMENSIONS = 2 * _PARTS
_SIGNED = [byte | 0xFFFFFF00 if byte > 0x7F else byte for byte in range(256)]
"""Bytes as the library's hash takes them: with a sign."""
_ODD = (b"</s>", b"__label__")
"""What means something else than a word to the library."""


class Glance:
    """The model in a file, asked for words until its budget is spent.

    Raises:
        ValueError: the file is not such a model as the one that is known.
        OSError: it cannot be read.
    """

    def __init__(self, path: str) -> None:
        status = os.stat(path)
        named = f"{path} {status.st_size} {status.st_mtime_ns}".encode()
        tables = disk.compiled("model", [named], partial(_read, path))
        words, labels, children, hashes, rows, codes, pairs, sizes, norms, nodes = tables
        self.words: dict[bytes, int] = words
        self.labels: list[str] = labels
        self.children: list[tuple[int, int]] = children
        self.left = BUDGET
        self._hashes, self._rows = memoryview(hashes).cast("I"), memoryview(rows).cast("I")
        self._columns = [codes[part::_PARTS] for part in range(_PARTS)]
        numbers = memoryview(pairs).cast("f").tolist()
        self._pairs = list(map(complex, numbers[::2], numbers[1::2]))
        self._nodes = memoryview(nodes).cast("f").tolist()
        self._sizes, self._norms = sizes, memoryview(norms).cast("f").tolist()
        self._sums: dict[bytes, tuple[int, Vector]] = {}

    def label(self, text: str, least: float) -> str | None:
        """Name the likeliest label of a text of one line; "" where its probability is below `least`.

        None: it is too close to call, not known to be read alike, or the budget is spent.
        """
        words = text.encode().replace(b"\0", b" ").split()
        if self.left < 0 or any(word.startswith(_ODD) for word in words):
            return None
        total, count = [0j] * _PARTS, 0
        for word in words:
            if word not in self._sums:
                self.left -= 1
                self._sums[word] = self._summed(word)
            size, vector = self._sums[word]
            count += size
            total = [one + other for one, other in zip(total, vector, strict=True)]
        if not count:
            return ""
        hidden = [number / count for pair in total for number in (pair.real, pair.imag)]
        (best, label), (second, _) = self._likeliest(hidden)
        if best < least * (1 - CLOSE):
            return ""
        return label if min(best - least, best - second) > CLOSE * best else None

    def _summed(self, word: bytes) -> tuple[int, Vector]:
        """Count the rows of the model that a word stands for, and add them up."""
        rows, pairs = list(self._rows_of(word)), self._pairs
        vector: Vector = []
        norms = [self._norms[self._sizes[row]] for row in rows]
        for part, column in enumerate(self._columns):
            first = part * _CODES
            vector.append(sum([norm * pairs[first + column[row]] for norm, row in zip(norms, rows, strict=True)], 0j))
        return len(rows), vector

    def _rows_of(self, word: bytes) -> Iterator[int]:
        """Give the rows of a word: its own, and those of its runs of letters, its edges among them."""
        own = self.words.get(word)
        if own is not None:
            yield own
        letters = [[_SIGNED[byte] for byte in letter.encode()] for letter in f"<{word.decode()}>"]
        hashes, last = self._hashes, len(self._hashes)
        for start in range(len(letters)):
            value = 2166136261
            for size, letter in enumerate(letters[start : start + _LONG], 1):
                for byte in letter:
                    value = (value ^ byte) * 16777619 & 0xFFFFFFFF
                if size >= _SHORT:
                    run = value % 2_000_000
                    at = bisect_left(hashes, run)
                    if at < last and hashes[at] == run:
                        yield self._rows[at]

    def _likeliest(self, hidden: list[float]) -> list[tuple[float, str]]:
        """Give the two likeliest labels with their probabilities, the likeliest first."""
        leaves = len(self.labels)
        best = [(-math.inf, 0), (-math.inf, 0)]
        ahead = [(0.0, 2 * leaves - 2)]
        while ahead:
            score, node = ahead.pop()
            if score < best[1][0]:
                continue
            if node < leaves:
                best = sorted([*best, (score, node)], reverse=True)[:2]
                continue
            at = (node - leaves) * _DIMENSIONS
            dot = sum([one * other for one, other in zip(hidden, self._nodes[at : at + _DIMENSIONS], strict=True)])
            right = 1 / (1 + math.exp(-dot))
            low, high = self.children[node - leaves]
            ahead.append((score + math.log(1 - right + 1e-5), low))
            ahead.append((score + math.log(right + 1e-5), high))
        return [(math.exp(score), self.labels[node]) for score, node in best]


def _read(path: str) -> tuple[Any, ...]:
    """Read the model's file and put its tables in order."""
    with open(path, "rb") as file:
        raw = file.read()
    magic, version, *options = unpack_from("<14i", raw)
    dimensions, word_runs, loss, buckets, shortest, longest = (options[i] for i in (0, 5, 6, 8, 9, 10))
    known = (793712314, 12, _DIMENSIONS, 1, 1, 2_000_000, _SHORT, _LONG)
    if (magic, version, dimensions, word_runs, loss, buckets, shortest, longest) != known:
        raise ValueError("another model")
    entries, _, _, _, runs = unpack_from("<iiiqq", raw, 64)
    at = 92
    words: dict[bytes, int] = {}
    labels: list[str] = []
    counts: list[int] = []
    for _ in range(entries):
        end = raw.index(b"\0", at)
        count, is_label = unpack_from("<q?", raw, end + 1)
        if is_label:
            labels.append(raw[at:end].decode().removeprefix("__label__"))
            counts.append(count)
        else:
            words[raw[at:end]] = len(words)
        at = end + 10
    flat = unpack_from(f"<{2 * runs}i", raw, at)
    pruned = sorted(zip(flat[::2], (len(words) + row for row in flat[1::2]), strict=True))
    at += 8 * runs
    is_quantized, has_norms, rows, columns, size = unpack_from("<??qqi", raw, at)
    codes = raw[at + 22 : at + 22 + size]
    at += 22 + size
    shape, pairs = unpack_from("<4i", raw, at), raw[at + 16 : at + 16 + 4 * _DIMENSIONS * _CODES]
    at += 16 + len(pairs)
    sizes, norms = raw[at : at + rows], raw[at + rows + 16 : at + rows + 16 + 4 * _CODES]
    at += rows + 16 + len(norms)
    is_whole, leaves, width = unpack_from("<?qq", raw, at)
    wanted = (True, True, _DIMENSIONS, (_DIMENSIONS, _PARTS, 2, 2), False, len(labels), _DIMENSIONS)
    if (is_quantized, has_norms, columns, shape, is_whole, leaves, width) != wanted or size != rows * _PARTS:
        raise ValueError("another model")
    return (
        words,
        labels,
        _tree(counts),
        array("I", [run for run, _ in pruned]).tobytes(),
        array("I", [row for _, row in pruned]).tobytes(),
        codes,
        array("f", unpack_from(f"<{len(pairs) // 4}f", pairs)).tobytes(),
        sizes,
        array("f", unpack_from(f"<{_CODES}f", norms)).tobytes(),
        array("f", unpack_from(f"<{leaves * width}f", raw, at + 17)).tobytes(),
    )


def _tree(counts: list[int]) -> list[tuple[int, int]]:
    """Give the two children of each inner node of the Huffman tree over labels, the commonest first."""
    weights = counts + [10**15] * (len(counts) - 1)
    children = []
    leaf, inner = len(counts) - 1, len(counts)
    for node in range(len(counts), len(weights)):
        pair = []
        for _ in range(2):
            if leaf >= 0 and weights[leaf] < weights[inner]:
                pair.append(leaf)
                leaf -= 1
            else:
                pair.append(inner)
                inner += 1
        weights[node] = weights[pair[0]] + weights[pair[1]]
        children.append((pair[0], pair[1]))
    return children
