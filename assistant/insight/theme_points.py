"""What letters are about, as unit vectors: meaning, words and likely fields side by side.

Vectors of an encoder tell how a letter is written as well as what it is about (without marks, in capitals, at length), so the share of the
style is taken out of them; words are compared without marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt

from corpus.tables import read_table
from corpus.text import fold, is_accented, words

Vector = npt.NDArray[np.float32] | npt.NDArray[np.float16]
Floats = npt.NDArray[np.float64]
# A text, its unit vector, and the fields it may belong to with their probabilities.
Seen = tuple[str, Vector, tuple[tuple[str, float], ...]]

_MEANINGS, _WORDS = 30, 60
# Axes are found on so many letters at most, over so many words.
_SAMPLE, _VOCABULARY = 1_500, 4_000
_STYLE_PENALTY = 10.0
# A word of fewer letters links nobody, one of more than this share of them tells nothing.
_FEWEST, _COMMON = 3, 0.15


def points_of(letters: Sequence[Seen]) -> Floats | None:
    """A unit vector of each letter; None where all mean the same."""
    vectors = np.stack([vector for _, vector, _ in letters]).astype(np.float64)
    vectors -= vectors.mean(axis=0)
    if np.abs(vectors).max() < 1e-6:
        return None
    texts = [text for text, _, _ in letters]
    vectors -= _style_share(vectors, texts)
    parts = (
        _main_axes(vectors - vectors.mean(axis=0), _MEANINGS),
        _main_axes(_counted(texts), _WORDS),
        _fields([row[2] for row in letters]),
    )
    return unit(np.hstack([unit(part) for part in parts]))


def _main_axes(rows: Floats, most: int) -> Floats:
    """`rows` along the axes in which they, or of many an even sample, differ most (singular value decomposition, by products of rows)."""
    sample = rows[:: -(-len(rows) // _SAMPLE)]
    values, axes = np.linalg.eigh(sample @ sample.T)
    kept = values[::-1][:most] > 1e-9
    directions = sample.T @ (axes[:, ::-1][:, :most][:, kept] / np.sqrt(values[::-1][:most][kept]))
    return np.asarray(rows @ directions, np.float64)


def _counted(texts: Sequence[str]) -> Floats:
    """TF-IDF of words and pairs of words, each row of length 1 or all zero."""
    stop = frozenset(fold(read_table("assistant.insight", "theme-stop-words.yaml")["words"]).split())
    counts = [Counter(_words(text, stop)) for text in texts]
    having = Counter(word for one in counts for word in one)
    most = _COMMON * len(texts)
    usual = sorted((word for word, number in having.items() if _FEWEST <= number <= most), key=lambda word: (-having[word], word))
    columns = {word: place for place, word in enumerate(usual[:_VOCABULARY])}
    rows = np.zeros((len(texts), max(1, len(columns))))
    for row, one in zip(rows, counts, strict=True):
        for word in one.keys() & columns.keys():
            row[columns[word]] = (1 + log(one[word])) * (1 + log((1 + len(texts)) / (1 + having[word])))
    return unit(rows)


def _words(text: str, stop: frozenset[str]) -> list[str]:
    found = [word for word in words(fold(text)) if word.isalpha() and len(word) > 1 and word not in stop]
    return [*found, *(f"{one} {other}" for one, other in pairwise(found))]


def _fields(rows: Sequence[tuple[tuple[str, float], ...]]) -> Floats:
    names = {name: place for place, name in enumerate(sorted({name for row in rows for name, _ in row}))}
    fields = np.zeros((len(rows), max(1, len(names))))
    for place, row in enumerate(rows):
        for name, probability in row:
            fields[place, names[name]] = probability
    return fields


def _style_share(vectors: Floats, texts: Sequence[str]) -> Floats:
    """What of the vectors follows from how the texts are written (ridge regression)."""
    style = np.array([_style(text) for text in texts])
    style = (style - style.mean(axis=0)) / np.maximum(style.std(axis=0), 1e-9)
    inner = style.T @ style + _STYLE_PENALTY * np.eye(style.shape[1])
    return np.asarray(style @ np.linalg.solve(inner, style.T @ vectors), np.float64)


def _style(text: str) -> tuple[float, ...]:
    length = log(1 + len(text))
    capitals = sum(map(str.isupper, text)) / max(1, len(text))
    return (float(is_accented(text)), capitals, length, length**2, float(text[:1].isupper()))


def unit(rows: Floats) -> Floats:
    """Each row at length 1; a row of zeros stays."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float64)
