"""The application's database: made and changed by steps, durable, and silent about what people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from assistant.all_tables import metadata
from assistant.database import UnknownSchema, downgrade, open_database, reading, scrub, upgrade, writing
from assistant.dialogue import tables
from assistant.dialogue.conversations import Conversations
from assistant.language_model.budget import model_usage
from tests.assistant.talker import MORNING, finished, opened, process
from tests.databases import PostgresServer, sqlite_url

CONVERSATION = {"id": "một", "channel": "web", "facts": {}, "turns": 0, "started_at": MORNING, "last_at": MORNING}
_POSTGRES_SCHEMA = (
    "SELECT indexname, replace(indexdef, current_schema() || '.', '') FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1",
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace ORDER BY 1",
    "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default IS NULL"
    " FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2",
)
_SQLITE_SCHEMA = ("SELECT name, tbl_name, sql FROM sqlite_master ORDER BY 1",)
# Between the columns and constraints of a table, but not inside "(a, b)".
_PARTS = re.compile(r",\s*(?![^()]*\))")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = open_database(database_url)
    yield made
    made.dispose()


def schema(engine: Engine) -> list[tuple[Any, ...]]:
    """All that the engine says of its tables, indexes and constraints, without the table of the steps."""
    statements = _SQLITE_SCHEMA if engine.dialect.name == "sqlite" else _POSTGRES_SCHEMA
    with reading(engine) as connection:
        found = [tuple(row) for statement in statements for row in connection.execute(text(statement))]
    return [tuple(_unordered(part) for part in row) for row in found if not any("alembic_version" in str(part) for part in row)]


def _unordered(part: Any) -> Any:
    """A CREATE TABLE as its parts in order of the alphabet: SQLite puts a column that is added later behind the constraints."""
    if not isinstance(part, str) or not part.startswith("CREATE TABLE"):
        return part
    name, _, parts = part.partition("(")
    return name, sorted(" ".join(one.split()) for one in _PARTS.split(parts.rstrip().removesuffix(")")))


def empty(engine: Engine) -> bool:
    return set(inspect(engine).get_table_names()) <= {"alembic_version"}


def test_steps_and_tables_of_the_code_agree(engine: Engine) -> None:
    upgrade(engine)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    by_steps = schema(engine)
    assert model_usage.name in metadata.tables
    downgrade(engine)
    metadata.create_all(engine)
    assert by_steps
    assert schema(engine) == by_steps


def test_steps_lead_back_and_forth(engine: Engine) -> None:
    upgrade(engine)
    before = schema(engine)
    downgrade(engine)
    assert empty(engine)
    upgrade(engine)
    assert schema(engine) == before


def test_upgrading_again_keeps_what_is_there(engine: Engine) -> None:
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(tables.conversation.insert().values(**CONVERSATION))
    upgrade(engine)
    with reading(engine) as connection:
        assert connection.scalar(select(tables.conversation.c.id)) == "một"


def test_what_an_older_program_wrote_is_read_and_survives_the_way_back(engine: Engine) -> None:
    upgrade(engine, "0001")
    turn = {"conversation": "một", "number": 1, "request_id": "r", "state": "answered", "asked_at": MORNING, "typed": "hỏi"}
    answer = {
        "answered_at": MORNING,
        "understood": "hỏi",
        "as_of": MORNING.date(),
        "outcome": "answered",
        "content": "{}",
        "provisions": [],
    }
    note = {"request_id": "n", "conversation": "một", "turn": 1, "kind": "unclear", "note": "?", "created_at": MORNING, "state": "open"}
    with writing(engine) as connection:
        connection.execute(tables.conversation.insert().values(**CONVERSATION))
        connection.execute(tables.turn.insert().values(**turn, **answer))
        connection.execute(tables.answer_feedback.insert().values(**note))
    upgrade(engine)
    (kept,) = Conversations(engine, lambda: MORNING).history("một")
    assert kept.answer
    assert (kept.typed, kept.answer.follows) == ("hỏi", False)
    downgrade(engine, "0001")
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT turn FROM answer_feedback")) == 1
        assert connection.scalar(text("SELECT understood FROM turn")) == "hỏi"


def test_several_processes_may_start_at_once(database_url: str) -> None:
    for started in [process("upgrade", database_url) for _ in range(3)]:
        finished(started)
    engine = opened(database_url)
    assert not empty(engine)
    engine.dispose()


def test_a_database_of_a_later_program_is_refused_and_left_alone(engine: Engine) -> None:
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    before = schema(engine)
    with pytest.raises(UnknownSchema) as refused:
        upgrade(engine)
    assert "later" in refused.value.reason
    assert schema(engine) == before


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    upgrade(engine)

    def fail() -> None:
        with writing(engine) as connection:
            connection.execute(tables.conversation.insert().values(**CONVERSATION))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with reading(engine) as connection:
        assert connection.scalar(select(tables.conversation.c.id)) is None


def test_an_error_does_not_quote_what_was_typed(engine: Engine) -> None:
    upgrade(engine)
    turn = {"number": 1, "request_id": "r", "state": "asked", "asked_at": MORNING, "typed": "điều bí mật"}

    def ask_in_nothing() -> None:
        with writing(engine) as connection:
            connection.execute(tables.turn.insert().values(conversation="không có", **turn))

    with pytest.raises(IntegrityError) as failed:
        ask_in_nothing()
    assert "bí mật" not in str(failed.value)


def test_moments_come_back_in_utc_and_naive_ones_are_refused(engine: Engine) -> None:
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(tables.conversation.insert().values(**CONVERSATION))
        moment = connection.execute(select(tables.conversation.c.last_at)).scalar_one()
        assert (moment, moment.utcoffset()) == (MORNING, MORNING.utcoffset())
        with pytest.raises(StatementError):
            connection.execute(update(tables.conversation).values(last_at=MORNING.replace(tzinfo=None)))


def test_sqlite_keeps_every_commit_and_clears_what_is_deleted(tmp_path: Path) -> None:
    engine = open_database(sqlite_url(tmp_path))
    wanted = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000, "foreign_keys": 1, "secure_delete": 1}
    with reading(engine) as connection:
        assert {name: connection.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
    engine.dispose()


def test_scrubbing_waits_for_no_reader_for_ever_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    engine = opened(sqlite_url(tmp_path))
    with reading(engine) as connection:
        connection.execute(select(tables.conversation.c.id)).all()
        assert not scrub(engine)
        assert [record.message for record in caplog.records] == ["erasure_unfinished"]
    assert scrub(engine)
    with reading(engine) as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == 10_000
    engine.dispose()


def test_a_plain_postgresql_url_is_taken(postgres_server: PostgresServer) -> None:
    engine = opened(postgres_server.empty_database().replace("postgresql+psycopg://", "postgresql://"))
    assert (engine.dialect.driver, empty(engine)) == ("psycopg", False)
    engine.dispose()
