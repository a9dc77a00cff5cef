"""The whole application with its bot, running in a thread, once for each conversation."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from assistant.app import Assistant
from assistant.bootstrap import Parts
from assistant.chat_parts import Tables
from assistant.database import metadata, open_database
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.feedback.desk import open_desk
from assistant.feedback.suggesting.understanding import Reader
from assistant.feedback.vault import Vault
from assistant.feedback_parts import reader_with_law
from assistant.responder import Responder
from assistant.settings import Settings
from assistant.understanding.facts import Facts
from bots.telegram.access import Access
from bots.telegram.beside import telegram_beside
from bots.telegram.polling import PollingTimes
from bots.telegram.running import Times
from bots.telegram.webhook import PATH, webhook
from bots.web.app import create_app
from bots.web.service import WebService
from tests.assistant.feedback.office import KEYS
from tests.bots.command import forked
from tests.telegram.emulator import Emulator

# A Monday morning in Vietnam.
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PATIENCE_S = 60.0
_TIMES = Times(letters_every_s=0.3, first_pause_s=0.1, longest_pause_s=0.5, polling=PollingTimes(5, 5.0, 0.1, 0.5))
_LOOKS_EVERY_S = 0.05


class Way(StrEnum):
    """How updates come to the bot."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class Clock:
    """Begins on a Monday morning, runs like every clock, and can be moved on."""

    def __init__(self) -> None:
        self._began, self._moved = time.monotonic(), timedelta()

    def __call__(self) -> datetime:
        return MORNING + timedelta(seconds=time.monotonic() - self._began) + self._moved

    def move(self, by: timedelta) -> None:
        """So much later."""
        self._moved += by


@dataclass(frozen=True, slots=True)
class Shared:
    """What takes long to load and remembers nothing of anybody: all applications of a run answer and read with it."""

    parts: Parts
    responder: Responder
    reader: Reader
    facts: Facts
    tables: Tables


@contextmanager
def shared_parts(home: Path) -> Iterator[Shared]:
    """The default corpus with its index in `home`, made where it is not there, as for everybody by the first question."""
    first = forked(home, "ask", "Thử việc tối đa bao lâu?")
    assert first.code == 0, first.err
    parts = Parts(Settings(home=home, _env_file=None))  # type: ignore[call-arg]  # a field of the library
    answerer = parts.answerer()
    yield Shared(parts, parts.responder(answerer), reader_with_law(parts.encoder, home, answerer), Facts.load(), Tables.load())


@dataclass(frozen=True, slots=True)
class Running:
    """An application that listens at `url`."""

    service: WebService
    url: str


@contextmanager
def application(shared: Shared, database: str, telegram: Emulator, clock: Clock, way: Way) -> Iterator[Running]:
    """The application over an empty database while it runs with its bot."""
    engine = open_database(database)
    metadata.create_all(engine)
    desk = open_desk(engine, Vault(KEYS), clock, contact_retention=timedelta(days=365))
    desk.bodies.seed()
    assistant = Assistant(shared.responder, Conversations(engine, clock), clock, shared.facts)
    understander = desk.understander(shared.reader)
    service = WebService(assistant, AnswerFeedback(engine, clock), desk, shared.parts.store, time.monotonic, understander)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        address = f"{url}{PATH}" if way is Way.WEBHOOK else ""
        access = Access(SecretStr(telegram.token), telegram.base_url.removesuffix("/bot"), None, address, SecretStr("a-secret"))
        beside = telegram_beside(access, shared.parts.settings, service, shared.parts.encoder, _TIMES, shared.tables)
        with _served(create_app(service, beside=beside, routers=[webhook]), listening):
            until(lambda: bool(telegram.webhook_url) if address else telegram.is_polled)
            yield Running(service, url)
    engine.dispose()


@contextmanager
def _served(app: FastAPI, listening: socket.socket) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        until(lambda: server.started)
        yield
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def until(holds: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
    """Waits for what happens outside of the emulator."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        time.sleep(_LOOKS_EVERY_S)
