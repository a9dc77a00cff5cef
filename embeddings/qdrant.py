"""The index on a Qdrant server or cluster: the layout of `embeddings.edge`, behind a URL, open to many processes at once.

A collection is filled under its own name and then put in front of askers by an alias (`swap_alias`), so they never see half of it.

Exercised against a server of the project's own that speaks the REST format over real sockets, with refused connections,
failing answers and wrong keys. Not exercised, because no Qdrant server was at hand: a real server, TLS, gRPC, several shards
(each counts its own IDF) and replicas, dense search by HNSW (approximate in large collections), the optimiser of a server
under load, keys that expire.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import SecretStr
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse

from embeddings.errors import IndexMissing, IndexUnreachable
from embeddings.qdrant_server import QdrantServer, Sleep
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

log = logging.getLogger(__name__)

# A point takes some 20 kB of JSON and a server takes 32 MB at once (service.max_request_size_mb in its config.yaml).
_BATCH = 200
# How often and how long `finish` asks whether the server has its index in order.
_SETTLING_PAUSE_S = 1.0
_SETTLING_ATTEMPTS = 600
_CONFLICT = 409

_Answer = TypeVar("_Answer")


class QdrantIndex:
    """A collection on a server; `collection` may be an alias. Making one asks the server nothing.

    A `url` without a port means 6333. Each call raises `IndexUnreachable`, and `IndexMissing` where the collection is gone.
    """

    def __init__(self, url: str, collection: str, api_key: SecretStr | None = None, *, sleep: Sleep = time.sleep) -> None:
        self._server = QdrantServer(url, api_key, sleep)
        self._collection = collection
        self._sleep = sleep

    @classmethod
    def create(
        cls, url: str, collection: str, dimension: int, api_key: SecretStr | None = None, *, sleep: Sleep = time.sleep
    ) -> QdrantIndex:
        """A fresh, empty collection. Raises `IndexUnreachable` also where there is one of that name."""
        index = cls(url, collection, api_key, sleep=sleep)
        if index._exists():
            raise IndexUnreachable(url, f"it has a collection {collection} already")
        index._ask(partial(_create, collection=collection, dimension=dimension))
        for keys, schema in ((KEYWORDS, models.PayloadSchemaType.KEYWORD), (DAYS, models.PayloadSchemaType.INTEGER)):
            for key in keys:
                index._index_payload(key, schema)
        return index

    @classmethod
    def open(cls, url: str, collection: str, api_key: SecretStr | None = None, *, sleep: Sleep = time.sleep) -> QdrantIndex:
        """A collection that is there. Raises `IndexMissing` where there is none."""
        index = cls(url, collection, api_key, sleep=sleep)
        if not index._exists():
            raise IndexMissing(index._server.place(collection))
        return index

    def add(self, entries: Iterable[Entry]) -> None:
        """Adds or replaces entries by passage id and first day in force."""
        for points in _batches(_point(entry) for entry in entries):
            self._upsert(points)

    def finish(self) -> None:
        """Waits until the server has sorted what was added, ten minutes at most; it was durable before."""
        for _ in range(_SETTLING_ATTEMPTS):
            status = self._ask(lambda client: client.get_collection(self._collection)).status
            if status is models.CollectionStatus.RED:
                raise IndexUnreachable(self._server.url, f"its collection {self._collection} is out of order (status red)")
            if status is not models.CollectionStatus.YELLOW:
                return
            self._sleep(_SETTLING_PAUSE_S)
        log.warning("collection still being sorted", extra={"collection": self._collection})

    def search_sparse(self, vector: SparseVector, limit: int, where: SearchFilter) -> list[Found]:
        """See `VectorIndex`."""
        return self._search(_sparse(vector), SPARSE, limit, where) if len(vector.indices) else []

    def search_dense(self, vector: npt.NDArray[np.float32], limit: int, where: SearchFilter) -> list[Found]:
        """See `VectorIndex`."""
        return self._search(vector.tolist(), DENSE, limit, where)

    def count(self) -> int:
        """How many passages there are."""
        return self._ask(lambda client: client.count(self._collection, exact=True)).count

    def close(self) -> None:
        """Gives back the connections."""
        self._server.close()

    def _ask(self, call: Callable[[QdrantClient], _Answer]) -> _Answer:
        return self._server.ask(self._collection, call)

    def _search(self, vector: models.SparseVector | list[float], name: str, limit: int, where: SearchFilter) -> list[Found]:
        # A server refuses a limit of 0.
        if limit < 1:
            return []
        answer = self._ask(
            lambda client: client.query_points(
                self._collection, vector, using=name, query_filter=_filter(where), limit=limit, with_payload=list(FOUND_KEYS)
            )
        )
        return [found(point.payload or {}, point.score) for point in answer.points]

    def _exists(self) -> bool:
        return self._ask(lambda client: client.collection_exists(self._collection))

    def _index_payload(self, key: str, schema: models.PayloadSchemaType) -> None:
        self._ask(lambda client: client.create_payload_index(self._collection, key, schema, wait=True))

    def _upsert(self, points: list[models.PointStruct]) -> None:
        self._ask(lambda client: client.upsert(self._collection, points, wait=True))


def swap_alias(url: str, alias: str, collection: str, api_key: SecretStr | None = None, *, sleep: Sleep = time.sleep) -> str | None:
    """Makes `alias` name `collection`, in one step for all who ask; returns the collection that it named before, if another.

    Raises `IndexMissing` where there is no such collection, and `IndexUnreachable`.
    """
    with QdrantServer(url, api_key, sleep) as server:
        aliases = server.ask(alias, lambda client: client.get_aliases()).aliases
        before = next((one.collection_name for one in aliases if one.alias_name == alias), None)
        if before == collection:
            return None
        actions: list[models.AliasOperations] = []
        if before is not None:
            actions.append(models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=alias)))
        actions.append(models.CreateAliasOperation(create_alias=models.CreateAlias(collection_name=collection, alias_name=alias)))
        server.ask(collection, lambda client: client.update_collection_aliases(actions))
        return before


def remove_collection(url: str, collection: str, api_key: SecretStr | None = None, *, sleep: Sleep = time.sleep) -> None:
    """Removes a collection that serves no more, if it is there. Raises `IndexUnreachable`."""
    with QdrantServer(url, api_key, sleep) as server:
        server.ask(collection, lambda client: client.delete_collection(collection))


def _create(client: QdrantClient, collection: str, dimension: int) -> None:
    try:
        client.create_collection(
            collection,
            vectors_config={DENSE: models.VectorParams(size=dimension, distance=models.Distance.DOT)},
            sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
        )
    except UnexpectedResponse as error:
        # It was not there before: an earlier attempt got through and only its answer was lost.
        if error.status_code != _CONFLICT:
            raise


def _batches(points: Iterable[models.PointStruct]) -> Iterator[list[models.PointStruct]]:
    remaining = iter(points)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _point(entry: Entry) -> models.PointStruct:
    vectors: dict[str, models.Vector] = {}
    if entry.sparse is not None and len(entry.sparse.indices):
        vectors[SPARSE] = _sparse(entry.sparse)
    if entry.dense is not None:
        vectors[DENSE] = entry.dense.tolist()
    return models.PointStruct(id=point_id(entry.passage), vector=vectors, payload=dict(payload_of(entry.passage)))


def _sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=vector.indices.tolist(), values=vector.values.tolist())


def _filter(where: SearchFilter) -> models.Filter | None:
    must: list[models.Condition] = [
        models.FieldCondition(key=key, match=models.MatchAny(any=list(values)))
        for key, values in (("kind", where.kinds), ("document", where.documents), ("topic", where.topics))
        if values is not None
    ]
    if where.as_of is not None:
        day = where.as_of.toordinal()
        must.append(models.FieldCondition(key="since", range=models.Range(lte=day)))
        must.append(models.FieldCondition(key="until", range=models.Range(gt=day)))
    return models.Filter(must=must) if must else None
