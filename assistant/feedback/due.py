"""What is due, for those who may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from assistant.database import reading
from assistant.feedback.recommendations import Recommendations, visible
from assistant.feedback.running_deadlines import DueMatter
from assistant.feedback.states import Actor
from corpus.days import VIETNAM


class DueList:
    """The deadlines that run, looked up at any time; the daily round reminds of them once."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], recommendations: Recommendations) -> None:
        self._engine, self._clock, self._recommendations = engine, clock, recommendations

    def within(self, working_days: int, actor: Actor) -> list[DueMatter]:
        """Those that run out within so many working days or have run out, the nearest first, of what `actor` may see."""
        today = self._clock().astimezone(VIETNAM).date()
        with reading(self._engine) as connection:
            return self._recommendations.deadlines.standing(connection, today, working_days, visible(actor))
