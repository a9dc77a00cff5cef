"""Threads that handle what came in, several chats at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

_WORKERS = 8
_LOOKS_EVERY_S = 1.0


class Handling:
    """Workers that call `handle_waiting(1)` for each event that came in; `handled` is told after each.

    One looks also by itself every `every_s` seconds, for what was put off or left by another process. A look in vain costs as much as one
    that finds something, so there are few: an event that waits behind another of its chat is taken by whoever handled that one.
    """

    def __init__(
        self,
        handle_waiting: Callable[[int], int],
        handled: Callable[[], None],
        *,
        workers: int = _WORKERS,
        every_s: float = _LOOKS_EVERY_S,
    ) -> None:
        self._handle_waiting, self._handled, self._every_s = handle_waiting, handled, every_s
        self._calls, self._is_stopping = threading.Semaphore(0), False
        self._lock, self._at_work, self._done, self._in_vain = threading.Lock(), 0, 0, 0
        self._threads = [threading.Thread(target=self._work, args=(number == 0,), daemon=True) for number in range(workers)]

    def start(self) -> None:
        """Begins, with what waits from before."""
        for thread in self._threads:
            thread.start()

    def wake(self, events: int) -> None:
        """So many events came in."""
        self._calls.release(events)

    def stop(self) -> None:
        """Finishes what is under way and takes nothing more; waits for it."""
        self._is_stopping = True
        self._calls.release(len(self._threads))
        for thread in self._threads:
            thread.join()

    def _work(self, looks_by_itself: bool) -> None:
        is_called = False
        while not self._is_stopping:
            try:
                self._answer_call() if is_called else self._look_around(looks_by_itself)
            # The outermost loop of a worker: what fails is tried again by a later look. No trace: it may quote what people wrote.
            except Exception as error:  # noqa: BLE001
                log.error("chat_handling_failed", extra={"kind": type(error).__name__})  # noqa: TRY400
            is_called = self._calls.acquire(timeout=self._every_s if looks_by_itself else None)

    def _look_around(self, looks_by_itself: bool) -> None:
        if not looks_by_itself:
            return
        if self._handle_one():
            # Where one was left there may be many.
            self.wake(len(self._threads))
            return
        with self._lock:
            self._in_vain = self._in_vain if self._at_work else 0

    def _answer_call(self) -> None:
        while not self._is_stopping:
            done = self._done
            if self._handle_one():
                with self._lock:
                    looks_again = self._in_vain > 0
                    self._in_vain -= looks_again
            else:
                with self._lock:
                    # What was done meanwhile may have been what it waited behind.
                    looks_again = self._done != done
                    self._in_vain += not looks_again
            if not looks_again:
                return

    def _handle_one(self) -> bool:
        with self._lock:
            self._at_work += 1
        try:
            is_handled = self._handle_waiting(1) > 0
        finally:
            with self._lock:
                self._at_work -= 1
        if is_handled:
            with self._lock:
                self._done += 1
            self._handled()
        return is_handled
