"""Conversations held, several at a time: each waits for the pace of Telegram most of its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from tests.telegram.scenarios.application import Shared, Way
from tests.telegram.scenarios.catalogue import SCENARIOS, Scenario, title
from tests.telegram.scenarios.talk import talking

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Run:
    """A conversation, how updates come to the bot, and the kind of database."""

    scenario: Scenario
    way: Way
    database: str = "sqlite"

    def __str__(self) -> str:
        return f"{self.scenario.__name__}-{self.way}-{self.database}"


RUNS = tuple(Run(scenario, way) for scenario in SCENARIOS for way in Way)


@contextmanager
def held(shared: Shared, runs: Sequence[Run], database_of: Callable[[Run], str]) -> Iterator[dict[Run, Future[str]]]:
    """The transcripts to be of these runs; a run that fails raises where its transcript is asked for."""

    def hold(run: Run, database: str) -> str:
        with talking(shared, database, run.way) as talk:
            run.scenario(talk)
            talk.settles()
            return talk.transcript(title(run.scenario))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield {run: pool.submit(hold, run, database_of(run)) for run in runs}
