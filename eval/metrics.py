"""Figures for rankings, and how sure they are.

A ranking is a sequence of ids, best first; a repeated id counts, and takes a place, only where it first stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.errors import NothingJudged


@dataclass(frozen=True, slots=True)
class Interval:
    """A range that a figure lies in; `low` and `high` included."""

    low: float
    high: float


def recall(ranking: Sequence[str], gold: Collection[str], k: int) -> float:
    """The share of `gold` among the first `k` of `ranking`, 0 to 1. Raises `NothingJudged` where gold is empty."""
    wanted = set(gold)
    if not wanted:
        raise NothingJudged(f"recall@{k}")
    return len(wanted.intersection(_first(ranking, k))) / len(wanted)


def reciprocal_rank(ranking: Sequence[str], gold: Collection[str], k: int = 10) -> float:
    """1 / rank of the first gold id among the first `k`, rank from 1; 0 where none is. Raises `NothingJudged` where gold is empty."""
    wanted = set(gold)
    if not wanted:
        raise NothingJudged(f"mrr@{k}")
    ranks = (rank for rank, found in enumerate(_first(ranking, k), start=1) if found in wanted)
    return next((1 / rank for rank in ranks), 0.0)


def ndcg(ranking: Sequence[str], gains: Mapping[str, float], k: int = 10) -> float:
    """Discounted gain of the first `k` over that of the best possible ranking, 0 to 1.

    The gain at rank r, from 1, is divided by log2(r + 1) (Järvelin and Kekäläinen, ACM TOIS 2002, as trec_eval has it:
    gains are linear). Ids without gain, or with one that is not above 0, give nothing. Raises `NothingJudged` where no gain is above 0.
    """
    positive = {found: gain for found, gain in gains.items() if gain > 0}
    if not positive:
        raise NothingJudged(f"ndcg@{k}")
    reached = _discounted(positive.get(found, 0.0) for found in _first(ranking, k))
    return reached / _discounted(sorted(positive.values(), reverse=True)[:k])


def binary_gains(gold: Iterable[str]) -> dict[str, float]:
    """Gain 1 for each id of `gold`."""
    return dict.fromkeys(gold, 1.0)


def per_question(
    rankings: Mapping[str, Sequence[str]],
    gold: Mapping[str, Collection[str]],
    figure: Callable[[Sequence[str], Collection[str]], float],
) -> list[float]:
    """One value for each question of `gold`, in its order; a question without ranking is judged on an empty one."""
    return [figure(rankings.get(question, ()), wanted) for question, wanted in gold.items()]


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean. Raises `NothingJudged` where there is no value."""
    if not values:
        raise NothingJudged("mean")
    return math.fsum(values) / len(values)


def bootstrap_interval(values: Sequence[float], rng: np.random.Generator, resamples: int = 1000, level: float = 0.95) -> Interval:
    """The percentile bootstrap interval of the mean of `values` (Efron and Tibshirani 1993, chapter 13).

    `level` is the share of resampled means inside. Raises `NothingJudged` where there is no value.
    """
    if not values:
        raise NothingJudged("bootstrap interval")
    drawn = rng.integers(len(values), size=(resamples, len(values)))
    means = np.asarray(values, dtype=np.float64)[drawn].mean(axis=1)
    low, high = np.percentile(means, [50 * (1 - level), 50 * (1 + level)])
    return Interval(float(low), float(high))


def p95(values: Sequence[float]) -> float:
    """The 95th percentile, linear between neighbours. Raises `NothingJudged` where there is no value."""
    if not values:
        raise NothingJudged("p95")
    return float(np.percentile(np.asarray(values, dtype=np.float64), 95))


def _first(ranking: Sequence[str], k: int) -> list[str]:
    return list(dict.fromkeys(ranking))[:k]


def _discounted(gains: Iterable[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
