"""Recommendations as packs, digests and scoreboards need them; nothing sealed comes in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from assistant.feedback.bodies_book import book_of
from assistant.feedback.joining import carries, is_merged
from assistant.feedback.reports.reported import ProvinceOf
from assistant.feedback.settled import settled
from assistant.feedback.states import State
from assistant.feedback.tables import answer, deadline, link, recommendation, step, submission
from assistant.feedback.timing.running_deadlines import REPLY, VOTER_REPLY
from assistant.feedback.types import Kind
from assistant.insight.errors import ProvinceNotFound
from corpus.areas import Areas, Level
from corpus.days import VIETNAM
from corpus.errors import SourceUnreadable

_ASKS = (Kind.VOTER_RECOMMENDATION, Kind.RECOMMENDATION, Kind.REPORT)
# Not looked at yet, not taken in, or counted with another matter.
_UNCOUNTED = frozenset(
    {
        *(State.RECEIVED, State.SCREENING, State.NEEDS_INFO, State.GUIDED_OUT, State.REJECTED),
        *(State.LINKED, State.WITHDRAWN, State.SEALED, State.SEALED_CLOSED),
    }
)


# The days on which it was answered last, None where it was reopened since, and on which it was reopened last.
_Answered = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Matter:
    """A recommendation or report that was taken in. `area`: today's province; `due`: by when it is to be answered, where a clock runs.

    `body`: under the name of that last day, where one body stood then for the one that was written down.
    `is_legal`: the clock is one of law and not an internal target. `answered_on`: None again from the day on which it was reopened until
    it is answered anew. Days are those of the last day that was asked for: what came later is not there yet.
    """

    number: int
    kind: str
    field: str | None
    level: str | None
    area: str | None
    body: str | None
    title: str
    statement: str
    submissions: int
    opened_on: date
    due: date | None
    is_legal: bool
    answered_on: date | None
    resolution: str | None
    reopened_on: date | None

    def is_open_on(self, day: date) -> bool:
        """Whether it waited for an answer at the end of `day`, the last one that was asked for or later."""
        return self.answered_on is None or self.answered_on > day

    def is_overdue_on(self, day: date) -> bool:
        """Whether its answer was late and still missing at the end of `day`."""
        return self.is_open_on(day) and self.due is not None and self.due < day


def asked_matters(connection: Connection, until: date, province_of: ProvinceOf, numbers: Iterable[int] | None = None) -> list[Matter]:
    """What asks for something and was opened by the end of `until`, by number; only those of `numbers` where they are given."""
    end = datetime.combine(until, time.max, VIETNAM)
    plain = recommendation.c.is_sealed.is_(False) & recommendation.c.kind.in_(_ASKS) & recommendation.c.state.not_in(_UNCOUNTED)
    plain &= ~is_merged()
    query = select(recommendation).where(plain & (recommendation.c.opened_at <= end)).order_by(recommendation.c.number)
    wanted = None if numbers is None else set(numbers)
    rows = [row for row in connection.execute(query) if settled(row, "kind") and (wanted is None or row.number in wanted)]
    sent, clocks, steps = _sent(connection, end), _clocks(connection, until), _steps(connection, end)
    resolutions, book = _resolutions(connection, end), book_of(connection, rows)
    bodies = {row.number: book.counted_as(body, _day(row.opened_at), until) for row in rows if (body := settled(row, "body"))}
    return [
        _matter(row, sent, clocks.get(row.number), steps, resolutions, province_of, bodies.get(row.number))
        for row in rows
        if sent.get(row.number)
    ]


def _matter(
    row: Row[Any],
    sent: dict[int, int],
    clock: Row[Any] | None,
    steps: Mapping[int, _Answered],
    resolutions: dict[int, str],
    province_of: ProvinceOf,
    body: str | None,
) -> Matter:
    answered_on, reopened_on = steps.get(row.number, (None, None))
    if clock and reopened_on and not answered_on and clock.started < reopened_on:
        # The clock of the answer that did not hold says nothing of the next one.
        clock = None
    return Matter(
        number=row.number,
        kind=row.kind,
        field=settled(row, "field"),
        level=settled(row, "level"),
        area=province_of(area) if (area := settled(row, "area")) else None,
        body=body,
        title=row.title or "",
        statement=row.statement or "",
        submissions=sent[row.number],
        opened_on=_day(row.opened_at),
        due=clock.due if clock else None,
        is_legal=bool(clock and clock.rule == VOTER_REPLY),
        answered_on=answered_on,
        resolution=resolutions.get(row.number) if answered_on else None,
        reopened_on=reopened_on,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _sent(connection: Connection, end: datetime) -> dict[int, int]:
    """How many open submissions stand behind each; one of which any is sealed has none."""
    live = carries() & submission.c.withdrawn_at.is_(None) & (submission.c.received_at <= end)
    joined = select(link.c.recommendation, submission.c.is_sealed, func.count(link.c.submission.distinct()).label("sent"))
    query = joined.join(submission, submission.c.number == link.c.submission).where(live)
    found: dict[int, int] = {}
    sealed: set[int] = set()
    for row in connection.execute(query.group_by(link.c.recommendation, submission.c.is_sealed)):
        if row.is_sealed:
            sealed.add(row.recommendation)
        else:
            found[row.recommendation] = row.sent
    return {number: count for number, count in found.items() if number not in sealed}


def _clocks(connection: Connection, until: date) -> dict[int, Row[Any]]:
    """The newest clock for an answer of each: one that was reopened runs by the clock of that."""
    rules = deadline.c.rule.in_((REPLY, VOTER_REPLY)) & (deadline.c.started <= until)
    return {row.recommendation: row for row in connection.execute(select(deadline).where(rules).order_by(deadline.c.number))}


def _steps(connection: Connection, end: datetime) -> dict[int, _Answered]:
    """When each was answered and reopened."""
    states = (State.ANSWERED, State.ANSWERED_DIRECT, State.REOPENED)
    taken: ColumnElement[bool] = step.c.to_state.in_(states) & (step.c.taken_at <= end)
    found: dict[int, _Answered] = {}
    query = select(step.c.recommendation, step.c.to_state, step.c.taken_at).where(taken).order_by(step.c.number)
    for row in connection.execute(query):
        day, (_, reopened_on) = _day(row.taken_at), found.get(row.recommendation, (None, None))
        found[row.recommendation] = (None, day) if row.to_state == State.REOPENED else (day, reopened_on)
    return found


def _resolutions(connection: Connection, end: datetime) -> dict[int, str]:
    """The class of the newest answer that was approved."""
    query = select(answer.c.recommendation, answer.c.resolution).where(answer.c.approved_at <= end).order_by(answer.c.number)
    return {row.recommendation: row.resolution for row in connection.execute(query)}


@cache
def province_names() -> ProvinceOf:
    """The name of the province of an area key; nobody's where no tables of units are installed."""
    try:
        areas = Areas.load()
    except SourceUnreadable:
        return lambda _key: None

    def named(key: str) -> str | None:
        level, _, code = key.partition(":")
        area = areas.province(code) if level == "province" else areas.commune(code)
        province = areas.province(area.parent) if area and area.parent else area
        return province.name if province else None

    return named


def province_named(name: str) -> str:
    """Today's province of a name as people write it, in full ("hà nội" → "Thành phố Hà Nội"). Raises `ProvinceNotFound`."""
    try:
        found = Areas.load().find_loosely(name)
    except SourceUnreadable as error:
        raise ProvinceNotFound(name) from error
    provinces = {area.name for match in found for area in match.today if area.level is Level.PROVINCE}
    if len(provinces) != 1:
        raise ProvinceNotFound(name)
    return provinces.pop()
