"""What the Front recommended to bodies after supervision or in a critique: answers, and rounds every six months until it is settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, func, insert, select

from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.states import Actor
from assistant.feedback.timing.working_days import WorkingDays
from assistant.feedback.vault import Vault
from assistant.oversight.access import (
    FIRST_DAY,
    change,
    found,
    must_read,
    must_write,
    read_at,
    require,
    require_day,
    require_name,
    require_text,
)
from assistant.oversight.errors import OversightMoveNotAllowed
from assistant.oversight.rounds import Round, next_round
from assistant.oversight.seal_places import asked_place, follow_up_place, reply_place
from assistant.oversight.tables import asked, critique, follow_up, programme, reply
from assistant.oversight.types import SETTLED, Asked, Due, DueKind, FollowUp, NewRecommendation, Position, ProgrammeStatus, Reply
from corpus.days import VIETNAM

_WHAT = "recommendation"
_RECOMMENDS = (ProgrammeStatus.RUNNING, ProgrammeStatus.ENDED)


class Recommending:
    """Each act is one transaction, written into the audit trail; a change needs the version that was read.

    Every method raises `OversightForbidden` for who may not do it.
    """

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], working_days: WorkingDays) -> None:
        self._engine, self._vault, self._clock, self._working_days = engine, vault, clock, working_days
        self._audit = AuditTrail(vault)

    def after_supervision(self, programme_number: int, new: NewRecommendation, actor: Actor) -> int:
        """Keeps what was recommended after supervision; its number. Raises `OversightNotFound` and `OversightRefused`."""
        must_write(actor)
        with writing(self._engine) as connection:
            row = found(connection, programme, "programme", programme_number)
            require("programme_not_running", holds=row.status in _RECOMMENDS)
            return self._add(connection, new, actor, programme_number=programme_number)

    def in_critique(self, critique_number: int, new: NewRecommendation, actor: Actor) -> int:
        """Keeps what was recommended in an opinion that was sent; its number. Raises as `after_supervision` does."""
        must_write(actor)
        with writing(self._engine) as connection:
            row = found(connection, critique, "critique", critique_number)
            require("opinion_not_sent", holds=row.opinion_on is not None)
            return self._add(connection, new, actor, critique_number=critique_number)

    def show(self, number: int, actor: Actor) -> Asked:
        """The recommendation with its text, answers and rounds. Raises `OversightNotFound`."""
        must_read(actor)
        with reading(self._engine) as connection:
            row = found(connection, asked, _WHAT, number)
            replies = self._replies(connection, number)
            held = self._follow_ups(connection, number)
            is_followed = _is_followed(connection, number)
        return self._asked(row, replies, held, is_followed=is_followed)

    def answer(self, number: int, version: int, given: Reply, actor: Actor) -> int:
        """Keeps an answer of the body, which decides where the recommendation stands; the new version.

        A body that refused may change its mind; what is carried out is over. Raises `OversightMoveNotAllowed`, `OversightNotFound`,
        `OversightChanged` and `OversightRefused`.
        """
        must_write(actor)
        now = self._clock()
        with writing(self._engine) as connection:
            row = read_at(connection, asked, _WHAT, number, version)
            allowed = _positions_after(Position(row.status))
            if given.position not in allowed:
                raise OversightMoveNotAllowed(row.status, given.position, allowed)
            require_text("text", given.text)
            require_day("answered_on", given.answered_on, first=row.sent_on, last=_day(now))
            sealed = self._vault.seal(given.text, reply_place(number, now))
            values = {"recommendation": number, "position": given.position.value, "text": sealed, "answered_on": given.answered_on}
            connection.execute(insert(reply).values(**values, made_by=actor.id, made_at=now))
            change(connection, asked, row, now, {"status": given.position.value})
            facts = {"from": row.status, "to": given.position.value}
            self._audit.add(connection, actor.id, "oversight_answered", _record(number), now, facts)
        return version + 1

    def follow_up(self, number: int, version: int, held_on: date, note: str, actor: Actor) -> int:
        """Keeps what was found when somebody looked after it; the new version. Raises what `answer` does but no move."""
        must_write(actor)
        now = self._clock()
        with writing(self._engine) as connection:
            row = read_at(connection, asked, _WHAT, number, version)
            require("settled", holds=Position(row.status) not in SETTLED)
            require_text("note", note)
            require_day("held_on", held_on, first=row.sent_on, last=_day(now))
            sealed = self._vault.seal(note, follow_up_place(number, now))
            values = {"recommendation": number, "held_on": held_on, "status": row.status, "note": sealed}
            connection.execute(insert(follow_up).values(**values, made_by=actor.id, made_at=now))
            change(connection, asked, row, now, {})
            self._audit.add(connection, actor.id, "oversight_followed_up", _record(number), now, {"status": row.status})
        return version + 1

    def due(self, day: date, actor: Actor) -> list[Due]:
        """Answers and six-month rounds that are due on `day` or were before it, the oldest first."""
        must_read(actor)
        last = select(follow_up.c.recommendation, func.max(follow_up.c.held_on).label("held_on")).group_by(follow_up.c.recommendation)
        looked = last.subquery()
        query = select(*asked.c, looked.c.held_on).outerjoin(looked, looked.c.recommendation == asked.c.number)
        with reading(self._engine) as connection:
            rows: list[Any] = list(connection.execute(query.where(_followed() & (asked.c.sent_on <= day))))
        return sorted(
            (one for row in rows for one in self._due_of(row) if one.due <= day), key=lambda one: (one.due, one.recommendation, one.kind)
        )

    def _add(
        self,
        connection: Connection,
        new: NewRecommendation,
        actor: Actor,
        *,
        programme_number: int | None = None,
        critique_number: int | None = None,
    ) -> int:
        now = self._clock()
        require_text("text", new.text)
        require_name("to_body", new.to_body)
        require_day("sent_on", new.sent_on, first=FIRST_DAY, last=_day(now))
        require("answer_by", holds=new.answer_by is None or new.answer_by > new.sent_on)
        origin = {"programme": programme_number, "critique": critique_number}
        sealed = self._vault.seal(new.text, asked_place(programme_number, critique_number, now))
        values = {**origin, "text": sealed, "to_body": new.to_body, "sent_on": new.sent_on, "answer_by": new.answer_by}
        made = {"version": 1, "status": Position.OPEN.value, "made_by": actor.id, "made_at": now, "changed_at": now}
        number = int(connection.execute(insert(asked).values(**values, **made).returning(asked.c.number)).scalar_one())
        self._audit.add(connection, actor.id, "oversight_recommended", _record(number), now, origin)
        return number

    def _due_of(self, row: Row[Any]) -> list[Due]:
        same = (Position(row.status), row.to_body, row.programme, row.critique)
        coming = next_round(row.sent_on, row.held_on, self._working_days)
        found_due = [Due(row.number, DueKind.ROUND, coming.due, coming.number, *same)]
        if row.status == Position.OPEN and row.answer_by is not None:
            found_due.append(Due(row.number, DueKind.ANSWER, row.answer_by, None, *same))
        return found_due

    def _replies(self, connection: Connection, number: int) -> tuple[Reply, ...]:
        rows = connection.execute(select(reply).where(reply.c.recommendation == number).order_by(reply.c.number))
        return tuple(
            Reply(Position(row.position), self._vault.open(row.text, reply_place(number, row.made_at)), row.answered_on) for row in rows
        )

    def _follow_ups(self, connection: Connection, number: int) -> tuple[FollowUp, ...]:
        rows = connection.execute(select(follow_up).where(follow_up.c.recommendation == number).order_by(follow_up.c.number))
        return tuple(
            FollowUp(row.held_on, Position(row.status), self._vault.open(row.note, follow_up_place(number, row.made_at))) for row in rows
        )

    def _asked(self, row: Row[Any], replies: Sequence[Reply], held: Sequence[FollowUp], *, is_followed: bool) -> Asked:
        same = ("number", "version", "programme", "critique", "to_body", "sent_on", "answer_by")
        return Asked(
            **{name: getattr(row, name) for name in same},
            status=Position(row.status),
            next_round=self._coming(row, held) if is_followed else None,
            text=self._vault.open(row.text, asked_place(row.programme, row.critique, row.made_at)),
            replies=tuple(replies),
            follow_ups=tuple(held),
        )

    def _coming(self, row: Row[Any], held: Sequence[FollowUp]) -> Round:
        return next_round(row.sent_on, max((one.held_on for one in held), default=None), self._working_days)


def _record(number: int) -> str:
    return f"oversight_recommendation:{number}"


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _positions_after(position: Position) -> tuple[Position, ...]:
    if position is Position.CARRIED_OUT:
        return ()
    return tuple(one for one in Position if one is not Position.OPEN)


def _followed() -> ColumnElement[bool]:
    """The condition on recommendations that are neither settled nor of a cancelled programme."""
    cancelled = select(programme.c.number).where(programme.c.status == ProgrammeStatus.CANCELLED.value)
    is_cancelled = asked.c.programme.is_not(None) & asked.c.programme.in_(cancelled)
    return asked.c.status.not_in([one.value for one in sorted(SETTLED)]) & ~is_cancelled


def _is_followed(connection: Connection, number: int) -> bool:
    return connection.execute(select(asked.c.number).where((asked.c.number == number) & _followed())).first() is not None
