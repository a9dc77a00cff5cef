"""Offices with the register of supervision and social critique over their database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.oversight.register import OversightRegister
from tests.assistant.feedback.office import Office, open_office


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """In memory, one for all tests of a module: each works on records of its own and leaves the clock alone."""
    with open_office("sqlite://") as opened:
        yield opened


@pytest.fixture(scope="module")
def register(office: Office) -> OversightRegister:
    return OversightRegister(office.engine, office.vault, office.clock)


@pytest.fixture
def own_office(database_url: str) -> Iterator[Office]:
    """An office of its own on each engine that the product supports."""
    with open_office(database_url) as opened:
        yield opened
