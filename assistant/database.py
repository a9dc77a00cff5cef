"""The application's own database: what people asked and wrote, apart from the corpus.

SQLite (a file) or PostgreSQL (a URL). The tables stand with the code that uses them and gather in `metadata`.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import UTC, datetime
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, Text, create_engine, event, func, make_url, select
from sqlalchemy.types import TypeDecorator

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

# Names of their own for constraints, else a later migration could not drop them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_WRITES = "dienhong_writes"
_WRITE_LOCK = "dienhong_write_lock"
_LAST = "dienhong_last"
_BUSY_TIMEOUT_MS = 10_000
_Value = TypeVar("_Value")
_Last = dict[Callable[[Connection, list[Any]], None], list[Any]]
# How long an erasure waits for readers to leave the log; it holds up writers meanwhile.
_TRUNCATE_TIMEOUT_MS = 2_000


class UnknownSchema(AssistantError):
    """The database was made by a later version of the program; `reason` in the words of the migration library."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"database of another version of the program: {reason}")


class DatabaseFailed(AssistantError):
    """The database could not do it; `kind` names the driver's error, whose words may quote what people wrote."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"the database failed: {kind}")


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in UTC on every engine; SQLite itself forgets the zone. Naive ones raise `ValueError`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TypedText(TypeDecorator[str]):
    """Text as people type it; what no database holds becomes U+FFFD (NUL) or "?" (half of a surrogate pair)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Text that every engine can hold."""
        return None if value is None else value.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def open_database(url: str) -> Engine:
    """An engine for the database at `url`, without touching its tables (`upgrade` makes them).

    SQLite: write-ahead log, every commit on disk, deleted contents overwritten. PostgreSQL: psycopg 3.
    """
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    # Errors quote the parameters of a statement, and with them what a citizen wrote.
    engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        engine.update_execution_options(**{_WRITE_LOCK: Lock()})
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the database and changes nothing."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is on disk when the block ends, or leaves nothing where the block raises.

    On SQLite it holds the write lock from its start: a lock taken halfway fails where another process wrote in between.
    """
    last: _Last = {}
    options = {_WRITES: True, _LAST: last}
    with _turn_to_write(engine), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection
        for act, values in last.items():
            act(connection, values)


def at_the_end(connection: Connection, act: Callable[[Connection, list[_Value]], None], value: _Value) -> None:
    """Has `act` called at the end of this `writing` transaction, once, with every value that was handed in for it, in their order.

    For what every transaction waits for: whoever takes that lock last holds up nobody, and nobody waits in a circle.
    """
    last: _Last = connection.get_execution_options()[_LAST]
    last.setdefault(act, []).append(value)


def wait_for(connection: Connection, name: str) -> None:
    """Holds up every other transaction that waits for the same `name`, in any process, until this one ends."""
    # On SQLite the write lock does that already.
    if connection.dialect.name == "postgresql":
        key = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(key)))


def scrub(engine: Engine) -> bool:
    """Takes what was deleted out of a SQLite file and its log; False where others held it, so that old contents remain for now.

    The file is written anew: on two shared cores 0.15 s for 20 MB, 0.8 s for 100 MB, while readers go on and writers wait.
    PostgreSQL clears by its own vacuum and log rotation; nothing is done there.
    """
    if engine.dialect.name != "sqlite":
        return True
    with _turn_to_write(engine), closing(engine.raw_connection()) as connection:
        is_done = _rewrite(connection.cursor())
    if not is_done:
        log.warning("erasure_unfinished")
    return is_done


def _turn_to_write(engine: Engine) -> AbstractContextManager[object]:
    # SQLite makes writers sleep and try again: a thread among eight then waits for half a second, here for its turn only.
    lock: AbstractContextManager[object] = engine.get_execution_options().get(_WRITE_LOCK, nullcontext())
    return lock


def _rewrite(cursor: Any) -> bool:  # Any: the driver's own cursor
    try:
        # secure_delete clears freed cells and pages, but not the copies that remain in the gaps of pages whose cells were moved.
        cursor.execute("VACUUM")
        cursor.execute(f"PRAGMA busy_timeout={_TRUNCATE_TIMEOUT_MS}")
        (is_busy, _, _) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    return not is_busy


def upgrade(engine: Engine, to: str = "head") -> None:
    """Brings the tables up to date. Any number of processes may call it at once; one works, the others find it done.

    All or nothing. Raises `UnknownSchema` where a later version of the program was here.
    """
    from alembic import command
    from alembic.util import CommandError

    with writing(engine) as connection:
        wait_for(connection, "migrations")
        try:
            command.upgrade(_migrations(connection), to)
        except CommandError as error:
            raise UnknownSchema(str(error)) from error


def downgrade(engine: Engine, to: str = "base") -> None:
    """Takes the tables back to revision `to`; what only later tables held is lost."""
    from alembic import command

    with writing(engine) as connection:
        wait_for(connection, "migrations")
        command.downgrade(_migrations(connection), to)


def _migrations(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "assistant:migrations")
    config.attributes["connection"] = connection
    return config


def _prepare_sqlite(connection: Any, _record: object) -> None:  # Any: the driver's own connection
    # The driver would begin transactions by its own rules; `_begin_sqlite` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
