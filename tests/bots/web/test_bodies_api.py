"""Liaisons over HTTP: what was sent to their bodies, as a slip tells it; all else is not there."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.app import Assistant
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.feedback.bodies import NewBody
from assistant.feedback.casework import Facts
from assistant.feedback.states import Role, State, Step
from assistant.feedback.types import AdminLevel
from assistant.responder import Responder
from bots.web.app import create_app
from bots.web.service import WebService
from tests.assistant.feedback.office import HUNG, LAN, Office, open_office, person
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.web.conftest import RouterByWords

Json = dict[str, Any]
BASE = "/api/v1/recommendations"
OLD, NEW, OTHER = "Sở Giao thông vận tải tỉnh Hạ", "Sở Xây dựng tỉnh Hạ", "Sở Y tế tỉnh Hạ"
ADMIN = person("tú", Role.UNIT_ADMIN)
STAFF = {
    "so-xd": (Role.AGENCY_LIAISON,),
    "so-yt": (Role.AGENCY_LIAISON,),
    "nobody": (Role.AGENCY_LIAISON,),
    "hung": (Role.REVIEWER,),
    "both": (Role.AGENCY_LIAISON,),
}
BODIES = {"so-xd": ("so-xd",), "so-yt": ("so-yt",), "hung": ("so-xd",), "both": ("so-xd", "so-yt")}
TELLING = ("Nguyễn Văn Kín", "0912345678", "0987654321", "đường nhà tôi ở ngõ sâu")


@dataclass(frozen=True, slots=True)
class House:
    """Two reports, sent to two bodies, and one more that is sealed after it was sent to the first."""

    office: Office
    client: TestClient
    codes: tuple[str, ...]

    def get(self, path: str, who: str = "so-xd") -> Any:  # the client's own answer
        return self.client.get(f"{BASE}{path}", headers={"Authorization": f"Bearer {who}"})

    def post(self, path: str, form: Json, who: str = "so-xd") -> Any:  # the client's own answer
        return self.client.post(f"{BASE}{path}", headers={"Authorization": f"Bearer {who}"}, json=form)


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    with open_office(database_url) as office, toy_store(tmp_path) as store:
        codes = tuple(forwarded(office, number, body) for number, body in enumerate((OLD, OTHER, NEW), start=1))
        office.recommendations.take(3, version(office, 3), Step(State.SEALED, HUNG))
        for key, name in (("so-gtvt", OLD), ("so-xd", NEW), ("so-yt", OTHER)):
            office.desk.bodies.add(NewBody(key, name, AdminLevel.PROVINCE), ADMIN)
        office.desk.bodies.end("so-gtvt", office.clock().date(), ["so-xd"], ADMIN)
        assistant = Assistant(Responder(toy_answerer(store), RouterByWords()), Conversations(office.engine, office.clock), office.clock)
        service = WebService(assistant, AnswerFeedback(office.engine, office.clock), office.desk, store, time.monotonic)
        keys = {name: sha256(name.encode()).hexdigest() for name in STAFF}
        app = create_app(service, keys=keys, staff=STAFF, staff_bodies=BODIES, per_minute_address=10**6, per_minute_key=10**6)
        with TestClient(app) as client:
            yield House(office, client, codes)


def version(office: Office, number: int) -> int:
    return office.recommendations.show(number, HUNG).matter.version


def forwarded(office: Office, number: int, body: str) -> str:
    """The code of a letter whose recommendation was sent on."""
    name, phone, other, words = TELLING
    code = office.intake.submit(office.letter(f"Tôi là {name}, số {phone}: {words} hỏng", str(number), name)).code
    office.understander.understand_waiting()
    office.casework.settle(number, version(office, number), Facts(statement=f"Đề nghị sửa đường, gọi {phone}", body=body), HUNG)
    for step in (Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG)):
        office.recommendations.take(number, version(office, number), step, f"gọi {other}")
    office.casework.confirm_redaction(number, version(office, number), {code: "Đường hỏng"}, HUNG, despite_found=True)
    office.casework.refer(number, version(office, number), body, [], f"gọi {other}", HUNG)
    return code


def test_liaisons_read_what_was_sent_to_their_bodies(house: House) -> None:
    assert [[one["number"] for one in house.get("", who).json()["recommendations"]] for who in STAFF] == [[1], [2], [], [1, 2], [1, 2]]
    (listed,) = house.get("").json()["recommendations"]
    assert listed["body_shown"] == f"{NEW} (trước ngày 22/11/2026: {OLD})"
    assert (listed["public_texts"], listed["statement"]) == (["Đường hỏng"], "Đề nghị sửa đường, gọi [số điện thoại]")
    assert house.get("/1").json() == house.get("/1/file").json() == listed
    assert house.get("?state=answered").json() == {"recommendations": [], "total": 0, "cursor": None, "next": None}


def test_a_liaison_goes_through_the_list_and_learns_nothing_of_the_office_by_narrowing_it(house: House) -> None:
    first = house.get("?limit=1", "both").json()
    assert ([one["number"] for one in first["recommendations"]], first["total"], first["next"]) == ([1], 2, 1)
    for way in (f"cursor={first['cursor']}", "after=1"):
        rest = house.get(f"?limit=1&{way}", "both").json()
        assert ([one["number"] for one in rest["recommendations"]], rest["cursor"], rest["next"]) == ([2], None, None)
    for asked in ("owner=hung", "owner=nobody", "urgency=now", "overdue=true", "unread=true", "order=due"):
        assert house.get(f"?{asked}", "both").json() == house.get("", "both").json()


def test_nothing_of_senders_and_colleagues_reaches_a_liaison(house: House) -> None:
    pages = [house.get(path).text for path in ("", "/1", "/1/file", "/due?within=400")]
    assert [
        secret for secret in (*TELLING, *house.codes, "hung", "lan") for page in pages if re.search(rf"\b{re.escape(secret)}\b", page)
    ] == []
    assert '"recommendation":1' in pages[-1]


def test_what_was_not_sent_to_them_looks_as_if_it_were_not_there(house: House) -> None:
    nothing = house.get("/99")
    for number in (2, 3, 99):
        answers = [house.get(f"/{number}{path}") for path in ("", "/file", "/links", "/answers/check")]
        answers += [house.post(f"/{number}/{path}", form) for path, form in ACTS.items()]
        assert {answer.status_code for answer in answers} == {404}
        # The number that was asked for may be repeated, and nothing else may differ.
        assert {told(answer, number) for answer in answers} == {told(nothing, 99)}


ACTS: dict[str, Json] = {
    "transitions": {"version": 1, "to": "acknowledged"},
    "claim": {"version": 1},
    "facts": {"version": 1, "title": "x"},
    "merge": {"version": 1, "into": 1},
    "redaction": {"version": 1, "public_texts": {}},
    "answers": {"version": 1, "text": "Đã sửa.", "resolution": "settled"},
    "answers/approval": {"version": 1},
    "publication": {"version": 1},
    "referrals": {"version": 1, "body": "x"},
    "unmerge": {"version": 1, "to": "screening"},
    "links": {"version": 1, "kind": "supports", "reason": "r", "matter": 1},
    "links/1/undo": {"version": 1},
    "split": {"version": 1, "code": "DH-22222-22222-2", "parts": [[0, 1], [1, 2]]},
}


def told(answer: Any, number: int) -> tuple[str, ...]:
    return tuple(str(answer.json()[name]).replace(str(number), "N") for name in ("type", "title", "status", "detail"))


def test_steps_of_a_liaison_answer_with_what_it_may_read(house: House) -> None:
    now = int(house.get("/1").json()["version"])
    taken = house.post("/1/transitions", {"version": now, "to": "acknowledged"})
    assert (taken.status_code, taken.json()["state"]) == (200, "acknowledged")
    assert taken.json() == house.get("/1").json()
    assert house.post("/1/transitions", {"version": now, "to": "in_progress"}).status_code == 409
    drafted = house.post("/1/answers", {"version": now + 1, "text": "Đã sửa đường ngày 20/11.", "resolution": "settled"})
    assert drafted.status_code == 201
    assert house.post("/1/answers/approval", {"version": now + 2}).status_code == 404
    assert house.get("/1").json()["next_states"] == []


def test_a_reviewer_sees_the_body_of_today_beside_the_one_that_was_written(house: House) -> None:
    (first, second) = house.get("", "hung").json()["recommendations"]
    shown = f"{NEW} (trước ngày 22/11/2026: {OLD})"
    assert (first["body"], first["body_shown"], second["body_shown"]) == (OLD, shown, OTHER)
    (sent,) = house.get("/1/file", "hung").json()["referrals"]
    assert (sent["body"], sent["body_shown"], sent["note"]) == (OLD, shown, f"gọi {TELLING[2]}")
