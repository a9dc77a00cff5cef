"""One ordeal from an empty database to its verdict."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlalchemy import exists, select

from assistant.bootstrap import Parts
from assistant.chats.tables import chat_event, chat_message
from assistant.database import reading
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.leases import WAITING
from assistant.feedback.tables import outbox, submission
from assistant.settings import EncoderChoice, Settings
from eval.ordeal.verdict import Line
from tests.telegram.emulator import Emulator, Posting
from tests.telegram.ordeal.crowd import Crowd, Manners, crowd_of
from tests.telegram.ordeal.noted_updates import NotedUpdates
from tests.telegram.ordeal.running import Deployment, Service, running, until
from tests.telegram.ordeal.verdict import verdict

_SHARE_TWICE, _SHARE_SWAPPED = 0.03, 0.05
# Kills come between these shares of all updates.
_FIRST_KILL, _LAST_KILL = 0.15, 0.85
_SETTLES_WITHIN_S = 900.0
_POSTING = Posting(workers=8)


@dataclass(frozen=True, slots=True)
class Plan:
    """So many chats, updates and kills of the application; the seed decides what people do and when kills come."""

    deployment: Deployment
    chats: int
    updates: int
    kills: int
    seed: int
    manners: Manners


@dataclass(slots=True)
class _Kills:
    service: Service
    at: list[datetime] = field(default_factory=list)

    def one(self) -> None:
        """The application ends in the middle of whatever it does."""
        if self.service.kill():
            self.at.append(datetime.now(UTC))


def endured(plan: Plan, log: Path) -> list[Line]:
    """Everything that `plan` says, and what it left; the application logs to `log`."""
    began = time.monotonic()
    with emulated(NotedUpdates()) as (telegram, updates):
        telegram.deliver_at_random(plan.seed, share_twice=_SHARE_TWICE, share_swapped=_SHARE_SWAPPED)
        crowd = crowd_of(telegram, updates, plan.chats, plan.seed, plan.manners)
        with running(plan.deployment, telegram, log) as (service, database):
            kills = _Kills(service)
            crowd.act(plan.updates, dict.fromkeys(_marks(plan), kills.one))
            acted_s = time.monotonic() - began
            telegram.deliver_in_order()
            desk = desk_of(plan.deployment.home, database)
            until(lambda: not telegram.pending_updates and has_nothing_waiting(desk), _SETTLES_WITHIN_S)
            service.stop()
            lines = verdict(desk, crowd, kills.at)
            desk.engine.dispose()
    return [*lines, *_about_faults(crowd, kills, acted_s), Line("seconds", round(time.monotonic() - began))]


@contextmanager
def emulated(updates: NotedUpdates) -> Iterator[tuple[Emulator, NotedUpdates]]:
    """Telegram by the real clock, with a note of each update."""
    telegram = Emulator(clock=lambda: datetime.now(UTC), posting=_POSTING)
    telegram._world.updates = updates
    with telegram:
        yield telegram, updates


def desk_of(home: Path, database: str) -> FeedbackDesk:
    """The recommendation database that the application works on."""
    return Parts(Settings(home=home, database_url=database, encoder=EncoderChoice.NONE)).feedback


def has_nothing_waiting(desk: FeedbackDesk) -> bool:
    """Whether all that came was handled and read, and all that is to be said has arrived or was given up."""
    waiting = select(
        exists().where(chat_event.c.state == WAITING),
        exists().where(chat_message.c.state == WAITING),
        exists().where(outbox.c.state == WAITING),
        exists().where(submission.c.understood_at.is_(None) & submission.c.erased_at.is_(None)),
    )
    with reading(desk.engine) as connection:
        return not any(connection.execute(waiting).one())


def copied_corpus(source: Path, target: Path) -> None:
    """A data folder with the corpus and index of another, and nothing of anybody's."""
    target.mkdir(parents=True)
    shutil.copy(source / "corpus.sqlite", target)
    for folder in ("index", "vectors"):
        if (source / folder).exists():
            shutil.copytree(source / folder, target / folder)


def _marks(plan: Plan) -> list[int]:
    chance = Random(f"kills {plan.seed}")
    return [round(plan.updates * chance.uniform(_FIRST_KILL, _LAST_KILL)) for _ in range(plan.kills)]


def _about_faults(crowd: Crowd, kills: _Kills, acted_s: float) -> Iterator[Line]:
    yield Line("application killed (-9)", len(kills.at))
    yield Line("times that it ended by itself", kills.service.own_ends, 0)
    for name, times in sorted(crowd.faults.items()):
        yield Line(f"fault: {name}", times)
    yield Line("people who waited in vain for their patience", crowd.impatient)
    yield Line("updates a second, faults and restarts included", f"{len(crowd.updates.made) / acted_s:.1f}")
