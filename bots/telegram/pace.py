"""How fast messages may go out (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

# So many chats are remembered before those that were quiet are forgotten.
_MANY_CHATS = 1_000


@dataclass(frozen=True, slots=True)
class AtMost:
    """So many within so many seconds, whenever one begins to count."""

    count: int
    within_s: float


@dataclass(frozen=True, slots=True)
class Steadily:
    """One every so many seconds; after a quiet while so many at once."""

    every_s: float
    burst: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Over all chats, in one chat, and besides in a group."""

    # Thirty a second in a steady flow: thirty at once, some of them late, and the next thirty would meet within a second.
    overall: Steadily = Steadily(1 / 30, 5)
    chat: Steadily = Steadily(1.0, 3)
    group: AtMost = AtMost(20, 60.0)


class _Window:
    def __init__(self, limit: AtMost) -> None:
        self._limit = limit
        self._times: deque[float] = deque(maxlen=limit.count)

    def free_at(self) -> float:
        return self._times[0] + self._limit.within_s if len(self._times) == self._limit.count else 0.0

    def count(self, now: float) -> None:
        self._times.append(now)

    def is_quiet(self, now: float) -> bool:
        return not self._times or self._times[-1] + self._limit.within_s <= now


class _Flow:
    def __init__(self, limit: Steadily) -> None:
        self._limit = limit
        # When the last message would have gone out had each kept its distance from the one before, and that distance.
        self._even_at = 0.0

    def free_at(self) -> float:
        return self._even_at - (self._limit.burst - 1) * self._limit.every_s

    def count(self, now: float) -> None:
        self._even_at = max(now, self._even_at) + self._limit.every_s

    def is_quiet(self, now: float) -> bool:
        return self._even_at <= now


class Pace:
    """When the next message may go out; `clock` in seconds."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits, self._clock = limits, clock
        self._overall = _Flow(limits.overall)
        self._chats: dict[str, tuple[_Window | _Flow, ...]] = {}
        self._paused_until = 0.0

    def paused_s(self) -> float:
        """Seconds for which nothing at all may go out."""
        return max(0.0, self._paused_until - self._clock())

    def wait_s(self, chat: str) -> float:
        """Seconds until a message to this chat may go out."""
        return max(self._overall.free_at() - self._clock(), self.wait_in_chat_s(chat))

    def wait_in_chat_s(self, chat: str) -> float:
        """The same if it were for this chat alone."""
        free_at = max(self._paused_until, *(window.free_at() for window in self._windows(chat)))
        return max(0.0, free_at - self._clock())

    def count(self, chat: str) -> None:
        """A message goes out to this chat."""
        now = self._clock()
        if len(self._chats) > _MANY_CHATS:
            self._chats = {key: windows for key, windows in self._chats.items() if not all(one.is_quiet(now) for one in windows)}
        self._chats.setdefault(chat, self._windows(chat))
        for window in (self._overall, *self._chats[chat]):
            window.count(now)

    def pause(self, seconds: float) -> None:
        """Nothing goes out for so long."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    def _windows(self, chat: str) -> tuple[_Window | _Flow, ...]:
        if chat in self._chats:
            return self._chats[chat]
        return (_Flow(self._limits.chat), *([_Window(self._limits.group)] if is_group(chat) else []))


def is_group(chat: str) -> bool:
    """Whether the address of a chat is that of a group."""
    return chat.startswith("-")
