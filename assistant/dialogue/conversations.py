"""Conversations on disk: what was asked is kept before it is answered, and gone when the citizen or the retention says so.

Several processes may share the database: whatever is decided about a conversation is decided under the lock of its row.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from assistant.database import DatabaseFailed, reading, scrub, wait_for, writing
from assistant.dialogue import rows, tables
from assistant.dialogue.erasure import erase_conversation, erase_older
from assistant.dialogue.errors import ConversationNotFound
from assistant.dialogue.types import Clarification, Conversation, DailyCount, Expired, Turn, TurnAnswer, TurnState
from corpus.days import VIETNAM

# Between the key of a conversation that has ended and its id.
_PAST = "~"
EXPIRES_AFTER = timedelta(hours=24)
RETENTION = timedelta(days=30)
_HISTORY = 6


def random_id() -> str:
    """128 random bits as 22 characters fit for a URL: who knows the id may read the conversation."""
    return secrets.token_urlsafe(16)


class Conversations:
    """The conversations of one database. One instance a process; safe to use from several threads.

    A conversation is open until it is deleted or nobody has asked anything for `expires_after`; texts are removed `retention` after
    they were written, by `expire`. Each method is one transaction, on disk when it returns.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        new_id: Callable[[], str] = random_id,
        expires_after: timedelta = EXPIRES_AFTER,
        retention: timedelta = RETENTION,
    ) -> None:
        self._engine, self._clock, self._new_id = engine, clock, new_id
        self._expires_after, self._retention = expires_after, retention

    def start(self, channel: str, channel_key: str | None = None) -> Conversation:
        """A conversation from scratch; an older one with this key loses it. The key is a keyed hash, never a chat id itself."""
        with writing(self._engine) as connection:
            return self._started(connection, channel, channel_key)

    def current(self, channel: str, channel_key: str) -> Conversation:
        """The open conversation with this key, or one from scratch."""
        table = tables.conversation
        with writing(self._engine) as connection:
            wait_for(connection, _key_lock(channel, channel_key))
            row = connection.execute(select(table).where(table.c.channel == channel, table.c.channel_key == channel_key)).one_or_none()
            if row is not None and self._is_open(row):
                return rows.conversation(row)
            return self._started(connection, channel, channel_key)

    def find(self, conversation: str) -> Conversation | None:
        """The conversation with this id, or None where it is not open."""
        with reading(self._engine) as connection:
            row = connection.execute(select(tables.conversation).where(tables.conversation.c.id == conversation)).one_or_none()
        return rows.conversation(row) if row is not None and self._is_open(row) else None

    def remember(self, conversation: str, name: str, value: str | None) -> Conversation:
        """Keeps a small fact about the asker ("place", "language", "nationality"); None forgets it. Raises `ConversationNotFound`."""
        with writing(self._engine) as connection:
            row = self._open(connection, conversation)
            facts = {**row.facts, name: value} if value is not None else {key: kept for key, kept in row.facts.items() if key != name}
            return rows.conversation(_changed(connection, conversation, facts=facts))

    def ask(self, conversation: str, request_id: str, typed: str, at: datetime) -> Turn:
        """The turn of this question, kept before anything is answered; a repeated `request_id` gives the turn of the first time.

        `request_id`: at most 200 characters. Raises `ConversationNotFound`.
        """
        with writing(self._engine) as connection:
            row = rows.locked_conversation(connection, conversation)
            known = connection.execute(rows.turns_of(conversation).where(tables.turn.c.request_id == request_id)).one_or_none()
            if known is not None:
                return rows.turn(known)
            if not self._is_open(row):
                raise ConversationNotFound(conversation)
            number = row.turns + 1
            _changed(connection, conversation, turns=number, last_at=max(row.last_at, at))
            values = {"conversation": conversation, "number": number, "request_id": request_id, "typed": typed, "asked_at": at}
            statement = insert(tables.turn).values(**values, state=TurnState.ASKED.value).returning(tables.turn)
            return rows.turn(connection.execute(statement).one())

    def answer(self, conversation: str, number: int, answer: TurnAnswer) -> Turn:
        """The turn with its answer; one that was answered keeps its first answer. Raises `TurnNotFound`."""
        table = tables.turn
        with writing(self._engine) as connection:
            row = rows.locked_turn(connection, conversation, number)
            if row.state == TurnState.ANSWERED:
                return rows.turn(row)
            _count(connection, rows.channel_of(connection, conversation), row.asked_at, answer)
            this = (table.c.conversation == conversation, table.c.number == number)
            statement = update(table).where(*this).values(**rows.answer_values(answer, self._clock())).returning(table)
            return rows.turn(connection.execute(statement).one())

    def unanswered(self, older_than: timedelta) -> list[Turn]:
        """Turns asked at least `older_than` ago that still have no answer, oldest first: a process died over them."""
        table = tables.turn
        query = select(table).where(table.c.state == TurnState.ASKED.value, table.c.asked_at <= self._clock() - older_than)
        with reading(self._engine) as connection:
            return [rows.turn(row) for row in connection.execute(query.order_by(table.c.asked_at, table.c.conversation, table.c.number))]

    def history(self, conversation: str, last: int = _HISTORY, *, before: int | None = None) -> list[Turn]:
        """The last answered turns that are kept, oldest first; with `before` only those with a smaller number."""
        table = tables.turn
        query = rows.turns_of(conversation).where(table.c.state == TurnState.ANSWERED.value)
        return self._last(query if before is None else query.where(table.c.number < before), last)

    def turns(self, conversation: str, last: int = _HISTORY) -> list[Turn]:
        """The last turns that are kept, answered or not, oldest first."""
        return self._last(rows.turns_of(conversation), last)

    def clarify(self, conversation: str, what: str, options: Sequence[str], *, turn: int) -> Clarification | None:
        """The question back to be asked, or None where it must not be: one is pending, or this fact was asked for before.

        `turn` is the one that cannot be answered without; saying the same again for it gives the same while it is pending.
        Raises `ConversationNotFound`.
        """
        with writing(self._engine) as connection:
            self._open(connection, conversation)
            asked = [rows.clarification(row) for row in connection.execute(rows.clarifications_of(conversation))]
            waiting = next((one for one in asked if one.settled_at is None), None)
            if waiting is not None:
                return waiting if (waiting.what, waiting.turn) == (what, turn) else None
            if any(one.what == what for one in asked):
                return None
            fresh = Clarification(conversation, what, tuple(options), turn, self._clock())
            connection.execute(insert(tables.clarification).values(rows.clarification_values(fresh)))
            return fresh

    def pending(self, conversation: str) -> Clarification | None:
        """The question back that waits for a reply."""
        with reading(self._engine) as connection:
            return rows.pending(connection, conversation)

    def replied_to(self, conversation: str, *, turn: int) -> Clarification | None:
        """The question back that this turn replies to: pending since an earlier turn, or settled by this one before."""
        with reading(self._engine) as connection:
            return rows.replied_to(connection, conversation, turn)

    def settle(self, conversation: str, reply: str | None, *, turn: int) -> Clarification | None:
        """What `replied_to` gives, with its reply (None: not answered, and not to be asked again).

        Repeated for the same turn it keeps the first reply: a process may have died over that turn. Raises `ConversationNotFound`.
        """
        table = tables.clarification
        with writing(self._engine) as connection:
            self._open(connection, conversation)
            waiting = rows.replied_to(connection, conversation, turn)
            if waiting is None or waiting.settled_at is not None:
                return waiting
            this = (table.c.conversation == conversation, table.c.what == waiting.what)
            statement = update(table).where(*this).values(settled_at=self._clock(), reply=reply, settled_by=turn).returning(table)
            return rows.clarification(connection.execute(statement).one())

    def delete(self, conversation: str) -> bool:
        """Removes every text of the conversation at once, feedback notes on its answers too; False where there was none.

        What was counted stays. A SQLite file keeps no trace, unless another process holds it for seconds: then until the next
        `delete` or `expire`.
        """
        with writing(self._engine) as connection:
            found = erase_conversation(connection, conversation, self._clock())
        if found:
            scrub(self._engine)
        return found

    def delete_all(self, channel: str, channel_key: str) -> int:
        """The same for every conversation with this key, also those that ended; how many."""
        table = tables.conversation
        ours = (table.c.channel_key == channel_key) | table.c.channel_key.startswith(f"{channel_key}{_PAST}", autoescape=True)
        with writing(self._engine) as connection:
            found = connection.execute(select(table.c.id).where((table.c.channel == channel) & ours)).scalars().all()
            for one in found:
                erase_conversation(connection, one, self._clock())
        if found:
            scrub(self._engine)
        return len(found)

    def expire(self) -> Expired:
        """Removes what was written longer ago than the retention: turns, replies, feedback notes, conversations long silent.

        Any number of processes may do it at any time; a SQLite file is written anew each time (`scrub`). Raises `DatabaseFailed`.
        """
        try:
            with writing(self._engine) as connection:
                expired = erase_older(connection, self._clock() - self._retention)
            scrub(self._engine)
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise DatabaseFailed(type(error).__name__) from error
        return expired

    def counts(self, first: date, last: date) -> list[DailyCount]:
        """What was answered from `first` to `last` (both included), by day, channel, route and outcome; never removed."""
        table = tables.daily_count
        query = select(table).where(table.c.day.between(first, last))
        with reading(self._engine) as connection:
            found = connection.execute(query.order_by(table.c.day, table.c.channel, table.c.route, table.c.outcome))
            return [DailyCount(row.day, row.channel, row.route, row.outcome, row.turns) for row in found]

    def _started(self, connection: Connection, channel: str, channel_key: str | None) -> Conversation:
        table, now = tables.conversation, self._clock()
        if channel_key is not None:
            wait_for(connection, _key_lock(channel, channel_key))
            same_key = (table.c.channel == channel, table.c.channel_key == channel_key)
            # Whose it was stays known: who has everything deleted means the older ones too.
            past = literal(f"{channel_key}{_PAST}") + table.c.id
            connection.execute(update(table).where(*same_key).values(channel_key=past))
        fresh = Conversation(self._new_id(), channel, now, now, {})
        values = {"id": fresh.id, "channel": channel, "channel_key": channel_key, "started_at": now, "last_at": now}
        connection.execute(insert(table).values(**values, facts={}, turns=0))
        return fresh

    def _last(self, query: Select[Any], last: int) -> list[Turn]:
        with reading(self._engine) as connection:
            found = connection.execute(query.order_by(tables.turn.c.number.desc()).limit(last))
            return [rows.turn(row) for row in found][::-1]

    def _is_open(self, row: Row[Any]) -> bool:
        return row.deleted_at is None and self._clock() - row.last_at < self._expires_after

    def _open(self, connection: Connection, conversation: str) -> Row[Any]:
        row = rows.locked_conversation(connection, conversation)
        if not self._is_open(row):
            raise ConversationNotFound(conversation)
        return row


def _changed(connection: Connection, conversation: str, **values: object) -> Row[Any]:
    table = tables.conversation
    return connection.execute(update(table).where(table.c.id == conversation).values(**values).returning(table)).one()


def _key_lock(channel: str, channel_key: str) -> str:
    return f"conversation {channel} {channel_key}"


def _count(connection: Connection, channel: str, asked_at: datetime, answer: TurnAnswer) -> None:
    """One more turn of the day that ended so."""
    table = tables.daily_count
    upsert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    values = {
        "day": asked_at.astimezone(VIETNAM).date(),
        "channel": channel,
        "route": str(answer.route or ""),
        "outcome": str(answer.outcome),
    }
    statement = upsert.values(**values, turns=1)
    connection.execute(statement.on_conflict_do_update(index_elements=list(values), set_={"turns": table.c.turns + 1}))
