"""What came in from channels: kept before the channel is told so, handled once, in order within each chat."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from assistant.chats.chats import Chats
from assistant.chats.seal_places import event_place
from assistant.chats.tables import chat, chat_event
from assistant.chats.types import Event, EventKind, FileAtChannel, FileKind
from assistant.database import reading, wait_for, writing
from assistant.feedback.leases import DELIVERED, WAITING, Leases, Patience
from assistant.feedback.vault import Vault

# Of one chat within a minute; what is more is not taken in, and the person is told so.
MOST_A_MINUTE = 30
_MINUTE = timedelta(minutes=1)
DROPPED = "dropped"
# Somebody waits for the answer: another worker takes over soon, and what fails three times is parked.
PATIENCE = Patience(timedelta(minutes=1), timedelta(seconds=5), timedelta(minutes=1), 3)


@dataclass(frozen=True, slots=True)
class Taken:
    """An event that this worker handles. `is_last_try`: if it fails again it is parked."""

    key: str
    chat: int
    event: Event
    attempts: int
    is_last_try: bool


class Inbox:
    """The events of one channel in a database, taken by one worker."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], worker: str, channel: str) -> None:
        self._engine, self._vault, self._clock, self._worker, self._channel = engine, vault, clock, worker, channel
        self._chats = Chats(vault)
        self._leases = Leases(chat_event, engine, clock, worker, PATIENCE)

    def receive(self, connection: Connection, events: Sequence[Event]) -> list[int]:
        """Keeps the events in this order, each once; the chats of which more came than is taken in."""
        wait_for(connection, "chat events")
        return [number for event in events for number in self._kept(connection, event)]

    def has(self, event: Event) -> bool:
        """Whether it was kept already, be it handled or not."""
        with reading(self._engine) as connection:
            known = select(chat_event.c.number).where(chat_event.c.key == _key(event))
            return connection.execute(known).first() is not None

    def take(self, limit: int) -> list[Taken]:
        """Up to `limit` events, at most one of each chat, each the oldest of its chat."""
        # Of its own name: around it stands the same table.
        mine = chat_event.alias()
        waiting = (mine.c.state == WAITING) & (chat.c.channel == self._channel)
        oldest = select(func.min(mine.c.number)).join(chat, chat.c.number == mine.c.chat).where(waiting).group_by(mine.c.chat)
        return [self._taken(row) for row in self._leases.take(limit, chat_event.c.number.in_(oldest))]

    def finish(self, connection: Connection, taken: Taken) -> bool:
        """Marks it handled within the transaction of what it led to; false where another worker has taken it over meanwhile."""
        mine = (chat_event.c.key == taken.key) & (chat_event.c.state == WAITING) & (chat_event.c.leased_by == self._worker)
        values = {"state": DELIVERED, "content": None, "ended_at": self._clock(), "leased_until": None}
        return connection.execute(update(chat_event).where(mine).values(values)).rowcount == 1

    def fail(self, taken: Taken, kind: str) -> None:
        """Puts it off, or parks it with its content after the last try; `kind` names the failure, never anybody's words."""
        with writing(self._engine) as connection:
            connection.execute(update(chat_event).where(chat_event.c.key == taken.key).values(failure=kind[:80]))
        self._leases.put_off(taken.key, taken.attempts)

    def counts(self) -> dict[str, int]:
        """How many events there are in each state."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(chat_event.c.state, func.count().label("events")).group_by(chat_event.c.state))
            return {row.state: row.events for row in rows}

    def _kept(self, connection: Connection, event: Event) -> list[int]:
        """The chat, where the event was dropped."""
        key = _key(event)
        if connection.execute(select(chat_event.c.number).where(chat_event.c.key == key)).first():
            return []
        now = self._clock()
        number = self._chats.open(connection, event.channel, event.address, event.language, now)
        lately = (chat_event.c.chat == number) & (chat_event.c.received_at > now - _MINUTE)
        is_flood = connection.execute(select(func.count()).where(lately)).scalar_one() >= MOST_A_MINUTE
        sealed = None if is_flood else self._vault.seal(json.dumps(asdict(event), ensure_ascii=False), event_place(key))
        values = {"key": key, "chat": number, "content": sealed, "received_at": now, "due_at": now, "attempts": 0}
        ended = {"state": DROPPED, "ended_at": now} if is_flood else {"state": WAITING}
        connection.execute(insert(chat_event).values(**values, **ended))
        return [number] if is_flood else []

    def _taken(self, row: Row[Any]) -> Taken:
        event = event_of(self._vault.open(row.content, event_place(row.key)))
        attempts = row.attempts + (row.leased_until is not None)
        return Taken(row.key, row.chat, event, attempts, attempts + 1 >= PATIENCE.most_attempts)


def _key(event: Event) -> str:
    return f"{event.channel}:{event.external_id}"


def event_of(written: str) -> Event:
    """The event as it was kept."""
    kept = json.loads(written)
    file = kept["file"] and FileAtChannel(**{**kept["file"], "kind": FileKind(kept["file"]["kind"])})
    point = kept["point"] and tuple(kept["point"])
    return Event(**{**kept, "kind": EventKind(kept["kind"]), "file": file, "point": point})
