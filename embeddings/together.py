"""Questions that come at the same moment, encoded in one batch: the network then reads its weights once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

from embeddings.encoder import Vectors
from embeddings.vector_cache import Vector

# Eight questions of 32 tokens in one batch take the two cores 33 ms, one takes 9.5 ms (docs/measurements.md); a larger batch would
# let the first of them wait for the last.
_AT_ONCE = 8


@dataclass(slots=True)
class _Waiting:
    text: str
    vector: Vector | None = None


class Together:
    """Gives each caller the vector of its text; whoever's turn it is encodes for all who wait. Any number of threads may call."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._encode = encode
        self._waiting: list[_Waiting] = []
        self._guard, self._turn = Lock(), Lock()

    def __len__(self) -> int:
        """How many texts wait for their turn to come."""
        return len(self._waiting)

    def vector(self, text: str) -> Vector:
        """The vector of `text`. Where encoding fails, who encoded hears of it and the others try anew."""
        mine = _Waiting(text)
        with self._guard:
            self._waiting.append(mine)
        with self._turn:
            if mine.vector is None:
                self._encode_waiting(mine)
        assert mine.vector is not None
        return mine.vector

    def _encode_waiting(self, mine: _Waiting) -> None:
        with self._guard:
            others = [one for one in self._waiting if one is not mine]
            taken, self._waiting = [mine, *others[: _AT_ONCE - 1]], others[_AT_ONCE - 1 :]
        for one, vector in zip(taken, self._encode([one.text for one in taken]), strict=True):
            one.vector = vector
