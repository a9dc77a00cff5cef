"""Fixtures of chats."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answering.answerer import Answerer
from assistant.chat_parts import Tables
from tests.assistant.chats.chatting import Service, toy_answers
from tests.assistant.feedback.office import open_office


@pytest.fixture(scope="session")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    with toy_answers(tmp_path_factory.mktemp("law")) as made:
        yield made


@pytest.fixture(scope="session")
def tables() -> Tables:
    return Tables.load()


@pytest.fixture
def service(database_url: str, answerer: Answerer, tables: Tables) -> Iterator[Service]:
    with open_office(database_url) as office:
        yield Service(office, answerer, tables)
