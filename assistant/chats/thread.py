"""What was said on both sides of a chat, for channels that keep nothing to show again: sealed, in order, changed lines told apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, exists, func, insert, select, update

from assistant.chats.chats import Chats, ChatState
from assistant.chats.seal_places import line_place
from assistant.chats.tables import chat_event, chat_line, chat_message
from assistant.chats.types import Message
from assistant.database import reading, wait_for, writing
from assistant.feedback.leases import WAITING
from assistant.feedback.vault import Vault

# As the `replaces` of a message: it takes the place of everything that was said.
EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a thread; `message` is None where there is nothing to be seen of it any more. `is_own`: the person said it."""

    number: int
    revision: int
    is_own: bool
    at: datetime
    message: Message | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Thread:
    """A chat as it is shown: lines in order. `first` is the number of the oldest line that is kept, 0 without any."""

    state: ChatState | None
    lines: tuple[Line, ...] = ()
    first: int = 0

    @property
    def revision(self) -> int:
        """What was changed later than this is not in it; 0 without lines."""
        return max((line.revision for line in self.lines), default=0)

    @property
    def messages(self) -> list[Message]:
        """What there is to be seen."""
        return [line.message for line in self.lines if line.message]


class Threads:
    """The threads of one channel."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], channel: str) -> None:
        self._engine, self._vault, self._clock, self._channel = engine, vault, clock, channel
        self._chats = Chats(vault)

    def of(self, address: str, after: int = 0, most: int = 300) -> Thread:
        """The newest lines of a chat that changed after a revision."""
        with reading(self._engine) as connection:
            state = self._chats.find(connection, self._channel, address)
            if state is None:
                return Thread(None)
            mine = chat_line.c.chat == state.number
            wanted = select(chat_line).where(mine & (chat_line.c.revision > after)).order_by(chat_line.c.number.desc()).limit(most)
            lines = tuple(self._line(row) for row in reversed(connection.execute(wanted).all()))
            first = connection.execute(select(func.min(chat_line.c.number)).where(mine)).scalar()
        return Thread(state, lines, first or 0)

    def hear(self, address: str, key: str, message: Message, language: str) -> None:
        """Keeps what the person said, once for each key; a chat that is not known yet is opened in this language."""
        with writing(self._engine) as connection:
            number = self._chats.open(connection, self._channel, address, language, self._clock())
            self._add(connection, number, key, message, is_own=True)

    def say(self, address: str, key: str, message: Message, *, to: str = "", language: str = "vi") -> str:
        """Keeps what is said to the person, once for each key; the line that it stands in, which `replaces` of a later one may name.

        `to`: key of what the person did. Where an older line is replaced, that says it all, and what they did is not seen. `language`: of a
        chat that is not known yet.
        """
        with writing(self._engine) as connection:
            number = self._chats.open(connection, self._channel, address, language, self._clock())
            wait_for(connection, _turn(number))
            if message.replaces == EVERYTHING:
                return str(self._alone(connection, number, key, message))
            if message.replaces.isdigit() and self._replaced(connection, number, int(message.replaces), message):
                self._hide(connection, number, to)
                return message.replaces
            return str(self._add(connection, number, key, message, is_own=False))

    def is_settled(self, address: str) -> bool:
        """Whether nothing that the person did waits to be handled, and nothing that is said waits to stand here."""
        with reading(self._engine) as connection:
            state = self._chats.find(connection, self._channel, address)
            if state is None:
                return True
            came = exists().where((chat_event.c.chat == state.number) & (chat_event.c.state == WAITING))
            goes = exists().where((chat_message.c.chat == state.number) & (chat_message.c.state == WAITING))
            return not connection.execute(select(came | goes)).scalar_one()

    def _add(self, connection: Connection, chat: int, key: str, message: Message, *, is_own: bool) -> int:
        wait_for(connection, _turn(chat))
        known = connection.execute(select(chat_line.c.number).where(chat_line.c.key == key)).scalar()
        if known is not None:
            return int(known)
        facts = {"revision": self._next(connection, chat), "is_own": is_own, "said_at": self._clock()}
        values = {"chat": chat, "key": key, "content": self._sealed(message, key), **facts}
        return int(connection.execute(insert(chat_line).values(values)).inserted_primary_key[0])  # type: ignore[index]

    def _alone(self, connection: Connection, chat: int, key: str, message: Message) -> int:
        before = connection.execute(select(func.max(chat_line.c.number)).where(chat_line.c.chat == chat)).scalar() or 0
        number = self._add(connection, chat, key, message, is_own=False)
        # Only afterwards: SQLite gives the highest number anew once its row is gone, and pages would take the line for an older one.
        if number > before:
            connection.execute(delete(chat_line).where((chat_line.c.chat == chat) & (chat_line.c.number != number)))
        return number

    def _replaced(self, connection: Connection, chat: int, number: int, message: Message) -> bool:
        """Whether the line was there to be replaced."""
        mine = chat_line.c.chat == chat
        row = connection.execute(select(chat_line.c.key).where(mine & (chat_line.c.number == number) & ~chat_line.c.is_own)).first()
        if row is None:
            return False
        changed = {"content": self._sealed(message, row.key), "revision": self._next(connection, chat)}
        connection.execute(update(chat_line).where(chat_line.c.number == number).values(changed))
        return True

    def _hide(self, connection: Connection, chat: int, key: str) -> None:
        mine = (chat_line.c.chat == chat) & (chat_line.c.key == key) & chat_line.c.is_own
        connection.execute(update(chat_line).where(mine).values(content=None, revision=self._next(connection, chat)))

    def _next(self, connection: Connection, chat: int) -> int:
        latest = connection.execute(select(func.max(chat_line.c.revision)).where(chat_line.c.chat == chat)).scalar()
        return int(latest or 0) + 1

    def _sealed(self, message: Message, key: str) -> bytes:
        return self._vault.seal(json.dumps(asdict(message), ensure_ascii=False), line_place(key))

    def _line(self, row: Row[Any]) -> Line:
        message = message_of(self._vault.open(row.content, line_place(row.key))) if row.content else None
        return Line(row.number, row.revision, row.is_own, row.said_at, message)


def label_of(action: str, messages: Sequence[Message]) -> str | None:
    """The label of what can be tapped below the newest of these messages that offers it; None where none does."""
    offered = (button for message in reversed(messages) for row in message.buttons for button in row)
    return next((label for label, one in offered if one == action), None)


def message_of(written: str) -> Message:
    """The message as it was kept."""
    kept = json.loads(written)
    buttons = tuple(tuple((str(label), str(action)) for label, action in row) for row in kept["buttons"])
    return Message(**{**kept, "buttons": buttons})


def _turn(chat: int) -> str:
    return f"lines of chat {chat}"
