"""A small application of its own that speaks Open311 and serves open data, with an office behind it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.app import Assistant
from assistant.database import open_database
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.feedback.desk import open_desk
from assistant.feedback.vault import Vault
from assistant.interop.catalogue import OpenDataTerms
from assistant.responder import Responder
from bots.web.limits import Callers, RateLimiter
from bots.web.open311 import add_open311
from bots.web.open311_said import Open311Terms
from bots.web.open_data import add_open_data
from bots.web.problems import Problem, problem_response
from bots.web.service import WebService
from bots.web.units import Units
from tests.assistant.feedback.office import KEYS, Office, open_office
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.web.conftest import Clock, RouterByWords
from tests.databases import sqlite_url

KEY = "khoa-cua-ung-dung"
# Read once for all towns.
UNITS = Units()
TERMS = Open311Terms(jurisdiction="mattran.example.vn")


@dataclass(slots=True)
class Seconds:
    """A clock of seconds that stands until it is moved."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Town:
    """A client, and the office that works on what it sends."""

    client: TestClient
    office: Office
    app: FastAPI
    seconds: Seconds


@contextmanager
def some_service(folder: Path) -> Iterator[WebService]:
    """A service whose assistant is of no matter here; it takes long to make, so that many towns share it."""
    clock = Clock()
    engine = open_database("sqlite://")
    with toy_store(folder) as store:
        assistant = Assistant(Responder(toy_answerer(store), RouterByWords()), Conversations(engine, clock), clock)
        desk = open_desk(engine, Vault(KEYS), clock, contact_retention=timedelta(days=30))
        yield WebService(assistant, AnswerFeedback(engine, clock), desk, store, time.monotonic)


@contextmanager
def opened_town(service: WebService, folder: Path, *, per_minute: int = 100_000, terms: Open311Terms = TERMS) -> Iterator[Town]:
    """The application over an empty database in `folder`."""
    app, seconds = FastAPI(), Seconds()
    limits = RateLimiter(per_minute, time.monotonic)
    app.state.callers = Callers({"app": sha256(KEY.encode()).hexdigest()}, limits, RateLimiter(100_000, time.monotonic))
    app.state.lookups = Callers({}, RateLimiter(per_minute, time.monotonic), RateLimiter(100_000, time.monotonic))
    app.exception_handler(Problem)(problem_response)
    add_open311(app, terms, UNITS)
    add_open_data(app, OpenDataTerms(), UNITS, seconds)
    with open_office(sqlite_url(folder)) as office:
        app.state.service = replace(service, feedback=office.desk)
        with TestClient(app) as client:
            yield Town(client, office, app, seconds)
