"""Weighing the second opinion on submissions: families apart, the better opinion counts more, probabilities as often right as they say."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.feedback.suggesting.classify import FIELDS, LEVELS, ROWS, VALUES, softmax
from assistant.feedback.suggesting.classify_reading import Floats
from eval.errors import NothingJudged
from eval.fitting import Example, place
from eval.tuning import figures, held_out, weighed


def letters(count: int, level: str | None = "commune") -> list[Example]:
    chance = np.random.default_rng(0)
    return [Example("x", ("report",), FIELDS[n].value, level, "plain", f"family{n % 40}") for n in chance.integers(0, len(FIELDS), count)]


def opinion(judged: list[Example], strength: float, seed: int) -> Floats:
    """Scores in which the true values stand out by `strength` from chance."""
    scores = np.random.default_rng(seed).standard_normal((len(judged), VALUES)).astype(np.float32)
    for row, one in zip(scores, judged, strict=True):
        row[ROWS["field"].start + place(FIELDS, one.field)] += strength
        row[ROWS["level"].start + place(LEVELS, one.level or LEVELS[0])] += strength
    return scores


def test_no_family_is_learned_from_and_held_out() -> None:
    judged = letters(300)
    fit, held = held_out(judged)
    assert sorted([*fit, *held]) == list(range(300))
    assert {judged[n].family for n in fit} & {judged[n].family for n in held} == set()


def test_the_surer_opinion_counts_more() -> None:
    judged = letters(600)
    shares = weighed(judged, opinion(judged, 3.0, 1), opinion(judged, 1.0, 2))
    assert all(share.own > share.tuned > 0 for share in shares.values())


def test_both_together_are_right_more_often_and_as_often_as_they_say() -> None:
    judged = letters(2_000)
    own, tuned = opinion(judged, 2.0, 1), opinion(judged, 2.0, 2)
    shares = weighed(judged, own, tuned)
    field = figures(judged, own, tuned, shares)["field"]
    assert field.both[0] > max(field.own[0], field.tuned[0])
    both = shares["field"].own * own[:, ROWS["field"]] + shares["field"].tuned * tuned[:, ROWS["field"]]
    assert float(softmax(both).max(axis=1).mean()) == pytest.approx(field.both[0], abs=0.04)


def test_a_task_that_no_letter_is_judged_on_cannot_be_weighed() -> None:
    judged = letters(20, level=None)
    with pytest.raises(NothingJudged):
        weighed(judged, opinion(judged, 1.0, 1), opinion(judged, 1.0, 2))
