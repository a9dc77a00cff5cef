"""The citizens' recommendations that programmes and critiques are joined to; what is sealed, even later, is joined to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, insert, select

from assistant.feedback.errors import RecommendationNotFound
from assistant.feedback.states import State
from assistant.feedback.tables import link, recommendation, submission
from assistant.feedback.types import Kind
from assistant.oversight.access import LARGEST_NUMBER

# Before a machine has looked, nobody can say that it is no denunciation.
_UNSEEN = (State.RECEIVED.value, State.SEALED.value, State.SEALED_CLOSED.value)


def is_plain() -> ColumnElement[bool]:
    """The condition on recommendations of which neither they nor anything sent for them is sealed or a denunciation."""
    live = link.c.undone_at.is_(None) & submission.c.is_sealed.is_(True)
    sealed = select(link.c.recommendation).join(submission, submission.c.number == link.c.submission).where(live)
    return (
        recommendation.c.is_sealed.is_(False)
        & recommendation.c.state.not_in(_UNSEEN)
        & recommendation.c.kind.is_distinct_from(Kind.DENUNCIATION.value)
        & recommendation.c.number.not_in(sealed)
    )


def join_grounds(connection: Connection, column: Column[Any], number: int, grounds: Sequence[int], actor: str, now: datetime) -> None:
    """Joins each of `grounds` once to record `number` of `column`'s table.

    Raises `RecommendationNotFound` for what is sealed or not there, and does not tell which of both.
    """
    wanted = sorted(set(grounds))
    possible = recommendation.c.number.in_([one for one in wanted if one <= LARGEST_NUMBER])
    seen = set(connection.execute(select(recommendation.c.number).where(possible & is_plain())).scalars())
    missing = [one for one in wanted if one not in seen]
    if missing:
        raise RecommendationNotFound(missing[0])
    table: Table = column.table
    kept = set(connection.execute(select(table.c.recommendation).where(column == number)).scalars())
    rows = [{column.name: number, "recommendation": one, "made_by": actor, "made_at": now} for one in wanted if one not in kept]
    if rows:
        connection.execute(insert(table), rows)


def grounds_of(connection: Connection, column: Column[Any], number: int) -> tuple[int, ...]:
    """The numbers joined to record `number`, in order, without what was sealed meanwhile."""
    joined = select(recommendation.c.number).join(column.table, column.table.c.recommendation == recommendation.c.number)
    return tuple(connection.execute(joined.where((column == number) & is_plain()).order_by(recommendation.c.number)).scalars())
