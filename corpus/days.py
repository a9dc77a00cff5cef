"""Which day it is where the law applies."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

# Vietnam has had UTC+7 without summer time since 13 June 1975.
VIETNAM = timezone(timedelta(hours=7))


def today() -> date:
    """The present day in Vietnam, whatever the clock of the machine is set to."""
    return datetime.now(VIETNAM).date()
