"""How well search finds the articles that answer, for questions typed well and typed badly."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from eval.errors import NothingJudged
from eval.metrics import Interval, binary_gains, bootstrap_interval, mean, ndcg, p95, per_question, recall, reciprocal_rank
from eval.perturb import Variant, perturbed, question_rng
from eval.sets import Question

Search = Callable[[str], Sequence[str]]
"""Article ids for a question, best first, up to 50."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure over the judged questions, 0 to 1, and its 95 % bootstrap interval."""

    name: str
    mean: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class VariantReport:
    """The figures for one way of typing; `n` judged questions, `p95_ms` the time of one search in milliseconds."""

    variant: Variant
    n: int
    measures: tuple[Measure, ...]
    p95_ms: float

    def measure(self, name: str) -> Measure:
        """The measure `name`, for instance `ndcg@10`. Raises `NothingJudged` where there is none."""
        for measure in self.measures:
            if measure.name == name:
                return measure
        raise NothingJudged(name)


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """The figures for each way of typing, in the order in which they were asked for."""

    variants: tuple[VariantReport, ...]

    def to_json(self) -> dict[str, dict[str, float]]:
        """Figures by variant, ready for `json.dumps`: n, recall@1, recall@5, recall@10, recall@50, mrr@10, ndcg@10, p95_ms."""
        return {
            report.variant.value: {
                "n": report.n,
                **{measure.name: measure.mean for measure in report.measures},
                "p95_ms": report.p95_ms,
            }
            for report in self.variants
        }

    def table(self) -> str:
        """Aligned columns for people: a line a variant, each figure with its interval in brackets."""
        head = f"{'variant':<14}{'n':>6}" + "".join(f"{name:>22}" for name in _FIGURES) + f"{'p95 ms':>10}"
        return "\n".join([head, *(_table_line(report) for report in self.variants)])


def evaluate_retrieval(
    questions: Sequence[Question],
    gold: Mapping[str, Collection[str]],
    search: Search,
    variants: Sequence[Variant] = tuple(Variant),
    *,
    clock: Callable[[], float] = time.perf_counter,
    seed: int = 0,
) -> RetrievalReport:
    """The figures of `search` on those of `questions` that have gold.

    `clock` gives seconds and never goes back; `seed` fixes the slips of the typist and the intervals. Raises
    `NothingJudged` where no question has gold.
    """
    judged = [question for question in questions if gold.get(question.id)]
    if not judged:
        raise NothingJudged("retrieval")
    wanted = {question.id: gold[question.id] for question in judged}
    reports = []
    for variant in variants:
        texts = {question.id: perturbed(question.text, variant, question_rng(question.id, seed)) for question in judged}
        reports.append(_variant_report(variant, texts, wanted, search, clock, seed))
    return RetrievalReport(tuple(reports))


def _variant_report(
    variant: Variant,
    texts: Mapping[str, str],
    gold: Mapping[str, Collection[str]],
    search: Search,
    clock: Callable[[], float],
    seed: int,
) -> VariantReport:
    rankings: dict[str, Sequence[str]] = {}
    times_ms = []
    for question, text in texts.items():
        start = clock()
        rankings[question] = search(text)
        times_ms.append(1000 * (clock() - start))
    measures = tuple(_measure(name, per_question(rankings, gold, figure), seed) for name, figure in _FIGURES.items())
    return VariantReport(variant, len(texts), measures, p95(times_ms))


def _measure(name: str, values: Sequence[float], seed: int) -> Measure:
    # The same draws for every figure and variant, so that equal values have equal intervals.
    return Measure(name, mean(values), bootstrap_interval(values, np.random.default_rng(seed)))


def _binary_ndcg(ranking: Sequence[str], gold: Collection[str]) -> float:
    return ndcg(ranking, binary_gains(gold), k=10)


def _table_line(report: VariantReport) -> str:
    figures = (f"{m.mean:.3f} [{m.interval.low:.3f}, {m.interval.high:.3f}]" for m in report.measures)
    return f"{report.variant.value:<14}{report.n:>6}" + "".join(f"{figure:>22}" for figure in figures) + f"{report.p95_ms:>10.1f}"


_FIGURES: Mapping[str, Callable[[Sequence[str], Collection[str]], float]] = {
    **{f"recall@{k}": partial(recall, k=k) for k in (1, 5, 10, 50)},
    "mrr@10": partial(reciprocal_rank, k=10),
    "ndcg@10": _binary_ndcg,
}
