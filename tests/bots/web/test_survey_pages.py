"""Saying whether an answer helped, with nothing but forms."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.database import metadata
from assistant.feedback.answers.surveys import CHANGEABLE, Verdict
from assistant.feedback.casework import Draft
from assistant.feedback.intake import NewSubmission
from assistant.feedback.states import State, Step
from assistant.feedback.types import Resolution
from bots.feedback.surveying import surveys_of
from bots.web.app import create_app
from bots.web.service import WebService
from bots.web.survey_pages import surveying
from tests.assistant.feedback.office import HUNG, LAN, MAI
from tests.bots.web.conftest import Clock

WORDS = "Đường đã vá <b>nhưng</b> lại hỏng"
UNKNOWN = "DH-22222-22222-2"


@pytest.fixture
def visitor(service: WebService) -> TestClient:
    """A visitor of the application with the pages of the survey, whose own reading of submissions does not run beside the test's."""
    return TestClient(with_survey(service, lookups=100_000))


def with_survey(service: WebService, lookups: int) -> FastAPI:
    metadata.create_all(service.feedback.engine)
    app = create_app(service, per_minute_address=100_000, lookups_per_minute=lookups)
    if not any(getattr(route, "path", "") == "/survey" for route in app.routes):
        app.include_router(surveying)
    return app


def submitted(service: WebService, text: str = "Trước nhà tôi có ổ gà") -> str:
    desk = service.feedback
    code = desk.intake.submit(NewSubmission("web", text, text, desk.consents.current.version)).code
    service.understand()
    return code


@pytest.fixture
def code(visitor: TestClient, service: WebService) -> str:
    """The code of a report that was answered."""
    sent, desk = submitted(service), service.feedback
    version = desk.recommendations.show(1, HUNG).matter.version
    for step in (Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG)):
        version = desk.recommendations.take(1, version, step).version
    desk.casework.draft_answer(1, version, Draft("Xã đã vá đường.", Resolution.SETTLED), HUNG)
    desk.casework.approve_answer(1, version + 1, MAI)
    return sent


def test_opening_the_link_asks_and_keeps_nothing(visitor: TestClient, service: WebService, code: str) -> None:
    page = visitor.get(f"/survey/{code.lower()}")
    assert page.status_code == 200
    for verdict in Verdict:
        assert f'value="{verdict}"' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text
    assert surveys_of(service.feedback).opinion(code).verdict is None


def test_an_opinion_is_kept_shown_as_text_and_changed(visitor: TestClient, service: WebService, code: str) -> None:
    page = visitor.post("/survey/opinion", data={"code": code, "verdict": "partly", "words": WORDS})
    assert "Cảm ơn bạn" in page.text
    assert "<b>nhưng" not in page.text
    assert "&lt;b&gt;nhưng" in page.text
    assert 'value="partly" aria-pressed="true"' in page.text
    assert surveys_of(service.feedback).opinion(code).words == WORDS
    visitor.post("/survey/opinion", data={"code": code, "verdict": "satisfied"})
    assert surveys_of(service.feedback).opinion(code).verdict is Verdict.SATISFIED


def test_only_who_is_not_satisfied_is_offered_a_review(visitor: TestClient, service: WebService, code: str) -> None:
    assert "/survey/review" not in visitor.post("/survey/opinion", data={"code": code, "verdict": "satisfied"}).text
    assert "/survey/review" in visitor.post("/survey/opinion", data={"code": code, "verdict": "not"}).text
    asked = visitor.post("/survey/review", data={"code": code})
    assert "Đã gửi đề nghị xem xét lại" in asked.text
    assert service.feedback.own_data.status(code).state is State.REOPEN_REQUESTED
    assert "không đề nghị xem xét lại được" in visitor.post("/survey/review", data={"code": code}).text


def test_after_the_time_to_change_it_stays(visitor: TestClient, service: WebService, clock: Clock, code: str) -> None:
    visitor.post("/survey/opinion", data={"code": code, "verdict": "not"})
    clock.pass_hours(CHANGEABLE.total_seconds() / 3600 + 1)
    assert "đã hết vào ngày" in visitor.post("/survey/opinion", data={"code": code, "verdict": "satisfied"}).text
    assert surveys_of(service.feedback).opinion(code).verdict is Verdict.NOT


def test_what_is_too_long_stays_in_the_form(visitor: TestClient, service: WebService, code: str) -> None:
    page = visitor.post("/survey/opinion", data={"code": code, "verdict": "not", "words": "dài " * 600})
    assert "dài dài" in page.text
    assert "2000" in page.text
    assert surveys_of(service.feedback).opinion(code).verdict is None


@pytest.mark.parametrize("text", ["Trước nhà tôi có ổ gà", "Tôi tố cáo ông A nhận tiền"])
def test_without_an_answer_and_under_the_seal_it_looks_alike(visitor: TestClient, service: WebService, text: str) -> None:
    waiting = submitted(service, text)
    for page in (visitor.get(f"/survey/{waiting}"), visitor.post("/survey/opinion", data={"code": waiting, "verdict": "not"})):
        assert "chưa có trả lời để đánh giá" in page.text


@pytest.mark.parametrize("typed", ["", UNKNOWN, "<b>", "x" * 500])
def test_an_unknown_code_is_told(visitor: TestClient, typed: str) -> None:
    for path in ("/survey", "/survey/opinion", "/survey/review"):
        page = visitor.post(path, data={"code": typed, "verdict": "not"})
        assert "Không tìm thấy" in page.text
        assert "<b>" not in page.text


def test_a_verdict_that_there_is_not_asks_again(visitor: TestClient, service: WebService, code: str) -> None:
    assert "Bạn thấy câu trả lời" in visitor.post("/survey/opinion", data={"code": code, "verdict": "great"}).text
    assert surveys_of(service.feedback).opinion(code).verdict is None


def test_codes_cannot_be_tried_out(service: WebService) -> None:
    client = TestClient(with_survey(service, lookups=3), raise_server_exceptions=False)
    answers = [client.get(f"/survey/{UNKNOWN}").status_code for _ in range(3)]
    answers.append(client.post("/survey/opinion", data={"code": UNKNOWN, "verdict": "not"}).status_code)
    answers.append(client.post("/survey/review", data={"code": UNKNOWN}).status_code)
    assert answers == [200, 429, 429, 429, 429]
    assert surveys_of(service.feedback).ask_due() == 0


def test_the_page_speaks_both_languages(visitor: TestClient, code: str) -> None:
    assert 'lang="vi"' in visitor.get(f"/survey/{code}").text
    assert "How do you find the answer?" in visitor.get(f"/survey/{code}?lang=en").text
    assert 'lang="en"' in visitor.get("/survey?lang=en").text
