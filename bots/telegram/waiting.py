"""Waiting that ends at once when the bot is to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from telegram.error import RetryAfter

Result = TypeVar("Result")


async def pause(stopping: asyncio.Event, seconds: float) -> None:
    """So many seconds, or until the bot stops."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), seconds)


async def unless_stopping(stopping: asyncio.Event, work: Coroutine[Any, Any, Result]) -> Result | None:
    """What the work comes to; None where the bot stopped meanwhile, and the work was broken off."""
    working, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        if not working.done():
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
    return None if working.cancelled() else working.result()


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    asked = error.retry_after
    # Which of the two it is hangs on a switch of the library.
    return float(asked.total_seconds() if isinstance(asked, timedelta) else asked)


class Backoff:
    """Ever longer pauses after failures in a row, in seconds."""

    def __init__(self, first_s: float = 1.0, longest_s: float = 30.0) -> None:
        self._first_s, self._longest_s, self._failures = first_s, longest_s, 0

    def next(self) -> float:
        """The pause after one more failure."""
        self._failures += 1
        return min(self._first_s * 2.0 ** min(self._failures - 1, 16), self._longest_s)

    def reset(self) -> None:
        """It worked."""
        self._failures = 0
