"""The list of matters that reviewers work through: what of them a list shows, who may see them, and which are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, func, select

from assistant.database import reading
from assistant.feedback.bodies_book import BodyBook, ShownBody, book_of
from assistant.feedback.bodies_sent import READERS
from assistant.feedback.joining import carries
from assistant.feedback.messages_rows import unread_counts
from assistant.feedback.ordering import Keyset, Order, Page
from assistant.feedback.states import Actor, Role, State
from assistant.feedback.tables import deadline, link, recommendation, submission
from assistant.feedback.wanted import Wanted, wanted_ones
from corpus.days import VIETNAM

# Before a machine has looked, nobody can say that it is no denunciation.
UNSEEN = (State.RECEIVED.value,)
_MOST = 200
_SAME = (
    *("number", "version", "is_sealed", "kind", "field", "level", "area", "area_then"),
    *("body", "title", "urgency", "owner", "opened_at", "changed_at"),
)


@dataclass(frozen=True, slots=True)
class Matter:
    """A recommendation as a list shows it; `version` goes along with every change. `shown_body`: its body with the names of today.

    `area` is the key of a unit of today, `area_then` that of what it was at the time: of a unit that the reform of 2025 ended
    "old:district:802". `unread`: messages of senders that no officer has read. `due`: when the first of its clocks runs out, if any runs.
    `settled`: what of kind, field, level, area and body a person settled; the rest is what a machine thinks.
    """

    number: int
    version: int
    state: State
    is_sealed: bool
    kind: str | None
    field: str | None
    level: str | None
    area: str | None
    area_then: str | None
    body: str | None
    title: str | None
    urgency: str
    owner: str | None
    opened_at: datetime
    changed_at: datetime
    submissions: int
    shown_body: ShownBody | None = None
    unread: int = 0
    due: date | None = None
    settled: tuple[str, ...] = ()


class Queue:
    """The recommendations of one database as lists."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def page(self, actor: Actor, wanted: Wanted, limit: int = 50) -> list[Matter]:
        """Up to `limit` of what `actor` may see, by number."""
        with reading(self._engine) as connection:
            mine = select(recommendation).where(*self._conditions(actor, wanted))
            rows = connection.execute(mine.order_by(recommendation.c.number).limit(min(limit, _MOST))).all()
            return matters_of(connection, rows, self._clock())

    def listed(self, actor: Actor, wanted: Wanted, order: Order = Order.NUMBER, cursor: str | None = None, limit: int = 50) -> Page[Matter]:
        """Up to `limit` of what `actor` may see, from `cursor` on, with the count of all that is wanted. Raises `CursorInvalid`."""
        keyset, limit, conditions = Keyset(order), min(limit, _MOST), self._conditions(actor, wanted)
        with reading(self._engine) as connection:
            total = connection.execute(select(func.count()).select_from(recommendation).where(*conditions)).scalar_one()
            rows = connection.execute(keyset.page(select(recommendation).where(*conditions), cursor, limit)).all()
            shown, following = keyset.cut(rows, limit)
            return Page(tuple(matters_of(connection, shown, self._clock())), total, following)

    def _conditions(self, actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
        return [visible(actor), *wanted_ones(wanted, self._clock().astimezone(VIETNAM).date())]


def matters_of(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> list[Matter]:
    """What a list shows of these rows of recommendations, in their order; bodies with the names of the day of `now`."""
    numbers = [row.number for row in rows]
    counts, unread = _counts(connection, numbers), unread_counts(connection, numbers)
    book, dues = book_of(connection, rows), _dues(connection, numbers)
    return [
        Matter(
            **{name: getattr(row, name) for name in _SAME},
            state=State(row.state),
            submissions=counts.get(row.number, 0),
            shown_body=_shown_body(row, book, now),
            unread=unread.get(row.number, 0),
            due=dues.get(row.number),
            settled=tuple((row.settled or "").split()),
        )
        for row in rows
    ]


def plain() -> ColumnElement[bool]:
    """Lets through what is not sealed and was looked at, also what its sender withdrew before a machine had read it."""
    unread = select(link.c.number).join(submission, submission.c.number == link.c.submission)
    unread = unread.where(submission.c.understood_at.is_(None) & submission.c.erased_at.is_(None))
    has_unread = unread.where(link.c.recommendation == recommendation.c.number).correlate(recommendation).exists()
    was_seen = (recommendation.c.state != State.WITHDRAWN.value) | ~has_unread
    return recommendation.c.is_sealed.is_(False) & recommendation.c.state.not_in(UNSEEN) & was_seen


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition that lets through what this person may see: sealed ones to sealed officers only, and nothing else to them."""
    may_read = bool(actor.roles & READERS) or Role.SYSTEM in actor.roles
    is_plain = plain()
    if Role.SEALED_OFFICER in actor.roles:
        return recommendation.c.is_sealed.is_(True) | is_plain if may_read else recommendation.c.is_sealed.is_(True)
    return is_plain if may_read else recommendation.c.number.is_(None)


def _counts(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    is_open = recommendation.c.is_sealed.is_(True) | submission.c.is_sealed.is_(False)
    mine = link.c.recommendation.in_(numbers) & carries() & is_open
    joined = link.join(submission, submission.c.number == link.c.submission).join(recommendation)
    people = func.count(link.c.submission.distinct()).label("sent")
    query = select(link.c.recommendation, people).select_from(joined).where(mine).group_by(link.c.recommendation)
    return {row.recommendation: row.sent for row in connection.execute(query)}


def _dues(connection: Connection, numbers: Sequence[int]) -> dict[int, date]:
    runs = deadline.c.recommendation.in_(numbers) & deadline.c.met_on.is_(None) & deadline.c.due.is_not(None)
    query = select(deadline.c.recommendation, func.min(deadline.c.due).label("due")).where(runs).group_by(deadline.c.recommendation)
    return {row.recommendation: row.due for row in connection.execute(query)}


def _shown_body(row: Row[Any], book: BodyBook, now: datetime) -> ShownBody | None:
    opened_on, today = (moment.astimezone(VIETNAM).date() for moment in (row.opened_at, now))
    return book.shown(row.body, opened_on, today) if row.body else None
