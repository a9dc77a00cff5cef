"""Workers handle everything that waits, each chat in its order, and look in vain as seldom as can be."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bots.chat.handling import Handling
from tests.bots.telegram.chats_at_hand import until


class Waiting:
    """Events by chat; of a chat whose event is being handled none is to be had."""

    def __init__(self, handle: Callable[[str, int], None] = lambda chat, number: None) -> None:
        self._chats: dict[str, deque[int]] = {}
        self._busy: set[str] = set()
        self._lock, self._handle = threading.Lock(), handle
        self.handled: list[tuple[str, int]] = []
        self.looks, self.told = 0, 0

    def add(self, chat: str, *numbers: int) -> None:
        with self._lock:
            self._chats.setdefault(chat, deque()).extend(numbers)

    def handle_waiting(self, limit: int) -> int:
        assert limit == 1
        with self._lock:
            self.looks += 1
            chat = next((chat for chat, numbers in self._chats.items() if numbers and chat not in self._busy), None)
            if chat is None:
                return 0
            self._busy.add(chat)
            number = self._chats[chat].popleft()
        try:
            self._handle(chat, number)
        finally:
            with self._lock:
                self._busy.discard(chat)
                self.handled.append((chat, number))
        return 1

    def tell(self) -> None:
        with self._lock:
            self.told += 1


@contextmanager
def working(waiting: Waiting, *, workers: int = 4, every_s: float = 60.0) -> Iterator[Handling]:
    handling = Handling(waiting.handle_waiting, waiting.tell, workers=workers, every_s=every_s)
    handling.start()
    until(lambda: waiting.looks > 0)
    try:
        yield handling
    finally:
        handling.stop()


@pytest.mark.parametrize("round_", range(20))
def test_everything_is_handled_without_waiting_for_a_look_around_each_chat_in_its_order(round_: int) -> None:
    waiting = Waiting()
    with working(waiting) as handling:
        for number in range(30):
            waiting.add("an", number)
            waiting.add(f"chat {number % 7}", number)
            handling.wake(2)
        until(lambda: len(waiting.handled) == 60)
        until(lambda: waiting.told == 60)
    assert [number for chat, number in waiting.handled if chat == "an"] == list(range(30))


def test_one_event_after_the_other_takes_one_look_each() -> None:
    waiting = Waiting()
    with working(waiting) as handling:
        for number in range(20):
            waiting.add("an", number)
            handling.wake(1)
            until(lambda: waiting.told == number + 1)  # noqa: B023
        assert waiting.looks == 21


def test_several_chats_are_handled_at_once() -> None:
    meeting = threading.Barrier(3, timeout=5)

    def meet(chat: str, number: int) -> None:
        meeting.wait()

    waiting = Waiting(meet)
    for chat in ("an", "bình", "chi"):
        waiting.add(chat, 1)
    with working(waiting) as handling:
        handling.wake(3)
        until(lambda: len(waiting.handled) == 3)


def test_what_was_left_from_before_is_found_by_looking_around() -> None:
    waiting = Waiting()
    waiting.add("an", *range(10))
    with working(waiting, every_s=0.01):
        until(lambda: len(waiting.handled) == 10)


def test_a_failure_ends_no_worker(caplog: pytest.LogCaptureFixture) -> None:
    def broken(chat: str, number: int) -> None:
        if number < 3:
            raise ValueError("lời của dân")

    waiting = Waiting(broken)
    waiting.add("an", *range(6))
    with working(waiting, workers=1, every_s=0.01):
        until(lambda: len(waiting.handled) == 6)
    assert [record.message for record in caplog.records] == ["chat_handling_failed"] * 3
    assert "lời của dân" not in caplog.text


def test_at_the_end_what_is_under_way_is_finished_and_nothing_more_is_taken() -> None:
    entered, may_go_on = threading.Event(), threading.Event()

    def slowly(chat: str, number: int) -> None:
        entered.set()
        assert may_go_on.wait(5)

    waiting = Waiting(slowly)
    waiting.add("an", 1, 2, 3)
    with working(waiting, workers=2) as handling:
        assert entered.wait(5)
        stopping = threading.Thread(target=handling.stop)
        stopping.start()
        until(lambda: handling._is_stopping)
        may_go_on.set()
        stopping.join(5)
    assert waiting.handled == [("an", 1)]
