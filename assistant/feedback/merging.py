"""What a merge writes into the tables, what takes it back, and who goes along with the recommendation that others follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from assistant.feedback.joining import carries
from assistant.feedback.states import Actor, Checked, Role, State, StateMachine, StateType, Step
from assistant.feedback.tables import link, merge, merged_link, recommendation, submission

_MACHINE = Actor("system", frozenset({Role.SYSTEM}))
# A recommendation that follows another is in one of these.
_FOLLOWS = frozenset({State.LINKED, State.CLOSED})


def hand_over(connection: Connection, number: int, target: int, actor: str, now: datetime) -> None:
    """Lets what `number` carries count for `target` too, of a part only its span. What is sealed stays behind."""
    values = {"recommendation": number, "target": target, "made_by": actor, "made_at": now}
    made = connection.execute(insert(merge).values(values).returning(merge.c.number)).scalar_one()
    mine = (link.c.recommendation == number) & carries() & submission.c.is_sealed.is_(False)
    joined = select(link).join(submission, submission.c.number == link.c.submission).where(mine)
    for one in connection.execute(joined.order_by(link.c.number)).all():
        given = {"submission": one.submission, "recommendation": target, "kind": "duplicate", "first": one.first, "last": one.last}
        added = connection.execute(insert(link).values(**given, made_by=actor, made_at=now).returning(link.c.number)).scalar_one()
        connection.execute(insert(merged_link).values(link=added, merge=made))


def target_of(connection: Connection, number: int) -> int | None:
    """The recommendation that this one is followed with; None where it goes by itself."""
    live = (merge.c.recommendation == number) & merge.c.undone_at.is_(None)
    return connection.execute(select(merge.c.target).where(live)).scalar_one_or_none()


def part_ways(connection: Connection, number: int, actor: str, now: datetime) -> None:
    """Undoes the merge of `number`, if there is one, with the links that it made and those that later merges made of these."""
    live = (merge.c.recommendation == number) & merge.c.undone_at.is_(None)
    row = connection.execute(select(merge).where(live)).first()
    if row is None:
        return
    connection.execute(update(merge).where(merge.c.number == row.number).values(undone_by=actor, undone_at=now))
    made = link.c.number.in_(select(merged_link.c.link).where(merged_link.c.merge == row.number)) & link.c.undone_at.is_(None)
    connection.execute(update(link).where(made).values(undone_by=actor, undone_at=now))
    _pass_on(connection, row.target, actor, now)


def leave(connection: Connection, sent: int, number: int, actor: str, now: datetime) -> None:
    """Takes a submission out of recommendation `number`, and out of those that follow from there."""
    mine = (link.c.submission == sent) & (link.c.recommendation == number) & carries()
    connection.execute(update(link).where(mine).values(undone_by=actor, undone_at=now))
    _pass_on(connection, number, actor, now)


def led_along(connection: Connection, machine: StateMachine, row: Row[Any], taken: Step, checked: Checked) -> list[tuple[Row[Any], Step]]:
    """The steps of those that follow the recommendation of `row`, which takes the step `taken`; locked, by number.

    What ends, ends for all that follow it; what is reopened is followed again; what is sealed says the same of the same people.
    """
    way = _along(machine, State(row.state), taken, checked)
    if way is None:
        return []
    frm, step = way
    following = select(merge.c.recommendation).where((merge.c.target == row.number) & merge.c.undone_at.is_(None))
    theirs = recommendation.c.number.in_(following) & (recommendation.c.state == frm.value)
    rows = connection.execute(select(recommendation).where(theirs).order_by(recommendation.c.number).with_for_update()).all()
    return [(one, step) for one in rows]


def goes_by_itself(frm: State, to: State) -> bool:
    """Whether a recommendation that followed another does so no longer after this step."""
    return frm in _FOLLOWS and to not in _FOLLOWS


def _along(machine: StateMachine, frm: State, taken: Step, checked: Checked) -> tuple[State, Step] | None:
    """From which state those that follow take which step; None where they stay."""
    if checked.seals:
        return State.LINKED, Step(State.SEALED, _MACHINE)
    if checked.to is State.REOPENED or (frm, checked.to) == (State.CLOSED, State.LINKED):
        return State.CLOSED, Step(State.LINKED, _MACHINE)
    if checked.to is State.WITHDRAWN:
        # Nobody is left who sent anything for it, nor for those.
        return State.LINKED, Step(State.WITHDRAWN, taken.actor)
    if machine.states[checked.to].type is StateType.CLOSED:
        return State.LINKED, Step(State.CLOSED, _MACHINE)
    return None


def _pass_on(connection: Connection, number: int, actor: str, now: datetime) -> None:
    """Undoes what the merge of `number` handed over and `number` itself no longer carries; so on from there."""
    live = (merge.c.recommendation == number) & merge.c.undone_at.is_(None)
    row = connection.execute(select(merge).where(live)).first()
    if row is None:
        return
    kept = connection.execute(select(link.c.submission, link.c.first, link.c.last).where((link.c.recommendation == number) & carries()))
    here = {tuple(one) for one in kept}
    made = select(link).join(merged_link, merged_link.c.link == link.c.number).where((merged_link.c.merge == row.number) & carries())
    gone = [one.number for one in connection.execute(made) if (one.submission, one.first, one.last) not in here]
    connection.execute(update(link).where(link.c.number.in_(gone)).values(undone_by=actor, undone_at=now))
    _pass_on(connection, row.target, actor, now)
