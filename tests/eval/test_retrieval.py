"""Search judged on questions typed well and badly."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Sequence

import pytest

from corpus.text import fold
from eval.errors import NothingJudged
from eval.perturb import Variant, unaccented
from eval.retrieval import RetrievalReport, evaluate_retrieval
from eval.sets import Question

_QUESTIONS = (
    Question("q1", "nghỉ việc trước hạn"),
    Question("q2", "chia thừa kế đất"),
    Question("q3", "đòi lại tiền cọc"),
    Question("q4", "hôm nay trời đẹp"),
)
_GOLD = {"q1": {"a"}, "q2": {"b", "c"}, "q3": {"d"}}
_RANKINGS = {"q1": ("a", "x"), "q2": ("x", "b", "y", "c"), "q3": ()}
_KEYS = ["n", "recall@1", "recall@5", "recall@10", "recall@50", "mrr@10", "ndcg@10", "p95_ms"]


def _exact(text: str) -> Sequence[str]:
    """Finds only what is typed with all its marks and letters."""
    return {question.text: _RANKINGS.get(question.id, ()) for question in _QUESTIONS}.get(text, ())


def _folding(text: str) -> Sequence[str]:
    """Finds whatever the marks."""
    return {fold(question.text): _RANKINGS.get(question.id, ()) for question in _QUESTIONS}.get(fold(text), ())


class _Recorder:
    """A search that finds nothing and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> Sequence[str]:
        self.asked.append(text)
        return ()


def _clock(*steps_s: float) -> Callable[[], float]:
    """A clock that each search moves by the next of `steps_s`, over and over, and nothing else."""
    moves = itertools.accumulate(itertools.chain.from_iterable((0.0, step) for step in itertools.cycle(steps_s)))
    return lambda: next(moves)


def _evaluate(search: Callable[[str], Sequence[str]] = _exact) -> RetrievalReport:
    return evaluate_retrieval(_QUESTIONS, _GOLD, search, clock=_clock(0.010, 0.020, 0.030))


def test_figures_are_means_over_judged_questions() -> None:
    figures = _evaluate().to_json()["as_typed"]
    # q2: gold at ranks 2 and 4; q3 finds nothing and counts 0; q4 has no gold and is not asked.
    q2_ndcg = (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))
    expected = [3, 1 / 3, 2 / 3, 2 / 3, 2 / 3, (1 + 1 / 2) / 3, (1 + q2_ndcg) / 3, 29]
    assert figures == pytest.approx(dict(zip(_KEYS, expected, strict=True)))


def test_json_has_the_four_variants_and_exactly_these_keys() -> None:
    figures = json.loads(json.dumps(_evaluate().to_json()))
    assert list(figures) == ["as_typed", "unaccented", "half_accented", "typos"]
    assert all(list(variant) == _KEYS for variant in figures.values())


def test_question_without_gold_is_not_searched() -> None:
    search = _Recorder()
    evaluate_retrieval(_QUESTIONS, _GOLD, search, [Variant.AS_TYPED])
    assert search.asked == [question.text for question in _QUESTIONS[:3]]


def test_variants_reach_the_search() -> None:
    search = _Recorder()
    evaluate_retrieval(_QUESTIONS[:1], _GOLD, search)
    typed, bare, half, slips = search.asked
    assert (typed, bare) == ("nghỉ việc trước hạn", "nghi viec truoc han")
    assert unaccented(half) == bare
    assert slips not in (typed, bare)


def test_search_that_needs_marks_loses_without_them() -> None:
    exact, folding = _evaluate().to_json(), _evaluate(_folding).to_json()
    assert exact["unaccented"]["ndcg@10"] == 0
    assert folding["unaccented"] == pytest.approx(folding["as_typed"])


def test_two_runs_are_equal() -> None:
    assert _evaluate() == _evaluate()


def test_interval_holds_the_mean() -> None:
    measures = [measure for variant in _evaluate().variants for measure in variant.measures]
    assert all(measure.interval.low <= measure.mean <= measure.interval.high for measure in measures)


def test_measure_that_was_not_taken_is_an_error() -> None:
    with pytest.raises(NothingJudged):
        _evaluate().variants[0].measure("map")


@pytest.mark.parametrize("gold", [{}, {"q1": set[str]()}, {"other": {"a"}}])
def test_set_without_gold_is_an_error(gold: dict[str, set[str]]) -> None:
    with pytest.raises(NothingJudged):
        evaluate_retrieval(_QUESTIONS, gold, _exact)


def test_table_has_a_line_a_variant_in_aligned_columns() -> None:
    lines = _evaluate().table().splitlines()
    assert [line.split()[0] for line in lines] == ["variant", *Variant]
    assert len({len(line) for line in lines}) == 1
    assert lines[1].split()[:3] == ["as_typed", "3", "0.333"]
    assert lines[0].split()[1:7] == _KEYS[:6]
