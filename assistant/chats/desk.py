"""Chats: what came in is kept and handled once, and what is said to it is on its way in the same transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from assistant.chats.chats import Chats, ChatState
from assistant.chats.inbox import Inbox, Taken
from assistant.chats.mailbox import Mailbox
from assistant.chats.parked import forget_parked
from assistant.chats.parts import ChatParts, Heard
from assistant.chats.talk import reply_to
from assistant.chats.types import Event, EventKind, Message, Said, Words
from assistant.chats.unread import UnreadUpdates
from assistant.database import reading, writing
from assistant.feedback.vault import Vault

log = logging.getLogger(__name__)


class TakenOver(Exception):
    """Another worker has handled the event meanwhile; nothing of this one's work is kept."""


class ChatDesk:
    """The chats of one channel, as one worker sees them; any number of workers at once, beside desks of other channels."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], worker: str, parts: ChatParts, channel: str) -> None:
        self._engine, self._clock, self._parts, self._channel = engine, clock, parts, channel
        self._chats = Chats(vault)
        self.inbox = Inbox(engine, vault, clock, worker, channel)
        self.mailbox = Mailbox(engine, vault, clock, worker)
        self.unread = UnreadUpdates(engine, vault, clock, channel)

    def receive(self, events: Sequence[Event]) -> None:
        """Keeps what came in; it is on disk when this returns, so that the channel may be told. A repeated event is nothing new."""
        with writing(self._engine) as connection:
            for number in self.inbox.receive(connection, events):
                state = self._chats.state(connection, number)
                self._say(connection, f"slow:{number}:{self._clock():%Y%m%d%H%M}", state, (Said("slow"),))

    def welcome(self, language: str) -> list[Message]:
        """What is said to whoever begins, for channels that show it before anybody wrote."""
        begun = Event(self._channel, "", "", EventKind.TEXT, "/start", language=language)
        nobody = ChatState(0, self._channel, "", "", language)
        return worded(reply_to(Heard(begun, nobody), self._parts).said, self._parts.words, language)

    def handle_waiting(self, limit: int) -> int:
        """Handles up to `limit` events, at most one of each chat; how many were taken."""
        taken = self.inbox.take(limit)
        for one in taken:
            self.handle(one)
        return len(taken)

    def handle(self, taken: Taken) -> None:
        """Handles one event. A failure is logged; it is tried again, and in the end parked while the person is told."""
        try:
            self._handled(taken)
        except TakenOver:
            log.info("chat_event_taken_over", extra={"event": taken.key})
        # The outermost loop of a worker: whatever fails must not stop what comes behind. No trace: it may quote what people wrote.
        except Exception as error:  # noqa: BLE001
            log.error("chat_event_failed", extra={"event": taken.key, "kind": type(error).__name__})  # noqa: TRY400
            self.inbox.fail(taken, type(error).__name__)
            if taken.is_last_try:
                self._apologise(taken)

    def _handled(self, taken: Taken) -> None:
        with reading(self._engine) as connection:
            # Who writes wants to be written to, whatever was before.
            state = replace(self._chats.state(connection, taken.chat), is_blocked=False)
            answers = taken.event.replies_to
            about = code_in(self.mailbox.key_of(connection, taken.chat, answers)) if answers else ""
        reply = reply_to(Heard(taken.event, state, about), self._parts)
        with writing(self._engine) as connection:
            if not self.inbox.finish(connection, taken):
                raise TakenOver
            self._chats.save(connection, reply.state, self._clock())
            if reply.forgets:
                forget_parked(connection, reply.state)
            self._parts.files.clear(connection, taken.chat, reply.state.writing.all_files if reply.state.writing else ())
            # Among others' messages only this tells whom it is for.
            answers = taken.event.message if taken.event.is_group else ""
            self._say(connection, f"event:{taken.key}", reply.state, reply.said, answers)

    def _apologise(self, taken: Taken) -> None:
        with writing(self._engine) as connection:
            state = self._chats.state(connection, taken.chat)
            # Of another key than the answer, which is said where the event is handled after all.
            self._say(connection, f"failed:{taken.key}", state, (Said("failed"),))

    def _say(self, connection: Connection, key: str, state: ChatState, said: Sequence[Said], answers: str = "") -> None:
        messages = [
            replace(message, answers=answers if place == 0 else "")
            for place, message in enumerate(worded(said, self._parts.words, state.language))
        ]
        self.mailbox.queue(connection, key, state.number, messages)


def code_in(key: str | None) -> str:
    """The code of the submission that a message with this key is about; empty where it is about none."""
    origin, *rest = (key or "").split(":")
    return rest[1] if origin == "outbox" and len(rest) > 1 and rest[0] in ("message", "state") else ""


def worded(said: Sequence[Said], words: Words, language: str) -> list[Message]:
    """What is said, as messages."""
    return [message for one in said for message in words.messages(one, language)]
