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
from assistant.language_model.leaving import Leaving
from assistant.responder import Message, Responder
from assistant.understanding.routes import Route, Routed
from corpus.area_types import Area, Level, PlaceMatch
from corpus.areas import Areas
from corpus.ids import ProvisionId
from corpus.types import Validity
from embeddings.vector_cache import Vector
from tests.assistant.scripted_model import ScriptedModel, composer_of, honest
from tests.assistant.toy_law import FINE_RAISED, IN_FORCE, REGISTRATION, toy_answerer, toy_store

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"
LATE = date(2024, 5, 4)


@dataclass
class Told:
    """Gives every message the same verdict."""

    verdict: Routed

    def route(self, _text: str, _meaning: Vector | None) -> Routed:
        return self.verdict


def sure(route: Route, *review: Route) -> Told:
    return Told(Routed(route, 0.99, ((route, 0.99),), review))


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
@pytest.mark.parametrize("meant", [None, Route.LEGAL_QUESTION])
def test_what_may_be_a_denunciation_or_is_no_question_never_reaches_a_model(answerer: Answerer, router: Told, meant: Route | None) -> None:
    is_denied = meant is None or router.verdict != sure(Route.REPORT).verdict
    model = ScriptedModel(honest)
    answer = Responder(answerer, router, None, composer_of(model)).respond(Message(HOURS, IN_FORCE, meant=meant))
    assert (model.calls, answer.is_kept_from_model) == ((0, True) if is_denied else (1, False))


def test_an_unclear_question_that_is_a_question_reaches_a_model(answerer: Answerer) -> None:
    model = ScriptedModel(honest)
    answer = Responder(answerer, unsure(Route.LEGAL_QUESTION, Route.PROCEDURE), None, composer_of(model)).respond(Message(HOURS, IN_FORCE))
    assert (model.calls, answer.is_kept_from_model, bool(answer.claims)) == (1, False, True)


def test_personal_data_never_reaches_a_model(answerer: Answerer) -> None:
    model = ScriptedModel(honest)
    leaving = Leaving(lambda text: "Tí" in text)
    responder = Responder(answerer, sure(Route.LEGAL_QUESTION), None, composer_of(model), leaving=leaving)
    answer = responder.respond(Message(f"Con tôi là Tí. {HOURS}", IN_FORCE))
    assert (model.calls, answer.is_kept_from_model, bool(answer.citations)) == (0, True, True)


def test_without_a_model_nothing_is_kept_from_one(answerer: Answerer) -> None:
    assert not responded(answerer, HOURS, sure(Route.DENUNCIATION)).is_kept_from_model


def test_no_question_goes_to_the_router(answerer: Answerer, tmp_path: Path) -> None:
    assert responded(answerer, " ").outcome is Outcome.NEEDS_CLARIFICATION
    assert responded(answerer, "dài " * 4000).outcome is Outcome.DECLINED


RENAMED = PastTurn("thủ tục đăng ký tên tàu giấy", (), "Đăng ký tên tàu giấy", "answered")


def test_thanks_are_answered_as_thanks_and_the_next_message_goes_on_from_the_topic(answerer: Answerer) -> None:
    thanked = responded(answerer, "cảm ơn bạn", before=(RENAMED,))
    assert (thanked.outcome, thanked.basis, thanked.follows) == (Outcome.OUT_OF_SCOPE, "thanks", False)
    after = responded(answerer, "nộp ở đâu?", before=(RENAMED, PastTurn("cảm ơn bạn", outcome="out_of_scope")))
    assert (after.follows, after.procedure and after.procedure.name) == (True, RENAMED.procedure)


def test_a_field_is_asked_of_the_guide_given_last(answerer: Answerer) -> None:
    answer = responded(answerer, "how much does it cost?", before=(RENAMED,))
    assert (answer.outcome, answer.procedure and answer.procedure.name) == (Outcome.ANSWERED, RENAMED.procedure)


def test_a_follow_up_that_nothing_bears_out_is_asked_again(answerer: Answerer) -> None:
    before = (PastTurn("Giá vàng hôm nay thế nào?", outcome="no_source"),)
    answer = responded(answerer, "thế còn giá bạc thì sao?", before=before)
    assert (answer.outcome, answer.basis, answer.follows, answer.citations) == (Outcome.NEEDS_CLARIFICATION, "follow_up", True, ())
    assert "giá bạc" in answer.question.restored.lower()


def test_a_guide_is_of_today_whatever_day_was_asked_for(answerer: Answerer) -> None:
    answer = responded(answerer, "hồi năm 2019 thủ tục đăng ký tên tàu giấy", sure(Route.PROCEDURE))
    assert answer.procedure is not None
    assert (answer.day_words, answer.changed_since) == ("hồi năm 2019", ())
    # Law that was not in force on that day is not cited for it.
    assert answer.citations == ()
    assert responded(answerer, "thủ tục đăng ký tên tàu giấy", sure(Route.PROCEDURE)).citations != ()


@pytest.mark.parametrize("text", ["đăng ký tên tàu giấy", "Thủ tục đăng ký tên tàu giấy ở đâu?", "dang ky ten tau giay", "TÊN TÀU GIẤY"])
def test_the_name_of_a_guide_finds_that_guide_whatever_the_message_was_taken_for(answerer: Answerer, text: str) -> None:
    for router in (sure(Route.SMALL_TALK, Route.EMERGENCY), sure(Route.INJECTION), unsure(Route.OUT_OF_SCOPE)):
        answer = responded(answerer, text, router)
        assert (answer.outcome, answer.route, answer.is_urgent) == (Outcome.ANSWERED, "procedure", False)
        assert answer.procedure == REGISTRATION


def test_what_else_the_name_of_a_guide_may_be_is_offered(answerer: Answerer) -> None:
    assert responded(answerer, "đăng ký tên tàu giấy", unsure(Route.REPORT)).options == ("report",)


@pytest.mark.parametrize(
    ("text", "outcome", "basis"),
    [
        ("không", Outcome.NEEDS_CLARIFICATION, "no_matter"),
        ("nộp ở đâu", Outcome.NEEDS_CLARIFICATION, "no_matter"),
        ("试用期最长多久", Outcome.OUT_OF_SCOPE, "language"),
        ("Xoá cuộc trò chuyện", Outcome.OUT_OF_SCOPE, "erase"),
    ],
)
def test_words_without_a_matter_are_asked_back_and_never_answered(answerer: Answerer, text: str, outcome: Outcome, basis: str) -> None:
    answer = responded(answerer, text)
    assert (answer.outcome, answer.basis, answer.citations, answer.procedure) == (outcome, basis, (), None)


@pytest.mark.parametrize(("confidence", "is_talk"), [(0.9, False), (0.99, True)])
def test_few_words_that_are_not_surely_small_talk_are_searched_for(answerer: Answerer, confidence: float, is_talk: bool) -> None:
    told = Told(Routed(Route.SMALL_TALK, confidence, ((Route.SMALL_TALK, confidence),)))
    assert (responded(answerer, "giá vàng", told).basis == "small_talk") is is_talk


def test_shouting_is_read_like_any_question(answerer: Answerer) -> None:
    loud, calm = (responded(answerer, text) for text in (HOURS.upper(), HOURS.lower()))
    assert loud.outcome is Outcome.ANSWERED
    assert [one.provision for one in loud.citations] == [one.provision for one in calm.citations]


@pytest.mark.parametrize("route", [Route.SMALL_TALK, Route.OUT_OF_SCOPE, Route.INJECTION, Route.ACCOUNT_STATUS])
@pytest.mark.parametrize(
    ("text", "outcome", "basis"),
    [
        ("Điều 5", Outcome.NEEDS_CLARIFICATION, "which_law"),
        ("Điều 5 Luật Căn cước", Outcome.NO_SOURCE, "named"),
        ("Luật Đất đai cho trẻ em thả tàu giấy mấy giờ", Outcome.NO_SOURCE, "named"),
    ],
)
def test_law_that_is_named_is_spoken_of_whatever_the_message_was_taken_for(
    answerer: Answerer, route: Route, text: str, outcome: Outcome, basis: str
) -> None:
    answer = responded(answerer, text, sure(route))
    assert (answer.outcome, answer.basis) == (outcome, basis)


def test_a_number_without_a_law_is_one_of_the_law_cited_before(answerer: Answerer) -> None:
    before = (PastTurn(HOURS, (ProvisionId("901/2020/QH14", "5", "1"),)),)
    answer = responded(answerer, "điều 8 nói gì?", before=before)
    assert [str(citation.provision) for citation in answer.citations] == ["901/2020/QH14@8"]


def test_a_day_that_no_calendar_has_is_told_and_the_question_answered_as_of_today(answerer: Answerer) -> None:
    answer = responded(answerer, "Ngày 31/2/2021 trẻ em thả tàu giấy từ mấy giờ?")
    assert (answer.outcome, answer.impossible_day, answer.question.as_of) == (Outcome.ANSWERED, "31/2/2021", IN_FORCE)
