"""What came in and was given up: events that failed to the last try, and updates that could not be read. Counted, listed, tried again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine, delete, func, select, update

from assistant.chats.chats import ChatState
from assistant.chats.tables import chat, chat_event, chat_unread
from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.leases import GIVEN_UP, WAITING
from assistant.feedback.vault import Vault

_GIVEN_UP = (chat_event.c.state == GIVEN_UP) & chat_event.c.content.is_not(None)


class ParkedKind(StrEnum):
    """What of it failed."""

    EVENT = "event"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Parked:
    """Something that waits for a person to look at why it failed; never what it says. `failure`: the kind of the error."""

    key: str
    channel: str
    kind: ParkedKind
    failure: str
    since: datetime
    is_wanted: bool = False


class ParkedDesk:
    """What was given up in the chats of all channels; each retry is written into the audit trail."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock, self._audit = engine, clock, AuditTrail(vault)

    def all(self) -> list[Parked]:
        """Everything that is parked, the oldest first."""
        with reading(self._engine) as connection:
            return _parked(connection)

    def counts(self) -> dict[tuple[str, ParkedKind], int]:
        """How many there are by channel and kind; what there is none of is left out."""
        events = select(chat.c.channel, func.count().label("parked")).join(chat_event, chat_event.c.chat == chat.c.number)
        updates = select(chat_unread.c.channel, func.count().label("parked")).group_by(chat_unread.c.channel)
        with reading(self._engine) as connection:
            found = {
                (row.channel, ParkedKind.EVENT): row.parked for row in connection.execute(events.where(_GIVEN_UP).group_by(chat.c.channel))
            }
            return found | {(row.channel, ParkedKind.UPDATE): row.parked for row in connection.execute(updates)}

    def retry(self, keys: Collection[str] | None, actor: str) -> list[Parked]:
        """Puts what has these keys, or everything, where workers find it, with all its tries before it; what that is.

        An update is read by a process in which its channel runs.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            again = [one for one in _parked(connection) if keys is None or one.key in keys]
            for one in again:
                _put_back(connection, one, now)
                record = f"chat_{one.kind.value}:{one.key}"
                self._audit.add(connection, actor, f"chat_{one.kind.value}_retried", record, now, {"failure": one.failure})
        return again


def forget_parked(connection: Connection, state: ChatState) -> None:
    """Deletes what is parked of one chat."""
    connection.execute(delete(chat_event).where(_GIVEN_UP & (chat_event.c.chat == state.number)))
    mine = (chat_unread.c.channel == state.channel) & (chat_unread.c.chat_key == state.key)
    connection.execute(delete(chat_unread).where(mine))


def _parked(connection: Connection) -> list[Parked]:
    events = select(chat_event, chat.c.channel).join(chat, chat.c.number == chat_event.c.chat).where(_GIVEN_UP)
    updates = select(chat_unread)
    found = [
        *(
            Parked(row.key, row.channel, ParkedKind.EVENT, row.failure or "unknown", row.ended_at or row.received_at)
            for row in connection.execute(events)
        ),
        *(Parked(row.key, row.channel, ParkedKind.UPDATE, row.failure, row.kept_at, row.is_wanted) for row in connection.execute(updates)),
    ]
    return sorted(found, key=lambda one: (one.since, one.key))


def _put_back(connection: Connection, one: Parked, now: datetime) -> None:
    if one.kind is ParkedKind.UPDATE:
        connection.execute(update(chat_unread).where(chat_unread.c.key == one.key).values(is_wanted=True))
        return
    fresh = {"state": WAITING, "attempts": 0, "due_at": now, "failure": None, "ended_at": None, "leased_until": None, "leased_by": None}
    connection.execute(update(chat_event).where(_GIVEN_UP & (chat_event.c.key == one.key)).values(fresh))
