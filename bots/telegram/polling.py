"""Updates asked for by long polling (https://core.telegram.org/bots/api#getupdates)."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter

from bots.telegram.errors import TokenRefused
from bots.telegram.receiving import Raw, Receiver
from bots.telegram.updates import WANTED
from bots.telegram.waiting import Backoff, pause, seconds_of, unless_stopping

log = logging.getLogger(__name__)

# The library reads all updates of a batch or none, and logs what it could not read; by this name it hands them over unread.
# "All methods in the Bot API are case-insensitive": https://core.telegram.org/bots/api#making-requests
_METHOD = "getupdates"


@dataclass(frozen=True, slots=True)
class PollingTimes:
    """Seconds: how long the server waits for an update, and how long the bot after a failure."""

    poll_s: int = 30
    answer_s: float = 15.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 30.0
    says_again_s: float = 60.0


class Polling:
    """Asks for updates until the bot stops; a batch is on disk before the next is asked for, which confirms it."""

    def __init__(
        self,
        bot: Bot,
        receiver: Receiver,
        stopping: asyncio.Event,
        times: PollingTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot, self._receiver, self._stopping, self._clock = bot, receiver, stopping, clock
        self._times = times or PollingTimes()
        self._backoff = Backoff(self._times.first_pause_s, self._times.longest_pause_s)
        self._said_at: float | None = None
        # Only right after a batch: after a quiet week ids begin elsewhere, and one from before would confirm them unread.
        self._offset = 0

    async def run(self) -> None:
        """Until the bot stops. Raises `TokenRefused`."""
        while not self._stopping.is_set():
            try:
                await self._receive_batch()
            except (InvalidToken, EndPointNotFound) as error:
                raise TokenRefused from error
            except Conflict:
                self._say_that_another_polls()
                await pause(self._stopping, self._backoff.next())
            except RetryAfter as error:
                await pause(self._stopping, seconds_of(error))
            # The outermost loop of a worker: network, database, an answer that is no answer. No trace: it holds the token.
            except Exception as error:  # noqa: BLE001
                log.warning("telegram_polling_failed", extra={"kind": type(error).__name__})
                await pause(self._stopping, self._backoff.next())
            else:
                self._backoff.reset()

    async def _receive_batch(self) -> None:
        updates = await unless_stopping(self._stopping, self._asked())
        if updates is None:
            return
        await self._receiver.receive(updates)
        self._offset = max((int(update["update_id"]) + 1 for update in updates), default=0)

    async def _asked(self) -> Sequence[Raw]:
        asked: dict[str, Any] = {"offset": self._offset, "timeout": self._times.poll_s, "allowed_updates": list(WANTED)}
        updates: list[Raw] = await self._bot.do_api_request(_METHOD, asked, read_timeout=self._times.poll_s + self._times.answer_s)
        return updates

    def _say_that_another_polls(self) -> None:
        now = self._clock()
        if self._said_at is None or now - self._said_at >= self._times.says_again_s:
            self._said_at = now
            log.error("telegram_polled_by_another", extra={"advice": "stop the other program that runs with the same bot token"})
