"""What the web's service does beside answering: it tells conversations, and keeps no text longer than it may."""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.app import Asked, Assistant
from assistant.database import open_database
from assistant.dialogue.conversations import Conversations
from assistant.settings import Settings
from bots.serving import expire
from bots.web.app import create_app
from bots.web.service import WebService
from bots.wording import ENGLISH
from tests.bots.web.conftest import Clock
from tests.databases import sqlite_url

HOURS, AGAIN = "Trẻ em thả tàu giấy từ mấy giờ?", "Gửi lại được."
MONTH_H, PATIENCE_S = 31 * 24, 30


def eventually(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.02)
    return is_so()


def ask(service: WebService, request_id: str) -> str:
    """A conversation with one answered turn."""
    conversation = service.assistant.conversations.start("web").id
    service.answered_in(Asked(conversation, request_id, HOURS), "vi")
    return conversation


def test_a_question_without_an_answer_is_told_so_and_under_which_id_to_send_it_again(service: WebService, clock: Clock) -> None:
    conversation = ask(service, "r-1")
    service.assistant.conversations.ask(conversation, "r-2", "hỏi dở", clock())
    told = service.told(conversation, unanswered=AGAIN)
    assert told
    assert [(turn["turn"], turn["request_id"], turn["question"]) for turn in told["turns"]] == [(1, "r-1", HOURS), (2, "r-2", "hỏi dở")]
    assert json.loads(told["turns"][0]["answer"])["outcome"] == "answered"
    assert "message" not in told["turns"][0]
    assert (told["turns"][1]["answer"], told["turns"][1]["message"]) == (None, AGAIN)


def test_a_conversation_that_is_not_open_is_not_told(service: WebService, clock: Clock) -> None:
    conversation = ask(service, "r-1")
    clock.pass_hours(25)
    assert service.told(conversation, unanswered=AGAIN) is None
    assert service.told("unknown", unanswered=AGAIN) is None


@pytest.mark.parametrize("is_ready", [True, False])
def test_texts_past_their_retention_go_at_the_start_and_again_later(service: WebService, clock: Clock, *, is_ready: bool) -> None:
    turns = service.assistant.conversations.turns
    first = ask(service, "r-1")
    clock.pass_hours(MONTH_H)
    second = ask(service, "r-2")
    app = create_app(service if is_ready else None, expire_every_s=0.02)
    with TestClient(app) as client:
        app.state.service = service
        assert eventually(lambda: not turns(first))
        assert len(turns(second)) == 1
        clock.pass_hours(MONTH_H)
        assert eventually(lambda: not turns(second))
        assert client.get("/readyz").status_code == 200


def test_a_failing_database_ends_no_service_and_its_words_stay_out_of_the_log(
    service: WebService, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    without_tables = Conversations(open_database(sqlite_url(tmp_path)), clock)
    failing = replace(service, assistant=Assistant(service.assistant.responder, without_tables, clock))
    with caplog.at_level(logging.INFO, "bots.web.service"), TestClient(create_app(failing, expire_every_s=0.02)) as client:
        assert eventually(lambda: len(caplog.records) > 1)
        assert client.get("/healthz").status_code == 200
    assert {(record.message, record.__dict__["kind"], record.exc_info) for record in caplog.records} == {
        ("expiry_failed", "OperationalError", None)
    }


def test_the_command_says_how_much_it_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert expire(argparse.Namespace(), Settings(home=tmp_path), ENGLISH) == 0
    assert json.loads(capsys.readouterr().out) == {"turns": 0, "conversations": 0, "notes": 0}
