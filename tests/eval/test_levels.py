"""Learning what cues of the level count for: on made-up scores, without models."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.feedback.suggesting.classify import LEVELS
from assistant.feedback.suggesting.level_cues import LevelCues
from assistant.feedback.types import AdminLevel
from eval.fitting import family_folds
from eval.levels import Judged, learned

_LETTERS = 300


@pytest.fixture(scope="module")
def known() -> Judged:
    """Letters of two levels; nothing but one cue tells which."""
    cues = [one.name for one in LevelCues.load().cues]
    truth = np.arange(_LETTERS, dtype=np.intp) % 2
    families = np.arange(_LETTERS, dtype=np.intp) // 4
    before = np.tile(np.array([0.3, 0.2, 0.0], np.float32), (_LETTERS, 1))
    weighed = np.concatenate([np.zeros((_LETTERS, len(cues)), np.float32), before], axis=1)
    weighed[truth == 1, cues.index("asks_province")] = 1
    held = family_folds(families)[0][1]
    return Judged(truth, families, weighed, before, held, weighed[held], before[held])


def test_a_cue_that_tells_the_level_is_learned(known: Judged) -> None:
    opinion, figures = learned(known)
    weight = opinion.weights[:, [one.name for one in opinion.cues.cues].index("asks_province")]
    assert LEVELS[int(weight.argmax())] is AdminLevel.PROVINCE
    assert figures.alone[0].mean < figures.alone[1].mean == 1.0
    assert figures.heard[0] < figures.heard[1] == 1.0
    assert (figures.n, figures.n_heard) == (_LETTERS, len(known.held))


def test_folds_keep_families_whole(known: Judged) -> None:
    for fit, held in family_folds(known.families):
        assert not set(known.families[fit]) & set(known.families[held])
