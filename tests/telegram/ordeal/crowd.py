"""Many people who write at once, each at their own pace, while the network between them and the bot does what networks do."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from eval.ordeal.letters import Letter, letter
from tests.assistant.chats.photos import photo_of_a_place
from tests.telegram.emulator import Emulator, LostAfter, LostBefore, ServerError, Slow, TooMany
from tests.telegram.emulator.faults import Fault
from tests.telegram.emulator.seen import Happening
from tests.telegram.ordeal.citizen import Acts, Citizen
from tests.telegram.ordeal.noted_updates import NotedUpdates
from tests.telegram.ordeal.phrases import Phrases

_LOOK_S = 0.01
# Of the acts, so many are followed by this fault at the next call of the method.
_FAULTS: tuple[tuple[float, str, Fault], ...] = (
    (0.003, "sendMessage", TooMany(1)),
    (0.001, "sendMessage", TooMany(3)),
    (0.010, "sendMessage", LostAfter()),
    (0.005, "sendMessage", LostBefore()),
    (0.004, "sendMessage", ServerError(502, is_html=True)),
    (0.002, "sendMessage", ServerError(500)),
    (0.002, "sendMessage", Slow(2.0, is_done_first=True)),
    (0.005, "editMessageText", LostAfter()),
    (0.005, "editMessageText", ServerError(500)),
    (0.010, "answerCallbackQuery", LostAfter()),
    (0.010, "answerCallbackQuery", TooMany(1)),
    (0.002, "getUpdates", LostAfter()),
    (0.002, "getUpdates", ServerError(502, is_html=True)),
    (0.001, "getUpdates", TooMany(1)),
    (0.0003, "getFile", ServerError(500)),
    (0.0003, "download", LostBefore()),
)


@dataclass(frozen=True, slots=True)
class Manners:
    """`per_second`: acts at most, and none while so many people wait; seconds: least and most between an answer and the next act, and how
    long somebody waits for an answer.
    """

    per_second: float
    thinks_s: tuple[float, float] = (1.0, 8.0)
    patience_s: float = 180.0
    most_waiting: int = 150


@dataclass(slots=True)
class Crowd:
    """People and their lives; `act` until there were so many updates. `at_marks` are called when so many updates were made."""

    telegram: Emulator
    updates: NotedUpdates
    citizens: list[Citizen]
    chance: Random
    manners: Manners
    impatient: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    _lives: dict[int, Acts] = field(default_factory=dict)
    _due: list[tuple[float, int]] = field(default_factory=list)
    _patient_until: dict[int, float] = field(default_factory=dict)
    _events_seen: int = 0
    _next_act: float = 0.0

    def act(self, updates: int, at_marks: dict[int, Callable[[], object]]) -> None:
        """Everybody acts until so many updates were made."""
        self._lives = {one.person.chat_id: one.life() for one in self.citizens}
        self._due = [(time.monotonic() + self.chance.uniform(0, self.manners.thinks_s[1]), chat) for chat in self._lives]
        heapq.heapify(self._due)
        marks = sorted(at_marks)
        while len(self.updates.made) < updates:
            self._look()
            if not self._act_once():
                time.sleep(_LOOK_S)
            while marks and len(self.updates.made) >= marks[0]:
                at_marks[marks.pop(0)]()

    def _look(self) -> None:
        """Who was answered, or has waited long enough, acts again soon."""
        world = self.telegram._world
        with world.changed:
            news = world.events[self._events_seen :]
            self._events_seen += len(news)
        answered = {one.chat_id for one in news if one.who == world.bot.name and one.kind in (Happening.SAID, Happening.EDITED)}
        now = time.monotonic()
        tired = {chat for chat, until in self._patient_until.items() if until < now} - answered
        self.impatient += len(tired)
        for chat in sorted((answered | tired) & self._patient_until.keys()):
            del self._patient_until[chat]
            self._soon(chat)

    def _act_once(self) -> bool:
        """One act of whoever is due; false where nobody is, or it would be too much."""
        now = time.monotonic()
        is_enough = self._next_act > now or len(self._patient_until) >= self.manners.most_waiting
        if is_enough or not self._due or self._due[0][0] > now:
            return False
        self._next_act = max(self._next_act + 1 / self.manners.per_second, now - 1.0)
        _, chat = heapq.heappop(self._due)
        self._meets_fault()
        if next(self._lives[chat]):
            self._patient_until[chat] = now + self.manners.patience_s
        else:
            self._soon(chat)
        return True

    def _soon(self, chat: int) -> None:
        heapq.heappush(self._due, (time.monotonic() + self.chance.uniform(*self.manners.thinks_s), chat))

    def _meets_fault(self) -> None:
        for share, method, fault in _FAULTS:
            # Faults of what is rarely called would pile up, and the next one of these fail for hours.
            if self.chance.random() < share and not self.telegram.faults.waits(method):
                self.telegram.faults.next(method, fault)
                name = f"{method} {fault}"
                self.faults[name] = self.faults.get(name, 0) + 1


def crowd_of(telegram: Emulator, updates: NotedUpdates, chats: int, seed: int, manners: Manners) -> Crowd:
    """So many people who have not written yet; the seed decides what they will do."""
    chance = Random(seed)
    phrases, photo, numbers = Phrases.load(), photo_of_a_place(), count()

    def letters() -> Iterator[Letter]:
        return (letter(number) for number in numbers)

    people = [telegram.person(f"Người {number}") for number in range(chats)]
    return Crowd(
        telegram, updates, [Citizen(one, Random(f"{seed} {one.chat_id}"), phrases, letters(), photo) for one in people], chance, manners
    )
