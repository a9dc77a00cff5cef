"""The clocks of recommendations: each step starts, stops or meets the right one, and reminders come once."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from assistant.database import reading, writing
from assistant.feedback.states import Actor, State, Step
from assistant.feedback.tables import deadline
from assistant.feedback.wanted import Wanted
from corpus.days import VIETNAM
from tests.assistant.feedback.office import HUNG, LAN, Office


def clocks(office: Office) -> dict[str, tuple[date | None, date | None]]:
    """Due day and day met of each clock."""
    with reading(office.engine) as connection:
        return {row.rule: (row.due, row.met_on) for row in connection.execute(select(deadline).order_by(deadline.c.number))}


def today(office: Office) -> date:
    return office.clock.now.astimezone(VIETNAM).date()


def step(office: Office, to: State, actor: Actor = LAN) -> None:
    (matter,) = office.queue.page(HUNG, Wanted())
    office.recommendations.take(1, matter.version, Step(to, actor))


def test_screening_has_two_working_days(office: Office) -> None:
    office.sent()
    # Received on Sunday 22/11/2026; Tuesday 24/11 is a public holiday since 2026.
    assert clocks(office) == {"NB_SCREEN": (date(2026, 11, 25), None)}


def test_accepting_meets_the_screening_and_starts_the_reply(office: Office) -> None:
    office.sent()
    step(office, State.ACCEPTED)
    assert clocks(office)["NB_SCREEN"][1] == today(office)
    assert clocks(office)["NB_REPLY"][1] is None


def test_the_clock_stands_still_while_the_sender_is_asked(office: Office) -> None:
    office.sent()
    step(office, State.NEEDS_INFO)
    assert clocks(office)["NB_SCREEN"][0] is None
    office.clock.move(timedelta(days=10))
    step(office, State.SCREENING)
    screened, _ = clocks(office)["NB_SCREEN"]
    assert screened is not None
    assert screened > date(2026, 12, 1)
    assert clocks(office)["NB_WAIT_INFO"][1] == today(office)


def test_reminders_come_once_each_and_in_the_end_an_escalation(office: Office) -> None:
    office.sent()
    step(office, State.ACCEPTED)
    told = []
    for _ in range(70):
        with writing(office.engine) as connection:
            told += [
                (near.rule, near.days_left, near.is_overdue) for near in office.recommendations.deadlines.near(connection, today(office))
            ]
        office.clock.move(timedelta(days=1))
    assert [rule for rule, _, _ in told] == ["NB_REPLY"] * 4
    assert [left for _, left, _ in told[:3]] == [7, 3, 1]
    assert told[3][2]


def test_what_is_closed_has_no_clock_that_runs(office: Office) -> None:
    office.sent()
    step(office, State.GUIDED_OUT)
    assert all(met == today(office) for _, met in clocks(office).values())


def test_who_was_asked_in_vain_is_found(office: Office) -> None:
    office.sent()
    step(office, State.NEEDS_INFO)
    with reading(office.engine) as connection:
        assert office.recommendations.deadlines.over(connection, "NB_WAIT_INFO", today(office)) == []
        assert office.recommendations.deadlines.over(connection, "NB_WAIT_INFO", today(office) + timedelta(days=40)) == [1]


def test_a_reminder_whose_day_nobody_made_a_round_on_comes_the_next_time(office: Office) -> None:
    office.sent()
    step(office, State.ACCEPTED)
    with writing(office.engine) as connection:
        due = connection.execute(select(deadline.c.due).where(deadline.c.rule == "NB_REPLY")).scalar_one()
        days = [due - timedelta(days=left) for left in (20, 6, 5, 1)]
        told = [[(one.rule, one.is_overdue) for one in office.recommendations.deadlines.near(connection, day)] for day in days]
    assert [("NB_REPLY", False) in one for one in told] == [False, True, False, True]
