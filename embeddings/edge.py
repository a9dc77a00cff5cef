"""The embedded index: a Qdrant Edge shard in one directory, written by one process, then read by any number."""

from __future__ import annotations

import fcntl
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import qdrant_edge as qe

from embeddings.errors import IndexBusy, IndexMissing
from embeddings.vector_index import (
    DAYS,
    DENSE,
    KEYWORDS,
    SPARSE,
    Entry,
    Found,
    SearchFilter,
    SparseVector,
    payload_of,
    point_id,
)

_BATCH = 1000
# The payload stands in one text beside the fields that the engine filters by: reading nine fields of 300 hits took 7 ms, one takes 2,
# and one that was read before none.
_PACKED = "packed"
_PACKED_KEYS = ("passage", "group", "is_question", *KEYWORDS, *DAYS)
_SEPARATOR = "\x1f"
# Payloads remembered; when there are more, remembering begins anew. Some 600 bytes each.
_REMEMBERED = 50_000
# A filter that lets this share of all passages through is applied to the nearest of all: testing every passage inside the
# engine takes longer than comparing it (docs/measurements.md). So many more nearest are asked for then.
_WIDE = 0.5
_SPARE = 1.5
# All passages are compared by 2 bits a number (4.6 ms instead of 20), and so many times more than are asked for again by their
# 16 bits: of the nearest 300 of the codification .998 are the same (docs/measurements.md).
_AGAIN = qe.SearchParams(quantization=qe.QuantizationSearchParams(rescore=True, oversampling=8.0))
# Among the few that a narrow filter leaves, comparing by 16 bits at once is faster.
_EXACT = qe.SearchParams(quantization=qe.QuantizationSearchParams(ignore=True))
# Read from the file's pages as needed: copying the indexes of the codification into memory took 1.1 s at every start.
_MAPPED = qe.Memory.Cached


class EdgeIndex:
    """A shard of Qdrant Edge. Raises `IndexBusy` where another process is writing it, or reads what shall be written."""

    def __init__(self, shard: qe.EdgeShard, lock: IO[bytes]) -> None:
        self._shard, self._lock = shard, lock
        self._shares: dict[SearchFilter, float] = {}
        self._records: dict[qe.PointId, _Record] = {}
        # A question without an answer is searched again for any day: its nearest are known then.
        self._nearest_of_all = lru_cache(maxsize=8)(self._nearest)

    @classmethod
    def create(cls, directory: Path, dimension: int) -> EdgeIndex:
        """A fresh, empty shard in `directory`, which must not hold one."""
        directory.mkdir(parents=True, exist_ok=True)
        config = qe.EdgeConfig(
            vectors={DENSE: qe.EdgeVectorParams(size=dimension, distance=qe.Distance.Dot, datatype=qe.VectorStorageDatatype.Float16)},
            id_tracker_memory=_MAPPED,
            # No graph: building one over half of the codification took three minutes (docs/measurements.md).
            hnsw_config=qe.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10_000),
            quantization_config=qe.TurboQuantQuantizationConfig(bits=qe.TurboQuantBitSize.Bits2, memory=_MAPPED),
            sparse_vectors={SPARSE: qe.EdgeSparseVectorParams(modifier=qe.Modifier.Idf, memory=_MAPPED)},
            # A build that is cut short is thrown away whole, so it needs no log of its own.
            wal_enabled=False,
        )
        with _held(directory, fcntl.LOCK_EX) as lock:
            return cls(qe.EdgeShard.create(str(directory), config), lock)

    @classmethod
    def open(cls, directory: Path) -> EdgeIndex:
        """The finished shard in `directory`, to search only. Raises `IndexMissing` where there is none."""
        if not directory.is_dir():
            raise IndexMissing(str(directory))
        with _held(directory, fcntl.LOCK_SH) as lock:
            return cls(_loaded(directory), lock)

    def add(self, entries: Iterable[Entry]) -> None:
        """Adds or replaces entries by passage id and first day in force."""
        self._shares.clear()
        self._records = {}
        self._nearest_of_all.cache_clear()
        for batch in batches(entries):
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
        return self._search(_Asked(SPARSE, vector.values.tobytes(), vector.indices.tobytes()), limit, where)

    def search_dense(self, vector: npt.NDArray[np.float32], limit: int, where: SearchFilter) -> list[Found]:
        """See `VectorIndex`."""
        return self._search(_Asked(DENSE, vector.tobytes()), limit, where)

    def count(self) -> int:
        """How many passages there are."""
        return self._shard.count(qe.CountRequest(exact=True))

    def close(self) -> None:
        """Gives back files and the lock."""
        self._shard.close()
        self._lock.close()

    def _search(self, asked: _Asked, limit: int, where: SearchFilter) -> list[Found]:
        if self._is_wide(where):
            enough = round(limit * _SPARE)
            nearest = self._nearest_of_all(asked, enough)
            admitted = [one for one in nearest if where.admits(one[0])][:limit]
            if len(admitted) == limit or len(nearest) < enough:
                return [record.found(score) for record, score in admitted]
        return [record.found(score) for record, score in self._nearest(asked, limit, _filter(where))]

    def _nearest(self, asked: _Asked, limit: int, where: qe.Filter | None = None) -> list[tuple[_Record, float]]:
        query, params = qe.Query.Nearest(asked.vector, using=asked.name), _EXACT if where else _AGAIN
        points = self._shard.query(qe.QueryRequest(limit=limit, query=query, filter=where, with_payload=False, params=params))
        # Each look at an id makes it anew.
        scored = [(point.id, point.score) for point in points]
        records = self._known([number for number, _ in scored])
        return [(records[number], score) for number, score in scored]

    def _known(self, points: Sequence[qe.PointId]) -> Mapping[qe.PointId, _Record]:
        """The payloads of these points, and of others, read where they were not remembered."""
        records = self._records if len(self._records) < _REMEMBERED else {}
        missing = [point for point in points if point not in records]
        for one in self._shard.retrieve(missing, with_payload=[_PACKED], with_vector=False) if missing else ():
            records[one.id] = _unpacked((one.payload or {})[_PACKED])
        # Another thread may begin anew meanwhile; this one goes on with the records that it has.
        self._records = records
        return records

    def _is_wide(self, where: SearchFilter) -> bool:
        """Whether most passages are of the kinds, documents and topics wanted; nearly all are in force on any day asked for."""
        lasting = replace(where, as_of=None)
        if lasting not in self._shares:
            wanted = self._shard.count(qe.CountRequest(exact=True, filter=_filter(lasting)))
            self._shares[lasting] = wanted / max(self.count(), 1)
        return self._shares[lasting] >= _WIDE


@dataclass(frozen=True, slots=True)
class _Asked:
    """A vector of 32-bit numbers to search with, as something that can be remembered; `indices` of a sparse one."""

    name: str
    values: bytes
    indices: bytes = b""

    @property
    def vector(self) -> qe.NamedVector:
        """The vector as the engine takes it."""
        values = np.frombuffer(self.values, np.float32).tolist()
        return qe.SparseVector(np.frombuffer(self.indices, np.uint32).tolist(), values) if self.name == SPARSE else values


@dataclass(frozen=True, slots=True)
class _Record:
    """What is stored with a passage: what makes a hit, and what filters ask."""

    passage: str
    group: str
    is_question: bool
    kind: str
    document: str | None
    topic: str | None
    since: int
    until: int
    provisions: tuple[str, ...]

    def found(self, score: float) -> Found:
        """The passage as a hit."""
        return Found(self.passage, self.group, score, self.provisions, self.is_question, self.document)


def is_held(directory: Path) -> bool:
    """Whether a process has the shard in `directory` open."""
    try:
        with _held(directory, fcntl.LOCK_EX) as lock:
            lock.close()
    except IndexBusy:
        return True
    except FileNotFoundError:
        return False
    return False


@contextmanager
def _held(directory: Path, way: int) -> Iterator[IO[bytes]]:
    """The lock of the directory, given back only where the block fails. Raises `IndexBusy`.

    The engine locks its write-ahead log alone, and these shards have none. Readers share (docs/adr/0014-shared-index.md).
    """
    with ExitStack() as on_failure:
        lock = on_failure.enter_context((directory / "owner.lock").open("ab"))
        try:
            fcntl.flock(lock, way | fcntl.LOCK_NB)
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


def batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries in order, so many at a time as the engine takes in at once."""
    remaining = iter(entries)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _point(entry: Entry) -> qe.Point:
    vectors: dict[str, qe.NamedVector] = {}
    if entry.sparse is not None:
        vectors[SPARSE] = _sparse(entry.sparse)
    if entry.dense is not None:
        vectors[DENSE] = entry.dense.tolist()
    payload = payload_of(entry.passage)
    filtered_by = {key: payload[key] for key in (*KEYWORDS, *DAYS)}
    return qe.Point(_number(point_id(entry.passage)), vectors, {**filtered_by, _PACKED: _packed(payload)})


def _number(point: str) -> int:
    """The first 64 bits of a UUID: the engine makes a number at once, a UUID in 3 µs, and there are hundreds in a search."""
    return uuid.UUID(point).int >> 64


def _packed(payload: Mapping[str, Any]) -> str:
    return _SEPARATOR.join([*(str(payload[key] or "") for key in _PACKED_KEYS), *payload["provisions"]])


def _unpacked(packed: str) -> _Record:
    passage, group, is_question, kind, document, topic, since, until, *provisions = packed.split(_SEPARATOR)
    days = int(since or 0), int(until)
    return _Record(passage, group, bool(is_question), kind, document or None, topic or None, *days, tuple(provisions))


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
