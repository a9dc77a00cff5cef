"""Today's units for the commands and the interface of supervision, read once."""

from __future__ import annotations

from datetime import date
from functools import cache

from assistant.oversight.access import FIRST_DAY
from assistant.oversight.places import Places
from assistant.oversight.proposal_desk import Period
from assistant.oversight.rounds import months_after
from corpus.areas import Areas
from corpus.errors import SourceUnreadable

_YEAR_BEFORE = -12


@cache
def places() -> Places:
    """The units of the installed data; without them every unit is unknown."""
    try:
        return Places(Areas.load())
    except SourceUnreadable:
        return Places(None)


def period(first: date | None, last: date | None, today: date) -> Period:
    """The days whose recommendations are looked at; by default the year up to today."""
    end = max(last or today, FIRST_DAY)
    return Period(max(first or months_after(end, _YEAR_BEFORE), FIRST_DAY), end, today)
