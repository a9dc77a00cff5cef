"""In what order recommendations are listed, and the cursor by which a list goes on where it ended."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Date, Row, Select, Subquery, case, func, literal, select, tuple_

from assistant.feedback.errors import CursorInvalid
from assistant.feedback.tables import deadline, recommendation
from assistant.feedback.types import Urgency

_Listed = TypeVar("_Listed")
_Value = int | date | datetime
_LARGEST = 2**31 - 1
_URGENT_FIRST = {Urgency.NOW.value: 0, Urgency.SOON.value: 1, Urgency.NORMAL.value: 2}


class Order(StrEnum):
    """What stands first: what was opened first or last, what is due soonest (overdue before all), what is urgent and then due soonest."""

    NUMBER = "number"
    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"
    URGENCY = "urgency"


# What a cursor holds of the last place of a page.
_TYPES: Mapping[Order, tuple[type[_Value], ...]] = {
    Order.NUMBER: (int,),
    Order.NEWEST: (datetime, int),
    Order.OLDEST: (datetime, int),
    Order.DUE: (date, int),
    Order.URGENCY: (int, date, int),
}


@dataclass(frozen=True, slots=True)
class Page(Generic[_Listed]):
    """A stretch of a list; `total` counts the whole list, `cursor` leads to what follows, None at its end."""

    matters: tuple[_Listed, ...]
    total: int
    cursor: str | None


class Keyset:
    """A list of recommendations in one order, read stretch by stretch: whatever comes in between, nothing is skipped or listed twice.

    What changes its own place meanwhile (another deadline, another urgency) is listed where it stands then.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._running = _running() if order in (Order.DUE, Order.URGENCY) else None
        self._keys = _keys(order, self._running)

    def page(self, query: Select[Any], cursor: str | None, limit: int) -> Select[Any]:
        """At most `limit` rows of a query on recommendations and one more where others follow. Raises `CursorInvalid`."""
        named = [key.label(f"key_{place}") for place, key in enumerate(self._keys)]
        ordered = query.add_columns(*named).order_by(*(key.desc() if self._order is Order.NEWEST else key for key in self._keys))
        if self._running is not None:
            ordered = ordered.outerjoin(self._running, self._running.c.recommendation == recommendation.c.number)
        if cursor is not None:
            ordered = ordered.where(self._behind(self._values(cursor)))
        return ordered.limit(limit + 1)

    def cut(self, rows: Sequence[Row[Any]], limit: int) -> tuple[Sequence[Row[Any]], str | None]:
        """The rows without the one too many, and the cursor to it."""
        if len(rows) <= limit:
            return rows, None
        return rows[:limit], self._cursor(rows[limit - 1])

    def _behind(self, values: Sequence[_Value]) -> ColumnElement[bool]:
        place = tuple_(*(literal(value, key.type) for key, value in zip(self._keys, values, strict=True)))
        here = tuple_(*self._keys)
        return here < place if self._order is Order.NEWEST else here > place

    def _cursor(self, row: Row[Any]) -> str:
        values = [row._mapping[f"key_{place}"] for place in range(len(self._keys))]
        written = json.dumps([self._order, *(one if isinstance(one, int) else one.isoformat() for one in values)])
        return urlsafe_b64encode(written.encode()).decode().rstrip("=")

    def _values(self, cursor: str) -> list[_Value]:
        try:
            order, *written = json.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=="))
            values = [_value(one, type_) for one, type_ in zip(written, _TYPES[self._order], strict=True)]
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise CursorInvalid(self._order) from error
        if order != self._order:
            raise CursorInvalid(self._order)
        return values


def _keys(order: Order, running: Subquery | None) -> tuple[ColumnElement[Any], ...]:
    """By what it goes, the number last: no two have the same place, and none is null."""
    number, opened_at = recommendation.c.number, recommendation.c.opened_at
    if running is None:
        return (number,) if order is Order.NUMBER else (opened_at, number)
    due = func.coalesce(running.c.due, literal(date.max, Date()), type_=Date())
    if order is Order.DUE:
        return (due, number)
    return (case(_URGENT_FIRST, value=recommendation.c.urgency, else_=len(_URGENT_FIRST)), due, number)


def _running() -> Subquery:
    """For each recommendation the clock that runs out first; what has none or one that stands still is not among them."""
    runs = deadline.c.met_on.is_(None) & deadline.c.due.is_not(None)
    grouped = select(deadline.c.recommendation, func.min(deadline.c.due).label("due")).where(runs).group_by(deadline.c.recommendation)
    return grouped.subquery("running")


def _value(written: object, type_: type[object]) -> _Value:
    """Raises `ValueError` or `TypeError` for what no cursor of ours holds."""
    if type_ is int and type(written) is int and 0 <= written <= _LARGEST:
        return written
    if type_ is datetime and isinstance(written, str) and (moment := datetime.fromisoformat(written)).tzinfo:
        return moment.astimezone(UTC)
    if type_ is date and isinstance(written, str):
        return date.fromisoformat(written)
    raise ValueError(written)
