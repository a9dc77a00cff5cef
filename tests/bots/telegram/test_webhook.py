"""The bot by webhook: nobody comes in without the secret, and an update is confirmed only once it is kept."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from bots.telegram.running import telegram_running
from bots.telegram.webhook import PATH, webhook
from tests.bots.telegram.chats_at_hand import QUICK, EchoDesk, access_to, bot_running, open_desk, until
from tests.telegram.bot_thread import free_port
from tests.telegram.emulator import Emulator, LostBefore

SECRET = "s3cret_of-tests"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def telegram() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[EchoDesk]:
    with open_desk(tmp_path) as opened:
        yield opened


def application(telegram: Emulator, desk: EchoDesk, url: str) -> FastAPI:
    """A web service that holds the bot."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        access = access_to(telegram, webhook_url=url, secret=SECRET)
        async with telegram_running(access, desk, lambda: 0, desk.clock, workers=2, times=QUICK) as app.state.telegram:
            yield

    app = FastAPI(lifespan=lifespan)
    app.include_router(webhook)
    return app


@contextmanager
def serving(telegram: Emulator, desk: EchoDesk) -> Iterator[str]:
    """The address of the webhook of a service that listens."""
    port = free_port()
    url = f"http://127.0.0.1:{port}{PATH}"
    server = uvicorn.Server(uvicorn.Config(application(telegram, desk, url), port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


@contextmanager
def called(telegram: Emulator, desk: EchoDesk) -> Iterator[TestClient]:
    """A service that is called by hand: Telegram knows another address."""
    with TestClient(application(telegram, desk, f"http://127.0.0.1:9{PATH}")) as client:
        until(lambda: bool(telegram.webhook_url))
        yield client


def update(number: int, text: str = "xin chào") -> dict[str, Any]:
    sender = {"id": 100000001, "first_name": "Lan", "is_bot": False}
    chat = {"id": 100000001, "type": "private"}
    return {"update_id": number, "message": {"message_id": number, "date": 1795395600, "chat": chat, "from": sender, "text": text}}


def test_what_is_written_is_answered_by_webhook(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    lan.says("trước")
    with serving(telegram, desk) as url:
        lan.wait_for(1)
        assert telegram.webhook_url == url
        lan.says("xin chào")
        assert [one.text for one in lan.wait_for(1)] == ["Bạn nói: xin chào"]
        lan.taps("Đúng")
        lan.wait_for(1)
        telegram.wait_until(lambda: lan.unanswered_taps == 0 and telegram.pending_updates == 0)
    assert telegram.calls_of("setWebhook")[0].arguments["drop_pending_updates"] == "false"
    assert telegram.calls_of("getUpdates") == ()


def test_an_update_that_is_not_kept_comes_again_and_one_that_comes_twice_is_answered_once(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    desk.failures.append(OperationalError("INSERT", None, Exception("disk full")))
    telegram.deliver_twice(1)
    with serving(telegram, desk):
        lan.says("xin chào")
        lan.wait_for(1)
        telegram.wait_until(lambda: telegram.pending_updates == 0)
        until(lambda: len(desk.received) == 2)
    assert [one.text for one in lan.messages if one.is_from_bot] == ["Bạn nói: xin chào"]


def test_the_webhook_is_set_once_telegram_can_be_reached(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    telegram.faults.next("*", LostBefore(), times=4)
    with serving(telegram, desk):
        lan.says("xin chào")
        lan.wait_for(1)


def test_from_polling_to_a_webhook_and_back_nothing_is_lost(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    with serving(telegram, desk):
        lan.says("một")
        lan.wait_for(1)
    lan.says("hai")
    with bot_running(access_to(telegram), desk):
        lan.wait_for(1)
        assert telegram.webhook_url == ""


@pytest.mark.parametrize(
    ("why", "headers", "body", "status"),
    [
        ("the secret", {HEADER: SECRET}, json.dumps(update(1)), 200),
        ("no secret", {}, json.dumps(update(1)), 403),
        ("a wrong one", {HEADER: "s3cret"}, json.dumps(update(1)), 403),
        ("one with other letters", {HEADER: "bí mật".encode()}, json.dumps(update(1)), 403),
        ("no JSON", {HEADER: SECRET}, "update_id=1", 400),
        ("no object", {HEADER: SECRET}, "[1]", 400),
        ("an update that cannot be read, which would come again for ever", {HEADER: SECRET}, '{"update_id": 1, "message": 5}', 200),
        ("an update of no concern", {HEADER: SECRET}, '{"update_id": 1, "poll": null}', 200),
    ],
)
def test_who_may_come_in(telegram: Emulator, desk: EchoDesk, why: str, headers: dict[str, str], body: str, status: int) -> None:
    with called(telegram, desk) as client:
        assert client.post(PATH, content=body, headers=headers).status_code == status, why
    assert len(desk.received) == (why == "the secret")


def test_a_bot_that_is_not_ready_or_cannot_write_lets_the_update_come_again(telegram: Emulator, desk: EchoDesk) -> None:
    desk.failures.append(OperationalError("INSERT", None, Exception("disk full")))
    with called(telegram, desk) as client:
        statuses = [client.post(PATH, json=update(1), headers={HEADER: SECRET}).status_code for _ in range(2)]
    assert statuses == [503, 200]
    telegram.faults.network_down()
    with TestClient(application(telegram, desk, f"http://127.0.0.1:9{PATH}")) as client:
        assert client.post(PATH, json=update(2), headers={HEADER: SECRET}).status_code == 503


def test_without_a_webhook_nobody_comes_in(telegram: Emulator, desk: EchoDesk) -> None:
    with TestClient(application(telegram, desk, "")) as client:
        assert client.post(PATH, json=update(1), headers={HEADER: SECRET}).status_code == 404
    bare = FastAPI()
    bare.include_router(webhook)
    assert TestClient(bare).post(PATH, json=update(1), headers={HEADER: SECRET}).status_code == 404
