"""The port for dense encoders: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit-length vectors; questions and passages may be treated differently."""

    @property
    def name(self) -> str:
        """Identifies weights and pipeline; vectors with different names must not be mixed."""
        ...

    @property
    def dimension(self) -> int:
        """Length of one vector."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1, in the order given."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Like `encode_queries`, for passages."""
        ...
