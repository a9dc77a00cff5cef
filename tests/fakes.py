"""Doubles of parts that are heavy or far away; each keeps the contract of what it stands for."""

from __future__ import annotations

import errno
import time
from collections.abc import Sequence

import numpy as np

from corpus.text import fold
from embeddings.encoder import Vectors
from tests.embeddings.encoder_contract import HashingEncoder

# How much of a vector is about the syllables rather than about themes.
_NOISE = 0.2


class ThemeEncoder:
    """Says two texts mean the same where they speak of the same theme: each theme is a tuple of folded words or phrases."""

    def __init__(self, *themes: tuple[str, ...]) -> None:
        self._themes = themes
        self._noise = HashingEncoder()

    @property
    def name(self) -> str:
        return f"themes/{len(self._themes)}"

    @property
    def dimension(self) -> int:
        return len(self._themes) + self._noise.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._themed(texts, self._noise.encode_queries(texts))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._themed(texts, self._noise.encode_passages(texts))

    def _themed(self, texts: Sequence[str], noise: Vectors) -> Vectors:
        themes = [[float(any(word in fold(text) for word in theme)) for theme in self._themes] for text in texts]
        vectors = np.hstack([np.array(themes, np.float32).reshape(len(texts), len(self._themes)), noise * _NOISE])
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


class FullDiskEncoder(HashingEncoder):
    """Encodes `calls` batches of passages and then finds the disk full."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self._calls = calls

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if self._calls < 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._calls -= 1
        return super().encode_passages(texts)


class SlowEncoder(HashingEncoder):
    """Takes `pause_s` for each batch of passages, as weights would, and counts the passages it was asked for."""

    def __init__(self, pause_s: float = 0.0) -> None:
        super().__init__()
        self._pause_s = pause_s
        self.encoded = 0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self._pause_s)
        self.encoded += len(texts)
        return super().encode_passages(texts)
