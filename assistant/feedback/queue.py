"""The list of matters that reviewers work through: what of them a list shows, who may see them, and which are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, func, select

from assistant.database import reading
from assistant.feedback.bodies_book import BodyBook, ShownBody, book_of
from assistant.feedback.bodies_sent import READERS
from assistant.feedback.messages_rows import unread_counts, with_unread
from assistant.feedback.states import Actor, Role, State
from assistant.feedback.tables import link, recommendation, submission
from corpus.days import VIETNAM

# Before a machine has looked, nobody can say that it is no denunciation.
UNSEEN = (State.RECEIVED.value,)
_MOST = 200
_SAME = ("number", "version", "is_sealed", "kind", "field", "level", "area", "body", "title", "urgency", "owner", "opened_at", "changed_at")


@dataclass(frozen=True, slots=True)
class Matter:
    """A recommendation as a list shows it; `version` goes along with every change. `shown_body`: its body with the names of today.

    `unread`: messages of senders that no officer has read.
    """

    number: int
    version: int
    state: State
    is_sealed: bool
    kind: str | None
    field: str | None
    level: str | None
    area: str | None
    body: str | None
    title: str | None
    urgency: str
    owner: str | None
    opened_at: datetime
    changed_at: datetime
    submissions: int
    shown_body: ShownBody | None = None
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which recommendations a list shows: all that hold; None lets all through. `has_unread`: only with messages nobody has read."""

    states: tuple[State, ...] = ()
    field: str | None = None
    level: str | None = None
    owner: str | None = None
    area: str | None = None
    has_unread: bool = False


class Queue:
    """The recommendations of one database as lists."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def page(self, actor: Actor, wanted: Wanted, after: int = 0, limit: int = 50) -> list[Matter]:
        """Up to `limit` that `actor` may see, by number, those after `after`."""
        conditions = [recommendation.c.number > after, visible(actor), *wanted_ones(wanted)]
        query = select(recommendation).where(and_(*conditions)).order_by(recommendation.c.number).limit(min(limit, _MOST))
        with reading(self._engine) as connection:
            return matters_of(connection, connection.execute(query).all(), self._clock())


def matters_of(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> list[Matter]:
    """What a list shows of these rows of recommendations, in their order; bodies with the names of the day of `now`."""
    numbers = [row.number for row in rows]
    counts, unread = _counts(connection, numbers), unread_counts(connection, numbers)
    book = book_of(connection, rows)
    return [_matter(row, counts.get(row.number, 0), unread.get(row.number, 0), _shown_body(row, book, now)) for row in rows]


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition that lets through what this person may see: sealed ones to sealed officers only, and nothing else to them."""
    may_read = bool(actor.roles & READERS) or Role.SYSTEM in actor.roles
    is_plain = recommendation.c.is_sealed.is_(False) & recommendation.c.state.not_in(UNSEEN)
    if Role.SEALED_OFFICER in actor.roles:
        return recommendation.c.is_sealed.is_(True) | is_plain if may_read else recommendation.c.is_sealed.is_(True)
    return is_plain if may_read else recommendation.c.number.is_(None)


def wanted_ones(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions that let through what is wanted."""
    conditions = [
        getattr(recommendation.c, name) == value for name in ("field", "level", "owner", "area") if (value := getattr(wanted, name))
    ]
    if wanted.states:
        conditions.append(recommendation.c.state.in_([state.value for state in wanted.states]))
    if wanted.has_unread:
        conditions.append(with_unread())
    return conditions


def _counts(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    is_open = recommendation.c.is_sealed.is_(True) | submission.c.is_sealed.is_(False)
    mine = link.c.recommendation.in_(numbers) & link.c.undone_at.is_(None) & is_open
    joined = link.join(submission, submission.c.number == link.c.submission).join(recommendation)
    query = select(link.c.recommendation, func.count().label("sent")).select_from(joined).where(mine).group_by(link.c.recommendation)
    return {row.recommendation: row.sent for row in connection.execute(query)}


def _matter(row: Row[Any], submissions: int, unread: int, shown_body: ShownBody | None) -> Matter:
    same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    return Matter(**same, state=State(row.state), submissions=submissions, shown_body=shown_body, unread=unread)


def _shown_body(row: Row[Any], book: BodyBook, now: datetime) -> ShownBody | None:
    opened_on, today = (moment.astimezone(VIETNAM).date() for moment in (row.opened_at, now))
    return book.shown(row.body, opened_on, today) if row.body else None
