"""The recommendations of a period as the session report needs them; nothing sealed comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, func, select

from assistant.feedback.joining import carries, is_merged
from assistant.feedback.reports.session_report import ReportedMatter
from assistant.feedback.settled import settled
from assistant.feedback.states import State
from assistant.feedback.tables import answer, link, recommendation, submission
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution
from corpus.days import VIETNAM

# The name of today's province of an area key ("commune:00454", "province:01"), None where it is unknown.
ProvinceOf = Callable[[str], str | None]
# Answered or not, what asks for something that is not settled goes on to the next session.
_UNSETTLED = frozenset({Resolution.BEING_STUDIED.value, None})
# Where the newest answer still holds; what was reopened is being worked on again.
_ANSWERED = frozenset({State.ANSWERED_DIRECT, State.ANSWERED, State.PUBLISHED, State.CLOSED, State.REOPEN_REQUESTED})


def reported_matters(connection: Connection, first: date, last: date, province_of: ProvinceOf) -> list[ReportedMatter]:
    """Whatever was opened from `first` to `last`, by number; without denunciations, what is sealed or counts with another.

    So is what a person wrote of letters that were sealed or taken back since.
    """
    since, until = (datetime.combine(day, edge, VIETNAM) for day, edge in ((first, time.min), (last, time.max)))
    opened = recommendation.c.opened_at.between(since, until) & recommendation.c.is_sealed.is_(False)
    plain = recommendation.c.kind.is_distinct_from(Kind.DENUNCIATION.value) & recommendation.c.state.not_in(
        (State.SEALED, State.SEALED_CLOSED)
    )
    rows = connection.execute(select(recommendation).where(opened & plain & ~is_merged()).order_by(recommendation.c.number)).all()
    counts, resolutions = _counts(connection), _resolutions(connection)
    return [
        _matter(row, counts.get(row.number, 0), resolutions.get(row.number) if row.state in _ANSWERED else None, province_of)
        for row in rows
        if row.number in counts or row.state == State.WITHDRAWN
    ]


def _matter(row: Row[Any], submissions: int, resolution: str | None, province_of: ProvinceOf) -> ReportedMatter:
    kind, field, level, area = (settled(row, name) for name in ("kind", "field", "level", "area"))
    asks = kind in (Kind.RECOMMENDATION, Kind.VOTER_RECOMMENDATION)
    return ReportedMatter(
        number=row.number,
        kind=kind or "unknown",
        field=Field(field) if field else None,
        level=AdminLevel(level) if level else None,
        area=province_of(area) if area else None,
        title=row.title or "",
        statement=row.statement or "",
        submissions=submissions,
        state=State(row.state),
        resolution=Resolution(resolution) if resolution else None,
        opened_on=row.opened_at.astimezone(VIETNAM).date(),
        is_for_next_report=bool(asks and row.statement and resolution in _UNSETTLED),
    )


def _counts(connection: Connection) -> dict[int, int]:
    live = carries() & submission.c.withdrawn_at.is_(None) & submission.c.is_sealed.is_(False)
    query = (
        select(link.c.recommendation, func.count(link.c.submission.distinct()).label("sent"))
        .join(submission, submission.c.number == link.c.submission)
        .where(live)
    )
    return {row.recommendation: row.sent for row in connection.execute(query.group_by(link.c.recommendation))}


def _resolutions(connection: Connection) -> dict[int, str]:
    """The class of the newest approved answer of each."""
    approved = select(answer.c.recommendation, answer.c.resolution).where(answer.c.approved_at.is_not(None)).order_by(answer.c.number)
    return {row.recommendation: row.resolution for row in connection.execute(approved)}
