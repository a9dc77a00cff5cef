"""Messages to citizens, written in the transaction of what they tell and sent until they arrive.

A worker takes a message for a while (a lease); when it dies, another takes it. The message's key goes along to the channel, so that a
message sent twice arrives once where the channel keeps keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Row, func, insert, select

from assistant.database import reading
from assistant.feedback.leases import WAITING, Leases
from assistant.feedback.seal_places import message_place
from assistant.feedback.tables import outbox
from assistant.feedback.vault import Vault

# What was told need not be kept here once it has arrived.
_NOTHING_KEPT = {"text": None}

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
        self._engine, self._vault = engine, vault
        self._leases = Leases(outbox, engine, clock, worker)

    def deliver_due(self, channels: Mapping[str, Channel], limit: int = 50) -> int:
        """Tries what is due on these channels; how many arrived."""
        arrived = 0
        for row in self._leases.take(limit, outbox.c.channel.in_(tuple(channels))):
            delivery = self._delivery(row)
            if self._leases.is_hopeless(row):
                self._leases.put_off(delivery.key, delivery.attempts, is_final=True, at_the_end=_NOTHING_KEPT)
                continue
            try:
                channels[delivery.channel].deliver(delivery)
            except Undeliverable as refusal:
                self._leases.put_off(delivery.key, delivery.attempts, is_final=refusal.is_final, at_the_end=_NOTHING_KEPT)
            else:
                self._leases.delivered(delivery.key, _NOTHING_KEPT)
                arrived += 1
        return arrived

    def counts(self) -> dict[str, int]:
        """How many messages there are in each state."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(outbox.c.state, func.count().label("messages")).group_by(outbox.c.state))
            return {row.state: row.messages for row in rows}

    def _delivery(self, row: Row[Any]) -> Delivery:
        text = self._vault.open(row.text, message_place(row.key)) if row.text else None
        return Delivery(row.key, row.submission, row.channel, row.what, row.facts, text, row.attempts)


def queue(
    connection: Connection, key: str, submission: int, channel: str, what: str, now: datetime, facts: Facts, sealed: bytes | None = None
) -> None:
    """Writes a message into the outbox inside the transaction of `connection`; one key is queued once.

    `sealed`: its text, if it has one of its own, sealed for `message_place(key)`.
    """
    if connection.execute(select(outbox.c.number).where(outbox.c.key == key)).first():
        return
    values = {"key": key, "submission": submission, "channel": channel, "what": what, "facts": dict(facts), "text": sealed}
    connection.execute(insert(outbox).values(**values, state=WAITING, due_at=now, attempts=0, queued_at=now))
