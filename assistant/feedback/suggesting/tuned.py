"""A second opinion on fields and levels: the bundled encoder with an adapter that was trained on letters, and a linear head over it.

It is asked beside the classifier's own features, and both together are more often right than either (docs/adr/0018). Its file comes from
`eval/tuning.py`. Its network is made when the first text is read: nothing that starts waits for it, and who reads nothing pays nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import numpy as np

from assistant.feedback.suggesting.classify_reading import Floats, calm
from assistant.feedback.suggesting.classify_weights import digest_of
from embeddings.adapter import Adapter
from embeddings.bundled import BundledEncoder
from embeddings.errors import ModelUnavailable

log = logging.getLogger(__name__)

# What the network was trained on; later words of a letter seldom change its field.
TOKENS = 128
# Reading is background work and leaves the other cores to whoever asks.
_THREADS = 1


@dataclass(frozen=True, slots=True)
class Head:
    """One score a value: `weights` (values, 384) times the mean of the last states, and `bias` (values)."""

    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Shares:
    """What both opinions count for in one task: own * the classifier's scores + tuned * these are log-odds, calibrated.

    That is a weighed sum of the logarithms of both probabilities, each with a temperature of its own.
    """

    own: float
    tuned: float


class Tuned:
    """The adapted encoder, its head, and what each task takes of it. `card`: where it comes from, as JSON."""

    def __init__(self, adapter: Adapter, head: Head, shares: Mapping[str, Shares], card: str) -> None:
        self.adapter, self.head, self.shares, self.card = adapter, head, dict(shares), card
        self.version = digest_of(self._stored())

    @classmethod
    def load(cls) -> Self | None:
        """The one shipped with the project; None where there is none."""
        file = files("assistant") / "feedback" / "data" / "tuned.npz"
        return cls.read(file.read_bytes()) if file.is_file() else None

    @classmethod
    def read(cls, content: bytes) -> Self:
        """The one of a file that `save` wrote."""
        with np.load(BytesIO(content)) as stored:
            head = Head(np.asarray(stored["head"], np.float32), np.asarray(stored["bias"], np.float32))
            shares = {task: Shares(*map(float, row)) for task, row in zip(stored["tasks"].tolist(), stored["shares"], strict=True)}
            return cls(Adapter.of(stored), head, shares, str(stored["card"]))

    def save(self, path: Path) -> None:
        """Writes everything to one file."""
        np.savez_compressed(path, **self._stored(), card=np.array(self.card))

    def scores(self, texts: Sequence[str]) -> Floats | None:
        """Scores of all values, of shape (len(texts), values); None where the network cannot run here."""
        if self._encoder is None:
            return None
        means = self._encoder.means_of_queries([calm(text) for text in texts], TOKENS)
        return np.asarray(means @ self.head.weights.T + self.head.bias, np.float32)

    def combined(self, own: Mapping[str, Floats], tuned: Mapping[str, Floats]) -> dict[str, Floats]:
        """Log-odds of the tasks that take something of this opinion, the classifier's own scores of the others."""
        mixed = {task: np.float32(one.own) * own[task] + np.float32(one.tuned) * tuned[task] for task, one in self.shares.items()}
        return {**own, **mixed}

    @cached_property
    def _encoder(self) -> BundledEncoder | None:
        try:
            encoder = BundledEncoder(question_threads=_THREADS, adapter=self.adapter)
            # Whether this CPU can run the network shows when something is asked of it.
            encoder.means_of_queries([""], TOKENS)
        except (ModelUnavailable, ImportError) as error:
            log.warning("tuned_unavailable", extra={"error": type(error).__name__})
            return None
        return encoder

    def _stored(self) -> dict[str, Any]:
        shares = np.array([[one.own, one.tuned] for one in self.shares.values()], np.float32).reshape(-1, 2)
        numbers = {"head": self.head.weights, "bias": self.head.bias, "tasks": np.array(list(self.shares), "U8"), "shares": shares}
        return {**self.adapter.named(), **numbers}
