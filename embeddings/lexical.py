"""Words as sparse vectors: folded syllables and bigrams of syllables with BM25 weights, one vector for a whole article.

The engine multiplies document weight × IDF × question weight and sums, so the document side holds BM25's saturated term
frequency. Folding (no marks, đ as d) costs nothing on accented questions and saves the unaccented ones. Headings count
more than text, as fields of BM25F do. Constants: docs/measurements.md.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from corpus.text import fold, nfc
from embeddings.vector_index import SparseVector

# BM25 (Robertson and Zaragoza, Foundations and Trends in IR 3:4, 2009).
K1 = 0.7
B = 0.7
HEADING_WEIGHT = 3

_WORD = re.compile(r"[^\W_]+")
_NUMBER_SPACE = 1 << 32
# Multiplier of Knuth's multiplicative hashing: spreads pairs of syllables over 32 bits.
_PAIR_MULTIPLIER = 2654435761

Numbers = npt.NDArray[np.uint64]


@lru_cache(maxsize=50_000)
def _number_of(form: str) -> int:
    return zlib.crc32(fold(form).encode())


class Syllables(dict[str, int]):
    """Form of a syllable in lower case → number of its folded form; fills itself, some 20,000 forms for all law."""

    def __missing__(self, form: str) -> int:
        # What one question made is remembered for the next: folding takes longer than everything else done with a syllable.
        number = _number_of(form)
        self[form] = number
        return number

    def numbers(self, text: str) -> Numbers:
        """The numbers of the syllables of `text` (NFC), in order."""
        return np.array([self[form] for form in _WORD.findall(text.lower())], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Fields:
    """The searchable fields of an article or a procedure; `asked` are everyday questions, which teach no spelling."""

    title: str
    heading: str
    body: str
    asked: str = ""


class LexicalEncoder:
    """Makes sparse vectors; `mean_terms` is the mean weighted number of terms of the documents."""

    def __init__(self, mean_terms: float) -> None:
        self.mean_terms = mean_terms
        self._syllables = Syllables()

    def document(self, fields: Fields) -> SparseVector:
        """BM25 term weights of a document; bigrams do not cross fields."""
        terms, counts = np.unique(_weighted_terms(self._syllables, fields), return_counts=True)
        length = K1 * (1 - B + B * counts.sum() / self.mean_terms)
        return SparseVector(terms.astype(np.uint32), (counts * (K1 + 1) / (counts + length)).astype(np.float32))

    def query(self, text: str) -> SparseVector:
        """Each distinct term of a question, once."""
        terms = np.unique(_terms(self._syllables.numbers(nfc(text))))
        return SparseVector(terms.astype(np.uint32), np.ones(len(terms), dtype=np.float32))


def mean_terms(documents: Iterable[Fields]) -> float:
    """The mean weighted number of terms; 1.0 where there are none."""
    lengths = [_length(*(len(_WORD.findall(text)) for text in (d.title, d.heading, d.body, d.asked))) for d in documents]
    return (float(np.mean(lengths)) if lengths else 0.0) or 1.0


def _length(title: int, heading: int, body: int, asked: int) -> int:
    """Weighted syllables and bigrams of fields with so many syllables."""
    terms = [max(0, 2 * syllables - 1) for syllables in (title, heading, body, asked)]
    return terms[0] + HEADING_WEIGHT * terms[1] + terms[2] + terms[3]


def _weighted_terms(syllables: Syllables, fields: Fields) -> Numbers:
    heading = _terms(syllables.numbers(fields.heading))
    others = [_terms(syllables.numbers(text)) for text in (fields.title, fields.body, fields.asked)]
    return np.concatenate([*others, *[heading] * HEADING_WEIGHT])


def _terms(numbers: Numbers) -> Numbers:
    """Numbers of the syllables and of their bigrams."""
    pairs = (numbers[:-1] * np.uint64(_PAIR_MULTIPLIER) + numbers[1:]) % np.uint64(_NUMBER_SPACE)
    return np.concatenate([numbers, pairs])


def shared_share(question: SparseVector, document: SparseVector) -> float:
    """The share of the question's terms that the document holds, 0 to 1."""
    if not len(question.indices):
        return 0.0
    return float(np.isin(question.indices, document.indices).mean())


def term_numbers(texts: Sequence[str]) -> list[frozenset[int]]:
    """The distinct term numbers of each text, for matching in memory."""
    syllables = Syllables()
    return [frozenset(_terms(syllables.numbers(nfc(text))).tolist()) for text in texts]
