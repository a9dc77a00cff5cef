"""What a model may be used in a day: counted alike in memory and in a database, where processes share it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.database import open_database
from assistant.language_model.budget import DailyBudget, DatabaseCounter, MemoryCounter, Usage, UsageCounter
from corpus.days import VIETNAM
from tests.assistant.talker import MORNING, finished, opened, process
from tests.databases import PostgresServer, sqlite_url

DAY = MORNING.date()
NEXT = DAY + timedelta(days=1)
LIMIT = Usage(3, 100)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> UsageCounter:
    """Every counter of the product, each empty."""
    if request.param == "memory":
        return MemoryCounter()
    if request.param == "sqlite":
        return DatabaseCounter(opened(sqlite_url(tmp_path)))
    server = request.getfixturevalue("postgres_server")
    assert isinstance(server, PostgresServer)
    return DatabaseCounter(opened(server.empty_database()))


def spent(counter: UsageCounter, *usages: Usage, day: date = DAY) -> list[bool]:
    return [counter.spend(day, usage, LIMIT) for usage in usages]


@pytest.mark.parametrize(
    ("usages", "may", "why"),
    [
        ([Usage(1, 10)] * 4, [True, True, True, False], "calls run out"),
        ([Usage(1, 60), Usage(1, 60), Usage(1, 40)], [True, False, True], "what does not fit takes nothing away"),
        ([Usage(1, 101), Usage(1, 100)], [False, True], "the first of a day may be too much as well"),
        ([Usage(4, 0), Usage(3, 100)], [False, True], "up to the limit and not beyond"),
    ],
)
def test_no_more_is_spent_than_a_day_has(counter: UsageCounter, usages: list[Usage], may: list[bool], why: str) -> None:
    assert spent(counter, *usages) == may, why


def test_each_day_is_counted_for_itself(counter: UsageCounter) -> None:
    assert spent(counter, Usage(3, 100)) == [True]
    assert spent(counter, Usage(1, 1), day=NEXT) == [True]
    assert spent(counter, Usage(3, 100), Usage(2, 99), day=NEXT) == [False, True]


def test_a_correction_gives_back_and_takes_more(counter: UsageCounter) -> None:
    spent(counter, Usage(3, 100))
    counter.correct(DAY, Usage(-1, -50))
    assert spent(counter, Usage(1, 51), Usage(1, 30)) == [False, True]
    counter.correct(DAY, Usage(-1, 10))
    assert spent(counter, Usage(1, 11), Usage(1, 10)) == [False, True]


def test_a_restart_forgets_nothing(database_url: str) -> None:
    assert spent(DatabaseCounter(opened(database_url)), Usage(2, 60)) == [True]
    assert spent(DatabaseCounter(opened(database_url)), Usage(2, 1), Usage(1, 41), Usage(1, 40)) == [False, False, True]


def test_processes_that_spend_at_once_keep_within_the_limit_together(database_url: str) -> None:
    opened(database_url).dispose()
    crowds = [process("spend", database_url, "70", "4", "15") for _ in range(2)]
    each = [int(finished(crowd)[0]) for crowd in crowds]
    assert sum(each) == 70
    # All 120 tries were made; what was refused took nothing away.
    assert spent_tokens(database_url) == 700


def spent_tokens(database_url: str) -> int:
    """How many tokens the day has been counted for, found out by spending."""
    counter = DatabaseCounter(open_database(database_url))
    return next(tokens for tokens in range(0, 10_000, 10) if counter.spend(DAY, Usage(0, 0), Usage(10**6, tokens)))


def test_a_day_begins_at_midnight_in_vietnam(database_url: str) -> None:
    now = datetime(2026, 11, 2, 16, 59, tzinfo=UTC)
    clock: Callable[[], date] = lambda: now.astimezone(VIETNAM).date()  # noqa: E731 - reads `now` anew
    budget = DailyBudget(DatabaseCounter(opened(database_url)), clock, calls=1, tokens=100)
    assert budget.reserve(10)
    assert budget.reserve(10) is None
    now += timedelta(minutes=1)
    assert budget.reserve(10)


def test_a_database_that_fails_allows_no_call_and_tells_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    without_tables = DatabaseCounter(open_database(sqlite_url(tmp_path)))
    with caplog.at_level(logging.ERROR):
        assert spent(without_tables, Usage(1, 1)) == [False]
        without_tables.correct(DAY, Usage(0, -1))
    assert [record.message for record in caplog.records] == ["model_usage_failed"] * 2
