"""What came from a channel and could not be read: kept sealed as it came, so that it can be read again once the program can."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from assistant.chats.chats import Chats
from assistant.chats.seal_places import unread_place
from assistant.chats.tables import chat_unread
from assistant.database import reading, wait_for, writing
from assistant.feedback.vault import Vault

log = logging.getLogger(__name__)

# Of all channels; of more the oldest are given up.
MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that a channel brought, as it came. `failure`: the kind of the error; `address`: of its chat, empty where nobody knows."""

    external_id: str
    content: str = field(repr=False)
    failure: str
    address: str = field(default="", repr=False)


class UnreadUpdates:
    """What could not be read of one channel."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], channel: str, most: int = MOST_KEPT) -> None:
        self._engine, self._vault, self._clock, self._channel, self._most = engine, vault, clock, channel, most
        self._chats = Chats(vault)

    def put_aside(self, updates: Sequence[Unreadable]) -> None:
        """Keeps these, each once; on disk when this returns. What was wanted again and failed again waits for the next who wants it."""
        with writing(self._engine) as connection:
            wait_for(connection, "chat updates unread")
            for one in updates:
                self._put_aside(connection, one)
            self._make_room(connection)

    def wanted(self, limit: int) -> list[Unreadable]:
        """Up to `limit` that somebody wants to be read again, the oldest first."""
        mine = chat_unread.c.is_wanted & (chat_unread.c.channel == self._channel)
        with reading(self._engine) as connection:
            rows = connection.execute(select(chat_unread).where(mine).order_by(chat_unread.c.number).limit(limit)).all()
        return [Unreadable(self._id(row.key), self._vault.open(row.content, unread_place(row.key)), row.failure) for row in rows]

    def drop(self, external_id: str) -> None:
        """It was read."""
        with writing(self._engine) as connection:
            connection.execute(delete(chat_unread).where(chat_unread.c.key == self._key(external_id)))

    def _put_aside(self, connection: Connection, one: Unreadable) -> None:
        key = self._key(one.external_id)
        again = update(chat_unread).where(chat_unread.c.key == key).values(is_wanted=False, failure=one.failure[:80])
        if connection.execute(again).rowcount:
            return
        values = {
            "key": key,
            "channel": self._channel,
            "chat_key": self._chats.key_of(self._channel, one.address) if one.address else None,
            "content": self._vault.seal(one.content, unread_place(key)),
            "failure": one.failure[:80],
            "kept_at": self._clock(),
            "is_wanted": False,
        }
        connection.execute(insert(chat_unread).values(values))

    def _make_room(self, connection: Connection) -> None:
        too_many = connection.execute(select(func.count()).select_from(chat_unread)).scalar_one() - self._most
        if too_many <= 0:
            return
        oldest = select(chat_unread.c.number).order_by(chat_unread.c.number).limit(too_many)
        connection.execute(delete(chat_unread).where(chat_unread.c.number.in_(oldest.scalar_subquery())))
        log.error("chat_updates_unread_lost", extra={"count": too_many})

    def _key(self, external_id: str) -> str:
        return f"{self._channel}:{external_id}"

    def _id(self, key: str) -> str:
        return key.removeprefix(f"{self._channel}:")
