"""The web application over the invented little law, with a real database and a router that goes by a few words."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, ConsoleMessage, Page

from assistant.app import Assistant
from assistant.chat_parts import Tables
from assistant.database import open_database, upgrade
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.feedback.desk import open_desk
from assistant.feedback.states import Role
from assistant.feedback.vault import Vault
from assistant.responder import Responder
from assistant.understanding.routes import Route, Routed
from bots.web.app import create_app
from bots.web.service import WebService
from embeddings.vector_cache import Vector
from tests.assistant.feedback.office import KEYS, WordReader, open_office
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.web.browser import Server, launched, serving
from tests.bots.web.talking import House, house_of
from tests.databases import sqlite_url

# Each name is also the key.
STAFF = {
    "lan": (Role.SCREENER,),
    "hung": (Role.REVIEWER,),
    "mai": (Role.APPROVER,),
    "officer-1": (Role.SEALED_OFFICER,),
    "officer-2": (Role.SEALED_OFFICER,),
}
STAFF_KEYS = {name: sha256(name.encode()).hexdigest() for name in (*STAFF, "machine")}

START = datetime(2024, 5, 4, 3, 0, tzinfo=UTC)


class RouterByWords:
    """Stands for the trained router: its ways are plain to see in a test."""

    WORDS: ClassVar = {
        "cháy": Route.EMERGENCY,
        "tố cáo": Route.DENUNCIATION,
        "ổ gà": Route.REPORT,
        "bỏ qua": Route.INJECTION,
        "thủ tục": Route.PROCEDURE,
        "chào": Route.SMALL_TALK,
    }

    def route(self, text: str, _meaning: Vector | None) -> Routed:
        """The route of the first word that is there, unsure where the text says so, else a legal question."""
        if "không rõ" in text:
            return Routed(None, 0.4, ((Route.REPORT, 0.4), (Route.LEGAL_QUESTION, 0.35), (Route.COMPLAINT, 0.2)))
        route = next((route for word, route in self.WORDS.items() if word in text), Route.LEGAL_QUESTION)
        return Routed(route, 0.9, ((route, 0.9),))


class HeldRouter(RouterByWords):
    """Lets no answer through while it is held, and counts the messages that it was asked about."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()
        self.asked = 0

    def hold(self) -> None:
        """From here on every answer waits."""
        self._open.clear()

    def release(self) -> None:
        """Lets those through that wait."""
        self._open.set()

    def route(self, text: str, meaning: Vector | None) -> Routed:
        """The route, once it is not held."""
        self.asked += 1
        assert self._open.wait(30)
        return super().route(text, meaning)


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        """What time it is."""
        return self.now

    def pass_hours(self, hours: float) -> None:
        """Moves it on."""
        self.now += timedelta(hours=hours)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def router() -> Iterator[HeldRouter]:
    router = HeldRouter()
    yield router
    router.release()


@pytest.fixture
def service(tmp_path: Path, clock: Clock, router: HeldRouter) -> Iterator[WebService]:
    (tmp_path / "application").mkdir()
    engine = open_database(sqlite_url(tmp_path / "application"))
    upgrade(engine)
    with toy_store(tmp_path) as store:
        assistant = Assistant(Responder(toy_answerer(store), router), Conversations(engine, clock), clock)
        desk = open_desk(engine, Vault(KEYS), clock, contact_retention=timedelta(days=30))
        yield WebService(assistant, AnswerFeedback(engine, clock), desk, store, time.monotonic, desk.understander(WordReader()))
    engine.dispose()


@pytest.fixture
def client(service: WebService) -> Iterator[TestClient]:
    with TestClient(
        create_app(service, per_minute_address=100_000, keys=STAFF_KEYS, staff=STAFF, lookups_per_minute=100_000, files_per_minute=100_000),
        raise_server_exceptions=False,
    ) as client:
        yield client


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def server(service: WebService, router: HeldRouter) -> Iterator[Server]:
    with serving(service) as server:
        yield server
        router.release()


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    """The chat page on a wide screen; whatever its scripts do wrong fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN", base_url=server.url)
    context.set_default_timeout(10_000)
    wrong: list[str] = []

    def noted(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrong.append(message.text)

    page = context.new_page()
    page.on("console", noted)
    page.on("pageerror", lambda error: wrong.append(error.message))
    page.goto("/")
    yield page
    context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The tables of units, and what finds personal data by them."""
    return Tables.load()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, tables: Tables) -> Iterator[House]:
    """An office and the service over it, which listens with its chat; for all tests of a file, each with visitors of its own."""
    folder = tmp_path_factory.mktemp("house")
    with open_office(f"sqlite:///{folder / 'dienhong.sqlite'}") as office, house_of(office, folder, tables, RouterByWords()) as house:
        yield house


@pytest.fixture
def new_house(database_url: str, tmp_path: Path, tables: Tables) -> Iterator[House]:
    """The same for one test, once for each kind of database."""
    with open_office(database_url) as office, house_of(office, tmp_path, tables, RouterByWords()) as house:
        yield house
