"""Recommendations as the service requests of Open311 GeoReport v2: what is worked on or was answered, told without anybody's words
until they are published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from assistant.database import reading
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.joining import releases
from assistant.feedback.states import State
from assistant.feedback.tables import answer, link, merge, recommendation, step, submission
from assistant.feedback.types import Field, Kind
from assistant.interop.published import has_no_sealed_link

# The specification: at most a thousand, and descriptions of at most so many characters.
MOST_REQUESTS, LONGEST_DESCRIPTION = 1_000, 4_000
KINDS = (Kind.REPORT, Kind.RECOMMENDATION, Kind.VOTER_RECOMMENDATION)
# Nothing is done about them any more; one that was joined to another is followed there.
CLOSED = frozenset({State.ANSWERED, State.PUBLISHED, State.CLOSED, State.LINKED})
_OPEN = frozenset(
    {
        State.ACCEPTED,
        State.ROUTED,
        State.FORWARDED,
        State.ACKNOWLEDGED,
        State.RETURNED,
        State.IN_PROGRESS,
        State.ANSWER_REVIEW,
        State.REOPEN_REQUESTED,
        State.REOPENED,
    }
)
# Where a body was told of it; before that it is only a machine's guess.
_WITH_BODY = frozenset(
    {State.FORWARDED, State.ACKNOWLEDGED, State.IN_PROGRESS, State.ANSWER_REVIEW, State.ANSWERED, State.PUBLISHED, State.CLOSED}
)
_WITH_TEXT = frozenset({State.PUBLISHED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A recommendation as everybody may follow it.

    `parent`: the one it was joined to; `result`: the class of its answer. `description` and `area` (a key) are empty until it is
    published, `body` until it was sent to one.
    """

    number: int
    is_open: bool
    state: State
    field: Field
    result: str | None
    parent: int | None
    description: str
    body: str
    area: str
    requested_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class RequestsWanted:
    """Which requests: these numbers, or whatever holds of fields, times (both inclusive) and whether it is open; empty lets all through."""

    numbers: tuple[int, ...] = ()
    fields: tuple[Field, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    is_open: bool | None = None


def service_requests(desk: FeedbackDesk, wanted: RequestsWanted) -> list[ServiceRequest]:
    """At most `MOST_REQUESTS`, the newest first."""
    query = select(recommendation).where(_is_shown() & _wanted(wanted))
    newest = query.order_by(recommendation.c.opened_at.desc(), recommendation.c.number.desc()).limit(MOST_REQUESTS)
    with reading(desk.engine) as connection:
        rows = connection.execute(newest).all()
        numbers = [row.number for row in rows]
        told = _Told(_texts(connection, numbers), _results(connection, numbers), _parents(connection, rows))
    return [_request(row, told) for row in rows]


def request_number(desk: FeedbackDesk, code: str) -> int | None:
    """The number of the request that a tracking code leads to; None while there is nothing that everybody may follow.

    What is sealed looks as if it were waiting. Raises `SubmissionNotFound`.
    """
    with reading(desk.engine) as connection:
        found = desk.intake.find(connection, code)
        mine = (link.c.submission == found.number) & (link.c.kind == "primary")
        query = select(recommendation.c.number).join(link, link.c.recommendation == recommendation.c.number).where(mine & _is_shown())
        return connection.execute(query).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class _Told:
    texts: Mapping[int, Sequence[str]]
    results: Mapping[int, str]
    parents: Mapping[int, int]


def _is_shown() -> ColumnElement[bool]:
    return (
        recommendation.c.state.in_([state.value for state in _OPEN | CLOSED])
        & recommendation.c.kind.in_([kind.value for kind in KINDS])
        & recommendation.c.is_sealed.is_(False)
        & has_no_sealed_link()
    )


def _wanted(wanted: RequestsWanted) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = recommendation.c.number.is_not(None)
    if wanted.numbers:
        return recommendation.c.number.in_(wanted.numbers)
    if wanted.fields:
        in_field = recommendation.c.field.in_([one.value for one in wanted.fields])
        # What has no field is offered as "other".
        condition &= in_field | recommendation.c.field.is_(None) if Field.OTHER in wanted.fields else in_field
    if wanted.since is not None:
        condition &= recommendation.c.opened_at >= wanted.since
    if wanted.until is not None:
        condition &= recommendation.c.opened_at <= wanted.until
    if wanted.is_open is not None:
        condition &= recommendation.c.state.in_([state.value for state in (_OPEN if wanted.is_open else CLOSED)])
    return condition


def _request(row: Row[Any], told: _Told) -> ServiceRequest:
    state = State(row.state)
    text = "\n\n".join(told.texts.get(row.number, ()))
    is_public = row.is_redaction_confirmed and state in _WITH_TEXT and bool(text)
    return ServiceRequest(
        number=row.number,
        is_open=state in _OPEN,
        state=state,
        field=Field(row.field or Field.OTHER),
        result=told.results.get(row.number) if state in CLOSED else None,
        parent=told.parents.get(row.number),
        description=text[:LONGEST_DESCRIPTION] if is_public else "",
        body=(row.body or "") if state in _WITH_BODY else "",
        area=(row.area or "") if is_public else "",
        requested_at=row.opened_at,
        updated_at=row.changed_at,
    )


def _texts(connection: Connection, numbers: Sequence[int]) -> Mapping[int, list[str]]:
    """What was released of the words of those that were published at some time."""
    published = select(step.c.recommendation).where((step.c.to_state == State.PUBLISHED.value) & step.c.recommendation.in_(numbers))
    live = releases() & submission.c.withdrawn_at.is_(None) & submission.c.is_sealed.is_(False)
    query = (
        select(link.c.recommendation, submission.c.public_text)
        .join(submission, submission.c.number == link.c.submission)
        .where(live & link.c.recommendation.in_(published) & submission.c.public_text.is_not(None))
        .order_by(link.c.number)
    )
    texts: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        texts[row.recommendation].append(row.public_text)
    return texts


def _results(connection: Connection, numbers: Sequence[int]) -> Mapping[int, str]:
    """The class of the newest approved answer of each."""
    approved = answer.c.recommendation.in_(numbers) & answer.c.approved_at.is_not(None)
    query = select(answer.c.recommendation, answer.c.resolution).where(approved).order_by(answer.c.number)
    return {row.recommendation: row.resolution for row in connection.execute(query)}


def _parents(connection: Connection, rows: Iterable[Row[Any]]) -> Mapping[int, int]:
    """The requests that joined ones are followed with, as far as everybody may follow those."""
    mine = merge.c.recommendation.in_([row.number for row in rows]) & merge.c.undone_at.is_(None)
    joined = select(merge).join(recommendation, recommendation.c.number == merge.c.target)
    return {row.recommendation: row.target for row in connection.execute(joined.where(mine & _is_shown()))}
