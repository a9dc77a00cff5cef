"""Whether what was found answers: no constants are repeated here, only what must hold for any."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.confidence import (
    FEATURES,
    JUDGED,
    JUDGED_BY_WORDS,
    JUDGED_FEATURES,
    WITH_QUESTIONS,
    WITHOUT_QUESTIONS,
    LinearModel,
    confidence,
    features,
    is_answered,
    judged_features,
)
from assistant.answering.scope import BUCKETS, Precedents, Scope, ScopeWeights
from embeddings.language import Language
from embeddings.retrieve import Hit, PreparedQuestion
from embeddings.vector_index import SparseVector

WORDS = SparseVector(np.arange(9, dtype=np.uint32), np.ones(9, np.float32))
PREPARED = PreparedQuestion("thả tàu giấy lúc mấy giờ", False, Language.VIETNAMESE, WORDS, None)
HIT = Hit("901/2020/QH14@5", 1.0, 12.0, 0.85, 0.6, 0.4, 0.65, ())
UNASKED = replace(HIT, question=0.0)
WORDS_ALONE = replace(UNASKED, dense=0.0, dense_share=0.0)


def test_nothing_found_answers_nothing() -> None:
    assert confidence(PREPARED, []) == 0.0
    assert not is_answered(PREPARED, [])


@pytest.mark.parametrize("model", [WITH_QUESTIONS, WITHOUT_QUESTIONS], ids=["with", "without"])
def test_each_feature_has_a_weight_and_the_threshold_is_a_probability(model: LinearModel) -> None:
    assert len(model.weights) == len(FEATURES) == len(features(PREPARED, [HIT]))
    assert 0 < model.threshold < 1


@given(st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_hit_nearer_in_meaning_is_never_trusted_less(one: float, other: float) -> None:
    near, far = max(one, other), min(one, other)
    for hit in (HIT, UNASKED):
        assert confidence(PREPARED, [replace(hit, dense=near)]) >= confidence(PREPARED, [replace(hit, dense=far)])


@given(st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_hit_nearer_to_a_question_is_never_trusted_less(one: float, other: float) -> None:
    near, far = max(one, other), min(one, other)
    assert confidence(PREPARED, [replace(HIT, question=near)]) >= confidence(PREPARED, [replace(HIT, question=far)])


@given(st.floats(0, 80), st.floats(0, 80))
def test_more_shared_words_are_never_trusted_less(one: float, other: float) -> None:
    many, few = max(one, other), min(one, other)
    for hit in (HIT, UNASKED, WORDS_ALONE):
        assert confidence(PREPARED, [replace(hit, lexical=many)]) >= confidence(PREPARED, [replace(hit, lexical=few)])


@given(
    st.floats(-1, 1), st.floats(0, 1), st.floats(0, 500), st.floats(0, 1.2), st.sampled_from(Language), st.integers(0, 3000), st.booleans()
)
def test_confidence_is_always_a_probability(
    dense: float, question: float, lexical: float, score: float, language: Language, terms: int, several: bool
) -> None:
    words = SparseVector(np.arange(terms, dtype=np.uint32), np.ones(terms, np.float32))
    hit = replace(HIT, dense=dense, question=question, lexical=lexical, score=score)
    hits = [hit, UNASKED] if several else [hit]
    assert 0 <= confidence(replace(PREPARED, words=words, language=language), hits) <= 1


def test_a_question_that_was_written_for_the_hit_answers_and_a_strange_one_does_not() -> None:
    assert is_answered(PREPARED, [replace(HIT, question=1.0, dense=1.0)])
    assert not is_answered(PREPARED, [replace(HIT, question=0.3, dense=0.3, lexical=0.0, score=0.2)])


def test_the_threshold_itself_counts_as_answered() -> None:
    model = LinearModel((0.0,) * len(FEATURES), 0.0, 0.5)
    assert model.probability(features(PREPARED, [HIT])) == model.threshold


LAW = "901/2020/QH14"


def scope_that_says(log_odds: float, *documents: str) -> Scope:
    weights = ScopeWeights(np.zeros(BUCKETS, np.float32), np.zeros(0, np.float32), np.asarray(log_odds, np.float32))
    return Scope(documents or (LAW,), weights, weights)


@pytest.mark.parametrize("model", [JUDGED, JUDGED_BY_WORDS], ids=["judged", "by words"])
def test_the_judge_weighs_search_and_scope_and_both_count_for_an_answer(model: LinearModel) -> None:
    assert len(model.weights) == len(JUDGED_FEATURES) == len(judged_features(PREPARED, [HIT], 0.0, 0.0))
    weights = dict(zip(JUDGED_FEATURES, model.weights, strict=True))
    assert min(weights["scope"], weights["words_shared"], weights["score"]) > 0 >= weights["contrast"]
    assert 0 < model.threshold < 1


def test_what_is_asked_as_it_was_written_is_answered_however_strange_its_words_are() -> None:
    strange, near = scope_that_says(-25.0), [replace(HIT, question=0.97, dense=0.97)]
    assert is_answered(PREPARED, near, strange)
    assert not is_answered(PREPARED, [replace(HIT, question=0.5, dense=0.97)], strange)
    # Likeness to what was written for another hit than the best says nothing of the best.
    assert not is_answered(PREPARED, [replace(HIT, question=0.5, dense=0.97), *near], strange)


def test_what_lies_nearer_to_a_question_that_was_declined_is_trusted_less() -> None:
    asked = replace(PREPARED, sought=np.array([1.0, 0.0], np.float32))
    near, far = np.array([1.0, 0.0], np.float32), np.array([0.0, 1.0], np.float32)
    weights = scope_that_says(1.0).by_words
    found = {}
    for name, meaning in (("near", near), ("far", far)):
        scope = Scope((LAW,), weights, weights, Precedents.of([meaning], [True]))
        found[name] = confidence(asked, [replace(HIT, question=0.6)], scope)
    assert found["near"] < found["far"]


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_a_question_of_a_more_familiar_kind_is_never_trusted_less(one: float, other: float) -> None:
    more, less = scope_that_says(max(one, other)), scope_that_says(min(one, other))
    for hit in (HIT, UNASKED, WORDS_ALONE):
        assert confidence(PREPARED, [hit], more) >= confidence(PREPARED, [hit], less)


@given(st.floats(-1000, 1000))
def test_confidence_is_a_probability_whatever_the_scope_says(log_odds: float) -> None:
    assert 0 <= confidence(PREPARED, [HIT], scope_that_says(log_odds)) <= 1


@pytest.mark.parametrize("hit", [HIT, WORDS_ALONE], ids=["by meaning", "by words"])
def test_what_lies_near_a_question_of_a_strange_kind_is_not_shown_as_its_answer(hit: Hit) -> None:
    assert is_answered(PREPARED, [replace(hit, lexical=90.0, score=1.1)], scope_that_says(8.0))
    assert not is_answered(PREPARED, [replace(hit, lexical=90.0, score=1.1)], scope_that_says(-25.0))


def test_of_law_whose_questions_were_not_learned_the_scope_says_nothing() -> None:
    for hit in (HIT, UNASKED, WORDS_ALONE):
        other = replace(hit, group="902/2020/QH14@5")
        assert confidence(PREPARED, [other], scope_that_says(-25.0)) == confidence(PREPARED, [other])
        assert is_answered(PREPARED, [other], scope_that_says(-25.0)) == is_answered(PREPARED, [other])


def test_the_scope_speaks_of_guides_and_of_its_own_law() -> None:
    scope = scope_that_says(0.0, LAW, "903/2020/QH14")
    groups = {"procedure:tha-tau-giay": True, f"{LAW}@5": True, "903/2020/QH14@1a": True, "902/2020/QH14@5": False}
    assert {group: scope.speaks_of(replace(HIT, group=group)) for group in groups} == groups


def test_nothing_found_answers_nothing_however_familiar_the_question() -> None:
    assert confidence(PREPARED, [], scope_that_says(25.0)) == 0.0
    assert not is_answered(PREPARED, [], scope_that_says(25.0))
