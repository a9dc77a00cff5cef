"""The recommendations of a period as the proposals need them; nothing sealed comes in."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, func, select

from assistant.feedback.joining import is_merged
from assistant.feedback.states import State
from assistant.feedback.tables import answer, deadline, link, recommendation, step, submission
from assistant.feedback.timing.running_deadlines import REPLY, VOTER_REPLY
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution
from assistant.oversight.grounds import is_plain
from assistant.oversight.proposals import TopicRecord
from corpus.days import VIETNAM

_KINDS = (Kind.REPORT, Kind.RECOMMENDATION, Kind.VOTER_RECOMMENDATION, Kind.COMPLAINT)
# Not looked at by a person yet, not taken in, or counted with another.
_UNCOUNTED = (
    State.RECEIVED,
    State.SCREENING,
    State.NEEDS_INFO,
    State.GUIDED_OUT,
    State.SEALED,
    State.SEALED_CLOSED,
    State.REJECTED,
    State.LINKED,
    State.WITHDRAWN,
)
_AGAIN = (State.REOPEN_REQUESTED, State.REOPENED)
# Who opposes it, or sent something near it, does not stand behind it.
_BEHIND = ("primary", "duplicate", "supports", "part")
_SETTLED = (Resolution.SETTLED, Resolution.EXPLAINED)


def topic_records(connection: Connection, first: date, last: date, today: date) -> list[TopicRecord]:
    """What was opened from `first` to `last` and taken in, by number; whether an answer is overdue is seen from `today`."""
    since, until = (datetime.combine(day, edge, VIETNAM) for day, edge in ((first, time.min), (last, time.max)))
    counted = recommendation.c.kind.in_([one.value for one in _KINDS]) & recommendation.c.state.not_in([one.value for one in _UNCOUNTED])
    counted &= ~is_merged()
    opened = recommendation.c.opened_at.between(since, until) & counted & is_plain()
    rows = connection.execute(select(recommendation).where(opened).order_by(recommendation.c.number)).all()
    senders, repeated = _senders(connection), _repeated(connection)
    overdue, settled = _overdue(connection, today), _settled(connection)
    return [
        _record(
            row,
            senders.get(row.number, frozenset()),
            is_repeated=row.number in repeated,
            is_overdue=row.number in overdue,
            is_unsettled=row.number not in settled,
        )
        for row in rows
    ]


def _record(row: Row[Any], people: frozenset[str], *, is_repeated: bool, is_overdue: bool, is_unsettled: bool) -> TopicRecord:
    return TopicRecord(
        number=row.number,
        field=Field(row.field) if row.field else None,
        level=AdminLevel(row.level) if row.level else None,
        area=row.area,
        people=people,
        is_repeated=is_repeated,
        is_overdue=is_overdue,
        is_unsettled=is_unsettled,
    )


def _senders(connection: Connection) -> dict[int, frozenset[str]]:
    live = link.c.undone_at.is_(None) & link.c.kind.in_(_BEHIND) & submission.c.withdrawn_at.is_(None) & submission.c.is_sealed.is_(False)
    query = select(link.c.recommendation, submission.c.number, submission.c.sender_key).join(
        submission, submission.c.number == link.c.submission
    )
    people: defaultdict[int, set[str]] = defaultdict(set)
    for row in connection.execute(query.where(live)):
        people[row.recommendation].add(row.sender_key or f"submission:{row.number}")
    return {number: frozenset(keys) for number, keys in people.items()}


def _repeated(connection: Connection) -> set[int]:
    """Those that were asked to be looked at again, or sent again after their first answer."""
    reopened = select(step.c.recommendation).where(step.c.to_state.in_([one.value for one in _AGAIN]))
    first = select(answer.c.recommendation, func.min(answer.c.approved_at).label("at")).where(answer.c.approved_at.is_not(None))
    answered = first.group_by(answer.c.recommendation).subquery()
    joined = select(link.c.recommendation).join(submission, submission.c.number == link.c.submission)
    sent_again = joined.join(answered, answered.c.recommendation == link.c.recommendation).where(
        link.c.undone_at.is_(None)
        & link.c.kind.in_(_BEHIND)
        & submission.c.withdrawn_at.is_(None)
        & (submission.c.received_at > answered.c.at)
    )
    return {*connection.execute(reopened).scalars(), *connection.execute(sent_again).scalars()}


def _overdue(connection: Connection, today: date) -> set[int]:
    late = deadline.c.due < func.coalesce(deadline.c.met_on, today)
    return set(connection.execute(select(deadline.c.recommendation).where(deadline.c.rule.in_((REPLY, VOTER_REPLY)) & late)).scalars())


def _settled(connection: Connection) -> set[int]:
    """Those whose newest approved answer settles or explains them."""
    approved = select(answer.c.recommendation, answer.c.resolution).where(answer.c.approved_at.is_not(None)).order_by(answer.c.number)
    newest = {row.recommendation: row.resolution for row in connection.execute(approved)}
    return {number for number, resolution in newest.items() if resolution in _SETTLED}
