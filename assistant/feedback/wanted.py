"""Which recommendations a list shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, ColumnElement, select

from assistant.feedback.area_keys import keys_within
from assistant.feedback.messages_rows import with_unread
from assistant.feedback.states import State
from assistant.feedback.tables import deadline, recommendation
from assistant.feedback.types import Urgency


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that hold; what is left empty lets all through.

    `area`: the key of a unit ("commune:00454", "province:01" with all its communes). `is_unowned`: only what nobody owns. `is_overdue`:
    only with a clock that has run out. `has_unread`: only with messages nobody has read. `after`: only larger numbers.
    """

    states: tuple[State, ...] = ()
    kinds: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    owner: str | None = None
    is_unowned: bool = False
    area: str | None = None
    is_overdue: bool = False
    has_unread: bool = False
    after: int = 0


def wanted_ones(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """The conditions that let through what is wanted; `today` in Vietnam."""
    conditions = facts_wanted(wanted)
    conditions += _one_of(recommendation.c.urgency, wanted.urgencies)
    if wanted.owner is not None:
        conditions.append(recommendation.c.owner == wanted.owner)
    if wanted.is_unowned:
        conditions.append(recommendation.c.owner.is_(None))
    if wanted.is_overdue:
        late = deadline.c.met_on.is_(None) & (deadline.c.due < today)
        conditions.append(recommendation.c.number.in_(select(deadline.c.recommendation).where(late)))
    if wanted.has_unread:
        conditions.append(with_unread())
    return conditions


def facts_wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions on what it is about and how it stands; nothing of who works on it and how they keep up."""
    area = keys_within(wanted.area) if wanted.area is not None else ()
    conditions = [recommendation.c.number > wanted.after] if wanted.after else []
    conditions += _one_of(recommendation.c.state, wanted.states)
    conditions += _one_of(recommendation.c.kind, wanted.kinds)
    conditions += _one_of(recommendation.c.field, wanted.fields)
    conditions += _one_of(recommendation.c.level, wanted.levels)
    conditions += _one_of(recommendation.c.area, area)
    return conditions


def _one_of(column: Column[str], values: Sequence[str]) -> list[ColumnElement[bool]]:
    return [column.in_([str(value) for value in values])] if values else []
