"""A linear map that brings the vectors of questions near those of what answers them.

The bundled encoder was made for any text in a hundred languages; its cosines crowd, and "nghỉ ngang" lies no nearer to the article on
ending a contract than to its neighbours. A matrix learned from the project's own everyday questions (`python -m eval.projection`) turns and
stretches the space so that questions of one article lie together. It is applied when an index is built and when it is asked:
vectors that were paid for stay as the encoder made them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from embeddings.vector_cache import KnownVectors, Vector

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Projection:
    """`matrix` of shape (dimension, dimension) for vectors of the encoder `encoder`; `questions` and `passages` are their means.

    On disk its numbers have 16 bits.
    """

    encoder: str
    matrix: Floats
    questions: Floats
    passages: Floats

    @classmethod
    def load(cls, path: Path, encoder: str) -> Self | None:
        """The projection in `path`; None if it was made for another encoder or there is no such file."""
        if not path.exists():
            return None
        with np.load(path) as stored:
            if str(stored["encoder"]) != encoder:
                return None
            return cls(encoder, *(np.asarray(stored[name], np.float32) for name in ("matrix", "questions", "passages")))

    def save(self, path: Path) -> None:
        """Writes the projection so that `load` finds it."""
        matrix, questions, passages = self._halves()
        np.savez_compressed(path, encoder=np.array(self.encoder), matrix=matrix, questions=questions, passages=passages)

    @property
    def name(self) -> str:
        """The first 12 digits of the SHA-256 of its numbers: two indexes agree only if theirs is the same."""
        return sha256(b"".join(part.tobytes() for part in self._halves())).hexdigest()[:12]

    def _halves(self) -> tuple[npt.NDArray[np.float16], ...]:
        return tuple(part.astype(np.float16) for part in (self.matrix, self.questions, self.passages))

    def of_question(self, vector: Vector) -> Vector:
        """The unit vector with which a question is searched for."""
        return self._mapped(vector, self.questions)

    def of_passage(self, vector: Vector) -> Vector:
        """The unit vector that stands in the index for a passage."""
        return self._mapped(vector, self.passages)

    def _mapped(self, vector: Vector, mean: Floats) -> Vector:
        mapped = (vector - mean) @ self.matrix
        return np.asarray(mapped / max(float(np.linalg.norm(mapped)), 1e-9), np.float32)


class Projected:
    """Known vectors as they stand in the index; without a projection as they are."""

    def __init__(self, known: KnownVectors, projection: Projection | None) -> None:
        self._known, self._projection = known, projection

    def known(self, passages: Sequence[str]) -> dict[str, Vector]:
        """The vectors there are for these passages."""
        found = self._known.known(passages)
        if self._projection is None:
            return found
        return {passage: self._projection.of_passage(vector) for passage, vector in found.items()}
