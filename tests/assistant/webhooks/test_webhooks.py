"""Webhooks: signed, sent until they arrive and once each, and nothing of what is sealed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from assistant.feedback.desk import open_desk
from assistant.feedback.leases import LEASE
from assistant.feedback.states import Role, State, Step
from assistant.feedback.wanted import Wanted
from assistant.webhooks.errors import WebhookInvalid, WebhookNotFound
from assistant.webhooks.http import HttpPoster
from assistant.webhooks.sender import WebhookSender
from assistant.webhooks.signing import read_secret, written_secret
from assistant.webhooks.webhooks import Webhooks
from tests.assistant.feedback.office import CHAT, FIRST, HUNG, LAN, Office, open_office, person

SECRET = bytes(range(32))
ADMIN = person("tú", Role.UNIT_ADMIN)
URL = "https://portal.example/hook"


@dataclass
class ScriptedPoster:
    """Answers as it is told, 204 when nothing is left to say; an exception is raised."""

    answers: list[int | OSError] = field(default_factory=list)
    sent: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)

    def post(self, url: str, body: bytes, told: Mapping[str, str]) -> int:
        self.sent.append((url, body, told))
        answer = self.answers.pop(0) if self.answers else 204
        if isinstance(answer, OSError):
            raise answer
        return answer

    @property
    def data(self) -> list[dict[str, Any]]:
        return [json.loads(body)["data"] for _, body, _ in self.sent]


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    with open_office(database_url) as opened:
        hooks = Webhooks(opened.engine, opened.vault, opened.clock)
        opened.desk = open_desk(opened.engine, opened.vault, opened.clock, contact_retention=timedelta(days=365), followers=(hooks,))
        opened.intake, opened.recommendations = opened.desk.intake, opened.desk.recommendations
        opened.understander = opened.another_understander()
        yield opened


def hooks(office: Office) -> Webhooks:
    return Webhooks(office.engine, office.vault, office.clock)


def sender(office: Office, poster: ScriptedPoster | HttpPoster, worker: str = "worker-1") -> WebhookSender:
    return WebhookSender(office.engine, office.vault, office.clock, worker, poster)


def test_each_step_is_told_once_with_the_messages_of_the_channel(office: Office) -> None:
    hooks(office).add("Cổng kiến nghị", URL, SECRET, ADMIN, CHAT)
    office.sent()
    office.recommendations.take(1, 2, Step(State.ACCEPTED, LAN))
    poster = ScriptedPoster()
    assert [sender(office, poster, worker).send_due() for worker in ("a", "b")] == [2, 0]
    assert poster.data == [
        {"number": 1, "version": 2, "from": "received", "to": "screening", "channel": CHAT, "messages": ["message-1"]},
        {"number": 1, "version": 3, "from": "screening", "to": "accepted", "channel": CHAT, "messages": ["message-1"]},
    ]


def test_a_channel_is_told_of_its_own_only_and_others_without_ids(office: Office) -> None:
    hooks(office).add("một kênh", URL, SECRET, ADMIN, "another portal")
    hooks(office).add("tất cả", URL, SECRET, ADMIN)
    office.sent()
    poster = ScriptedPoster()
    sender(office, poster).send_due()
    assert poster.data == [{"number": 1, "version": 2, "from": "received", "to": "screening"}]


def test_nothing_sealed_is_told(office: Office) -> None:
    hooks(office).add("tất cả", URL, SECRET, ADMIN)
    office.sent("Tôi tố cáo ông A nhận tiền")
    office.sent()
    office.recommendations.take(2, 2, Step(State.ACCEPTED, LAN))
    office.recommendations.take(2, 3, Step(State.SEALED, HUNG))
    office.recommendations.take(2, 4, Step(State.SCREENING, FIRST, "phản ánh đường hỏng"))
    poster = ScriptedPoster()
    sender(office, poster).send_due()
    assert [(told["number"], told["to"]) for told in poster.data] == [(2, "screening"), (2, "accepted")]


def test_a_deadline_that_is_near_is_told_once(office: Office) -> None:
    hooks(office).add("tất cả", URL, SECRET, ADMIN)
    office.sent()
    office.clock.move(timedelta(days=1))
    for _ in range(2):
        office.desk.upkeep.run()
    poster = ScriptedPoster()
    sender(office, poster).send_due()
    told = poster.data[1:]
    assert [(one["number"], one["rule"]) for one in told] == [(1, "NB_SCREEN")]


def test_what_does_not_arrive_is_tried_later_under_the_same_id(office: Office) -> None:
    hooks(office).add("tất cả", URL, SECRET, ADMIN)
    office.sent()
    poster = ScriptedPoster([503, OSError(), 302])
    for _ in range(4):
        sender(office, poster).send_due()
        assert sender(office, poster).send_due() == 0
        office.clock.move(timedelta(hours=1))
    assert len(poster.sent) == 4
    assert len({told["webhook-id"] for _, _, told in poster.sent}) == 1


def test_what_a_worker_that_died_had_taken_is_sent_by_another(office: Office) -> None:
    hooks(office).add("tất cả", URL, SECRET, ADMIN)
    office.sent()

    class Killed(BaseException):
        pass

    class Dying:
        def post(self, url: str, body: bytes, told: Mapping[str, str]) -> int:
            raise Killed

    with pytest.raises(Killed):
        WebhookSender(office.engine, office.vault, office.clock, "dies", Dying()).send_due()
    assert sender(office, ScriptedPoster()).send_due() == 0
    office.clock.move(LEASE)
    assert sender(office, ScriptedPoster()).send_due() == 1


@pytest.mark.parametrize("by", ["its receiver", "a person"])
def test_who_wants_no_more_is_told_no_more(office: Office, by: str) -> None:
    added = hooks(office).add("tất cả", URL, SECRET, ADMIN)
    office.sent()
    poster = ScriptedPoster([410])
    if by == "a person":
        hooks(office).end(added.number, ADMIN)
    sender(office, poster).send_due()
    office.sent("Cầu hỏng")
    office.clock.move(timedelta(hours=1))
    assert sender(office, poster).send_due() == 0
    assert len(poster.sent) == (1 if by == "its receiver" else 0)
    assert hooks(office).all() == []
    with pytest.raises(WebhookNotFound):
        hooks(office).end(added.number, ADMIN)


@pytest.mark.parametrize("url", ["ftp://portal.example", "portal.example/hook", "https://", "https://x/" + "a" * 2_000])
def test_an_address_that_cannot_be_told_is_refused(office: Office, url: str) -> None:
    with pytest.raises(WebhookInvalid):
        hooks(office).add("cổng", url, SECRET, ADMIN)


def test_a_name_is_taken_once(office: Office) -> None:
    hooks(office).add("cổng", URL, SECRET, ADMIN)
    with pytest.raises(WebhookInvalid):
        hooks(office).add("cổng", URL, SECRET, ADMIN)


@pytest.mark.parametrize("written", ["whsec_", "whsec_AAAA", "not base 64", written_secret(b"x" * 65)])
def test_a_secret_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(WebhookInvalid):
        read_secret(written)


def test_a_real_receiver_can_check_who_sent_it(office: Office) -> None:
    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((dict(self.headers), self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    got: list[tuple[dict[str, str], bytes]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    Thread(target=server.serve_forever, daemon=True).start()
    hooks(office).add("máy thật", f"http://127.0.0.1:{server.server_port}/hook", SECRET, ADMIN)
    office.sent()
    assert sender(office, HttpPoster()).send_due() == 1
    server.shutdown()
    server.server_close()
    (told, body) = got[0]
    signed = f"{told['webhook-id']}.{told['webhook-timestamp']}.".encode() + body
    key = read_secret(written_secret(SECRET))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert told["webhook-signature"] == f"v1,{expected}"
    office.sent("Cầu hỏng")
    assert sender(office, HttpPoster()).send_due() == 0


def test_nobody_is_told_of_what_never_happened(office: Office) -> None:
    hooks(office).add("tất cả", URL, SECRET, ADMIN)
    office.sent()
    poster = ScriptedPoster()
    sender(office, poster).send_due()
    with pytest.raises(Exception, match="version"):
        office.recommendations.take(1, 1, Step(State.ACCEPTED, LAN))
    assert sender(office, poster).send_due() == 0
    assert [matter.state for matter in office.queue.page(LAN, Wanted())] == [State.SCREENING]
