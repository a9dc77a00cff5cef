"""What waits in the mailbox, sent: many chats at once, each in its order, no faster than Telegram takes it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from assistant.chats.leadership import Leadership
from assistant.chats.mailbox import Mailbox, Outgoing
from assistant.chats.types import Message
from bots.telegram.pace import Limits, Pace, is_group
from bots.telegram.posting import failure_of, needs_second_message, offer_to_share_place, post, reason_of
from bots.telegram.updates import CHANNEL
from bots.telegram.waiting import pause, seconds_of

log = logging.getLogger(__name__)

# A change of a message that failed so often comes as a message of its own: what waits behind it in its chat need not wait for ever.
_CHANGES_TRIED = 3
# Whoever sent before may have done so just now, and limits are counted by the second.
_AFTER_ANOTHER_S = 1.0


@dataclass(frozen=True, slots=True)
class SendingTimes:
    """Seconds: between two looks at least, and at most where nobody wakes; how long a message is held here to keep the pace, and how long
    one may take, which together is less than its lease.
    """

    apart_s: float = 0.03
    every_s: float = 1.0
    held_s: float = 5.0
    longest_s: float = 40.0


class Sender:
    """Takes messages from the mailbox while it runs; `clock` is that of the mailbox.

    Limits hold for all processes together, so that only one sends: the one with the `leadership`. Without one there is no other process.
    """

    def __init__(
        self,
        bot: Bot,
        mailbox: Mailbox,
        clock: Callable[[], datetime],
        *,
        leadership: Leadership | None = None,
        limits: Limits | None = None,
        times: SendingTimes | None = None,
        most_at_once: int = 30,
    ) -> None:
        self._bot, self._mailbox, self._clock, self._most_at_once = bot, mailbox, clock, most_at_once
        self._times = times or SendingTimes()
        self._leadership, self._has_led = leadership, False
        self._pace = Pace(limits or Limits(), time.monotonic)
        self._under_way: set[asyncio.Task[None]] = set()
        self._woken, self._stopping = asyncio.Event(), asyncio.Event()
        # Who waits longest has the next turn.
        self._turn = asyncio.Lock()

    async def run(self) -> None:
        """Sends until it is stopped, then finishes what is under way and lets another process send."""
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                await self.start_due()
            # The outermost loop of a worker: the next look makes up for it. No trace: it may quote the database.
            except Exception as error:  # noqa: BLE001
                log.error("telegram_mailbox_failed", extra={"kind": type(error).__name__})  # noqa: TRY400
            # A look costs as much as a message: under load one finds several.
            await pause(self._stopping, self._times.apart_s)
            await pause(self._woken, self._times.every_s)
        await self.settled()
        try:
            await asyncio.to_thread(self._let_others_lead)
        # The lease ends by itself. No trace: it may quote the database.
        except Exception as error:  # noqa: BLE001
            log.warning("telegram_lead_not_released", extra={"kind": type(error).__name__})

    def wake(self) -> None:
        """There may be something to send; to be called in the loop's own thread."""
        self._woken.set()

    def stop(self) -> None:
        """Takes nothing more; what waits for its turn goes back at once."""
        self._stopping.set()
        self._woken.set()

    async def start_due(self) -> int:
        """Begins to send what is due, as far as there is room; how many messages that are."""
        # First of all: the lead is kept also while nothing can go out, since another would not know why.
        if not await self._leads():
            return 0
        room = self._most_at_once - len(self._under_way)
        if room <= 0 or self._pace.paused_s():
            return 0
        taken = await asyncio.to_thread(self._mailbox.take, CHANNEL, room)
        for one in taken:
            task = asyncio.create_task(self._deliver(one))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return len(taken)

    async def _leads(self) -> bool:
        if self._leadership is None:
            return True
        had, self._has_led = self._has_led, await asyncio.to_thread(self._leadership.is_held)
        if self._has_led and not had and self._leadership.followed_another:
            self._pace.pause(_AFTER_ANOTHER_S)
        return self._has_led

    def _let_others_lead(self) -> None:
        if self._leadership:
            self._leadership.release()

    def _has_lost_lead(self) -> bool:
        return self._leadership is not None and not self._leadership.holds_still()

    async def settled(self) -> None:
        """Waits for what is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._woken.set()

    async def _deliver(self, one: Outgoing) -> None:
        try:
            if not await self._has_turn(one):
                return
            await self._tried(one)
        # The outermost loop of one message: it stays in the mailbox until its lease is over. No trace: it may quote what is said.
        except Exception as error:  # noqa: BLE001
            log.error("telegram_sending_failed", extra={"outgoing": one.key, "kind": type(error).__name__})  # noqa: TRY400

    async def _has_turn(self, one: Outgoing) -> bool:
        """Waits for this message's turn; false where that is far off or another process sends by now, so that it went back."""
        wait_s = await self._waited(one.address)
        goes_back = wait_s > 0 or self._has_lost_lead()
        if goes_back:
            await self._give_back(one, wait_s)
        return not goes_back

    async def _waited(self, address: str) -> float:
        """Waits for a turn in this chat and takes it; else the seconds until it, where that is far off."""
        # First of its own chat: what has long to wait there holds up no other.
        if wait_s := await self._far_off(lambda: self._pace.wait_in_chat_s(address)):
            return wait_s
        async with self._turn:
            wait_s = await self._far_off(lambda: self._pace.wait_s(address))
            if not wait_s:
                self._pace.count(address)
            return wait_s

    async def _far_off(self, wait_s: Callable[[], float]) -> float:
        """Waits as long as `wait_s` says and gives 0; at once what it says, where that is long."""
        while (seconds := wait_s()) > 0:
            if seconds > self._times.held_s or self._stopping.is_set():
                return seconds
            await pause(self._stopping, seconds)
        return 0.0

    async def _tried(self, one: Outgoing) -> None:
        try:
            async with asyncio.timeout(self._times.longest_s):
                sent_as = await self._posted(one)
        except RetryAfter as error:
            self._pace.pause(seconds_of(error))
            await self._give_back(one, seconds_of(error))
        except Forbidden:
            await asyncio.to_thread(self._mailbox.blocked, one)
        except BadRequest as error:
            log.warning("telegram_message_refused", extra={"outgoing": one.key, "reason": reason_of(error)})
            await asyncio.to_thread(self._mailbox.refused, one, reason_of(error))
        except TelegramError as error:
            await asyncio.to_thread(self._mailbox.put_off, one, failure_of(error))
        except TimeoutError:
            await asyncio.to_thread(self._mailbox.put_off, one, "answer_lost")
        else:
            await asyncio.to_thread(self._mailbox.arrived, one, sent_as)
            await self._offer_to_share_place(one)

    async def _posted(self, one: Outgoing) -> str:
        try:
            return await post(self._bot, int(one.address), _for_chat(one))
        except ChatMigrated as error:
            # A group that grew lives on under another number.
            return await post(self._bot, error.new_chat_id, _for_chat(one))

    async def _offer_to_share_place(self, one: Outgoing) -> None:
        """A convenience: where it fails the place is typed, and the message is not sent twice for it."""
        message = _for_chat(one)
        if not needs_second_message(message) or await self._waited(one.address) or self._has_lost_lead():
            return
        try:
            await offer_to_share_place(self._bot, int(one.address), message.asks_point)
        except RetryAfter as error:
            self._pace.pause(seconds_of(error))
        except TelegramError as error:
            log.info("telegram_place_not_asked", extra={"outgoing": one.key, "kind": type(error).__name__})

    async def _give_back(self, one: Outgoing, wait_s: float) -> None:
        await asyncio.to_thread(self._mailbox.wait_until, one, self._clock() + timedelta(seconds=wait_s))


def _for_chat(one: Outgoing) -> Message:
    # Where somebody is can be asked for in private chats only.
    asks_point = "" if is_group(one.address) else one.message.asks_point
    replaces = "" if one.attempts >= _CHANGES_TRIED else one.message.replaces
    return replace(one.message, asks_point=asks_point, replaces=replaces)
