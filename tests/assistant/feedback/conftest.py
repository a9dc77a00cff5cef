"""Fixtures of the recommendation database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.feedback.office import Office, open_office


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    with open_office(database_url) as opened:
        yield opened
