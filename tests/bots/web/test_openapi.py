"""Whatever fits the published description, and much that does not, gets an answer that the description names."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from assistant.app import Assistant
from assistant.database import open_database, upgrade
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.feedback.desk import open_desk
from assistant.feedback.states import Role
from assistant.feedback.vault import Vault
from assistant.responder import Responder
from bots.web.app import create_app
from bots.web.service import WebService
from tests.assistant.feedback.office import KEYS
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.web.conftest import STAFF_KEYS, Clock, RouterByWords
from tests.databases import sqlite_url

pytestmark = pytest.mark.slow


APP = create_app(
    None,
    per_minute_address=10**9,
    per_minute_key=10**9,
    lookups_per_minute=10**9,
    wrong_keys_per_minute=10**9,
    keys=STAFF_KEYS,
    staff={"machine": tuple(Role)},
)
# The key is sent with every request; that it is wanted has tests of its own. What is too long may be too large as well.
CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {"with-security-parameters": False},
        "checks": {"negative_data_rejection": {"expected-statuses": ["4xx", "5xx"]}},
    }
)
PUBLISHED = schemathesis.openapi.from_asgi("/openapi.json", APP, config=CONFIG)


@pytest.fixture(scope="module", autouse=True)
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder, clock = tmp_path_factory.mktemp("fuzzed"), Clock()
    (folder / "application").mkdir()
    engine = open_database(sqlite_url(folder / "application"))
    upgrade(engine)
    with toy_store(folder) as store:
        assistant = Assistant(Responder(toy_answerer(store), RouterByWords()), Conversations(engine, clock), clock)
        desk = open_desk(engine, Vault(KEYS), clock, contact_retention=timedelta(days=30))
        APP.state.service = WebService(assistant, AnswerFeedback(engine, clock), desk, store, time.monotonic)
        yield
    engine.dispose()


@PUBLISHED.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_request_gets_an_answer_that_is_described(case: Any) -> None:  # Any: the library's own generic case
    case.call_and_validate(headers={"Authorization": "Bearer machine"})
