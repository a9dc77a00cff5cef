"""A bot of python-telegram-bot running in a thread, by polling or by webhook, against the emulator."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

import pytest
from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import HTTPXRequest

from tests.telegram.emulator import Emulator

# The library's own type takes six parameters that say nothing here.
Built = Application[Any, Any, Any, Any, Any, Any]
Result = TypeVar("Result")
SECRET = "a-secret_of-64"
_STARTS_WITHIN_S = 10.0


@contextmanager
def running(telegram: Emulator, equip: Callable[[Built], None], *, by_webhook: bool = False) -> Iterator[Built]:
    """The bot with the handlers that `equip` gives it, while it runs."""
    bot = _BotThread(telegram, equip, by_webhook=by_webhook)
    bot.start()
    try:
        yield bot.wait_until_ready()
    finally:
        bot.stop()


def calling(telegram: Emulator, talk: Callable[[Bot], Awaitable[Result]]) -> Result:
    """What a talk with the Bot API by the library's bare `Bot` comes to."""

    async def whole() -> Result:
        async with bare_bot(telegram) as bot:
            return await talk(bot)

    return asyncio.run(whole())


def bare_bot(telegram: Emulator) -> Bot:
    """The library's `Bot` for the emulator."""
    # Reading the machine's certificates takes longer than most tests do, and plain HTTP needs none.
    lines = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    return Bot(
        telegram.token, base_url=telegram.base_url, base_file_url=telegram.base_file_url, request=lines[0], get_updates_request=lines[1]
    )


def refuses(kind: type[TelegramError], words: str) -> AbstractContextManager[object]:
    """Expect an error of the library that says exactly this."""
    return pytest.raises(kind, match=f"^{re.escape(words)}$")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _BotThread(threading.Thread):
    def __init__(self, telegram: Emulator, equip: Callable[[Built], None], *, by_webhook: bool) -> None:
        super().__init__(daemon=True)
        self._telegram = telegram
        self._equip = equip
        self._by_webhook = by_webhook
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._application: Built | None = None

    def wait_until_ready(self) -> Built:
        assert self._ready.wait(_STARTS_WITHIN_S), "the bot did not start"
        assert self._application
        return self._application

    def stop(self) -> None:
        if self._loop and self._end:
            self._loop.call_soon_threadsafe(self._end.set)
        self.join(_STARTS_WITHIN_S)

    def run(self) -> None:
        asyncio.run(self._live())

    async def _live(self) -> None:
        telegram = self._telegram
        builder = ApplicationBuilder().token(telegram.token).base_url(telegram.base_url).base_file_url(telegram.base_file_url)
        application: Built = builder.build()
        self._equip(application)
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        async with application:
            await self._receive(application)
            await application.start()
            self._application = application
            self._ready.set()
            await self._end.wait()
            assert application.updater
            await application.updater.stop()
            await application.stop()

    async def _receive(self, application: Built) -> None:
        assert application.updater
        if not self._by_webhook:
            await application.updater.start_polling(timeout=5)
            return
        port = free_port()
        await application.updater.start_webhook(
            listen="127.0.0.1", port=port, url_path="hook", webhook_url=f"http://127.0.0.1:{port}/hook", secret_token=SECRET
        )
