"""Updates taken in: kept on disk, each read by itself, so that one that cannot be read holds up no other."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Update, User
from telegram.error import TelegramError

from assistant.chats.types import Event
from assistant.chats.unread import Unreadable, UnreadUpdates
from bots.telegram.updates import chat_of, event_of

log = logging.getLogger(__name__)

# An update as it comes over the wire.
Raw = Mapping[str, Any]
# So many at once are read again.
_AGAIN = 50


@dataclass(frozen=True, slots=True)
class _Read:
    update: Update
    event: Event | None


class Receiver:
    """Takes updates in for the bot `me`. `keep` has the events on disk when it returns; `kept` is told how many came.

    What cannot be read is put aside in `unread`.
    """

    def __init__(
        self, bot: Bot, me: User, keep: Callable[[Sequence[Event]], None], unread: UnreadUpdates, kept: Callable[[int], None]
    ) -> None:
        self._bot, self._me, self._keep, self._unread, self._kept = bot, me, keep, unread, kept
        self._answering: set[asyncio.Task[None]] = set()

    async def receive(self, updates: Sequence[Raw]) -> list[Unreadable]:
        """Everything is on disk when this returns; what could not be read, which is logged by its id. Raises what the database raises."""
        tried = [self._read(update) for update in updates]
        read, unread = [one for one in tried if isinstance(one, _Read)], [one for one in tried if isinstance(one, Unreadable)]
        if unread:
            await asyncio.to_thread(self._unread.put_aside, unread)
        events = [one.event for one in read if one.event]
        if events:
            await asyncio.to_thread(self._keep, events)
            self._kept(len(events))
        for one in read:
            if one.update.callback_query:
                self._answer(one.update.callback_query.id)
        return unread

    async def read_again(self) -> None:
        """Takes in what somebody wants to be read again, as far as it can be read by now. Raises what the database raises."""
        for one in await asyncio.to_thread(self._unread.wanted, _AGAIN):
            if not await self.receive([json.loads(one.content)]):
                await asyncio.to_thread(self._unread.drop, one.external_id)

    async def close(self) -> None:
        """Waits for what is under way."""
        await asyncio.gather(*self._answering)

    def _read(self, update: Raw) -> _Read | Unreadable:
        try:
            whole = Update.de_json(dict(update), self._bot)
            return _Read(whole, event_of(whole, self._me))
        # Whatever the library stumbles over in a strange update, the ones behind it shall be read. No trace: it quotes the update.
        except Exception as error:  # noqa: BLE001
            number, kind = str(update.get("update_id"))[:20], type(error).__name__
            log.error("telegram_update_broken", extra={"update": number, "kind": kind})  # noqa: TRY400
            return Unreadable(number, json.dumps(update), kind, chat_of(update))

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
