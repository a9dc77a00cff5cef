"""What citizens send over HTTP: acknowledged once, followed by its code, deleted for good; sealed for everybody but two."""

from __future__ import annotations

import time
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text, update

from assistant.database import writing
from assistant.feedback.tables import submission
from bots.web.app import create_app
from bots.web.service import Rush, WebService
from tests.bots.web.conftest import STAFF, STAFF_KEYS

Json = dict[str, Any]


def version(client: TestClient) -> str:
    return str(client.get("/api/v1/consent").json()["version"])


def form(client: TestClient, text: str = "Đường liên thôn hỏng", request_id: str = "m-1", **more: object) -> Json:
    return {"request_id": request_id, "text": text, "consent_version": version(client), **more}


def submitted(client: TestClient, text: str = "Đường liên thôn hỏng", request_id: str = "m-1") -> str:
    """The code of a submission that has been read."""
    answer = client.post("/api/v1/submissions", json=form(client, text, request_id))
    assert answer.status_code == 201
    client.app.state.service.understand()  # type: ignore[attr-defined]
    return str(answer.json()["code"])


def as_(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {name}"}


def test_the_consent_is_told_in_both_languages(client: TestClient) -> None:
    assert "tố cáo" in client.get("/api/v1/consent").json()["text"].lower()
    assert "denunciation" in client.get("/api/v1/consent", headers={"accept-language": "en"}).json()["text"].lower()


def test_the_same_message_twice_gives_the_same_code(client: TestClient) -> None:
    first = client.post("/api/v1/submissions", json=form(client))
    second = client.post("/api/v1/submissions", json=form(client))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["code"] == second.json()["code"]


def test_an_id_that_somebody_else_chose_too_loses_nothing_and_tells_nobodys_code(client: TestClient) -> None:
    mine = client.post("/api/v1/submissions", json=form(client, "Đường liên thôn hỏng", "1"))
    others = client.post("/api/v1/submissions", json=form(client, "Cống nghẹt", "1"))
    reached = client.post("/api/v1/submissions", json=form(client, "Cống nghẹt", "1", contact={"phone": "0912345678"}))
    assert [one.status_code for one in (mine, others, reached)] == [201] * 3
    assert len({one.json()["code"] for one in (mine, others, reached)}) == 3
    assert client.get(f"/api/v1/submissions/{others.json()['code']}/copy").json()["text"] == "Cống nghẹt"


@pytest.mark.parametrize(
    ("changes", "status", "part"),
    [
        ({"text": " "}, 422, None),
        ({"text": "a" * 100_001}, 422, None),
        ({"consent_version": "x"}, 409, "consent"),
        ({"provisions": ["45/2019/QH14@36@1"]}, 409, "provisions"),
    ],
)
def test_what_cannot_be_taken_says_why(client: TestClient, changes: Json, status: int, part: str | None) -> None:
    answer = client.post("/api/v1/submissions", json={**form(client), **changes})
    assert (answer.status_code, answer.json().get("part")) == (status, part)
    assert answer.json()["detail"]


def test_a_submission_is_followed_withdrawn_and_deleted_by_its_code(client: TestClient) -> None:
    code = submitted(client)
    status = client.get(f"/api/v1/submissions/{code.lower().replace('-', '')}").json()
    assert (status["code"], status["state"], status["label"], status["may"]) == (code, "screening", "Đang sàng lọc", ["withdrawal"])
    assert client.get(f"/api/v1/submissions/{code}/copy").json()["text"] == "Đường liên thôn hỏng"
    assert client.post(f"/api/v1/submissions/{code}/withdrawal").json()["state"] == "withdrawn"
    assert client.delete(f"/api/v1/submissions/{code}").status_code == 204
    assert client.get(f"/api/v1/submissions/{code}").status_code == 404


@pytest.mark.parametrize(("language", "article"), [("vi", "Điều 22 và Điều 23"), ("en", "Articles 22 and 23")])
def test_what_to_do_besides_is_told_at_once_and_by_the_code(client: TestClient, language: str, article: str) -> None:
    headers = {"accept-language": language}
    sent = client.post("/api/v1/submissions", json=form(client, "cháy rồi, tôi tố cáo kẻ đốt nhà"), headers=headers).json()
    assert [one["code"] for one in sent["guidance"]] == ["emergency"]
    assert "114" in sent["guidance"][0]["text"]
    client.app.state.service.understand()  # type: ignore[attr-defined]
    later = client.get(f"/api/v1/submissions/{sent['code']}", headers=headers).json()["guidance"]
    assert [one["code"] for one in later] == ["emergency", "denunciation"]
    assert article in later[1]["text"]


def test_a_plain_report_has_no_guidance(client: TestClient) -> None:
    sent = client.post("/api/v1/submissions", json=form(client, "trước nhà tôi có ổ gà")).json()
    assert sent["guidance"] == []
    assert client.get(f"/api/v1/submissions/{sent['code']}").json()["guidance"] == []


def test_while_people_send_the_reader_is_told_to_rest(client: TestClient, service: WebService) -> None:
    assert not service.rush.is_on
    client.post("/api/v1/submissions", json=form(client))
    assert service.rush.is_on


def test_a_rush_is_over_a_second_after_the_last_was_sent() -> None:
    times = iter([10.0, 10.5, 11.5])
    rush = Rush(lambda: next(times))
    rush.note()
    assert rush.is_on
    assert not rush.is_on


def test_what_is_not_possible_now_says_what_is(client: TestClient) -> None:
    answer = client.post(f"/api/v1/submissions/{submitted(client)}/review")
    assert answer.status_code == 409
    assert answer.json()["allowed"] == ["withdrawn"]
    assert "Đang sàng lọc" in answer.json()["detail"]


def test_codes_cannot_be_tried_out(service: WebService) -> None:
    with TestClient(create_app(service, lookups_per_minute=6)) as client:
        answers = [client.get("/api/v1/submissions/DH-22222-22222-2").status_code for _ in range(5)]
    assert answers == [404, 404, 429, 429, 429]


@pytest.mark.parametrize("headers", [{}, as_("machine")])
def test_recommendations_are_for_staff_only(client: TestClient, headers: dict[str, str]) -> None:
    submitted(client)
    for path in ("", "/1"):
        assert client.get(f"/api/v1/recommendations{path}", headers=headers).status_code == 403
    assert client.post("/api/v1/recommendations/1/transitions", headers=headers, json={"version": 2, "to": "accepted"}).status_code == 403


def test_a_step_needs_the_version_that_was_read(client: TestClient) -> None:
    submitted(client)
    (matter,) = client.get("/api/v1/recommendations", headers=as_("lan")).json()["recommendations"]
    step = {"version": matter["version"], "to": "accepted", "note": "đủ thông tin"}
    first = client.post("/api/v1/recommendations/1/transitions", headers=as_("lan"), json=step)
    assert (first.status_code, first.json()["state"]) == (200, "accepted")
    second = client.post("/api/v1/recommendations/1/transitions", headers=as_("lan"), json=step)
    assert (second.status_code, second.json()["version"]) == (409, first.json()["version"])


def test_a_denunciation_is_opened_by_sealed_officers_only(client: TestClient) -> None:
    code = submitted(client, "Tôi tố cáo cán bộ nhận tiền")
    status = client.get(f"/api/v1/submissions/{code}").json()
    assert (status["state"], status["may"]) == ("screening", ["withdrawal"])
    for name in STAFF:
        may = name.startswith("officer")
        listed = client.get("/api/v1/recommendations", headers=as_(name)).json()["recommendations"]
        shown = client.get("/api/v1/recommendations/1", headers=as_(name))
        assert (len(listed), shown.status_code) == ((1, 200) if may else (0, 404))


def test_two_officers_unseal_what_is_none(client: TestClient) -> None:
    submitted(client, "Tôi tố cáo ổ gà trước nhà")
    step = {"version": 2, "to": "screening", "reason": "phản ánh đường hỏng"}
    assert client.post("/api/v1/recommendations/1/transitions", headers=as_("officer-1"), json=step).json()["state"] == "sealed"
    again = client.post("/api/v1/recommendations/1/transitions", headers=as_("officer-1"), json={**step, "version": 3})
    assert (again.status_code, again.json()["rule"]) == (409, "unsealing_needs_another_officer")
    other = client.post("/api/v1/recommendations/1/transitions", headers=as_("officer-2"), json={**step, "version": 3})
    assert other.json()["state"] == "screening"


def test_a_worker_that_fails_goes_on_with_what_comes_later(client: TestClient, service: WebService) -> None:
    code, engine = client.post("/api/v1/submissions", json=form(client)).json()["code"], service.feedback.engine
    with writing(engine) as connection:
        connection.execute(text("ALTER TABLE suggestion RENAME TO away"))
        connection.execute(update(submission).values(understood_at=None, leased_until=None))
    assert service.understand() is False
    with writing(engine) as connection:
        connection.execute(text("ALTER TABLE away RENAME TO suggestion"))
        connection.execute(update(submission).values(leased_until=None))
    assert service.understand() is False
    assert client.get(f"/api/v1/submissions/{code}").json()["state"] == "screening"


def test_the_running_service_reads_what_comes_in(service: WebService) -> None:
    with TestClient(create_app(service, per_minute_address=10_000, lookups_per_minute=10_000, keys=STAFF_KEYS, staff=STAFF)) as client:
        code = client.post("/api/v1/submissions", json=form(client)).json()["code"]
        for _ in range(100):
            if client.get(f"/api/v1/submissions/{code}").json()["state"] == "screening":
                break
            time.sleep(0.05)
        else:
            pytest.fail("nobody read it")
