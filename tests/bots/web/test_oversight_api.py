"""Supervision and social critique over HTTP: staff write, deputies and auditors read, nothing sealed, nobody overwrites another."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.database import metadata
from assistant.feedback.casework import Facts
from assistant.feedback.intake import NewSubmission
from assistant.feedback.states import Role, State, Step
from assistant.feedback.types import AdminLevel, Field, Kind
from assistant.feedback.wanted import Wanted
from bots.web.app import create_app
from bots.web.oversight_api import add_oversight_problems, oversight
from bots.web.service import WebService
from tests.assistant.feedback.office import HUNG, LAN

Json = dict[str, Any]
STAFF = {"hung": (Role.REVIEWER,), "mai": (Role.APPROVER,), "deputy": (Role.DEPUTY,), "auditor": (Role.AUDITOR,), "lan": (Role.SCREENER,)}
KEYS = {name: sha256(name.encode()).hexdigest() for name in (*STAFF, "machine")}
HOME = "/api/v1/oversight"
PLAN: Json = {
    "year": 2025,
    "level": "province",
    "holder": "Ủy ban MTTQ Việt Nam thành phố Hà Nội",
    "title": "Giám sát cấp nước sạch",
    "form": "joint",
    "ground": "petitions",
    "subjects": [{"body": "Sở Xây dựng", "area": "province:01"}],
}
DRAFT: Json = {
    "level": "province",
    "holder": "Ủy ban MTTQ",
    "draft_title": "Dự thảo về phí vệ sinh",
    "drafter": "Sở Tài chính",
    "issuer": "Hội đồng nhân dân",
    "form": "dialogue",
    "ground": "agency_request",
}


@pytest.fixture
def http(service: WebService) -> TestClient:
    """Without the worker that reads in the background: these tests read themselves."""
    metadata.create_all(service.feedback.engine)
    app = create_app(service, per_minute_address=100_000, keys=KEYS, staff=STAFF)
    app.include_router(oversight)
    add_oversight_problems(app)
    return TestClient(app, raise_server_exceptions=False)


def get(http: TestClient, path: str, name: str = "hung", **query: str) -> Json:
    answer = http.get(HOME + path, headers={"Authorization": f"Bearer {name}"}, params=query)
    return {"status": answer.status_code, **answer.json()}


def post(http: TestClient, path: str, body: Json, name: str = "hung") -> Json:
    answer = http.post(HOME + path, headers={"Authorization": f"Bearer {name}"}, json=body)
    told: Json = answer.json()
    return {**told, "http": answer.status_code}


def taken_in(service: WebService, text: str, sender: str) -> int:
    """The number of a recommendation to the province about transport."""
    desk = service.feedback
    desk.intake.submit(NewSubmission("chat", f"message-{sender}", text, desk.consents.current.version))
    service.understand()
    number = desk.queue.page(HUNG, Wanted())[-1].number
    facts = Facts(kind=Kind.RECOMMENDATION, field=Field.TRANSPORT, level=AdminLevel.PROVINCE, area="commune:00004")
    version = desk.casework.settle(number, desk.recommendations.show(number, HUNG).matter.version, facts, HUNG)
    desk.recommendations.take(number, version, Step(State.ACCEPTED, LAN))
    return number


def test_a_programme_is_planned_followed_and_read(http: TestClient) -> None:
    planned = post(http, "/programmes", PLAN)
    assert (planned["http"], planned["status"], planned["subjects"]) == (201, "planned", PLAN["subjects"])
    number = planned["number"]
    assert post(http, f"/programmes/{number}/moves", {"version": 1, "to": "running"})["version"] == 2
    assert post(http, f"/programmes/{number}/extensions", {"version": 2, "subjects": [{"body": "Công ty nước sạch"}]})["version"] == 3
    wanted = {"text": "Đề nghị cấp đủ nước", "to_body": "Ủy ban nhân dân thành phố", "sent_on": "2024-01-10"}
    made = post(http, f"/programmes/{number}/recommendations", wanted, "mai")
    assert (made["http"], made["next_round"]) == (201, {"number": 1, "due": "2024-07-10"})
    asked = f"/recommendations/{made['number']}"
    assert post(http, f"{asked}/follow-ups", {"version": 1, "held_on": "2024-03-01", "note": "Chưa trả lời"})["version"] == 2
    assert [one["round"] for one in get(http, "/due", "deputy", day="2024-07-10")["due"]] == [1]
    assert get(http, "/due")["due"] == []
    reply = {"version": 2, "position": "carried_out", "text": "Đã xong", "answered_on": "2024-04-01"}
    assert post(http, f"{asked}/answers", reply)["version"] == 3
    read = get(http, asked, "auditor")
    assert (read["status"], read["next_round"], read["answers"][0]["text"]) == ("carried_out", None, "Đã xong")
    assert get(http, f"/programmes/{number}", "auditor")["recommendations"] == [made["number"]]
    assert [one["number"] for one in get(http, "/programmes", "deputy", year="2025", status="running")["programmes"]] == [number]


def test_a_critique_goes_from_draft_to_response(http: TestClient) -> None:
    number = post(http, "/critiques", DRAFT)["number"]
    assert post(http, f"/critiques/{number}/opinion", {"version": 1, "text": "Mức thu cao", "sent_on": "2024-05-01"})["version"] == 2
    wanted = {"text": "Miễn cho hộ nghèo", "to_body": "Sở Tài chính", "sent_on": "2024-05-01", "answer_by": "2024-05-02"}
    made = post(http, f"/critiques/{number}/recommendations", wanted)
    assert [one["kind"] for one in get(http, "/due")["due"]] == ["answer"]
    response = {"version": 2, "result": "taken_in", "text": "Đã tiếp thu", "answered_on": "2024-05-03"}
    assert post(http, f"/critiques/{number}/response", response)["version"] == 3
    read = get(http, f"/critiques/{number}", "deputy")
    assert (read["result"], read["opinion"], read["response"]) == ("taken_in", "Mức thu cao", "Đã tiếp thu")
    assert read["recommendations"] == [made["number"]]
    assert [one["number"] for one in get(http, "/critiques", "auditor", level="province")["critiques"]] == [number]


def test_who_may_not_is_told_who_may(http: TestClient) -> None:
    for name in ("deputy", "auditor", "lan"):
        refused = post(http, "/programmes", PLAN, name)
        assert (refused["http"], refused["roles"]) == (403, ["reviewer", "approver", "unit_admin"])
    assert get(http, "/programmes", "lan")["status"] == 403
    assert get(http, "/programmes", "machine")["status"] == 403
    assert http.get(f"{HOME}/due").status_code == 403


def test_what_cannot_be_done_says_why(http: TestClient) -> None:
    assert post(http, "/programmes", {**PLAN, "title": " "})["http"] == 422
    for day in (0, "01/02/2027", "2027-02-30"):
        assert post(http, "/programmes", {**PLAN, "starts_on": day})["http"] == 422
    assert get(http, "/due", day="0")["status"] == 422
    boards = post(http, "/programmes", {**PLAN, "form": "community_boards"})
    assert (boards["http"], boards["part"]) == (409, "boards_of_commune")
    assert "Điều 27" in boards["detail"]
    assert post(http, "/programmes", {**PLAN, "grounds": [99]})["http"] == 404
    number = post(http, "/programmes", {**PLAN, "holder": "Ủy ban\x00MTTQ"})["number"]
    late = post(http, f"/programmes/{number}/moves", {"version": 1, "to": "ended"})
    assert (late["http"], late["allowed"]) == (409, ["running", "cancelled"])
    post(http, f"/programmes/{number}/moves", {"version": 1, "to": "running"})
    second = post(http, f"/programmes/{number}/moves", {"version": 1, "to": "running"})
    assert (second["http"], second["version"]) == (409, 2)
    assert get(http, "/programmes/99")["status"] == 404
    assert get(http, "/recommendations/99")["status"] == 404


def test_a_topic_is_proposed_accepted_once_and_holds_nothing_sealed(http: TestClient, service: WebService) -> None:
    numbers = [taken_in(service, f"Đường số {one} hỏng", str(one)) for one in range(5)]
    service.feedback.intake.submit(NewSubmission("chat", "secret", "Tôi tố cáo ông Kín", service.feedback.consents.current.version))
    service.understand()
    (topic,) = get(http, "/proposals")["proposals"]
    assert (topic["key"], topic["people"], topic["numbers"]) == ("transport.province.province:01", 5, numbers)
    assert topic["place"] == "Thành phố Hà Nội"
    (coarse,) = get(http, "/proposals", "deputy")["proposals"]
    assert "numbers" not in coarse
    assert get(http, "/proposals", to="2020-01-01")["proposals"] == []
    decided = {name: PLAN[name] for name in ("year", "holder", "title", "form", "subjects")}
    accept = f"/proposals/{topic['key']}/programme"
    made = post(http, accept, decided)
    assert (made["http"], made["grounds"], made["topic"], made["ground"]) == (201, numbers, topic["key"], "petitions")
    again = post(http, accept, decided, "mai")
    assert (again["http"], again["number"]) == (409, made["number"])
    assert post(http, accept, decided, "deputy")["http"] == 403
    assert post(http, "/proposals/land.central/programme", decided)["http"] == 404
