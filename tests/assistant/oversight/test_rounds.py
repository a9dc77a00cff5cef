"""Six-month rounds: counted from the day of sending, through short months and leap years, on working days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.feedback.timing.working_days import WorkingDays
from assistant.oversight.rounds import Round, months_after, next_round

DAYS = WorkingDays.load()
SENT = st.dates(date(2018, 1, 1), date(2030, 12, 31))
MONTHS = st.integers(0, 120)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 5, 22), 6, date(2026, 11, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 6, 15), 0, date(2026, 6, 15)),
    ],
)
def test_months_end_where_they_end(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@given(SENT, MONTHS)
def test_the_day_of_the_month_is_kept_or_is_the_last(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


@pytest.mark.parametrize(
    ("sent", "held", "coming"),
    [
        # 22 November 2026 is a Sunday.
        (date(2026, 5, 22), None, Round(1, date(2026, 11, 23))),
        # Soon after the sending is no round.
        (date(2026, 5, 22), date(2026, 6, 1), Round(1, date(2026, 11, 23))),
        # A little early is the round that was coming.
        (date(2026, 5, 22), date(2026, 11, 2), Round(2, date(2027, 5, 24))),
        (date(2026, 5, 22), date(2026, 11, 23), Round(2, date(2027, 5, 24))),
        # What nobody held is not made up for one by one.
        (date(2026, 5, 22), date(2028, 1, 10), Round(4, date(2028, 5, 22))),
        # Off until after Tết of 2027.
        (date(2026, 8, 5), None, Round(1, date(2027, 2, 11))),
        # The month that was short does not move the next.
        (date(2026, 8, 31), date(2027, 3, 1), Round(2, date(2027, 8, 31))),
    ],
)
def test_a_round_is_due_each_six_months_after_the_sending(sent: date, held: date | None, coming: Round) -> None:
    assert next_round(sent, held, DAYS) == coming


@given(SENT, st.none() | st.integers(0, 2_000))
def test_the_next_round_lies_ahead_and_no_further_than_seven_months(sent: date, after: int | None) -> None:
    held = None if after is None else sent + timedelta(after)
    coming = next_round(sent, held, DAYS)
    assert DAYS.is_working(coming.due)
    assert coming.due >= months_after(sent, 6 * coming.number)
    assert coming.due > (held or sent)
    # Days off in a row, Tết at the most, come on top.
    assert coming.due <= months_after(held or sent, 6) + timedelta(31 + 14)


@given(SENT, st.integers(0, 2_000), st.integers(0, 2_000))
def test_who_looks_later_has_no_earlier_round_ahead(sent: date, one: int, other: int) -> None:
    early, late = sorted((one, other))
    assert next_round(sent, sent + timedelta(early), DAYS).number <= next_round(sent, sent + timedelta(late), DAYS).number


@given(SENT)
def test_held_on_time_every_round_comes_once(sent: date) -> None:
    held, numbers = None, []
    for _ in range(6):
        coming = next_round(sent, held, DAYS)
        numbers.append(coming.number)
        held = coming.due
    assert numbers == [1, 2, 3, 4, 5, 6]
