"""What is due, for those who may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine

from assistant.database import reading
from assistant.feedback.bodies_sent import is_only_liaison, sent_to
from assistant.feedback.queue import visible
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.states import Actor
from assistant.feedback.timing.running_deadlines import DueMatter
from corpus.days import VIETNAM


class DueList:
    """The deadlines that run, looked up at any time; the daily round reminds of them once."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], recommendations: Recommendations) -> None:
        self._engine, self._clock, self._recommendations = engine, clock, recommendations

    def within(self, working_days: int, actor: Actor) -> list[DueMatter]:
        """Those that run out within so many working days or have run out, the nearest first, of what `actor` may see.

        A liaison learns nothing of who works on what was sent to its body.
        """
        today = self._clock().astimezone(VIETNAM).date()
        with reading(self._engine) as connection:
            if not is_only_liaison(actor):
                return self._recommendations.deadlines.standing(connection, today, working_days, visible(actor))
            found = self._recommendations.deadlines.standing(connection, today, working_days, sent_to(connection, actor))
            return [replace(one, owner=None) for one in found]
