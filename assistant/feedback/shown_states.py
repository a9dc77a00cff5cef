"""How a matter stands as its sender is shown it: nothing in it tells whether it is or was under the seal.

Whoever holds the tracking code may have been given it by force. So what is sealed looks like what lies where it lay before: what was new
is being screened, what was accepted stays accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.feedback.states import State
from assistant.feedback.tables import link, recommendation, step

_CARRYING = ("primary", "duplicate")


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A state, and when the matter came into it."""

    state: State
    at: datetime


def carried_by(connection: Connection, sent: int) -> Row[Any]:
    """The recommendation that submission `sent` belongs to today: the newest link that was not undone and carries the whole of it.

    With the columns `link` and `joined_at` of that link.
    """
    joined = (link.c.submission == sent) & link.c.kind.in_(_CARRYING) & link.c.first.is_(None)
    columns = (recommendation, link.c.number.label("link"), link.c.made_at.label("joined_at"))
    query = select(*columns).join(link, link.c.recommendation == recommendation.c.number).where(joined)
    return connection.execute(query.order_by(link.c.undone_at.is_not(None), link.c.number.desc()).limit(1)).one()


def shown_steps(connection: Connection, sent: int, matter: Row[Any]) -> tuple[ShownStep, ...]:
    """The steps of `matter`, a row of `carried_by`, that the sender of submission `sent` is shown, the oldest first."""
    taken = _taken(connection, matter.number)
    sealed = next((number for number, row in enumerate(taken) if row.to_state == State.SEALED), None)
    if sealed is None:
        return _as_shown(taken)
    before = _before(connection, sent, matter, taken[sealed].taken_at)
    return _as_shown(taken) if before is None else _as_shown(taken[sealed:], before)


def _before(connection: Connection, sent: int, matter: Row[Any], sealed_at: datetime) -> tuple[ShownStep, ...] | None:
    """What the sender was shown of the matter that theirs was taken away from in order to be sealed; None where it was no other's."""
    # Undone either as the sealed one was opened for it, or as it was sealed itself.
    moved = link.c.undone_at.in_((matter.joined_at, sealed_at)) & (link.c.number != matter.link)
    mine = (link.c.submission == sent) & link.c.kind.in_(_CARRYING) & (link.c.recommendation != matter.number)
    row = connection.execute(select(link).where(mine & moved).order_by(link.c.number.desc()).limit(1)).first()
    return _as_shown([one for one in _taken(connection, row.recommendation) if one.taken_at <= row.undone_at]) if row else None


def _taken(connection: Connection, number: int) -> Sequence[Row[Any]]:
    return connection.execute(select(step).where(step.c.recommendation == number).order_by(step.c.number)).all()


def _as_shown(taken: Iterable[Row[Any]], before: Sequence[ShownStep] = ()) -> tuple[ShownStep, ...]:
    shown = list(before)
    for row in taken:
        last = shown[-1].state if shown else State.RECEIVED
        state = _in_place_of(State(row.to_state), last)
        if state is last and State.SEALED in (row.from_state, row.to_state):
            continue
        shown.append(ShownStep(state, row.taken_at))
    return tuple(shown)


def _in_place_of(to: State, last: State) -> State:
    if to is State.SEALED:
        # What came in is screened next, and so is what its sender was asked about.
        return State.SCREENING if last in (State.RECEIVED, State.NEEDS_INFO) else last
    return last if to is State.SEALED_CLOSED else to
