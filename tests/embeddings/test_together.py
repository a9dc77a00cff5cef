"""Encoding together: everybody gets the vector of the own text, whoever encodes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import numpy as np
import pytest

from embeddings.encoder import Vectors
from embeddings.together import Together


class Numbers:
    """Encodes a number as itself; the first batch waits until it may go on; remembers batches."""

    def __init__(self, fails_on: str = "") -> None:
        self.batches: list[list[str]] = []
        self.may_go, self.began = Event(), Event()
        self._fails_on = fails_on

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        self.began.set()
        self.may_go.wait(10)
        if self._fails_on in texts[:1]:
            raise ValueError(texts[0])
        return np.array([[float(text)] for text in texts], np.float32)


def asked_at_once(together: Together, encoder: Numbers, texts: Sequence[str]) -> list[float]:
    """The vectors of `texts`, all asked while "0" is being encoded."""
    found: dict[str, float] = {}
    first = Thread(target=together.vector, args=("0",))
    first.start()
    encoder.began.wait(10)
    with ThreadPoolExecutor(len(texts)) as pool:
        asked = {text: pool.submit(together.vector, text) for text in texts}
        while len(together) < len(texts):
            pass
        encoder.may_go.set()
        found = {text: float(one.result()[0]) for text, one in asked.items()}
    first.join()
    return [found[text] for text in texts]


def test_everybody_gets_the_own_vector() -> None:
    encoder = Numbers()
    texts = [str(number) for number in range(1, 21)]
    assert asked_at_once(Together(encoder), encoder, texts) == [float(text) for text in texts]
    assert sorted(text for batch in encoder.batches for text in batch) == sorted(["0", *texts])


def test_who_waits_is_encoded_in_one_batch_of_at_most_eight() -> None:
    encoder = Numbers()
    asked_at_once(Together(encoder), encoder, [str(number) for number in range(1, 18)])
    assert [len(batch) for batch in encoder.batches] == [1, 8, 8, 1]


def test_a_failure_is_told_to_who_encoded_and_the_others_are_encoded_anew() -> None:
    encoder = Numbers(fails_on="0")
    together = Together(encoder)
    encoder.may_go.set()
    with pytest.raises(ValueError, match="0"):
        together.vector("0")
    assert float(together.vector("1")[0]) == 1.0
    assert len(together) == 0
