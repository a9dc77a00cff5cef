"""A circuit breaker: after some failures in a row the model is left alone for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable


class CircuitBreaker:
    """Opens after `failures` failures in a row; after `pause_s` seconds one call may try, and its end decides.

    `clock` gives seconds and never goes back. Safe for threads.
    """

    def __init__(self, clock: Callable[[], float], *, failures: int = 3, pause_s: float = 60.0) -> None:
        self._clock, self._limit, self._pause_s = clock, failures, pause_s
        self._failed = 0
        self._opened_at: float | None = None
        self._lock = threading.Lock()

    def admits(self) -> bool:
        """Whether a call may be made; whoever is admitted must tell `succeeded` or `failed`."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._clock() - self._opened_at < self._pause_s:
                return False
            # One tries; for the others the pause begins anew, and also should the one never come back.
            self._opened_at = self._clock()
            return True

    def succeeded(self) -> None:
        """Closes the circuit."""
        with self._lock:
            self._failed, self._opened_at = 0, None

    def failed(self) -> None:
        """Counts a failure; opens the circuit at the limit."""
        with self._lock:
            self._failed += 1
            if self._failed >= self._limit:
                self._opened_at = self._clock()
