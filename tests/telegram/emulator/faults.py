"""Faults by script: what the next calls of a method meet instead of an answer."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from itertools import repeat


@dataclass(frozen=True, slots=True)
class TooMany:
    """429; the call is not carried out."""

    retry_after_s: int = 1


@dataclass(frozen=True, slots=True)
class ServerError:
    """5xx; the call is not carried out. As a page of HTML where something before the server answered."""

    status: int = 502
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class LostBefore:
    """The connection breaks before the call is carried out."""


@dataclass(frozen=True, slots=True)
class LostAfter:
    """The call is carried out, then the connection breaks: done, but the answer is lost."""


@dataclass(frozen=True, slots=True)
class Slow:
    """The answer takes so long; the call is carried out first, or last."""

    seconds: float
    is_done_first: bool = False


Fault = TooMany | ServerError | LostBefore | LostAfter | Slow
EVERY_METHOD = "*"


class Faults:
    """Faults waiting for their calls, by method; thread-safe."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = {}
        self._is_down = False
        self._lock = threading.Lock()

    def next(self, method: str, fault: Fault, times: int = 1) -> None:
        """The next calls of this method (or `*`: of any) meet this fault; faults given earlier come first."""
        with self._lock:
            self._waiting.setdefault(method.lower(), deque()).extend(repeat(fault, times))

    def waits(self, method: str) -> bool:
        """Whether a fault still waits for a call of this method."""
        with self._lock:
            return bool(self._waiting.get(method.lower()))

    def network_down(self) -> None:
        """Every connection breaks until the network is up again."""
        with self._lock:
            self._is_down = True

    def network_up(self) -> None:
        """Connections hold again."""
        with self._lock:
            self._is_down = False

    def take(self, method: str) -> Fault | None:
        """The fault that this call meets, if any."""
        with self._lock:
            if self._is_down:
                return LostBefore()
            waiting = self._waiting.get(method.lower()) or self._waiting.get(EVERY_METHOD)
            return waiting.popleft() if waiting else None
