"""Messages to citizens, written in the transaction of what they tell and sent until they arrive.

A worker takes a message for a while (a lease); when it dies, another takes it. The message's key goes along to the channel, so that a
message sent twice arrives once where the channel keeps keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from assistant.database import reading, wait_for, writing
from assistant.feedback.seal_places import message_place
from assistant.feedback.tables import outbox
from assistant.feedback.vault import Vault

LEASE = timedelta(minutes=2)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=6)
_MOST_ATTEMPTS = 14
_WAITING, _DELIVERED, _GIVEN_UP = "waiting", "delivered", "given_up"

Facts = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to hand to its channel. `key` is the same each time it is tried; `what` tells which sentences to use."""

    key: str
    submission: int
    channel: str
    what: str
    facts: Facts
    text: str | None = field(repr=False, default=None)
    attempts: int = 0


class Undeliverable(Exception):
    """The channel could not take a message. `is_final`: it never will, e.g. the sender has blocked it."""

    def __init__(self, *, is_final: bool = False) -> None:
        self.is_final = is_final
        super().__init__("refused for good" if is_final else "not now")


class Channel(Protocol):
    """Where citizens are reached."""

    def deliver(self, delivery: Delivery) -> None:
        """Hands it over; the same key twice shall reach the citizen once. Raises `Undeliverable`."""


class Outbox:
    """Takes messages from the table and sends them; any number of workers at once."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], worker: str) -> None:
        self._engine, self._vault, self._clock, self._worker = engine, vault, clock, worker

    def deliver_due(self, channels: Mapping[str, Channel], limit: int = 50) -> int:
        """Tries what is due on these channels; how many arrived."""
        arrived = 0
        for delivery in self._take(tuple(channels), limit):
            try:
                channels[delivery.channel].deliver(delivery)
            except Undeliverable as refusal:
                self._put_off(delivery, is_final=refusal.is_final)
            else:
                self._end(delivery.key, _DELIVERED)
                arrived += 1
        return arrived

    def counts(self) -> dict[str, int]:
        """How many messages there are in each state."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(outbox.c.state, func.count().label("messages")).group_by(outbox.c.state))
            return {row.state: row.messages for row in rows}

    def _take(self, channels: tuple[str, ...], limit: int) -> list[Delivery]:
        now = self._clock()
        is_free = outbox.c.leased_until.is_(None) | (outbox.c.leased_until <= now)
        due = (outbox.c.state == _WAITING) & (outbox.c.due_at <= now) & is_free & outbox.c.channel.in_(channels)
        query = select(outbox).where(due).order_by(outbox.c.due_at, outbox.c.number).limit(limit)
        with writing(self._engine) as connection:
            wait_for(connection, "outbox")
            rows = connection.execute(query).all()
            taken = {"leased_until": now + LEASE, "leased_by": self._worker}
            connection.execute(update(outbox).where(outbox.c.number.in_([row.number for row in rows])).values(taken))
        return [self._delivery(row) for row in rows]

    def _delivery(self, row: Row[Any]) -> Delivery:
        text = self._vault.open(row.text, message_place(row.key)) if row.text else None
        return Delivery(row.key, row.submission, row.channel, row.what, row.facts, text, row.attempts)

    def _put_off(self, delivery: Delivery, *, is_final: bool) -> None:
        if is_final or delivery.attempts + 1 >= _MOST_ATTEMPTS:
            self._end(delivery.key, _GIVEN_UP)
            return
        pause = min(_FIRST_PAUSE * 2**delivery.attempts, _LONGEST_PAUSE)
        later = {"due_at": self._clock() + pause, "leased_until": None, "attempts": outbox.c.attempts + 1}
        self._change(delivery.key, later)

    def _end(self, key: str, state: str) -> None:
        # What was told need not be kept here once it has arrived.
        self._change(
            key, {"state": state, "ended_at": self._clock(), "leased_until": None, "text": None, "attempts": outbox.c.attempts + 1}
        )

    def _change(self, key: str, values: Mapping[str, Any]) -> None:
        # Only the worker that still has the lease: whoever took it over speaks for the message by then.
        mine = (outbox.c.key == key) & (outbox.c.state == _WAITING) & (outbox.c.leased_by == self._worker)
        with writing(self._engine) as connection:
            connection.execute(update(outbox).where(mine).values(dict(values)))


def queue(
    connection: Connection, key: str, submission: int, channel: str, what: str, now: datetime, facts: Facts, sealed: bytes | None = None
) -> None:
    """Writes a message into the outbox inside the transaction of `connection`; one key is queued once.

    `sealed`: its text, if it has one of its own, sealed for `message_place(key)`.
    """
    if connection.execute(select(outbox.c.number).where(outbox.c.key == key)).first():
        return
    values = {"key": key, "submission": submission, "channel": channel, "what": what, "facts": dict(facts), "text": sealed}
    connection.execute(insert(outbox).values(**values, state=_WAITING, due_at=now, attempts=0, queued_at=now))
