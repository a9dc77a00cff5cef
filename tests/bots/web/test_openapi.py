"""Whatever fits the published description, and much that does not, gets an answer that the description names."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from assistant.app import Assistant
from assistant.database import open_database, upgrade
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.responder import Responder
from bots.web.app import create_app
from bots.web.service import WebService
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.web.conftest import Clock, RouterByWords
from tests.databases import sqlite_url

pytestmark = pytest.mark.slow


APP = create_app(None, per_minute_address=10**9)
PUBLISHED = schemathesis.openapi.from_asgi("/openapi.json", APP)


@pytest.fixture(scope="module", autouse=True)
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder, clock = tmp_path_factory.mktemp("fuzzed"), Clock()
    (folder / "application").mkdir()
    engine = open_database(sqlite_url(folder / "application"))
    upgrade(engine)
    with toy_store(folder) as store:
        assistant = Assistant(Responder(toy_answerer(store), RouterByWords()), Conversations(engine, clock), clock)
        APP.state.service = WebService(assistant, AnswerFeedback(engine, clock), store, time.monotonic)
        yield
    engine.dispose()


@PUBLISHED.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_request_gets_an_answer_that_is_described(case: Any) -> None:  # Any: the library's own generic case
    case.call_and_validate()
