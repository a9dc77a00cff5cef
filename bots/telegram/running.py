"""The Telegram bot while it runs: receiving, handling, sending, and the letters of the recommendation database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, InvalidToken

from assistant.chats.mailbox import Mailbox
from assistant.chats.types import Event
from assistant.chats.unread import UnreadUpdates
from bots.chat.handling import Handling
from bots.telegram.access import Access, keep_quiet
from bots.telegram.commands_wording import COMMANDS
from bots.telegram.errors import TokenRefused
from bots.telegram.pace import Limits
from bots.telegram.polling import Polling, PollingTimes
from bots.telegram.posting import reason_of
from bots.telegram.receiving import Receiver
from bots.telegram.sending import Sender
from bots.telegram.updates import CHANNEL
from bots.telegram.waiting import Backoff, pause, unless_stopping
from bots.telegram.webhook import WebhookDoor, register

log = logging.getLogger(__name__)

Result = TypeVar("Result")
_FOR_EVERYBODY = "vi"


class Desk(Protocol):
    """The chats, as `assistant.chats.desk.ChatDesk` has them."""

    mailbox: Mailbox
    unread: UnreadUpdates

    def receive(self, events: Sequence[Event]) -> None:
        """Keeps what came in; it is on disk when this returns."""

    def handle_waiting(self, limit: int) -> int:
        """Handles up to so many events; how many were taken."""


@dataclass(frozen=True, slots=True)
class Times:
    """How fast all goes. Seconds: between two looks for letters, and the first and the longest pause after Telegram was not reached."""

    letters_every_s: float = 5.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 60.0
    polling: PollingTimes = field(default_factory=PollingTimes)
    limits: Limits = field(default_factory=Limits)


class Beginning(StrEnum):
    """What came of the first call to Telegram."""

    ANSWERED = "answered"
    REFUSED = "refused"
    UNREACHED = "unreached"


# Told what came of it, and the bot's name where it has one.
Tell = Callable[[Beginning, str], None]


def tell_nobody(_beginning: Beginning, _name: str) -> None:
    """For whoever need not know."""


@asynccontextmanager
async def telegram_running(
    access: Access,
    desk: Desk,
    letters: Callable[[], int],
    clock: Callable[[], datetime],
    *,
    workers: int = 8,
    times: Times | None = None,
    tell: Tell = tell_nobody,
) -> AsyncIterator[WebhookDoor]:
    """The bot runs until the block ends; then what is under way is finished and nothing more is taken.

    `letters` hands due messages of the recommendation database on into chats and tells how many; `clock` is that of the mailbox. The block
    begins at once, also where Telegram cannot be reached: that is tried until it works. What is given is the door of the webhook. `tell` is
    told once that Telegram is not reached, and once that it knows the bot or does not.
    """
    keep_quiet()
    async with access.request() as request:
        running = _Running(access, access.bot(request), desk, letters, clock, workers, times or Times(), tell)
        running.start()
        try:
            yield running.door
        finally:
            await running.stop()


class _Running:
    def __init__(
        self,
        access: Access,
        bot: Bot,
        desk: Desk,
        letters: Callable[[], int],
        clock: Callable[[], datetime],
        workers: int,
        times: Times,
        tell: Tell,
    ) -> None:
        self._access, self._bot, self._desk, self._letters, self._times, self._tell = access, bot, desk, letters, times, tell
        self._has_told = False
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        secret = access.webhook_secret if access.webhook_url else None
        self.door = WebhookDoor(secret.get_secret_value() if secret else None)
        self._sender = Sender(bot, desk.mailbox, clock, leadership=desk.mailbox.leadership(CHANNEL), limits=times.limits)
        self._handling = Handling(desk.handle_waiting, self._wake_sender, workers=workers)
        self._receiver: Receiver | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._handling.start()
        self._tasks = [asyncio.create_task(work) for work in (self._receive(), self._sender.run(), self._look_around())]

    async def stop(self) -> None:
        self.door.receiver = None
        self._stopping.set()
        receiving, sending, looking = self._tasks
        await asyncio.gather(receiving, looking)
        await asyncio.to_thread(self._handling.stop)
        self._sender.stop()
        await sending
        if self._receiver:
            await self._receiver.close()

    async def _receive(self) -> None:
        try:
            await self._received()
        except TokenRefused as error:
            log.error("telegram_stopped", extra={"advice": str(error)})  # noqa: TRY400 - a trace holds the token
            self._tell(Beginning.REFUSED, "")

    async def _received(self) -> None:
        me = await self._until_reached(self._bot.get_me)
        if me is None:
            return
        self._has_told = True
        self._tell(Beginning.ANSWERED, me.username or "")
        receiver = self._receiver = Receiver(self._bot, me, self._desk.receive, self._desk.unread, self._handling.wake)
        await unless_stopping(self._stopping, self._set_commands())
        self.door.receiver = receiver
        await self._until_reached(self._choose_way)
        log.info("telegram_started", extra={"bot": me.username, "by": "webhook" if self.door.secret else "polling"})
        if not self.door.secret:
            await Polling(self._bot, receiver, self._stopping, self._times.polling).run()

    async def _choose_way(self) -> bool:
        """Whatever was set before: from now on by our webhook, or by none. Updates that wait stay."""
        if self.door.secret:
            return await register(self._bot, self._access.webhook_url, self.door.secret)
        return await self._bot.delete_webhook(drop_pending_updates=False)

    async def _set_commands(self) -> None:
        """A convenience: without the menu the commands work all the same."""
        try:
            for language, commands in COMMANDS.items():
                menu = [BotCommand(name, meaning) for name, meaning in commands]
                # Without a code it is for everybody who has no menu in their own language.
                code = None if language == _FOR_EVERYBODY else language
                await self._bot.set_my_commands(menu, BotCommandScopeAllPrivateChats(), code)
        # Network, or an answer that is no answer. No trace: it holds the token.
        except Exception as error:  # noqa: BLE001
            log.warning("telegram_commands_not_set", extra={"kind": type(error).__name__})

    async def _until_reached(self, call: Callable[[], Coroutine[Any, Any, Result]]) -> Result | None:
        """What Telegram answers, asked until it does; None where the bot stopped meanwhile. Raises `TokenRefused`."""
        backoff = Backoff(self._times.first_pause_s, self._times.longest_pause_s)
        while not self._stopping.is_set():
            try:
                return await unless_stopping(self._stopping, call())
            except InvalidToken as error:
                raise TokenRefused from error
            # The outermost loop: network, or an answer that is no answer. No trace: it holds the token.
            except Exception as error:  # noqa: BLE001
                reason = reason_of(error) if isinstance(error, BadRequest) else ""
                log.warning("telegram_not_reached", extra={"kind": type(error).__name__, "reason": reason})
                self._tell_of_trouble()
                await pause(self._stopping, backoff.next())
        return None

    def _tell_of_trouble(self) -> None:
        if not self._has_told:
            self._has_told = True
            self._tell(Beginning.UNREACHED, "")

    async def _look_around(self) -> None:
        """Now and then: for letters, and for updates that somebody wants to be read again."""
        while not self._stopping.is_set():
            for look in (self._hand_on_letters, self._read_again):
                try:
                    await look()
                # The outermost loop of a worker: the next round makes up for it. No trace: it may quote the database.
                except Exception as error:  # noqa: BLE001
                    log.error("telegram_look_failed", extra={"look": look.__name__.strip("_"), "kind": type(error).__name__})  # noqa: TRY400
            await pause(self._stopping, self._times.letters_every_s)

    async def _hand_on_letters(self) -> None:
        if await asyncio.to_thread(self._letters):
            self._sender.wake()

    async def _read_again(self) -> None:
        if self._receiver:
            await self._receiver.read_again()

    def _wake_sender(self) -> None:
        self._loop.call_soon_threadsafe(self._sender.wake)
