"""How long people wait for the first answer while many ask, and what the application takes for it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from eval.ordeal.verdict import Line
from tests.telegram.emulator import Call, Emulator, Person
from tests.telegram.ordeal.noted_updates import NotedUpdates
from tests.telegram.ordeal.phrases import Phrases
from tests.telegram.ordeal.round import desk_of, emulated, has_nothing_waiting
from tests.telegram.ordeal.running import Deployment, running, until
from tests.telegram.ordeal.usage import Usage

_WARM_UP_S, _SETTLES_WITHIN_S = 15.0, 120.0
_WANTED_S = 1.5


@dataclass(frozen=True, slots=True)
class Load:
    """`per_second` questions for so many seconds, from so many chats in turn."""

    deployment: Deployment
    chats: int
    per_second: float
    seconds: float
    seed: int


@dataclass(slots=True)
class _Askers:
    """`asked`: when, by chat; `latest_s` is how late the last question was, for the machine had no time to ask it."""

    telegram: Emulator
    people: Sequence[Person]
    questions: Sequence[str]
    chance: Random
    asked: dict[int, list[float]] = field(default_factory=dict)
    _turn: int = 0

    def ask(self, per_second: float, seconds: float) -> None:
        """One after the other, evenly."""
        begins = time.monotonic()
        for number in range(round(per_second * seconds)):
            time.sleep(max(0.0, begins + number / per_second - time.monotonic()))
            person = self.people[self._turn % len(self.people)]
            self._turn += 1
            self.asked.setdefault(person.chat_id, []).append(time.monotonic())
            person.says(self.chance.choice(self.questions))


def measured(load: Load, log: Path) -> list[Line]:
    """Waiting times from the moment of asking to the first message of the answer at the server, after a warm-up."""
    with emulated(NotedUpdates()) as (telegram, _), running(load.deployment, telegram, log) as (_, database):
        askers = _askers(telegram, load)
        desk = desk_of(load.deployment.home, database)
        askers.ask(min(10.0, load.per_second), _WARM_UP_S)
        until(lambda: has_nothing_waiting(desk), _SETTLES_WITHIN_S)
        askers.asked.clear()
        with Usage.watched() as usage:
            began = time.monotonic()
            askers.ask(load.per_second, load.seconds)
            asked_s = time.monotonic() - began
            is_settled = until(lambda: not telegram.pending_updates and has_nothing_waiting(desk), _SETTLES_WITHIN_S)
        waits = _waits(askers, telegram.calls_of("sendMessage"), began)
        desk.engine.dispose()
    return [*_about(load, waits, asked_s), *usage.lines(), Line("nothing left waiting", str(is_settled), "True")]


def _askers(telegram: Emulator, load: Load) -> _Askers:
    people = [telegram.person(f"Người {number}") for number in range(load.chats)]
    return _Askers(telegram, people, Phrases.load().questions, Random(load.seed))


def _waits(askers: _Askers, calls: Sequence[Call], since: float) -> list[float]:
    """Seconds of each question; of those that nobody answered, as long as was waited."""
    answered: dict[int, list[float]] = {}
    for call in calls:
        if call.is_done and call.chat_id is not None and call.at_s >= since:
            answered.setdefault(call.chat_id, []).append(call.at_s)
    ends = time.monotonic()
    return sorted(
        min((at for at in answered.get(chat, ()) if at > asked), default=ends) - asked
        for chat, times in askers.asked.items()
        for asked in times
    )


def _about(load: Load, waits: Sequence[float], asked_s: float) -> Iterator[Line]:
    yield Line("questions", len(waits))
    yield Line("questions a second", f"{len(waits) / asked_s:.1f}")
    yield Line("chats", load.chats)
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        yield Line(f"first answer, {name}", f"{waits[int(share * (len(waits) - 1))]:.2f} s")
    yield Line(f"first answer, p95 within {_WANTED_S} s", str(waits[int(0.95 * (len(waits) - 1))] <= _WANTED_S), "True")
