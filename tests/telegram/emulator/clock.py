"""The time by which messages are dated and button presses grow old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class SetClock:
    """A clock that stands still until it is advanced."""

    def __init__(self, at: datetime = START) -> None:
        self._now = at

    def __call__(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        """Let this much time pass."""
        self._now += by
