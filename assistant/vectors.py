"""The vectors of one encoder: those already paid for, those that come with the project, and how both stand in an index."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import embeddings
from embeddings.build import Chained
from embeddings.projection import Projected, Projection
from embeddings.vector_cache import KnownVectors, PackagedVectors, VectorCache


def packaged_vectors_path() -> Path:
    """Where the vectors of the default corpus lie that come with the project."""
    return _data() / "codes-vectors.npz"


def projection_path() -> Path:
    """Where the projection lies that comes with the project."""
    return _data() / "projection.npz"


def _data() -> Path:
    return Path(embeddings.__file__).parent / "data"


class Vectors:
    """Vectors of the encoder of this name, kept under `home`; None: of no encoder."""

    def __init__(self, home: Path, encoder: str | None) -> None:
        self._home, self._encoder = home, encoder

    @cached_property
    def cache(self) -> VectorCache:
        """Those already paid for."""
        return VectorCache(self._home / "vectors" / f"{(self._encoder or 'none').replace('/', '_')}.sqlite")

    @cached_property
    def packaged(self) -> KnownVectors:
        """Those of the default corpus that come with the project."""
        return PackagedVectors.load(packaged_vectors_path(), self._encoder or "none")

    @cached_property
    def known(self) -> KnownVectors:
        """Those from the cache, then those packaged with the project, as the encoder made them."""
        return Chained(self.cache, self.packaged)

    @cached_property
    def projection(self) -> Projection | None:
        """What brings questions near their answers; None where nothing was learned for this encoder."""
        return Projection.load(projection_path(), self._encoder) if self._encoder else None

    @property
    def space(self) -> str | None:
        """The names of the encoder and the projection: vectors can be compared only if they are of one space."""
        return f"{self._encoder}+{self.projection.name}" if self.projection else self._encoder

    @property
    def indexed(self) -> KnownVectors | None:
        """The known ones as they stand in an index; None without an encoder."""
        return Projected(self.known, self.projection) if self._encoder else None
