"""Rows of a table that workers take for a while and send until they arrive; when a worker dies, another takes over.

The table has the columns `key`, `state` (waiting, delivered, given_up), `due_at`, `leased_until`, `leased_by`, `attempts` and `ended_at`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Table, select, true, update

from assistant.database import wait_for, writing

LEASE = timedelta(minutes=2)
WAITING, DELIVERED, GIVEN_UP = "waiting", "delivered", "given_up"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a worker keeps a row, and how often it is tried after which pauses; with these defaults for a day and a half."""

    lease: timedelta = LEASE
    first_pause: timedelta = timedelta(seconds=15)
    longest_pause: timedelta = timedelta(hours=6)
    most_attempts: int = 14


class Leases:
    """The leases of one worker on one table."""

    def __init__(self, table: Table, engine: Engine, clock: Callable[[], datetime], worker: str, patience: Patience | None = None) -> None:
        self._table, self._engine, self._clock, self._worker = table, engine, clock, worker
        self._patience = patience or Patience()

    def take(self, limit: int, wanted: ColumnElement[bool] | None = None) -> list[Row[Any]]:
        """Up to `limit` rows that are due, the longest due first; nobody else takes them until the lease is over.

        One whose worker died comes alone, so that it takes nobody along where it was what ended the worker.
        """
        now, columns = self._clock(), self._table.c
        is_free = columns.leased_until.is_(None) | (columns.leased_until <= now)
        due = (columns.state == WAITING) & (columns.due_at <= now) & is_free & (true() if wanted is None else wanted)
        query = select(self._table).where(due).order_by(columns.due_at, columns.number).limit(limit)
        with writing(self._engine) as connection:
            wait_for(connection, self._table.name)
            rows = _without_company(connection.execute(query).all())
            taken: dict[str, Any] = {"leased_until": now + self._patience.lease, "leased_by": self._worker}
            if rows and _has_lost_its_worker(rows[0]):
                taken["attempts"] = columns.attempts + 1
            connection.execute(update(self._table).where(columns.number.in_([row.number for row in rows])).values(taken))
        return rows

    def is_hopeless(self, row: Row[Any]) -> bool:
        """Whether a row that was taken has ended so many workers that it is better given up."""
        return _has_lost_its_worker(row) and row.attempts + 1 >= self._patience.most_attempts

    def delivered(self, key: str, at_the_end: Mapping[str, Any] | None = None) -> None:
        """It arrived; `at_the_end` are other columns to set then."""
        self._end(key, DELIVERED, at_the_end)

    def put_off(self, key: str, attempts: int, *, is_final: bool = False, at_the_end: Mapping[str, Any] | None = None) -> None:
        """Another try later, after ever longer pauses; given up in the end, or at once where `is_final`."""
        if is_final or attempts + 1 >= self._patience.most_attempts:
            self._end(key, GIVEN_UP, at_the_end)
            return
        pause = min(self._patience.first_pause * 2**attempts, self._patience.longest_pause)
        self._change(key, {"due_at": self._clock() + pause, "leased_until": None})

    def wait_until(self, key: str, moment: datetime) -> None:
        """Another try from `moment` on, which does not count as one: whoever takes it asked to wait."""
        self._change(key, {"due_at": moment, "leased_until": None, "attempts": self._table.c.attempts})

    def _end(self, key: str, state: str, more: Mapping[str, Any] | None) -> None:
        self._change(key, {**(more or {}), "state": state, "ended_at": self._clock(), "leased_until": None})

    def _change(self, key: str, values: Mapping[str, Any]) -> None:
        # Only the worker that still has the lease: whoever took it over speaks for the row by then.
        columns = self._table.c
        mine = (columns.key == key) & (columns.state == WAITING) & (columns.leased_by == self._worker)
        with writing(self._engine) as connection:
            connection.execute(update(self._table).where(mine).values({"attempts": columns.attempts + 1, **values}))


def _has_lost_its_worker(row: Row[Any]) -> bool:
    """A worker that lives gives the lease back."""
    return row.leased_until is not None


def _without_company(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    if rows and _has_lost_its_worker(rows[0]):
        return list(rows[:1])
    return list(takewhile(lambda row: not _has_lost_its_worker(row), rows))
