"""Scripted models, and what is counted of what they claim."""

from __future__ import annotations

import pytest

from assistant.language_model.composer import Composed
from eval.scripted import ObedientModel, Script, ScriptedModel, false_claims, true_claims
from eval.wording import WatchedComposer, WordingFigures
from tests.assistant.scripted_model import OTHER, SAID, TWO, said

PASSAGES = {"N7K": f"- {SAID}", "B2C": OTHER}


def _composed(script: Script, times: int = 1) -> tuple[WordingFigures, list[Composed]]:
    model = ScriptedModel(script)
    composer = WatchedComposer(model)
    made = [composer.compose(TWO.question, TWO, "vi") for _ in range(times)]
    return composer.figures(model.lies), made


def test_an_honest_model_is_shown_and_nothing_of_it_is_dropped() -> None:
    figures, (composed,) = _composed(Script.HONEST)
    assert set(said(composed)) == {SAID, OTHER}
    assert (figures.asked, figures.worded, figures.claims_kept, figures.claims_dropped, figures.fallback_rate) == (1, 1, 2, 0, 0.0)


def test_a_liar_is_shown_as_far_as_it_tells_the_truth() -> None:
    figures, (composed,) = _composed(Script.LIAR)
    assert set(said(composed)) == {SAID, OTHER}
    assert (figures.claims_dropped, figures.lies_shown) == (5, 0)
    assert {"number", "law_named", "no_source", "unknown_token"} <= set(figures.dropped)


def test_a_lie_that_was_shown_is_counted() -> None:
    model = ScriptedModel(Script.HONEST)
    composer = WatchedComposer(model)
    composer.compose(TWO.question, TWO, "vi")
    assert composer.figures([SAID]).lies_shown == 1
    assert composer.figures().lies_shown is None


def test_a_broken_model_falls_back_every_time_and_the_reasons_are_counted() -> None:
    figures, made = _composed(Script.BROKEN, times=4)
    assert (figures.asked, figures.worded, figures.fallback_rate) == (4, 0, 1.0)
    assert all(not one.claims for one in made)
    assert {"timeout", "cut", "malformed"} <= set(figures.fallbacks)


def test_figures_without_an_answer_to_word_are_null() -> None:
    figures, _ = _composed(Script.HONEST, times=0)
    assert (figures.fallback_rate, figures.to_json()["asked"]) == (None, 0)
    assert "0 answers" in figures.line()


def test_every_lie_differs_from_the_truth_that_it_bends() -> None:
    true = true_claims(PASSAGES)
    assert [text for text, _ in true] == [SAID, OTHER]
    assert len({text for text, _ in false_claims(true)} - {text for text, _ in true}) == 5
    assert false_claims([]) == []


@pytest.mark.parametrize("text", ["", "1. Ngắn quá", "- Hồ sơ gồm:"])
def test_what_says_nothing_makes_no_claim(text: str) -> None:
    assert true_claims({"N7K": text}) == []


def test_an_obedient_model_gets_through_no_more_than_the_law_says() -> None:
    composer = WatchedComposer(ObedientModel(["Được miễn mọi khoản phạt từ hôm nay", SAID]))
    assert said(composer.compose(TWO.question, TWO, "vi")) == [SAID]
