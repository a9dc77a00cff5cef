"""One process at a time leads; another takes over once it gave up or died."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from assistant.chats.leadership import Leadership
from assistant.database import metadata, open_database
from tests.assistant.feedback.office import Clock


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    opened = open_database(database_url)
    metadata.create_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def leads(engine: Engine, clock: Clock, name: str = "sending: telegram") -> Leadership:
    # All of one name: in containers processes have the same number.
    return Leadership(engine, clock, name, "telegram-1")


def seconds(clock: Clock, count: float) -> None:
    clock.move(timedelta(seconds=count))


def test_one_leads_and_the_other_waits_for_its_end(engine: Engine, clock: Clock) -> None:
    first, second = leads(engine, clock), leads(engine, clock)
    assert (first.is_held(), second.is_held()) == (True, False)
    first.release()
    seconds(clock, 1)
    assert (second.is_held(), first.is_held()) == (True, False)
    assert (first.followed_another, second.followed_another) == (False, True)


def test_whoever_goes_on_asking_leads_for_ever(engine: Engine, clock: Clock) -> None:
    first, second = leads(engine, clock), leads(engine, clock)
    assert first.is_held()
    for _ in range(60):
        seconds(clock, 1)
        assert (first.is_held(), second.is_held()) == (True, False)


def test_who_died_is_followed_after_fifteen_seconds(engine: Engine, clock: Clock) -> None:
    dead, second = leads(engine, clock), leads(engine, clock)
    assert dead.is_held()
    seconds(clock, 14)
    assert not second.is_held()
    seconds(clock, 1)
    assert second.is_held()


def test_who_was_held_up_knows_by_itself_that_it_leads_no_more_before_another_does(engine: Engine, clock: Clock) -> None:
    slow, second = leads(engine, clock), leads(engine, clock)
    assert slow.is_held()
    seconds(clock, 12)
    assert not slow.holds_still()
    seconds(clock, 3)
    assert (second.is_held(), slow.is_held()) == (True, False)
    slow.release()
    assert second.is_held()


def test_one_name_has_nothing_to_do_with_another(engine: Engine, clock: Clock) -> None:
    assert leads(engine, clock, "one").is_held()
    assert leads(engine, clock, "other").is_held()


def test_a_clock_that_was_set_back_blocks_nobody(engine: Engine, clock: Clock) -> None:
    assert leads(engine, clock).is_held()
    seconds(clock, -3_600)
    assert leads(engine, clock).is_held()


def test_most_looks_cost_no_query(engine: Engine, clock: Clock) -> None:
    first, second = leads(engine, clock), leads(engine, clock)
    assert (first.is_held(), second.is_held()) == (True, False)
    queries: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _connection, _cursor, statement, *_more: queries.append(statement))
    for _ in range(100):
        assert (first.is_held(), second.is_held()) == (True, False)
    assert queries == []
