"""A desk whose answers a test decides, over a real database, and the bot running with it in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Engine

from assistant.chats.chats import Chats
from assistant.chats.inbox import Inbox
from assistant.chats.mailbox import Mailbox
from assistant.chats.types import Event, EventKind, Message
from assistant.chats.unread import UnreadUpdates
from assistant.database import metadata, open_database, writing
from assistant.feedback.vault import Vault
from bots.telegram.access import Access
from bots.telegram.pace import Limits, Steadily
from bots.telegram.polling import PollingTimes
from bots.telegram.running import Desk, Tell, Times, telegram_running, tell_nobody
from bots.telegram.webhook import WebhookDoor
from tests.assistant.feedback.office import KEYS, Clock
from tests.telegram.emulator import Emulator

# Nobody waits in a test; Telegram's limits have tests of their own.
QUICK = Times(0.05, 0.02, 0.05, PollingTimes(5, 5.0, 0.02, 0.05), Limits(chat=Steadily(0.0, 1)))
_WITHIN_S = 10.0


def echoed(event: Event) -> Sequence[Message]:
    """Says again what was said, with a button below."""
    if event.kind is EventKind.BLOCKED:
        return ()
    return (Message(f"Bạn nói: {event.text or event.kind}", ((("Đúng", "right"),),)),)


@dataclass
class EchoDesk:
    """Keeps, handles and queues as the chats do; `says` decides what."""

    engine: Engine
    says: Callable[[Event], Sequence[Message]] = echoed
    clock: Clock = field(default_factory=Clock)
    failures: list[Exception] = field(default_factory=list)
    received: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        vault = Vault(KEYS)
        self._chats = Chats(vault)
        self.inbox = Inbox(self.engine, vault, self.clock, "worker-1", "telegram")
        self.mailbox = Mailbox(self.engine, vault, self.clock, "worker-1")
        self.unread = UnreadUpdates(self.engine, vault, self.clock, "telegram")

    def receive(self, events: Sequence[Event]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        with writing(self.engine) as connection:
            self.inbox.receive(connection, events)
        self.received += events

    def handle_waiting(self, limit: int) -> int:
        taken = self.inbox.take(limit)
        for one in taken:
            said = self.says(one.event)
            with writing(self.engine) as connection:
                if self.inbox.finish(connection, one):
                    self.mailbox.queue(connection, one.key, one.chat, said)
        return len(taken)

    def queue(self, address: object, *messages: Message, key: str = "") -> None:
        """Puts messages into the mailbox, to this chat."""
        with writing(self.engine) as connection:
            number = self._chats.open(connection, "telegram", str(address), "vi", self.clock())
            self.mailbox.queue(connection, key or f"to {address}: {hash(messages)}", number, messages)


@contextmanager
def open_desk(folder: Path, says: Callable[[Event], Sequence[Message]] = echoed) -> Iterator[EchoDesk]:
    engine = open_database(f"sqlite:///{folder / 'chats.sqlite'}")
    metadata.create_all(engine)
    try:
        yield EchoDesk(engine, says)
    finally:
        engine.dispose()


def until(holds: Callable[[], bool]) -> None:
    """Waits for what happens outside of the emulator."""
    deadline = time.monotonic() + _WITHIN_S
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        time.sleep(0.005)


def access_to(telegram: Emulator, token: str = "", webhook_url: str = "", secret: str = "a-secret") -> Access:
    return Access(SecretStr(token or telegram.token), telegram.base_url.removesuffix("/bot"), None, webhook_url, SecretStr(secret))


@contextmanager
def bot_running(
    access: Access, desk: Desk, letters: Callable[[], int] = lambda: 0, times: Times = QUICK, tell: Tell = tell_nobody
) -> Iterator[WebhookDoor]:
    """The bot while it runs, in the loop of another thread."""
    ready, end = threading.Event(), threading.Event()
    doors: list[WebhookDoor] = []

    async def live() -> None:
        async with telegram_running(access, desk, letters, desk.mailbox._clock, workers=3, times=times, tell=tell) as door:
            doors.append(door)
            ready.set()
            await asyncio.to_thread(end.wait)

    thread = threading.Thread(target=asyncio.run, args=(live(),))
    thread.start()
    try:
        assert ready.wait(_WITHIN_S)
        yield doors[0]
    finally:
        end.set()
        thread.join(_WITHIN_S)
        assert not thread.is_alive()
