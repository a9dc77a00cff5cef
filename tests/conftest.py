"""Fixtures that several folders of tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.databases import PostgresServer, running_postgres, sqlite_url

# The same examples every time: a failure is met by the change that brought it, not by whoever runs the tests next.
settings.register_profile("same-each-time", derandomize=True, database=None)
settings.load_profile("same-each-time")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, once for each engine that the product supports."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    server = request.getfixturevalue("postgres_server")
    assert isinstance(server, PostgresServer)
    return server.empty_database()
