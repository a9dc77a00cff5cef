"""What every encoder must do, to be run on each of them, and the fake that does it without weights."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence

import numpy as np

from corpus.text import folded_syllables, nfc
from embeddings.encoder import Encoder, Vectors

TEXTS = (
    "Người lao động có quyền đơn phương chấm dứt hợp đồng lao động.",
    "nghi ngang co bi den tien khong",
    "How many days of annual leave do I have?",
    "Sổ đỏ 🏠 bị mất thì làm lại ở đâu?",
    "Điều 36\n1. Người sử dụng lao động có quyền đơn phương chấm dứt hợp đồng trong trường hợp sau đây:\n" * 4,
    "Khoản 2",
)


class HashingEncoder:
    """Syllables hashed into a few dimensions, instead of meaning: like texts have like vectors, at once and always the same."""

    def __init__(self, dimension: int = 32) -> None:
        self._dimension = dimension

    @property
    def name(self) -> str:
        return f"hashing/{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode("query", texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode("passage", texts)

    def _encode(self, prefix: str, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._dimension), np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for syllable in (prefix, *folded_syllables(nfc(text))):
                digest = hashlib.sha256(syllable.encode()).digest()
                vector += np.frombuffer(hashlib.shake_128(digest).digest(self._dimension), np.int8)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def cosines(left: Vectors, right: Vectors) -> list[float]:
    """Row by row, for unit vectors."""
    return [float(cosine) for cosine in (left * right).sum(axis=1)]


class EncoderContract:
    """Subclass it as `Test…` with a fixture `encoder` of class scope."""

    def test_vectors_have_the_promised_form(self, encoder: Encoder) -> None:
        for vectors in (encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS)):
            assert vectors.shape == (len(TEXTS), encoder.dimension)
            assert vectors.dtype == np.float32
            np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)

    def test_no_texts_give_no_vectors(self, encoder: Encoder) -> None:
        assert encoder.encode_queries([]).shape == (0, encoder.dimension)
        assert encoder.encode_passages([]).shape == (0, encoder.dimension)

    def test_a_text_without_words_has_a_vector_too(self, encoder: Encoder) -> None:
        vectors = encoder.encode_queries(["", "   ", "\n", "🙂"])
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)

    def test_order_of_vectors_is_order_of_texts(self, encoder: Encoder) -> None:
        forwards, backwards = encoder.encode_passages(TEXTS), encoder.encode_passages(TEXTS[::-1])
        assert min(cosines(forwards, backwards[::-1])) > 0.999
        assert (forwards @ forwards.T).argmax(axis=1).tolist() == list(range(len(TEXTS)))

    def test_a_text_has_one_vector_whatever_stands_beside_it(self, encoder: Encoder) -> None:
        alone = np.concatenate([encoder.encode_queries([text]) for text in TEXTS])
        assert min(cosines(encoder.encode_queries(TEXTS), alone)) > 0.999

    def test_decomposed_letters_mean_the_same(self, encoder: Encoder) -> None:
        decomposed = [unicodedata.normalize("NFD", text) for text in TEXTS]
        assert min(cosines(encoder.encode_queries(TEXTS), encoder.encode_queries(decomposed))) > 0.999

    def test_questions_and_passages_may_not_be_mixed_up(self, encoder: Encoder) -> None:
        question, other_way = encoder.encode_queries(TEXTS[:1]), encoder.encode_passages(TEXTS[:1])
        assert cosines(question, other_way)[0] < 0.99999

    def test_name_stays_and_says_something(self, encoder: Encoder) -> None:
        assert encoder.name
        assert encoder.name == encoder.name.strip()
