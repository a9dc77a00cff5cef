"""The bundled encoder against the same weights run by sentence-transformers, on the same passages in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from embeddings.bundled import BundledEncoder
from embeddings.encoder import Encoder, Vectors
from embeddings.sentence_transformer import SentenceTransformerEncoder, bundled_as_sentence_transformer

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class EncoderComparison:
    """Passages a second (median of the rounds) of both, and the smallest cosine between their vectors of one passage."""

    passages: int
    mean_chars: float
    bundled_per_s: float
    peer_per_s: float
    smallest_cosine: float
    query_ms: float

    def table(self) -> str:
        """The figures for people."""
        return "\n".join(
            [
                f"{self.passages} passages of {self.mean_chars:.0f} characters on average, {_ROUNDS} alternating rounds, median",
                f"bundled (OpenVINO):                    {self.bundled_per_s:7.1f} passages/s",
                f"sentence-transformers (torch float32): {self.peer_per_s:7.1f} passages/s",
                f"ratio {self.bundled_per_s / self.peer_per_s:.1f}, smallest cosine {self.smallest_cosine:.5f}",
                f"one question (bundled): {self.query_ms:.1f} ms",
            ]
        )


def compared_encoders(passages: Sequence[str], clock: Callable[[], float] = time.perf_counter) -> EncoderComparison:
    """Both encoders on the same passages, in turns."""
    bundled = BundledEncoder()
    with TemporaryDirectory() as folder:
        peer = SentenceTransformerEncoder(bundled_as_sentence_transformer(Path(folder)))
    encoders: tuple[Encoder, Encoder] = (bundled, peer)
    vectors = [encoder.encode_passages(passages[:32]) for encoder in encoders]
    seconds: list[list[float]] = [[], []]
    for _ in range(_ROUNDS):
        for place, encoder in enumerate(encoders):
            vectors[place], taken = _timed(encoder, passages, clock)
            seconds[place].append(taken)
    rates = [len(passages) / float(np.median(times)) for times in seconds]
    cosines = (vectors[0] * vectors[1]).sum(axis=1)
    return EncoderComparison(
        len(passages),
        float(np.mean([len(text) for text in passages])),
        rates[0],
        rates[1],
        float(cosines.min()),
        _query_ms(bundled, clock),
    )


def _timed(encoder: Encoder, passages: Sequence[str], clock: Callable[[], float]) -> tuple[Vectors, float]:
    started = clock()
    vectors = encoder.encode_passages(passages)
    return vectors, clock() - started


def _query_ms(encoder: Encoder, clock: Callable[[], float]) -> float:
    times = []
    for number in range(50):
        started = clock()
        encoder.encode_queries([f"người lao động nghỉ việc phải báo trước bao nhiêu ngày, lần {number}"])
        times.append((clock() - started) * 1000)
    return float(np.median(times))
