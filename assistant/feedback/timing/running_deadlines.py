"""The clocks of recommendations: started, stopped and met by steps, looked at every day."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, true, update

from assistant.feedback.errors import RuleNotFound
from assistant.feedback.states import State, StateMachine, StateType
from assistant.feedback.tables import deadline, recommendation
from assistant.feedback.timing.deadlines import REMIND_AT, Deadline, DeadlineRules, Forecast, Pause, due, forecast
from assistant.feedback.timing.working_days import WorkingDays
from assistant.feedback.types import Kind

SCREENING, REPLY, VOTER_REPLY, MORE_INFORMATION = "NB_SCREEN", "NB_REPLY", "CT_49_1", "NB_WAIT_INFO"
_ESCALATED = -1


@dataclass(frozen=True, slots=True)
class DueMatter:
    """A recommendation whose deadline is near or over; `days_left` in working days, negative where it is over."""

    recommendation: int
    rule: str
    due: date
    days_left: int
    is_overdue: bool
    owner: str | None
    is_sealed: bool = False


class RunningDeadlines:
    """Keeps the clocks in the tables."""

    def __init__(self, rules: DeadlineRules, working_days: WorkingDays, machine: StateMachine) -> None:
        self._rules, self._working_days, self._machine = rules, working_days, machine

    def follow(self, connection: Connection, number: int, kind: str | None, frm: State, to: State, today: date) -> None:
        """What a step from `frm` to `to` means for the clocks of recommendation `number`."""
        if frm is State.NEEDS_INFO:
            self._meet(connection, number, today, (MORE_INFORMATION,))
            self._stop_or_go_on(connection, number, today, stops=False)
        if frm is State.LINKED:
            self._stop_or_go_on(connection, number, today, stops=False)
        if to is State.LINKED:
            # The clocks of what it is followed with run instead.
            self._stop_or_go_on(connection, number, today, stops=True)
        if to is State.SCREENING and frm is not State.NEEDS_INFO:
            self._start(connection, number, SCREENING, today)
        if to is State.ACCEPTED or (frm is State.REOPENED and to is State.ROUTED):
            self._start(connection, number, _reply_rule(kind), today)
        if to is State.NEEDS_INFO:
            self._stop_or_go_on(connection, number, today, stops=True)
            self._start(connection, number, MORE_INFORMATION, today)
        elif to not in (State.SCREENING, State.RECEIVED, State.LINKED):
            self._meet(connection, number, today, (SCREENING,))
        if to is State.ANSWERED or self._machine.states[to].type is StateType.CLOSED:
            self._meet(connection, number, today, (SCREENING, REPLY, VOTER_REPLY, MORE_INFORMATION))

    def follow_kind(self, connection: Connection, number: int, kind: str | None) -> None:
        """Lets a clock for the answer that runs go by the rule of the `kind` that was settled, from the day on which it started."""
        rule = _reply_rule(kind)
        others = (deadline.c.rule.in_((REPLY, VOTER_REPLY))) & (deadline.c.rule != rule) & deadline.c.met_on.is_(None)
        for row in connection.execute(select(deadline).where(others & (deadline.c.recommendation == number))).all():
            with suppress(RuleNotFound):
                counted = self._counted(rule, row.started, row.paused)
                values = {"rule": rule, "due": counted.due, "reminded": None}
                connection.execute(update(deadline).where(deadline.c.number == row.number).values(values))

    def expected(self, rule: str, start: date) -> date | None:
        """The day by which what starts today is expected by a rule; None where it is in force on no such day."""
        try:
            return due(self._rules.rule(rule, start), start, self._working_days).due
        except RuleNotFound:
            return None

    def near(self, connection: Connection, today: date) -> list[DueMatter]:
        """Those to be reminded of today, each once: 7, 3 and 1 working days before, and when it is over.

        A round that was left out is made up for by the next one.
        """
        found = []
        for row in self._running(connection):
            seen = forecast(self._deadline(row), today, self._working_days)
            mark = self._mark(row, seen, today)
            if mark is None or row.due is None or (row.reminded is not None and row.reminded <= mark):
                continue
            connection.execute(update(deadline).where(deadline.c.number == row.number).values(reminded=mark))
            found.append(
                DueMatter(row.recommendation, row.rule, row.due, seen.working_days_left, seen.is_overdue, row.owner, row.is_sealed)
            )
        return found

    def standing(self, connection: Connection, today: date, within: int, let_through: ColumnElement[bool]) -> list[DueMatter]:
        """The clocks that run out within so many working days or have run out, the nearest first, of what is let through."""
        found = []
        for row in self._running(connection, let_through):
            seen = forecast(self._deadline(row), today, self._working_days)
            if row.due is not None and seen.working_days_left <= within:
                found.append(
                    DueMatter(row.recommendation, row.rule, row.due, seen.working_days_left, seen.is_overdue, row.owner, row.is_sealed)
                )
        return found

    def over(self, connection: Connection, rule: str, today: date) -> list[int]:
        """The recommendations for which this clock has run out."""
        late = (deadline.c.rule == rule) & deadline.c.met_on.is_(None) & (deadline.c.due < today)
        return list(connection.execute(select(deadline.c.recommendation).where(late)).scalars())

    def _mark(self, row: Row[Any], seen: Forecast, today: date) -> int | None:
        """The nearest reminder that is due by now; none for as many days as the clock had from its start."""
        if seen.should_escalate:
            return _ESCALATED
        if row.due is None or seen.is_overdue or not self._working_days.is_working(today):
            return None
        had = self._working_days.between(row.started, row.due)
        return min((days for days in REMIND_AT if seen.working_days_left <= days < had), default=None)

    def _running(self, connection: Connection, let_through: ColumnElement[bool] | None = None) -> Sequence[Row[Any]]:
        joined = select(*deadline.c, recommendation.c.owner, recommendation.c.is_sealed).join(
            recommendation, recommendation.c.number == deadline.c.recommendation
        )
        running = deadline.c.met_on.is_(None) & (true() if let_through is None else let_through)
        rows: list[Any] = list(connection.execute(joined.where(running).order_by(deadline.c.due, deadline.c.number)))
        return rows

    def _start(self, connection: Connection, number: int, rule: str, today: date) -> None:
        same = (
            (deadline.c.recommendation == number)
            & (deadline.c.rule == rule)
            & (deadline.c.met_on.is_(None) | (deadline.c.started == today))
        )
        known = connection.execute(select(deadline).where(same).order_by(deadline.c.number.desc())).first()
        if known is not None:
            # Begun again on the very day: the same clock runs on.
            connection.execute(update(deadline).where(deadline.c.number == known.number).values(met_on=None))
            return
        with suppress(RuleNotFound):
            # What is taken over from years before the rule has no such clock.
            self._insert(connection, number, rule, today)

    def _insert(self, connection: Connection, number: int, rule: str, today: date) -> None:
        counted = due(self._rules.rule(rule, today), today, self._working_days)
        values = {"recommendation": number, "rule": rule, "started": today, "paused": [], "due": counted.due}
        connection.execute(insert(deadline).values(values))

    def _meet(self, connection: Connection, number: int, today: date, rules: Sequence[str]) -> None:
        mine = (deadline.c.recommendation == number) & deadline.c.met_on.is_(None) & deadline.c.rule.in_(rules)
        connection.execute(update(deadline).where(mine).values(met_on=today))

    def _stop_or_go_on(self, connection: Connection, number: int, today: date, *, stops: bool) -> None:
        mine = (deadline.c.recommendation == number) & deadline.c.met_on.is_(None)
        for row in connection.execute(select(deadline).where(mine)).all():
            paused = [*row.paused, [today.isoformat(), None]] if stops else [[start, end or today.isoformat()] for start, end in row.paused]
            counted = self._counted(row.rule, row.started, paused)
            connection.execute(update(deadline).where(deadline.c.number == row.number).values(paused=paused, due=counted.due))

    def _deadline(self, row: Row[Any]) -> Deadline:
        return self._counted(row.rule, row.started, row.paused)

    def _counted(self, rule: str, started: date, paused: Sequence[Sequence[str | None]]) -> Deadline:
        pauses = tuple(Pause(date.fromisoformat(start), date.fromisoformat(end) if end else None) for start, end in paused if start)
        return due(self._rules.rule(rule, started), started, self._working_days, pauses=pauses)


def _reply_rule(kind: str | None) -> str:
    return VOTER_REPLY if kind == Kind.VOTER_RECOMMENDATION else REPLY
