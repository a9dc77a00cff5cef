"""Updates taken in: kept on disk, each read by itself, so that one that cannot be read holds up no other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from telegram import Bot, Update, User
from telegram.error import TelegramError

from assistant.chats.types import Event
from bots.telegram.updates import event_of

log = logging.getLogger(__name__)

# An update as it comes over the wire.
Raw = Mapping[str, Any]


class Receiver:
    """Takes updates in for the bot `me`. `keep` has the events on disk when it returns; `kept` is told how many came."""

    def __init__(self, bot: Bot, me: User, keep: Callable[[Sequence[Event]], None], kept: Callable[[int], None]) -> None:
        self._bot, self._me, self._keep, self._kept = bot, me, keep, kept
        self._answering: set[asyncio.Task[None]] = set()

    async def receive(self, updates: Sequence[Raw]) -> None:
        """What leads to an event is on disk when this returns; what cannot be read is logged by its id. Raises what the database raises."""
        read = [one for update in updates if (one := self._read(update))]
        events = [event for _, event in read if event]
        if events:
            await asyncio.to_thread(self._keep, events)
            self._kept(len(events))
        for update, _ in read:
            if update.callback_query:
                self._answer(update.callback_query.id)

    async def close(self) -> None:
        """Waits for what is under way."""
        await asyncio.gather(*self._answering)

    def _read(self, update: Raw) -> tuple[Update, Event | None] | None:
        try:
            whole = Update.de_json(dict(update), self._bot)
            return whole, event_of(whole, self._me)
        # Whatever the library stumbles over in a strange update, the ones behind it shall be read. No trace: it quotes the update.
        except Exception as error:  # noqa: BLE001
            facts = {"update": str(update.get("update_id"))[:20], "kind": type(error).__name__}
            log.error("telegram_update_broken", extra=facts)  # noqa: TRY400
            return None

    def _answer(self, tap: str) -> None:
        task = asyncio.create_task(self._answered(tap))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _answered(self, tap: str) -> None:
        """Takes the waiting sign off the button; one that is too old, or came twice, cannot be answered and need not be."""
        try:
            await self._bot.answer_callback_query(tap)
        except TelegramError as error:
            log.info("telegram_tap_unanswered", extra={"kind": type(error).__name__})
