from __future__ import annotations

from math import log

import pytest

from embeddings.exact import ExactIndex, idf
from embeddings.vector_index import Entry
from tests.embeddings.index_contract import ANY, IndexContract, MakeIndex, filled, passage, sparse, unit


@pytest.fixture(scope="module")
def make_index() -> MakeIndex:
    return ExactIndex


class TestExactIndex(IndexContract):
    pass


@pytest.mark.parametrize(
    ("documents", "holding", "expected"),
    [
        (3, 1, log(2.5 / 1.5 + 1)),
        (3, 3, log(0.5 / 3.5 + 1)),  # a word of every text still counts something
        (0, 0, log(2.0)),
        (118_000, 1, log(117_999.5 / 1.5 + 1)),
    ],
)
def test_idf_is_that_of_qdrant(documents: int, holding: int, expected: float) -> None:
    assert idf(documents, holding) == pytest.approx(expected)


def test_score_of_words_is_the_sum_of_weight_times_idf_times_weight() -> None:
    entries = [
        Entry(passage("a"), sparse({1: 2.0, 2: 0.5})),
        Entry(passage("b"), sparse({2: 1.0, 3: 9.0})),
        Entry(passage("c"), None, unit(1)),
    ]
    hits = filled(ExactIndex(), entries).search_sparse(sparse({1: 1.0, 2: 3.0}), 9, ANY)
    once_of_two, both_of_two = log(1.5 / 1.5 + 1), log(0.5 / 2.5 + 1)
    assert [hit.passage for hit in hits] == ["a", "b"]
    assert [hit.score for hit in hits] == pytest.approx([2.0 * once_of_two + 3.0 * 0.5 * both_of_two, 3.0 * 1.0 * both_of_two])


def test_ties_are_ordered_by_passage() -> None:
    index = filled(ExactIndex(), [Entry(passage(name), sparse({1: 1.0}), unit(1)) for name in "bca"])
    assert [hit.passage for hit in index.search_sparse(sparse({1: 1.0}), 2, ANY)] == ["a", "b"]
    assert [hit.passage for hit in index.search_dense(unit(1), 9, ANY)] == ["a", "b", "c"]
