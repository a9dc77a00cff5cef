"""Which words may be sent to a language model."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.types import Understood
from assistant.language_model.leaving import Leaving
from assistant.understanding.routes import Route, Routed

DENUNCIATION, LEGAL, PROCEDURE, REPORT, CHAT = (
    Route.DENUNCIATION,
    Route.LEGAL_QUESTION,
    Route.PROCEDURE,
    Route.REPORT,
    Route.SMALL_TALK,
)


def understood(typed: str, restored: str | None = None) -> Understood:
    return Understood(typed, restored or typed, "vi", date(2024, 1, 1))


def unsure(*candidates: tuple[Route, float], review: tuple[Route, ...] = ()) -> Routed:
    return Routed(None, candidates[0][1], candidates, review)


@pytest.mark.parametrize(
    ("routed", "may", "why"),
    [
        (Routed(LEGAL, 0.9, ((LEGAL, 0.9),)), True, "a plain question"),
        (Routed(LEGAL, 0.9, ((LEGAL, 0.9),), (Route.EMERGENCY,)), True, "danger beside a question is nothing to be kept secret"),
        (Routed(LEGAL, 0.9, ((LEGAL, 0.9),), (DENUNCIATION,)), False, "it may be a denunciation"),
        (Routed(DENUNCIATION, 0.9, ((DENUNCIATION, 0.9),)), False, "it is one"),
        (Routed(REPORT, 0.9, ((REPORT, 0.9),)), False, "no question"),
        (unsure((LEGAL, 0.45), (PROCEDURE, 0.4), (CHAT, 0.1)), True, "unsure which kind of question it is"),
        (unsure((LEGAL, 0.65), (Route.OUT_OF_SCOPE, 0.28)), True, "most probably a question"),
        (unsure((LEGAL, 0.4), (REPORT, 0.39), (CHAT, 0.1)), False, "as probably a report"),
        (unsure((REPORT, 0.45), (LEGAL, 0.3), (PROCEDURE, 0.22)), False, "most probably a report"),
        (unsure((LEGAL, 0.45), (PROCEDURE, 0.4), review=(DENUNCIATION,)), False, "unsure, and it may be a denunciation"),
    ],
)
def test_plain_questions_leave_and_what_may_be_a_denunciation_never(routed: Routed, may: bool, why: str) -> None:
    assert Leaving().may_leave(routed, understood("thử việc bao lâu")) is may, why


@pytest.mark.parametrize("words", [understood("tôi là An"), understood("toi la An", "tôi là An"), understood("tôi là An", "toi")])
def test_what_tells_of_persons_stays_as_typed_and_as_understood(words: Understood) -> None:
    assert not Leaving(lambda text: "An" in text).may_leave(Routed(LEGAL, 0.9, ((LEGAL, 0.9),)), words)
