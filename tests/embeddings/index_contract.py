"""What every index must do, to be run on each of them; the exact index is the measure of scores."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pytest

from corpus.ids import ProvisionId
from corpus.types import Passage, Validity
from embeddings.exact import ExactIndex
from embeddings.vector_index import Entry, Found, SearchFilter, SparseVector, VectorIndex

DIMENSION = 8
TOLERANCE = 1e-4
ANY = SearchFilter()
FIRST, LAST = date(2021, 1, 1), date(2025, 7, 1)


def sparse(weights: dict[int, float]) -> SparseVector:
    """A sparse vector from weights by term number."""
    terms = sorted(weights)
    return SparseVector(np.array(terms, np.uint32), np.array([weights[term] for term in terms], np.float32))


def unit(*numbers: float) -> npt.NDArray[np.float32]:
    """A dense vector of length 1 and dimension `DIMENSION` in the direction of `numbers`."""
    vector = np.zeros(DIMENSION, np.float32)
    vector[: len(numbers)] = numbers
    # Indexes may keep 16 bits a number: what is compared must be one of these.
    return np.asarray(vector / np.linalg.norm(vector), np.float16).astype(np.float32)


def passage(
    name: str, validity: Validity | None = None, kind: str = "law", document: str | None = None, topic: str | None = None
) -> Passage:
    """An invented passage; its group is what stands before `#`."""
    provisions = (ProvisionId("1/2021/QH15", "5", "2"), ProvisionId("1/2021/QH15", "5", "2", "đ"))
    return Passage(name, name.partition("#")[0], "", "", validity or Validity(), kind, document, topic, provisions)


def random_entries(seed: int, count: int) -> list[Entry]:
    """Entries of every sort: with and without words and meaning, of several documents, topics and times."""
    chance = random.Random(seed)
    validities = [Validity(), Validity(FIRST), Validity(None, LAST), Validity(FIRST, LAST), Validity(LAST)]
    return [
        Entry(
            passage(
                f"g{number // 3}#{number}",
                chance.choice(validities),
                chance.choice(["law", "procedure"]),
                chance.choice(["1/2021/QH15", "2/2022/ND-CP", None]),
                chance.choice(["đất đai", "lao động", None]),
            ),
            random_sparse(chance, 12) if chance.random() < 0.7 else None,
            unit(*(chance.gauss(0, 1) for _ in range(DIMENSION))) if chance.random() < 0.7 else None,
        )
        for number in range(count)
    ]


def random_sparse(chance: random.Random, most: int) -> SparseVector:
    """Some terms of a small vocabulary, so that texts share them; both ends of the 32 bits occur."""
    vocabulary = [0, 1, 2**32 - 1, 2**31, *range(1000, 1040)]
    return sparse({term: chance.uniform(0.1, 2.0) for term in chance.sample(vocabulary, chance.randint(1, most))})


def filled(index: VectorIndex, entries: Iterable[Entry]) -> VectorIndex:
    """`index` with `entries`, ready to search."""
    index.add(entries)
    index.finish()
    return index


def assert_same(got: Sequence[Found], wanted: Sequence[Found]) -> None:
    """Same hits in the same order, scores within the tolerance."""
    assert [one._replace(score=0.0) for one in got] == [one._replace(score=0.0) for one in wanted]
    assert [one.score for one in got] == pytest.approx([one.score for one in wanted], abs=TOLERANCE)


def names(hits: Iterable[Found]) -> set[str]:
    return {one.passage for one in hits}


ENTRIES = random_entries(seed=7, count=150)
FILTERS = {
    "any": ANY,
    "day before the first": SearchFilter(as_of=date(2020, 12, 31)),
    "first day": SearchFilter(as_of=FIRST),
    "day before the last": SearchFilter(as_of=date(2025, 6, 30)),
    "last day": SearchFilter(as_of=LAST),
    "kind": SearchFilter(kinds=("procedure",)),
    "all kinds": SearchFilter(kinds=("procedure", "law")),
    "no kind": SearchFilter(kinds=()),
    "document": SearchFilter(documents=("2/2022/ND-CP",)),
    "two documents": SearchFilter(documents=("2/2022/ND-CP", "1/2021/QH15")),
    "unknown document": SearchFilter(documents=("9/1999/QH10",)),
    "topic": SearchFilter(topics=("đất đai",)),
    "everything at once": SearchFilter(FIRST, ("law",), ("1/2021/QH15",), ("đất đai", "lao động")),
}


# On which day which of the texts of `test_first_day_counts_and_last_day_does_not` are law; None is any day.
IN_FORCE = {
    date.min: {"ever", "old"},
    date(2020, 12, 31): {"ever", "old"},
    FIRST: {"ever", "old", "law"},
    date(2025, 6, 30): {"ever", "old", "law"},
    LAST: {"ever", "next"},
    date.max: {"ever", "next"},
    None: {"ever", "old", "law", "next"},
}
MakeIndex = Callable[[], VectorIndex]
EXACT = filled(ExactIndex(), ENTRIES)


class IndexContract:
    """Subclass it as `Test…` with a fixture `make_index` of module scope, for fresh, empty ones of dimension `DIMENSION`."""

    @pytest.fixture
    def index(self, make_index: MakeIndex) -> Iterator[VectorIndex]:
        index = make_index()
        yield index
        index.close()

    @pytest.fixture(scope="class")
    @classmethod
    def stocked(cls, make_index: MakeIndex) -> Iterator[VectorIndex]:
        """An index of `ENTRIES`, to be searched only."""
        index = filled(make_index(), ENTRIES)
        yield index
        index.close()

    @pytest.mark.parametrize("where", FILTERS.values(), ids=FILTERS)
    def test_words_are_scored_and_filtered_exactly(self, stocked: VectorIndex, where: SearchFilter) -> None:
        chance = random.Random(1)
        for query in [random_sparse(chance, 6) for _ in range(5)]:
            assert_same(stocked.search_sparse(query, 200, where), EXACT.search_sparse(query, 200, where))

    @pytest.mark.parametrize("where", FILTERS.values(), ids=FILTERS)
    def test_meaning_is_scored_and_filtered_exactly(self, stocked: VectorIndex, where: SearchFilter) -> None:
        for query in (unit(1), unit(0.3, -0.2, 0.9), unit(*[1] * DIMENSION)):
            assert_same(stocked.search_dense(query, 200, where), EXACT.search_dense(query, 200, where))

    @pytest.mark.parametrize("where", FILTERS.values(), ids=FILTERS)
    @pytest.mark.parametrize("limit", [1, 4, 20])
    def test_the_best_few_are_filtered_before_they_are_counted(self, stocked: VectorIndex, limit: int, where: SearchFilter) -> None:
        for query in (unit(1), unit(0.3, -0.2, 0.9), unit(-1, 0.5)):
            assert_same(stocked.search_dense(query, limit, where), EXACT.search_dense(query, limit, where))

    def test_first_day_counts_and_last_day_does_not(self, index: VectorIndex) -> None:
        times = {"ever": Validity(), "old": Validity(None, LAST), "law": Validity(FIRST, LAST), "next": Validity(LAST)}
        filled(index, [Entry(passage(name, validity), sparse({5: 1.0}), unit(1)) for name, validity in times.items()])
        for day, expected in IN_FORCE.items():
            where = SearchFilter(as_of=day)
            assert names(index.search_sparse(sparse({5: 1.0}), 9, where)) == expected, day
            assert names(index.search_dense(unit(1), 9, where)) == expected, day

    def test_filters_leave_the_rarity_of_words_alone(self, stocked: VectorIndex) -> None:
        query = sparse({1000: 1.0, 1001: 2.0})
        scores = {one.passage: one.score for one in stocked.search_sparse(query, 200, ANY)}
        kept = stocked.search_sparse(query, 200, SearchFilter(kinds=("law",)))
        assert kept
        assert [one.score for one in kept] == pytest.approx([scores[one.passage] for one in kept], abs=TOLERANCE)

    def test_entry_with_the_same_passage_is_replaced(self, index: VectorIndex) -> None:
        old = [Entry(passage(name), sparse({1: 1.0, 2: 1.0}), unit(1)) for name in "abc"]
        filled(index, old)
        fresh = Entry(replace(passage("b"), topic="lao động"), sparse({3: 1.0}), unit(0, 1))
        filled(index, [fresh])
        exact = filled(ExactIndex(), [old[0], fresh, old[2]])
        assert index.count() == 3
        assert names(index.search_sparse(sparse({1: 1.0}), 9, ANY)) == {"a", "c"}
        assert_same(index.search_sparse(sparse({3: 1.0}), 9, ANY), exact.search_sparse(sparse({3: 1.0}), 9, ANY))
        assert names(index.search_dense(unit(0, 1), 1, SearchFilter(topics=("lao động",)))) == {"b"}

    def test_replacing_entry_takes_vectors_away_that_it_lacks(self, index: VectorIndex) -> None:
        filled(index, [Entry(passage(name), sparse({1: 1.0}), unit(1)) for name in "ab"])
        filled(index, [Entry(passage("b"))])
        assert names(index.search_sparse(sparse({1: 1.0}), 9, ANY)) == {"a"}
        assert names(index.search_dense(unit(1), 9, ANY)) == {"a"}

    def test_same_text_of_two_times_is_two_entries(self, index: VectorIndex) -> None:
        times = [Validity(FIRST, LAST), Validity(LAST)]
        filled(index, [Entry(passage("5#a", validity), sparse({1: 1.0}), unit(1)) for validity in times])
        assert index.count() == 2
        for day in (FIRST, LAST):
            assert names(index.search_sparse(sparse({1: 1.0}), 9, SearchFilter(as_of=day))) == {"5#a"}
            assert names(index.search_dense(unit(1), 9, SearchFilter(as_of=day))) == {"5#a"}

    def test_entry_without_vectors_is_counted_and_not_found(self, index: VectorIndex) -> None:
        filled(index, [Entry(passage("bare")), Entry(passage("words"), sparse({1: 1.0})), Entry(passage("meaning"), None, unit(1))])
        assert index.count() == 3
        assert names(index.search_sparse(sparse({1: 1.0}), 9, ANY)) == {"words"}
        assert names(index.search_dense(unit(-1), 9, ANY)) == {"meaning"}

    def test_text_without_words_does_not_make_words_rarer(self, index: VectorIndex) -> None:
        entries = [Entry(passage("a"), sparse({1: 1.0})), Entry(passage("b"), sparse({2: 1.0}))]
        filled(index, [*entries, Entry(passage("c"), sparse({}))])
        query = sparse({1: 1.0})
        assert_same(index.search_sparse(query, 9, ANY), filled(ExactIndex(), entries).search_sparse(query, 9, ANY))

    def test_empty_index_finds_nothing(self, index: VectorIndex) -> None:
        index.finish()
        assert index.count() == 0
        assert index.search_sparse(sparse({1: 1.0}), 9, ANY) == []
        assert index.search_dense(unit(1), 9, ANY) == []

    def test_question_without_words_or_with_unknown_ones_finds_nothing(self, stocked: VectorIndex) -> None:
        assert stocked.search_sparse(sparse({}), 9, ANY) == []
        assert stocked.search_sparse(sparse({77: 1.0}), 9, ANY) == []

    @pytest.mark.parametrize("limit", [0, 1, 7, 1000])
    def test_limit_keeps_the_best(self, stocked: VectorIndex, limit: int) -> None:
        query = sparse({1000: 1.0, 1001: 1.0, 1002: 1.0})
        assert_same(stocked.search_sparse(query, limit, ANY), EXACT.search_sparse(query, 1000, ANY)[:limit])
        assert_same(stocked.search_dense(unit(1), limit, ANY), EXACT.search_dense(unit(1), 1000, ANY)[:limit])

    def test_adding_nothing_is_no_error(self, index: VectorIndex) -> None:
        filled(index, [])
        assert index.count() == 0
