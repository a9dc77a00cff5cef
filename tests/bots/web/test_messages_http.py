"""Messages between a sender and the officers over HTTP and on the page of a submission, which works without scripts."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.app import Assistant
from assistant.database import metadata, open_database
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.feedback.states import State, Step
from assistant.responder import Responder
from bots.web.app import create_app
from bots.web.service import WebService
from tests.assistant.feedback.office import HUNG, LAN, Office, open_office
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.web.conftest import STAFF, STAFF_KEYS, RouterByWords
from tests.databases import sqlite_url

QUESTION, REPLY = "Đoạn hỏng ở khoảng nào ạ?", "Từ cầu Đông <b>đến</b> trường học"


@dataclass(frozen=True, slots=True)
class House:
    """An office, and the application over it; answers are of the client's own type."""

    office: Office
    client: TestClient

    def tell(self, name: str = "hung", **changes: object) -> Any:
        version = self.office.recommendations.show(1, HUNG).matter.version
        form = {"version": version, "text": QUESTION, **changes}
        return self.client.post("/api/v1/recommendations/1/messages", json=form, headers=key(name))

    def add(self, code: str, text: str = REPLY, request_id: str = "a") -> Any:
        return self.client.post(f"/api/v1/submissions/{code}/messages", json={"request_id": request_id, "text": text})


def key(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {name}"}


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    (tmp_path / "law").mkdir()
    (tmp_path / "talk").mkdir()
    talk = open_database(sqlite_url(tmp_path / "talk"))
    metadata.create_all(talk)
    with open_office(database_url) as office, toy_store(tmp_path / "law") as store:
        assistant = Assistant(Responder(toy_answerer(store), RouterByWords()), Conversations(talk, office.clock), office.clock)
        service = WebService(assistant, AnswerFeedback(talk, office.clock), office.desk, store, time.monotonic)
        many = {"per_minute_address": 10**6, "per_minute_key": 10**6, "lookups_per_minute": 10**6}
        with TestClient(create_app(service, keys=STAFF_KEYS, staff=STAFF, **many)) as client:  # type: ignore[arg-type]
            yield House(office, client)
    talk.dispose()


def test_an_officer_asks_and_the_sender_answers(house: House) -> None:
    code = house.office.sent()
    asked = house.tell()
    assert (asked.status_code, asked.json()) == (201, {"number": 1, "version": asked.json()["version"], "senders": 1, "reached": 1})
    answered = house.add(code)
    assert (answered.status_code, answered.json()["is_new"], answered.json()["was_awaited"]) == (201, True, False)
    assert house.add(code).status_code == 200
    house.office.understander.understand_waiting()
    (listed,) = house.client.get("/api/v1/recommendations?unread=true", headers=key("lan")).json()["recommendations"]
    assert (listed["number"], listed["unread"]) == (1, 1)
    told = house.client.get("/api/v1/recommendations/1/file", headers=key("hung")).json()["messages"]
    assert [(one["direction"], one["by"], one["code"], one["text"]) for one in told] == [
        ("to_citizen", "hung", code, QUESTION),
        ("from_citizen", None, code, REPLY),
    ]
    assert house.client.get("/api/v1/recommendations?unread=true", headers=key("lan")).json()["recommendations"] == []
    own = house.client.get(f"/api/v1/submissions/{code}/messages").json()["messages"]
    assert [one["text"] for one in own] == [QUESTION, REPLY]
    assert "hung" not in str(own)
    assert [one["text"] for one in house.client.get(f"/api/v1/submissions/{code}/copy").json()["messages"]] == [QUESTION, REPLY]


@pytest.mark.parametrize(
    ("name", "changes", "status"),
    [
        ("hung", {"version": 99}, 409),
        ("mai", {}, 403),
        ("machine", {}, 403),
        ("officer-1", {}, 404),
        ("hung", {"text": " "}, 422),
        ("hung", {"text": "a" * 10_001}, 422),
        ("hung", {"urgent": True}, 422),
    ],
)
def test_what_cannot_be_told_is_a_problem(house: House, name: str, changes: dict[str, object], status: int) -> None:
    code = house.office.sent()
    refused = house.tell(name, **changes)
    assert (refused.status_code, refused.headers["content-type"]) == (status, "application/problem+json")
    assert house.office.desk.messages.of_citizen(code) == ()


def test_writing_to_nobody_is_refused_with_a_reason(house: House) -> None:
    house.office.own_data.withdraw(house.office.sent())
    refused = house.tell()
    assert (refused.status_code, "rút" in refused.json()["detail"]) == (409, True)


def test_who_has_no_such_code_learns_nothing(house: House) -> None:
    code = house.office.sent()
    house.office.own_data.withdraw(code)
    for one in (code, "DH-22222-22222-2"):
        assert (house.add(one).status_code, house.add(one).json()["type"]) == (404, "urn:dienhong:problem:submission-not-found")


def test_lookups_are_limited_for_messages_too(house: House) -> None:
    app = create_app(house.client.app.state.service, lookups_per_minute=3)  # type: ignore[attr-defined]
    with TestClient(app) as client:
        form = {"request_id": "a", "text": REPLY}
        answers = [client.post("/api/v1/submissions/DH-22222-22222-2/messages", json=form).status_code for _ in range(3)]
        assert answers == [404, 429, 429]


def test_the_page_shows_the_question_and_keeps_the_answer_once(house: House) -> None:
    code = house.office.sent()
    house.office.recommendations.take(1, house.office.recommendations.show(1, LAN).matter.version, Step(State.NEEDS_INFO, LAN), QUESTION)
    page = house.client.post("/track", data={"code": code}).text
    assert QUESTION in page
    form = {"code": code, "text": REPLY, "request_id": re.findall(r'name="request_id" value="(\w+)"', page)[0]}
    for _ in range(2):
        page = house.client.post("/track/message", data=form).text
        assert (page.count("Từ cầu Đông &lt;b&gt;đến&lt;/b&gt;"), "Đã ghi nội dung" in page, "<script" in page) == (1, True, False)
    assert house.office.own_data.status(code).state is State.SCREENING


def test_what_cannot_be_kept_stays_in_the_field(house: House) -> None:
    code = house.office.sent()
    page = house.client.post("/track/message", data={"code": code, "text": "a" * 100_001}).text
    assert "Chưa gửi được" in page
    assert "a" * 100_001 in page
    house.office.own_data.withdraw(code)
    page = house.client.post("/track/message", data={"code": code, "text": REPLY}).text
    assert 'action="/track/message"' not in page
    assert REPLY not in page
