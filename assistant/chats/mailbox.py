"""What goes out to chats: written in the transaction of what it tells, sent in order within each chat until it arrives."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from assistant.chats.chats import Chats
from assistant.chats.leadership import Leadership
from assistant.chats.seal_places import outgoing_place
from assistant.chats.tables import chat, chat_message
from assistant.chats.types import Message
from assistant.database import reading, writing
from assistant.feedback.leases import GIVEN_UP, WAITING, Leases, Patience
from assistant.feedback.vault import Vault

# For a day and a half, as the letters of the recommendation database; the first second try comes soon, since somebody waits.
PATIENCE = Patience(timedelta(minutes=1), timedelta(seconds=2), timedelta(hours=6), 18)
_NOTHING_KEPT: Mapping[str, Any] = {"content": None}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that this worker sends. `key` is the same each time it is tried."""

    key: str
    chat: int
    address: str = field(repr=False)
    message: Message
    attempts: int


class Mailbox:
    """The outgoing messages of one channel, taken by one worker."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], worker: str) -> None:
        self._engine, self._vault, self._clock, self._worker = engine, vault, clock, worker
        self._chats = Chats(vault)
        self._leases = Leases(chat_message, engine, clock, worker, PATIENCE)

    def queue(self, connection: Connection, key: str, number: int, messages: Sequence[Message]) -> None:
        """Writes messages to a chat inside the transaction of `connection`; one key is queued once."""
        now = self._clock()
        for order, message in enumerate(messages):
            one = f"{key}:{order}"
            if connection.execute(select(chat_message.c.number).where(chat_message.c.key == one)).first():
                continue
            sealed = self._vault.seal(json.dumps(asdict(message), ensure_ascii=False), outgoing_place(one))
            values = {"key": one, "chat": number, "content": sealed, "queued_at": now, "due_at": now, "state": WAITING, "attempts": 0}
            connection.execute(insert(chat_message).values(values))

    def leadership(self, channel: str) -> Leadership:
        """The lease of whoever sends this channel's messages, for channels that take only so many a second from all processes together."""
        return Leadership(self._engine, self._clock, f"sending: {channel}", self._worker)

    def take(self, channel: str, limit: int) -> list[Outgoing]:
        """Up to `limit` messages of this channel, at most one of each chat, each the oldest of its chat."""
        # Of its own name: around it stands the same table.
        mine = chat_message.alias()
        waiting = (mine.c.state == WAITING) & (chat.c.channel == channel)
        oldest = select(func.min(mine.c.number)).join(chat, chat.c.number == mine.c.chat).where(waiting).group_by(mine.c.chat)
        rows = self._leases.take(limit, chat_message.c.number.in_(oldest))
        with reading(self._engine) as connection:
            return [self._outgoing(connection, row) for row in rows]

    def arrived(self, one: Outgoing, sent_as: str) -> None:
        """The channel confirmed it."""
        self._leases.delivered(one.key, {**_NOTHING_KEPT, "sent_as": sent_as})

    def wait_until(self, one: Outgoing, moment: datetime) -> None:
        """The channel asked to wait."""
        self._leases.wait_until(one.key, moment)

    def put_off(self, one: Outgoing, failure: str) -> None:
        """It did not arrive, as far as anybody knows; it is tried again, and given up in the end. `failure` is kept."""
        self._note(one, failure)
        self._leases.put_off(one.key, one.attempts, at_the_end=_NOTHING_KEPT)

    def refused(self, one: Outgoing, failure: str) -> None:
        """The channel will never take this message."""
        self._note(one, failure)
        self._leases.put_off(one.key, one.attempts, is_final=True, at_the_end=_NOTHING_KEPT)

    def blocked(self, one: Outgoing) -> None:
        """The person wants no messages: neither this one nor what waits behind it is sent."""
        self.refused(one, "blocked")
        waiting = (chat_message.c.chat == one.chat) & (chat_message.c.state == WAITING)
        ended = {"state": GIVEN_UP, "failure": "blocked", "content": None, "ended_at": self._clock(), "leased_until": None}
        with writing(self._engine) as connection:
            connection.execute(update(chat_message).where(waiting).values(ended))
            connection.execute(update(chat).where(chat.c.number == one.chat).values(is_blocked=True))

    def key_of(self, connection: Connection, chat_number: int, sent_as: str) -> str | None:
        """The key of the message that stands in a chat under this id of the channel."""
        mine = (chat_message.c.chat == chat_number) & (chat_message.c.sent_as == sent_as)
        found: str | None = connection.execute(select(chat_message.c.key).where(mine)).scalars().first()
        return found

    def counts(self) -> dict[str, int]:
        """How many messages there are in each state."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(chat_message.c.state, func.count().label("messages")).group_by(chat_message.c.state))
            return {row.state: row.messages for row in rows}

    def _note(self, one: Outgoing, failure: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(chat_message).where(chat_message.c.key == one.key).values(failure=failure[:80]))

    def _outgoing(self, connection: Connection, row: Row[Any]) -> Outgoing:
        kept = json.loads(self._vault.open(row.content, outgoing_place(row.key)))
        buttons = tuple(tuple((str(label), str(action)) for label, action in line) for line in kept["buttons"])
        state = self._chats.state(connection, row.chat)
        attempts = row.attempts + (row.leased_until is not None)
        return Outgoing(row.key, row.chat, state.address, Message(**{**kept, "buttons": buttons}), attempts)
