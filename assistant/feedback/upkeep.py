"""What is done every day without anybody asking: reminders, escalations, and closing what its sender no longer answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from assistant.database import writing
from assistant.feedback.audit import AuditTrail, Facts
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
        with writing(self._engine) as connection:
            deadlines = self._recommendations.deadlines
            silent = recommendation.c.number.in_(deadlines.over(connection, MORE_INFORMATION, today))
            asked_in_vain = connection.execute(select(recommendation).where(silent & (recommendation.c.state == State.NEEDS_INFO))).all()
            for row in asked_in_vain:
                self._recommendations.take_within(connection, row.number, row.version, Step(State.CLOSED, SYSTEM))
            near = deadlines.near(connection, today)
            for one in near:
                facts: Facts = {"rule": one.rule, "days_left": one.days_left, "is_overdue": one.is_overdue}
                self._audit.add(connection, SYSTEM.id, "reminded", f"recommendation:{one.recommendation}", now, facts)
                for follower in () if one.is_sealed else self._recommendations.followers:
                    follower.reminded(connection, one, now)
        return DailyReport(tuple(near), tuple(row.number for row in asked_in_vain))
