"""Where the vectors of a generation are kept: beside it on disk, or in a collection of a Qdrant server."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

from embeddings.edge import EdgeIndex, is_held
from embeddings.edge_writing import EdgeWriter
from embeddings.vector_index import IndexWriter, VectorIndex

# The name under which other programs find the serving collection.
ALIAS = "dienhong"
_KEPT_S = 24 * 3600


class VectorEngine(Protocol):
    """Makes, opens and removes the index of a generation, which is known by its folder."""

    def create(self, folder: Path, dimension: int) -> IndexWriter:
        """A fresh, empty index."""
        ...

    def open(self, folder: Path) -> VectorIndex:
        """The index made before. Raises `IndexMissing` and `IndexBusy`."""
        ...

    def serve(self, folder: Path) -> None:
        """Told when the generation becomes the serving one."""
        ...

    def is_used(self, folder: Path) -> bool:
        """Whether a process still asks this generation."""
        ...

    def remove(self, folder: Path) -> None:
        """Gives up what is kept outside the folder; the folder itself is removed by the caller."""
        ...


class EdgeEngine:
    """Embedded: a shard inside the generation's folder, made by one process, read by any number on one machine."""

    def create(self, folder: Path, dimension: int) -> IndexWriter:
        """See `VectorEngine`; `IndexUnfinished` comes from what is done with it."""
        return EdgeWriter(folder / "shard", dimension)

    def open(self, folder: Path) -> VectorIndex:
        """See `VectorEngine`."""
        return EdgeIndex.open(folder / "shard")

    def serve(self, folder: Path) -> None:
        """Nothing to do: the pointer file says it all."""

    def is_used(self, folder: Path) -> bool:
        """Whether a process holds the shard."""
        return is_held(folder / "shard")

    def remove(self, folder: Path) -> None:
        """Nothing is kept outside the folder."""


class QdrantEngine:
    """A server: one collection for each generation, any number of processes; `ALIAS` names the serving one."""

    def __init__(self, url: str, api_key: SecretStr | None = None) -> None:
        self._url, self._api_key = url, api_key

    def create(self, folder: Path, dimension: int) -> IndexWriter:
        """See `VectorEngine`. Raises `IndexUnreachable`."""
        from embeddings.qdrant import QdrantIndex

        return QdrantIndex.create(self._url, _collection(folder), dimension, self._api_key)

    def open(self, folder: Path) -> VectorIndex:
        """See `VectorEngine`. Raises `IndexUnreachable`."""
        from embeddings.qdrant import QdrantIndex

        return QdrantIndex.open(self._url, _collection(folder), self._api_key)

    def serve(self, folder: Path) -> None:
        """Points the alias at the generation's collection."""
        from embeddings.qdrant import swap_alias

        swap_alias(self._url, ALIAS, _collection(folder), self._api_key)

    def is_used(self, folder: Path) -> bool:
        """A server does not say who asks, so a generation is kept for a day: long enough for askers to be started anew."""
        return time.time() - folder.stat().st_mtime < _KEPT_S

    def remove(self, folder: Path) -> None:
        """Drops the collection."""
        from embeddings.qdrant import remove_collection

        remove_collection(self._url, _collection(folder), self._api_key)


def _collection(folder: Path) -> str:
    return f"dienhong-{folder.name}"
