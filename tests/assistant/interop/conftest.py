"""Fixtures of exchange with other programs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.areas import Areas
from tests.assistant.feedback.office import Office, open_office


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    with open_office(database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def areas() -> Areas:
    return Areas.load()
