from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import fold
from embeddings.lexical import HEADING_WEIGHT, K1, B, Fields, LexicalEncoder, mean_terms, shared_share, term_numbers
from embeddings.vector_index import SparseVector

ENCODER = LexicalEncoder(mean_terms=10.0)
SYLLABLES = st.sampled_from(["người", "lao", "động", "hợp", "đồng", "trả", "lương", "đất", "nhà", "Ủy", "ban", "36"])


def weights(vector: SparseVector) -> dict[int, float]:
    return {int(term): float(weight) for term, weight in zip(vector.indices, vector.values, strict=True)}


def term(text: str) -> int:
    """The number of one syllable, or of the bigram of two different ones."""
    syllables = {number for word in text.split() for number in weights(ENCODER.query(word))}
    terms = set(weights(ENCODER.query(text)))
    (number,) = terms - syllables if " " in text else terms
    return number


@pytest.mark.parametrize(
    ("accented", "typed"),
    [
        ("hợp đồng lao động", "hop dong lao dong"),  # typed without marks
        ("Đất đai", "dat dai"),  # đ is d, capitals do not count
        ("ỦY BAN", "ủy ban"),
        ("hoà giải", "hòa giải"),  # old and new placement of the tone
        ("quyền", unicodedata.normalize("NFD", "quyền")),  # decomposed, as macOS types
        ("Ðiều 5", "điều 5"),  # the Icelandic letter
        ("trả lương, đúng hạn!", "tra luong dung han"),  # punctuation does not count
    ],
)
def test_marks_and_capitals_do_not_matter(accented: str, typed: str) -> None:
    assert weights(ENCODER.query(accented)) == weights(ENCODER.query(typed))
    assert term_numbers([accented]) == term_numbers([typed])


@settings(derandomize=True, deadline=None)
@given(st.lists(SYLLABLES, max_size=30).map(" ".join))
def test_document_and_its_folded_text_have_one_vector(text: str) -> None:
    assert weights(ENCODER.document(Fields("", "", text))) == weights(ENCODER.document(Fields("", "", fold(text))))


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=60))
def test_vectors_are_as_engines_want_them(text: str) -> None:
    for vector in (ENCODER.query(text), ENCODER.document(Fields("", text, text))):
        assert vector.indices.dtype == np.uint32
        assert vector.values.dtype == np.float32
        assert (np.diff(vector.indices.astype(np.int64)) > 0).all()
        assert len(vector.indices) == len(vector.values)
        assert (vector.values > 0).all()


def test_weights_are_those_of_bm25() -> None:
    # Terms of "a b a": a twice, b, "a b", "b a": five, as many as the mean.
    vector = weights(LexicalEncoder(mean_terms=5.0).document(Fields("", "", "a b a")))
    assert vector == {
        term("a"): pytest.approx(2 * (K1 + 1) / (2 + K1)),
        term("b"): pytest.approx(1.0),
        term("a b"): pytest.approx(1.0),
        term("b a"): pytest.approx(1.0),
    }


def test_longer_document_gives_less_weight() -> None:
    vector = weights(LexicalEncoder(mean_terms=2.0).document(Fields("", "", "a b a")))
    assert vector[term("b")] == pytest.approx((K1 + 1) / (1 + K1 * (1 - B + B * 5 / 2)))


def test_heading_counts_several_times() -> None:
    encoder = LexicalEncoder(mean_terms=float(HEADING_WEIGHT))
    assert HEADING_WEIGHT > 1
    assert weights(encoder.document(Fields("", "a", ""))) == {term("a"): pytest.approx(HEADING_WEIGHT * (K1 + 1) / (HEADING_WEIGHT + K1))}


def test_title_counts_once() -> None:
    assert weights(ENCODER.document(Fields("a b", "", ""))) == weights(ENCODER.document(Fields("", "", "a b")))


def test_bigrams_do_not_cross_fields() -> None:
    apart, together = ENCODER.document(Fields("a", "b", "c")), ENCODER.document(Fields("", "", "a b c"))
    assert set(weights(apart)) == {term("a"), term("b"), term("c")}
    assert set(weights(together)) - set(weights(apart)) == {term("a b"), term("b c")}


def test_order_of_words_matters_to_bigrams_only() -> None:
    there, back = set(weights(ENCODER.query("dat nha"))), set(weights(ENCODER.query("nha dat")))
    assert there & back == {term("dat"), term("nha")}


def test_question_counts_each_term_once() -> None:
    assert set(weights(ENCODER.query("phạt phạt phạt")).values()) == {1.0}
    assert len(ENCODER.query("phạt phạt phạt").indices) == 2


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂"])
def test_text_without_words_has_no_terms(text: str) -> None:
    assert weights(ENCODER.query(text)) == {}
    assert weights(ENCODER.document(Fields(text, text, text))) == {}


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([], 1.0),
        ([Fields("", "", "")], 1.0),  # nothing to divide by
        ([Fields("", "", "a b c")], 5.0),
        ([Fields("a", "b c", "d")], 1.0 + HEADING_WEIGHT * 3 + 1.0),
        ([Fields("", "", "a"), Fields("", "", "a b")], 2.0),
    ],
)
def test_mean_is_that_of_weighted_terms(documents: list[Fields], expected: float) -> None:
    assert mean_terms(documents) == pytest.approx(expected)


@settings(derandomize=True, deadline=None)
@given(st.tuples(*[st.lists(SYLLABLES, max_size=8).map(" ".join)] * 3).filter(any))
def test_document_of_mean_length_is_neither_favoured_nor_put_back(texts: tuple[str, str, str]) -> None:
    fields = Fields(*texts)
    vector = LexicalEncoder(mean_terms([fields])).document(fields)
    # With the length at the mean, a weight depends on the count alone.
    counts = {round(count * (K1 + 1) / (count + K1), 4) for count in range(1, 200)}
    assert {round(float(weight), 4) for weight in vector.values} <= counts


@pytest.mark.parametrize(
    ("question", "document", "share"),
    [("a b", "a b", 1.0), ("a b", "b a", 2 / 3), ("a", "b", 0.0), ("", "a", 0.0), ("a", "", 0.0)],
)
def test_shared_share_is_of_the_terms_of_the_question(question: str, document: str, share: float) -> None:
    assert shared_share(ENCODER.query(question), ENCODER.query(document)) == pytest.approx(share)
