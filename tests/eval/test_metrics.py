"""Figures for rankings against values worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import NothingJudged
from eval.metrics import binary_gains, bootstrap_interval, mean, ndcg, p95, per_question, recall, reciprocal_rank

_IDS = st.text("abcdefgh", min_size=1, max_size=2)
_GOLD = st.sets(_IDS, min_size=1, max_size=12)
_RANKING = st.lists(_IDS, max_size=30)
_K = st.integers(1, 15)


@pytest.mark.parametrize(
    ("ranking", "gold", "k", "expected", "why"),
    [
        (["a", "x", "b"], {"a", "b", "c"}, 3, 2 / 3, "two of three found"),
        (["a", "x", "b"], {"a", "b", "c"}, 2, 1 / 3, "b is beyond k"),
        (["x", "y"], {"a"}, 5, 0.0, "none found"),
        ([], {"a"}, 5, 0.0, "no result counts 0"),
        (["a", "a", "b"], {"a", "b"}, 2, 1.0, "a repeated id takes no place"),
    ],
)
def test_recall_is_the_share_of_gold_among_the_first_k(ranking: list[str], gold: set[str], k: int, expected: float, why: str) -> None:
    assert recall(ranking, gold, k) == pytest.approx(expected), why


@pytest.mark.parametrize(
    ("ranking", "gold", "expected", "why"),
    [
        (["a"], {"a"}, 1.0, "first"),
        (["x", "y", "b", "a"], {"a", "b"}, 1 / 3, "the better of two gold ids counts"),
        (["x"] * 3 + ["a"], {"a"}, 1 / 2, "a repeated id takes no place"),
        ([f"x{rank}" for rank in range(9)] + ["a"], {"a"}, 1 / 10, "rank 10 is inside"),
        ([f"x{rank}" for rank in range(10)] + ["a"], {"a"}, 0.0, "rank 11 is outside"),
        ([], {"a"}, 0.0, "no result counts 0"),
    ],
)
def test_reciprocal_rank_is_that_of_the_first_gold_id_within_ten(ranking: list[str], gold: set[str], expected: float, why: str) -> None:
    assert reciprocal_rank(ranking, gold) == pytest.approx(expected), why


@pytest.mark.parametrize(
    ("ranking", "gains", "k", "expected", "why"),
    [
        (["x", "a"], {"a": 1.0}, 10, 1 / math.log2(3), "one gold id at rank 2: 1 / log2 3 over 1"),
        (["a", "x", "b"], {"a": 1.0, "b": 1.0}, 10, 1.5 / (1 + 1 / math.log2(3)), "ranks 1 and 3: (1 + 1/2) over (1 + 1 / log2 3)"),
        (["b", "a"], {"a": 3.0, "b": 1.0}, 10, (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)), "graded, the lesser first"),
        (["a"], {"a": 1.0, "b": 1.0}, 1, 1.0, "the best ranking is cut at k too"),
        (["z", "a"], {"a": 1.0, "z": -1.0}, 10, 1 / math.log2(3), "a gain below 0 is none"),
        ([], {"a": 1.0}, 10, 0.0, "no result counts 0"),
    ],
)
def test_ndcg_discounts_by_log2_of_rank_and_one(ranking: list[str], gains: dict[str, float], k: int, expected: float, why: str) -> None:
    assert ndcg(ranking, gains, k) == pytest.approx(expected), why


@given(_RANKING, _GOLD, _K)
def test_figures_stay_between_0_and_1(ranking: list[str], gold: set[str], k: int) -> None:
    figures = (recall(ranking, gold, k), reciprocal_rank(ranking, gold, k), ndcg(ranking, binary_gains(gold), k))
    assert all(0 <= figure <= 1 + 1e-12 for figure in figures)


@given(st.dictionaries(_IDS, st.floats(0.1, 5), min_size=1, max_size=10), _K)
def test_perfect_ranking_has_1(gains: dict[str, float], k: int) -> None:
    best = sorted(gains, key=lambda found: -gains[found])
    assert ndcg(best, gains, k) == pytest.approx(1)
    assert reciprocal_rank(best, gains, k) == 1
    assert recall(best, gains, len(gains)) == 1


@given(_RANKING, _GOLD, _K)
def test_recall_never_falls_with_k(ranking: list[str], gold: set[str], k: int) -> None:
    assert recall(ranking, gold, k) <= recall(ranking, gold, k + 1)


def test_question_without_result_counts_0_in_the_mean() -> None:
    gold = {"q1": {"a"}, "q2": {"b"}, "q3": {"c"}, "q4": {"d"}}
    values = per_question({"q1": ["a"], "q2": ["x", "b"], "q3": []}, gold, reciprocal_rank)
    assert values == [1, 0.5, 0, 0]
    assert mean(values) == pytest.approx(0.375)


def test_p95_lies_between_neighbours() -> None:
    # Place 0.95 * 4 = 3.8 among five sorted values: 40 + 0.8 * (50 - 40).
    assert p95([50.0, 10.0, 20.0, 40.0, 30.0]) == pytest.approx(48)


def test_interval_of_equal_values_is_that_value() -> None:
    interval = bootstrap_interval([0.25] * 20, np.random.default_rng(0))
    assert (interval.low, interval.high) == (0.25, 0.25)


def test_interval_depends_on_the_seed_alone() -> None:
    values = [0.0, 1.0, 0.5, 1.0, 0.0, 0.25]
    first, second, other = (bootstrap_interval(values, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert first == second
    assert first != other


def test_interval_is_near_that_of_the_normal_law() -> None:
    values = [0.0, 1.0] * 200
    interval = bootstrap_interval(values, np.random.default_rng(0))
    # Standard error .5 / sqrt(400) = .025, times 1.96.
    assert interval.low == pytest.approx(0.5 - 0.049, abs=0.006)
    assert interval.high == pytest.approx(0.5 + 0.049, abs=0.006)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(0, 5))
def test_interval_lies_within_the_values(values: list[float], seed: int) -> None:
    interval = bootstrap_interval(values, np.random.default_rng(seed))
    assert min(values) - 1e-9 <= interval.low <= interval.high <= max(values) + 1e-9


@pytest.mark.parametrize(
    "figure",
    [
        lambda: recall(["a"], set(), 5),
        lambda: reciprocal_rank(["a"], set()),
        lambda: ndcg(["a"], {"a": 0.0}),
        lambda: mean([]),
        lambda: p95([]),
        lambda: bootstrap_interval([], np.random.default_rng(0)),
    ],
)
def test_figure_over_nothing_is_an_error_and_not_0(figure: Callable[[], object]) -> None:
    with pytest.raises(NothingJudged):
        figure()
