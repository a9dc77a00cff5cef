"""Programmes of supervision: planned, carried out, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select

from assistant.database import reading, wait_for, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.states import Actor
from assistant.feedback.types import AdminLevel
from assistant.feedback.vault import Vault
from assistant.oversight.access import FIRST_DAY, change, found, must_read, must_write, read_at, require, require_name, require_text
from assistant.oversight.errors import OversightMoveNotAllowed, TopicTaken
from assistant.oversight.grounds import grounds_of, join_grounds
from assistant.oversight.seal_places import reason_place
from assistant.oversight.tables import asked, programme, programme_ground, subject
from assistant.oversight.types import NewProgramme, OpenedProgramme, Programme, ProgrammeForm, ProgrammeGround, ProgrammeStatus, Subject

_WHAT = "programme"
_MOST = 200
_LONGEST_TITLE, _LONGEST_AREA = 500, 20
_LAST_YEAR = 2100
_WAYS = {
    ProgrammeStatus.PLANNED: (ProgrammeStatus.RUNNING, ProgrammeStatus.CANCELLED),
    ProgrammeStatus.RUNNING: (ProgrammeStatus.ENDED, ProgrammeStatus.CANCELLED),
    ProgrammeStatus.ENDED: (),
    ProgrammeStatus.CANCELLED: (),
}


class Programmes:
    """Each act is one transaction, written into the audit trail; a change needs the version that was read.

    Every method raises `OversightForbidden` for who may not do it.
    """

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._audit = AuditTrail(vault)

    def add(self, new: NewProgramme, actor: Actor) -> int:
        """Plans a programme; its number. Raises `OversightRefused`, `RecommendationNotFound` and `TopicTaken`."""
        must_write(actor)
        _check(new)
        now = self._clock()
        with writing(self._engine) as connection:
            _keep_topic_free(connection, new)
            number = _insert(connection, new, actor, now)
            _add_subjects(connection, number, new.subjects)
            join_grounds(connection, programme_ground.c.programme, number, new.grounds, actor.id, now)
            facts = {"year": new.year, "topic": new.topic, "grounds": len(set(new.grounds))}
            self._audit.add(connection, actor.id, "oversight_planned", _record(number), now, facts)
        return number

    def page(
        self,
        actor: Actor,
        *,
        year: int | None = None,
        level: AdminLevel | None = None,
        status: ProgrammeStatus | None = None,
        after: int = 0,
        limit: int = 50,
    ) -> list[Programme]:
        """Up to `limit` by number, those after `after`; None lets all through."""
        must_read(actor)
        wanted = {"year": year, "level": level, "status": status}
        conditions = [programme.c[name] == value for name, value in wanted.items() if value is not None]
        query = select(programme).where(programme.c.number > after, *conditions).order_by(programme.c.number).limit(min(limit, _MOST))
        with reading(self._engine) as connection:
            return [_programme(row) for row in connection.execute(query)]

    def show(self, number: int, actor: Actor) -> OpenedProgramme:
        """The programme with all that belongs to it. Raises `OversightNotFound`."""
        must_read(actor)
        with reading(self._engine) as connection:
            row = found(connection, programme, _WHAT, number)
            subjects = connection.execute(select(subject).where(subject.c.programme == number).order_by(subject.c.number)).all()
            came = connection.execute(select(asked.c.number).where(asked.c.programme == number).order_by(asked.c.number)).scalars()
            return OpenedProgramme(
                _programme(row),
                tuple(Subject(one.body, one.area) for one in subjects),
                grounds_of(connection, programme_ground.c.programme, number),
                tuple(came),
                self._vault.open(row.reason, reason_place(number)) if row.reason else None,
            )

    def move(self, number: int, version: int, to: ProgrammeStatus, actor: Actor, reason: str | None = None) -> int:
        """Leads it on; the new version. Cancelling needs a reason. Raises `OversightMoveNotAllowed`, and what `extend` does."""
        must_write(actor)
        now = self._clock()
        with writing(self._engine) as connection:
            row = read_at(connection, programme, _WHAT, number, version)
            ways = _WAYS[ProgrammeStatus(row.status)]
            if to not in ways:
                raise OversightMoveNotAllowed(row.status, to, ways)
            if to is ProgrammeStatus.CANCELLED:
                require_text("reason", reason or "")
            sealed = self._vault.seal(reason, reason_place(number)) if reason else None
            change(connection, programme, row, now, {"status": to.value, "reason": sealed})
            self._audit.add(connection, actor.id, "oversight_moved", _record(number), now, {"from": row.status, "to": to.value})
        return version + 1

    def extend(self, number: int, version: int, subjects: Sequence[Subject], grounds: Sequence[int], actor: Actor) -> int:
        """Adds bodies to supervise and citizens' recommendations to rest on; the new version.

        Raises `OversightNotFound`, `OversightChanged`, `OversightRefused` and `RecommendationNotFound`.
        """
        must_write(actor)
        now = self._clock()
        with writing(self._engine) as connection:
            row = read_at(connection, programme, _WHAT, number, version)
            require("programme_over", holds=bool(_WAYS[ProgrammeStatus(row.status)]))
            _check_subjects(subjects)
            _add_subjects(connection, number, subjects)
            join_grounds(connection, programme_ground.c.programme, number, grounds, actor.id, now)
            change(connection, programme, row, now, {})
            facts = {"subjects": len(subjects), "grounds": len(set(grounds))}
            self._audit.add(connection, actor.id, "oversight_extended", _record(number), now, facts)
        return version + 1


def _record(number: int) -> str:
    return f"oversight_programme:{number}"


def _check(new: NewProgramme) -> None:
    require("year", holds=FIRST_DAY.year <= new.year <= _LAST_YEAR)
    require_name("holder", new.holder)
    require("title", holds=bool(new.title.strip()) and len(new.title) <= _LONGEST_TITLE)
    require("period", holds=new.starts_on is None or new.ends_on is None or new.starts_on <= new.ends_on)
    # Both boards are of the commune (Luật MTTQVN 75/2015, art 27.3; NQLT 403/2017, arts 10 and 11).
    require("boards_of_commune", holds=new.form is not ProgrammeForm.COMMUNITY_BOARDS or new.level is AdminLevel.COMMUNE)
    _check_subjects(new.subjects)


def _check_subjects(subjects: Sequence[Subject]) -> None:
    for one in subjects:
        require_name("subject", one.body)
        require("area", holds=one.area is None or 0 < len(one.area) <= _LONGEST_AREA)


def _keep_topic_free(connection: Connection, new: NewProgramme) -> None:
    if new.topic is None:
        return
    # Two who accept the same proposal at once must not both find it free.
    wait_for(connection, "oversight topics")
    same = (programme.c.topic == new.topic) & (programme.c.year == new.year) & (programme.c.status != ProgrammeStatus.CANCELLED.value)
    taken = connection.execute(select(programme.c.number).where(same)).scalar()
    if taken is not None:
        raise TopicTaken(new.topic, new.year, taken)


def _insert(connection: Connection, new: NewProgramme, actor: Actor, now: datetime) -> int:
    named = ("year", "level", "holder", "title", "form", "ground", "starts_on", "ends_on", "topic")
    values = {name: getattr(new, name) for name in named}
    made = {"version": 1, "status": ProgrammeStatus.PLANNED.value, "made_by": actor.id, "made_at": now, "changed_at": now}
    return int(connection.execute(insert(programme).values(**values, **made).returning(programme.c.number)).scalar_one())


def _add_subjects(connection: Connection, number: int, subjects: Sequence[Subject]) -> None:
    if subjects:
        connection.execute(insert(subject), [{"programme": number, "body": one.body, "area": one.area} for one in subjects])


def _programme(row: Row[Any]) -> Programme:
    same = ("number", "version", "year", "holder", "title", "starts_on", "ends_on", "topic")
    return Programme(
        **{name: getattr(row, name) for name in same},
        level=AdminLevel(row.level),
        form=ProgrammeForm(row.form),
        ground=ProgrammeGround(row.ground),
        status=ProgrammeStatus(row.status),
    )
