"""One process at a time does what would go wrong if two did it at once: a small lease in the database, renewed while its holder lives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, Row, insert, select, update

from assistant.chats.tables import leadership
from assistant.database import reading, wait_for, writing

# After this another may lead; the clocks of the machines that share a database agree within the difference to the renewal.
LASTS = timedelta(seconds=15)
RENEWED_AFTER = timedelta(seconds=5)
# How long whoever does not lead believes so without asking.
_ASKED_AFTER = timedelta(seconds=1)
# Given back that much earlier than the lease ends, so that what was just begun is done by then.
_SPARE = timedelta(seconds=3)
_LONGEST_WORKER = 40


class Leadership:
    """The lead of `name` as one holder sees it; `worker` tells people who that is. Cheap to ask: the database hears of it now and then."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], name: str, worker: str) -> None:
        self._engine, self._clock, self._name = engine, clock, name
        # Workers are named after processes, whose numbers are the same in many a container.
        self._holder = f"{worker[:_LONGEST_WORKER]}-{uuid4().hex}"
        self._until: datetime | None = None
        self._asked_at: datetime | None = None
        self._followed = False

    def is_held(self) -> bool:
        """Whether this holder leads: taken where nobody does, renewed where it is time. Raises what the database raises."""
        now = self._clock()
        if not self._is_recent(now):
            self._until = self._taken_until()
            self._asked_at = now
        return self.holds_still()

    def holds_still(self) -> bool:
        """Whether it certainly leads yet, as far as it knows by itself."""
        return self._until is not None and self._clock() < self._until - _SPARE

    @property
    def followed_another(self) -> bool:
        """Whether somebody led before it did."""
        return self._followed

    def release(self) -> None:
        """Lets another lead at once."""
        held, self._until, self._asked_at = self._until, None, None
        if held is None:
            return
        with writing(self._engine) as connection:
            mine = (leadership.c.name == self._name) & (leadership.c.holder == self._holder)
            connection.execute(update(leadership).where(mine).values(until=self._clock()))

    def _is_recent(self, now: datetime) -> bool:
        """Whether it asked so lately that it need not again; a clock that was set back makes nothing recent."""
        lasts = _ASKED_AFTER if self._until is None else RENEWED_AFTER
        return self._asked_at is not None and timedelta(0) <= now - self._asked_at < lasts

    def _taken_until(self) -> datetime | None:
        """When the lease ends that was taken or renewed just now; None where another has it."""
        with reading(self._engine) as connection:
            if self._is_anothers(connection.execute(self._row()).first(), self._clock()):
                return None
        with writing(self._engine) as connection:
            wait_for(connection, f"leadership of {self._name}")
            # Only here: the turn to write may have been long in coming.
            now, row = self._clock(), connection.execute(self._row()).first()
            if self._is_anothers(row, now):
                return None
            values = {"holder": self._holder, "until": now + LASTS}
            if row is None:
                connection.execute(insert(leadership).values(name=self._name, **values))
            else:
                self._followed = self._followed or row.holder != self._holder
                connection.execute(update(leadership).where(leadership.c.name == self._name).values(values))
        return now + LASTS

    def _row(self) -> Any:  # Any: a select of two columns
        return select(leadership.c.holder, leadership.c.until).where(leadership.c.name == self._name)

    def _is_anothers(self, row: Row[Any] | None, now: datetime) -> bool:
        # A lease that ends far in the future is of a clock that went wrong.
        return row is not None and row.holder != self._holder and now < row.until <= now + 2 * LASTS
