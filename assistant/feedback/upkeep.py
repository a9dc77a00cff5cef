"""What is done every day without anybody asking: reminders, escalations, and closing what its sender no longer answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select

from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail, Facts
from assistant.feedback.errors import ChangedMeanwhile
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.states import State, Step
from assistant.feedback.suggesting.understanding import SYSTEM
from assistant.feedback.tables import recommendation
from assistant.feedback.timing.running_deadlines import MORE_INFORMATION, DueMatter
from assistant.feedback.vault import Vault
from corpus.days import VIETNAM


@dataclass(frozen=True, slots=True)
class DailyReport:
    """Who is to be reminded of what today, and which recommendations were closed."""

    near: tuple[DueMatter, ...]
    closed: tuple[int, ...]


class DailyUpkeep:
    """May be run as often as one likes: each reminder and each closing happens once."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], recommendations: Recommendations) -> None:
        self._engine, self._clock, self._recommendations = engine, clock, recommendations
        self._audit = AuditTrail(vault)

    def run(self) -> DailyReport:
        """Looks at every clock that runs."""
        now = self._clock()
        today = now.astimezone(VIETNAM).date()
        closed = self._close_unanswered(today)
        with writing(self._engine) as connection:
            near = self._recommendations.deadlines.near(connection, today)
            for one in near:
                facts: Facts = {"rule": one.rule, "days_left": one.days_left, "is_overdue": one.is_overdue}
                self._audit.add(connection, SYSTEM.id, "reminded", f"recommendation:{one.recommendation}", now, facts)
                for follower in () if one.is_sealed else self._recommendations.followers:
                    follower.reminded(connection, one, now)
        return DailyReport(tuple(near), tuple(closed))

    def _close_unanswered(self, today: date) -> list[int]:
        """Closes what its sender was asked about in vain, each in a transaction of its own: no officer waits for all of them."""
        with reading(self._engine) as connection:
            silent = recommendation.c.number.in_(self._recommendations.deadlines.over(connection, MORE_INFORMATION, today))
            query = select(recommendation.c.number, recommendation.c.version)
            waiting = connection.execute(query.where(silent & (recommendation.c.state == State.NEEDS_INFO))).all()
        closed = []
        for row in waiting:
            # Whoever works on it at this moment goes on.
            with suppress(ChangedMeanwhile), writing(self._engine) as connection:
                self._recommendations.take_within(connection, row.number, row.version, Step(State.CLOSED, SYSTEM))
                closed.append(row.number)
        return closed
