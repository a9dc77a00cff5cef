"""An index in memory that compares with every entry: the measure for the other indexes, and enough for a few thousand passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log

import numpy as np
import numpy.typing as npt

from corpus.types import Passage
from embeddings.vector_index import Entry, Found, SearchFilter, SparseVector, found, payload_of, point_id

Weights = npt.NDArray[np.float64]


class ExactIndex:
    """Keeps entries in a dictionary; ties are ordered by passage id.

    Engines agree with it up to float32, with two exceptions: dense search of large indexes is approximate there, and
    entries that were replaced count in their IDF until `finish`.
    """

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        """Adds or replaces entries by passage id and first day in force."""
        self._entries |= {point_id(entry.passage): entry for entry in entries}

    def finish(self) -> None:
        """Nothing: there is no file."""

    def search_sparse(self, vector: SparseVector, limit: int, where: SearchFilter) -> list[Found]:
        """See `VectorIndex`."""
        documents = [(entry, entry.sparse) for entry in self._entries.values() if entry.sparse is not None and len(entry.sparse.indices)]
        query = vector.values.astype(np.float64) * _idf(vector.indices, [sparse for _, sparse in documents])
        shared = ((entry, _shared(vector.indices, sparse)) for entry, sparse in documents)
        return _best([(entry, float(weights @ query)) for entry, weights in shared if weights.any()], limit, where)

    def search_dense(self, vector: npt.NDArray[np.float32], limit: int, where: SearchFilter) -> list[Found]:
        """See `VectorIndex`."""
        scores = [(entry, float(np.dot(entry.dense, vector))) for entry in self._entries.values() if entry.dense is not None]
        return _best(scores, limit, where)

    def count(self) -> int:
        """How many passages there are."""
        return len(self._entries)

    def close(self) -> None:
        """Nothing: there is no file."""


def idf(documents: int, holding: int) -> float:
    """The inverse document frequency of a term that `holding` of `documents` hold: ln((N - n + .5) / (n + .5) + 1).

    Qdrant counts as N the sparse vectors of that name that are not empty, as n those with the term; filters change neither.
    Source: `fancy_idf` in lib/segment/src/data_types/query_context.rs and `fill_global_idf_statistics` in
    lib/segment/src/index/sparse_index/sparse_vector_index of github.com/qdrant/qdrant.
    """
    return log((documents - holding + 0.5) / (holding + 0.5) + 1)


def _idf(terms: npt.NDArray[np.uint32], documents: list[SparseVector]) -> Weights:
    holding = sum((np.isin(terms, document.indices).astype(int) for document in documents), np.zeros(len(terms), int))
    return np.array([idf(len(documents), int(count)) for count in holding], np.float64)


def _shared(terms: npt.NDArray[np.uint32], document: SparseVector) -> Weights:
    """The weight that `document` gives to each of `terms`, 0 where it lacks it."""
    places = np.searchsorted(document.indices, terms).clip(max=len(document.indices) - 1)
    return np.where(document.indices[places] == terms, document.values[places], 0.0).astype(np.float64)


def _best(scores: list[tuple[Entry, float]], limit: int, where: SearchFilter) -> list[Found]:
    allowed = _allows(where)
    kept = sorted(((-score, entry.passage.id, entry) for entry, score in scores if allowed(entry.passage)), key=lambda one: one[:2])
    return [found(dict(payload_of(entry.passage)), -minus) for minus, _, entry in kept[:limit]]


def _allows(where: SearchFilter) -> Callable[[Passage], bool]:
    def allows(passage: Passage) -> bool:
        return (
            (where.as_of is None or passage.validity.covers(where.as_of))
            and (where.kinds is None or passage.kind in where.kinds)
            and (where.documents is None or passage.document in where.documents)
            and (where.topics is None or passage.topic in where.topics)
        )

    return allows
