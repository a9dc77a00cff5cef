"""The embedded index: a Qdrant Edge shard in one directory, owned by one process at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
import qdrant_edge as qe

from embeddings.errors import IndexBusy, IndexMissing
from embeddings.vector_index import (
    DAYS,
    DENSE,
    FOUND_KEYS,
    KEYWORDS,
    SPARSE,
    Entry,
    Found,
    SearchFilter,
    SparseVector,
    found,
    payload_of,
    point_id,
)

_BATCH = 1000
# What makes a hit, and what tells whether a filter admits it.
_KEYS = sorted({*FOUND_KEYS, *KEYWORDS, *DAYS})
# A filter that lets this share of all passages through is applied to the nearest of all: testing every passage inside the
# engine takes longer than comparing it (docs/measurements.md). So many more nearest are asked for then.
_WIDE = 0.5
_SPARE = 1.5
# Read from the file's pages as needed: copying the indexes of the codification into memory took 1.1 s at every start.
_MAPPED = qe.Memory.Cached


class EdgeIndex:
    """A shard of Qdrant Edge. Raises `IndexBusy` where another process holds the directory."""

    def __init__(self, shard: qe.EdgeShard, lock: IO[bytes]) -> None:
        self._shard, self._lock = shard, lock
        self._shares: dict[SearchFilter, float] = {}
        # A question without an answer is searched again for any day: its nearest are known then.
        self._nearest_of_all = lru_cache(maxsize=4)(self._nearest_of_all_anew)

    @classmethod
    def create(cls, directory: Path, dimension: int) -> EdgeIndex:
        """A fresh, empty shard in `directory`, which must not hold one."""
        directory.mkdir(parents=True, exist_ok=True)
        config = qe.EdgeConfig(
            vectors={DENSE: qe.EdgeVectorParams(size=dimension, distance=qe.Distance.Dot, datatype=qe.VectorStorageDatatype.Float16)},
            id_tracker_memory=_MAPPED,
            # No graph: comparing a question with all 127,000 passages of the codification takes some 20 ms and is exact,
            # while building a graph over half of them took three minutes (docs/measurements.md).
            hnsw_config=qe.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10_000),
            sparse_vectors={SPARSE: qe.EdgeSparseVectorParams(modifier=qe.Modifier.Idf, memory=_MAPPED)},
            # A build that is cut short is thrown away whole, so it needs no log of its own.
            wal_enabled=False,
        )
        with _held(directory) as lock:
            return cls(qe.EdgeShard.create(str(directory), config), lock)

    @classmethod
    def open(cls, directory: Path) -> EdgeIndex:
        """The shard in `directory`. Raises `IndexMissing` where there is none."""
        if not directory.is_dir():
            raise IndexMissing(str(directory))
        with _held(directory) as lock:
            return cls(_loaded(directory), lock)

    def add(self, entries: Iterable[Entry]) -> None:
        """Adds or replaces entries by passage id and first day in force."""
        self._shares.clear()
        self._nearest_of_all.cache_clear()
        for batch in _batches(entries):
            self._shard.update(qe.UpdateOperation.upsert_points([_point(entry) for entry in batch]))

    def finish(self) -> None:
        """Makes everything added durable and fast to search."""
        self._shard.flush()
        self._shard.optimize()
        # Indexing what filters ask for once everything is in takes half the time of doing it along the way.
        days = qe.IntegerIndexParams(lookup=False, range=True, memory=_MAPPED)
        for key in KEYWORDS:
            self._shard.update(qe.UpdateOperation.create_field_index(key, qe.KeywordIndexParams(memory=_MAPPED)))
        for key in DAYS:
            self._shard.update(qe.UpdateOperation.create_field_index(key, days))
        self._shard.flush()

    def search_sparse(self, vector: SparseVector, limit: int, where: SearchFilter) -> list[Found]:
        """See `VectorIndex`."""
        return _as_found(self._nearest(_sparse(vector), SPARSE, limit, _filter(where)))

    def search_dense(self, vector: npt.NDArray[np.float32], limit: int, where: SearchFilter) -> list[Found]:
        """See `VectorIndex`."""
        if self._is_wide(where):
            asked = round(limit * _SPARE)
            nearest = self._nearest_of_all(vector.tobytes(), asked)
            admitted = [point for point in nearest if where.admits(point.payload or {})]
            if len(admitted) >= limit or len(nearest) < asked:
                return _as_found(admitted[:limit])
        return _as_found(self._nearest(vector.tolist(), DENSE, limit, _filter(where)))

    def count(self) -> int:
        """How many passages there are."""
        return self._shard.count(qe.CountRequest(exact=True))

    def close(self) -> None:
        """Gives back files and the lock."""
        self._shard.close()
        self._lock.close()

    def _nearest(self, vector: qe.NamedVector, name: str, limit: int, where: qe.Filter | None) -> list[qe.ScoredPoint]:
        request = qe.QueryRequest(
            limit=limit,
            query=qe.Query.Nearest(vector, using=name),
            filter=where,
            with_payload=_KEYS,
        )
        return self._shard.query(request)

    def _nearest_of_all_anew(self, vector: bytes, limit: int) -> list[qe.ScoredPoint]:
        return self._nearest(np.frombuffer(vector, np.float32).tolist(), DENSE, limit, None)

    def _is_wide(self, where: SearchFilter) -> bool:
        """Whether most passages are of the kinds, documents and topics wanted; nearly all are in force on any day asked for."""
        lasting = replace(where, as_of=None)
        if lasting not in self._shares:
            wanted = self._shard.count(qe.CountRequest(exact=True, filter=_filter(lasting)))
            self._shares[lasting] = wanted / max(self.count(), 1)
        return self._shares[lasting] >= _WIDE


def is_held(directory: Path) -> bool:
    """Whether a process has the shard in `directory` open."""
    try:
        with _held(directory) as lock:
            lock.close()
    except IndexBusy:
        return True
    except FileNotFoundError:
        return False
    return False


@contextmanager
def _held(directory: Path) -> Iterator[IO[bytes]]:
    """The lock of the directory, given back only where the block fails. Raises `IndexBusy`.

    The engine locks its write-ahead log alone, and these shards have none.
    """
    with ExitStack() as on_failure:
        lock = on_failure.enter_context((directory / "owner.lock").open("ab"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy(str(directory)) from error
        yield lock
        on_failure.pop_all()


def _loaded(directory: Path) -> qe.EdgeShard:
    try:
        return qe.EdgeShard.load(str(directory))
    except Exception as error:
        # The engine raises one plain exception type for everything: no shard, half a shard, another format.
        raise IndexMissing(str(directory)) from error


def _as_found(points: Iterable[qe.ScoredPoint]) -> list[Found]:
    return [found(point.payload or {}, point.score) for point in points]


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    remaining = iter(entries)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _point(entry: Entry) -> qe.Point:
    vectors: dict[str, qe.NamedVector] = {}
    if entry.sparse is not None:
        vectors[SPARSE] = _sparse(entry.sparse)
    if entry.dense is not None:
        vectors[DENSE] = entry.dense.tolist()
    return qe.Point(point_id(entry.passage), vectors, dict(payload_of(entry.passage)))


def _sparse(vector: SparseVector) -> qe.SparseVector:
    return qe.SparseVector(vector.indices.tolist(), vector.values.tolist())


def _filter(where: SearchFilter) -> qe.Filter | None:
    must: list[qe.ConditionType] = [
        qe.FieldCondition(key, match=qe.MatchAny(list(values)))
        for key, values in (("kind", where.kinds), ("document", where.documents), ("topic", where.topics))
        if values is not None
    ]
    if where.as_of is not None:
        day = where.as_of.toordinal()
        must.append(qe.FieldCondition("since", range=qe.RangeFloat(lte=day)))
        must.append(qe.FieldCondition("until", range=qe.RangeFloat(gt=day)))
    return qe.Filter(must=must) if must else None
