"""When a recommendation of the Front is followed up: every six months from the day it was sent, until it is settled.

Luật MTTQVN 75/2015, art 28.7: the Front follows and urges the settlement; art 30.1: every six months State bodies hear what came of
supervision. That the months are counted from the day it was sent is a rule of our own.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.feedback.timing.working_days import WorkingDays

MONTHS = 6
# Who looks after it a little early has held the round that was coming.
_EARLY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Round:
    """A six-month round, counted from 1; `due` is a working day."""

    number: int
    due: date


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_round(sent_on: date, held_on: date | None, working_days: WorkingDays) -> Round:
    """The first round that is not held yet; `held_on` is the last day on which somebody looked after the recommendation.

    Every round is counted from `sent_on`, so that short months don't move the later ones. Rounds that nobody held are not made up
    for one by one: one look covers all that are over, and one that comes within 30 days.
    """
    covered = sent_on if held_on is None else max(sent_on, held_on + _EARLY)
    past = max(0, (covered.year - sent_on.year) * 12 + covered.month - sent_on.month) // MONTHS
    number = past if past and months_after(sent_on, past * MONTHS) > covered else past + 1
    return Round(number, working_days.on_or_after(months_after(sent_on, number * MONTHS)))
