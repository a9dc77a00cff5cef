"""How much a model may be used in a day."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import BigInteger, Column, Date, Engine, Integer, Table, and_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from assistant.database import metadata, writing

log = logging.getLogger(__name__)

model_usage = Table(
    "model_usage",
    metadata,
    Column("day", Date, primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("tokens", BigInteger, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Usage:
    """Calls and tokens (of input and output together)."""

    calls: int = 0
    tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.calls + other.calls, self.tokens + other.tokens)

    def within(self, limit: Usage) -> bool:
        """Whether neither count is above that of `limit`."""
        return self.calls <= limit.calls and self.tokens <= limit.tokens


class UsageCounter(Protocol):
    """Keeps what was used on each day."""

    def spend(self, day: date, usage: Usage, limit: Usage) -> bool:
        """Adds `usage` if the sum of the day stays within `limit`, in one step; else adds nothing and says False."""
        ...

    def correct(self, day: date, usage: Usage) -> None:
        """Adds `usage`, which may be negative."""
        ...


class MemoryCounter:
    """Counts in this process and forgets with it; keeps the latest day only."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._used = Usage()
        self._lock = threading.Lock()

    def spend(self, day: date, usage: Usage, limit: Usage) -> bool:
        """Adds `usage` if the sum of the day stays within `limit`; else adds nothing and says False."""
        with self._lock:
            used = (self._used if day == self._day else Usage()) + usage
            if not used.within(limit):
                return False
            self._day, self._used = day, used
            return True

    def correct(self, day: date, usage: Usage) -> None:
        """Adds `usage` to the day if it is the one being counted."""
        with self._lock:
            if day == self._day:
                self._used = self._used + usage


class DatabaseCounter:
    """Counts in the application's database, for all processes that share it. Where the database fails, nothing may be spent."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def spend(self, day: date, usage: Usage, limit: Usage) -> bool:
        """Adds `usage` if the sum of the day stays within `limit`, in one statement; else adds nothing and says False."""
        if not usage.within(limit):
            return False
        calls, tokens = model_usage.c.calls + usage.calls, model_usage.c.tokens + usage.tokens
        insert = (postgresql if self._engine.dialect.name == "postgresql" else sqlite).insert
        statement = insert(model_usage).values(day=day, calls=usage.calls, tokens=usage.tokens)
        # Another process may have added to the day meanwhile: the condition is judged on the row as it is when its lock is held.
        statement = statement.on_conflict_do_update(
            index_elements=["day"], set_={"calls": calls, "tokens": tokens}, where=and_(calls <= limit.calls, tokens <= limit.tokens)
        )
        try:
            with writing(self._engine) as connection:
                return connection.execute(statement.returning(model_usage.c.day)).one_or_none() is not None
        except SQLAlchemyError as error:
            log.error("model_usage_failed", extra={"kind": type(error).__name__})  # noqa: TRY400 - the driver's words stay out
            return False

    def correct(self, day: date, usage: Usage) -> None:
        """Adds `usage` to a day that was counted; where the database fails, the day keeps what was reserved."""
        calls, tokens = model_usage.c.calls + usage.calls, model_usage.c.tokens + usage.tokens
        try:
            with writing(self._engine) as connection:
                connection.execute(update(model_usage).where(model_usage.c.day == day).values(calls=calls, tokens=tokens))
        except SQLAlchemyError as error:
            log.error("model_usage_failed", extra={"kind": type(error).__name__})  # noqa: TRY400 - as above


class DailyBudget:
    """At most `calls` calls and `tokens` tokens a day, as `today` names days."""

    def __init__(self, counter: UsageCounter, today: Callable[[], date], *, calls: int, tokens: int) -> None:
        self._counter, self._today, self._limit = counter, today, Usage(calls, tokens)

    def reserve(self, tokens: int) -> Reservation | None:
        """One call of at most so many tokens, counted at once; None where the day has no more."""
        day = self._today()
        return Reservation(self._counter, day, tokens) if self._counter.spend(day, Usage(1, tokens), self._limit) else None


@dataclass(frozen=True, slots=True)
class Reservation:
    """A call that was counted with the most that it can cost."""

    counter: UsageCounter
    day: date
    tokens: int

    def settle(self, tokens: int) -> None:
        """Counts the tokens that it did cost instead. Unsettled, as after a failure, all stay counted."""
        self.counter.correct(self.day, Usage(0, tokens - self.tokens))

    def cancel(self) -> None:
        """Counts nothing: the call was not made."""
        self.counter.correct(self.day, Usage(-1, -self.tokens))
