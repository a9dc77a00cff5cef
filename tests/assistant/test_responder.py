"""One message in, one answer out: over the invented law, with a router that says what a test tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.types import Answer, Outcome
from assistant.dialogue.followup import PastTurn
from assistant.language_model.errors import ModelTimeout
from assistant.responder import Message, Responder
from assistant.understanding.routes import Route, Routed
from corpus.area_types import Area, Level, PlaceMatch
from corpus.areas import Areas
from corpus.ids import ProvisionId
from corpus.types import Validity
from embeddings.vector_cache import Vector
from tests.assistant.scripted_model import ScriptedModel, composer_of, honest
from tests.assistant.toy_law import FINE_RAISED, IN_FORCE, toy_answerer, toy_store

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"
LATE = date(2024, 5, 4)


@dataclass
class Told:
    """Gives every message the same verdict."""

    verdict: Routed

    def route(self, _text: str, _meaning: Vector | None) -> Routed:
        return self.verdict


def sure(route: Route, *review: Route) -> Told:
    return Told(Routed(route, 0.9, ((route, 0.9),), review))


def unsure(*candidates: Route) -> Told:
    return Told(Routed(None, 0.4, tuple((route, 0.4 - place / 10) for place, route in enumerate(candidates))))


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    with toy_store(tmp_path_factory.mktemp("law")) as store:
        yield toy_answerer(store)


def responded(answerer: Answerer, text: str, router: Told | None = None, *, on: date = IN_FORCE, **message: object) -> Answer:
    return Responder(answerer, router or sure(Route.LEGAL_QUESTION)).respond(Message(text, on, **message))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("route", "outcome"),
    [
        (Route.REPORT, Outcome.HANDED_TO_FEEDBACK),
        (Route.RECOMMENDATION, Outcome.HANDED_TO_FEEDBACK),
        (Route.COMPLAINT, Outcome.HANDED_TO_FEEDBACK),
        (Route.DENUNCIATION, Outcome.HANDED_TO_FEEDBACK),
        (Route.EMERGENCY, Outcome.EMERGENCY),
        (Route.ACCOUNT_STATUS, Outcome.OUT_OF_SCOPE),
        (Route.SMALL_TALK, Outcome.OUT_OF_SCOPE),
        (Route.OUT_OF_SCOPE, Outcome.OUT_OF_SCOPE),
        (Route.INJECTION, Outcome.DECLINED),
    ],
)
def test_each_kind_of_message_ends_in_its_way(answerer: Answerer, route: Route, outcome: Outcome) -> None:
    answer = responded(answerer, "giá vàng hôm nay thế nào", sure(route))
    assert (answer.outcome, answer.route, answer.citations) == (outcome, route.value, ())
    assert answer.is_urgent is (route is Route.EMERGENCY)


def test_a_named_provision_is_quoted_whatever_the_message_was_taken_for(answerer: Answerer) -> None:
    for route in (Route.SMALL_TALK, Route.OUT_OF_SCOPE, Route.INJECTION):
        assert responded(answerer, "khoản 2 Điều 5 Bộ luật Tàu giấy", sure(route)).outcome is Outcome.ANSWERED


def test_law_that_surely_answers_wins_and_the_other_reading_is_offered(answerer: Answerer) -> None:
    answer = responded(answerer, HOURS, sure(Route.REPORT))
    assert (answer.outcome, answer.options, answer.confidence >= 0.6) == (Outcome.ANSWERED, ("report",), True)


def test_danger_flagged_beside_a_question_is_urgent(answerer: Answerer) -> None:
    answer = responded(answerer, HOURS, sure(Route.LEGAL_QUESTION, Route.EMERGENCY))
    assert (answer.outcome, answer.is_urgent) == (Outcome.ANSWERED, True)


def test_an_unclear_message_is_asked_back_only_if_nothing_answers(answerer: Answerer) -> None:
    router = unsure(Route.REPORT, Route.LEGAL_QUESTION, Route.COMPLAINT)
    asked_back, answered = (responded(answerer, text, router) for text in ("giá vàng hôm nay thế nào", HOURS))
    assert (asked_back.outcome, asked_back.options) == (Outcome.NEEDS_CLARIFICATION, ("report", "legal_question", "complaint"))
    assert (answered.outcome, answered.options) == (Outcome.ANSWERED, ("report", "complaint"))


def test_an_unclear_question_is_not_asked_back(answerer: Answerer) -> None:
    assert responded(answerer, "giá vàng hôm nay thế nào", unsure(Route.PROCEDURE, Route.SMALL_TALK)).outcome is Outcome.NO_SOURCE


def test_what_the_asker_chose_wins(answerer: Answerer) -> None:
    assert responded(answerer, "giá vàng", sure(Route.SMALL_TALK), meant=Route.REPORT).outcome is Outcome.HANDED_TO_FEEDBACK


def test_a_follow_up_is_read_with_the_turn_before(answerer: Answerer) -> None:
    before = (PastTurn(HOURS, (ProvisionId("901/2020/QH14", "5", "1"),), None, "answered"),)
    answer = responded(answerer, "khoản 2 nói gì?", before=before)
    assert (answer.follows, [str(one.provision) for one in answer.citations]) == (True, ["901/2020/QH14@5.2"])
    assert answer.question.typed == "khoản 2 nói gì?"


def test_the_day_in_the_words_chooses_the_text_and_what_changed_is_told(answerer: Answerer) -> None:
    answer = responded(answerer, "hồi năm 2022 làm bẩn ao hồ bị phạt bao nhiêu", on=LATE)
    assert (answer.question.as_of, answer.day_words) == (date(2022, 12, 31), "hồi năm 2022")
    assert "100 đồng" in answer.citations[0].quote
    assert [(str(one.provision), one.since, one.is_gone) for one in answer.changed_since] == [("901/2020/QH14@12", FINE_RAISED, False)]


def test_a_day_that_was_chosen_wins_over_the_words(answerer: Answerer) -> None:
    assert responded(answerer, "hồi năm 2022 làm bẩn ao hồ bị phạt bao nhiêu", on=LATE, as_of=LATE).question.as_of == LATE


def test_a_place_is_told_and_does_not_lead_the_search_astray(answerer: Answerer) -> None:
    class OnePlace(Areas):
        def __init__(self) -> None:
            pass

        def find(self, text: str) -> list[PlaceMatch]:
            start = text.find("xã Ao")
            area = Area("1", "Xã Ao", "Xã Ao, Tỉnh Hồ", Level.COMMUNE, None, Validity())
            return [PlaceMatch("xã Ao", start, start + 5, None, (area,))] if start >= 0 else []

    answer = Responder(answerer, sure(Route.LEGAL_QUESTION), OnePlace()).respond(
        Message("ở xã Ao trẻ em thả tàu giấy từ mấy giờ", IN_FORCE)
    )
    assert [match.today[0].full for match in answer.places] == ["Xã Ao, Tỉnh Hồ"]
    assert answer.outcome is Outcome.ANSWERED


# A language model


def test_what_a_model_wrote_and_the_law_bears_out_is_part_of_the_answer(answerer: Answerer) -> None:
    model = ScriptedModel(honest)
    answer = Responder(answerer, sure(Route.LEGAL_QUESTION), None, composer_of(model)).respond(Message(HOURS, IN_FORCE))
    assert (answer.outcome, [claim.text for claim in answer.claims]) == (
        Outcome.ANSWERED,
        ["Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ."],
    )


def test_a_model_that_fails_leaves_the_quotation_and_is_told(answerer: Answerer) -> None:
    model = ScriptedModel(honest, ModelTimeout("scripted", 1.0))
    answer = Responder(answerer, sure(Route.LEGAL_QUESTION), None, composer_of(model)).respond(Message(HOURS, IN_FORCE))
    assert (answer.outcome, answer.claims, bool(answer.citations)) == (Outcome.MODEL_UNAVAILABLE, (), True)


@pytest.mark.parametrize(
    "router", [sure(Route.DENUNCIATION), sure(Route.LEGAL_QUESTION, Route.DENUNCIATION), sure(Route.REPORT), unsure(Route.DENUNCIATION)]
)
def test_what_may_be_a_denunciation_or_is_no_question_never_reaches_a_model(answerer: Answerer, router: Told) -> None:
    model = ScriptedModel(honest)
    Responder(answerer, router, None, composer_of(model)).respond(Message(HOURS, IN_FORCE))
    assert model.calls == 0


def test_no_question_goes_to_the_router(answerer: Answerer, tmp_path: Path) -> None:
    assert responded(answerer, " ").outcome is Outcome.NEEDS_CLARIFICATION
    assert responded(answerer, "dài " * 4000).outcome is Outcome.DECLINED
