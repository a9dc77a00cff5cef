"""Proposes topics for supervision from what is in the database, and makes the one that a person accepts a planned programme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, Engine, select

from assistant.database import reading
from assistant.feedback.states import Actor
from assistant.oversight.access import must_read, must_write
from assistant.oversight.errors import OversightNotFound
from assistant.oversight.programmes import Programmes
from assistant.oversight.proposal_records import topic_records
from assistant.oversight.proposals import Proposals, ProvinceKeyOf, proposed
from assistant.oversight.tables import programme
from assistant.oversight.types import NewProgramme, ProgrammeForm, ProgrammeGround, ProgrammeStatus, Subject


@dataclass(frozen=True, slots=True)
class Period:
    """The days whose recommendations are looked at, both inclusive, and the day from which deadlines are seen."""

    first: date
    last: date
    today: date


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a person decides of a topic: the rest of the programme comes from the proposal."""

    year: int
    holder: str
    title: str
    form: ProgrammeForm
    subjects: tuple[Subject, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None


class ProposalDesk:
    """The proposals of one database."""

    def __init__(self, engine: Engine, programmes: Programmes, province_of: ProvinceKeyOf) -> None:
        self._engine, self._programmes, self._province_of = engine, programmes, province_of

    def propose(self, period: Period, actor: Actor) -> Proposals:
        """The topics of a period, the first first. Raises `OversightForbidden`."""
        must_read(actor)
        with reading(self._engine) as connection:
            found = proposed(topic_records(connection, period.first, period.last, period.today), self._province_of)
            taken = _taken(connection)
        return replace(found, topics=tuple(replace(one, programmes=taken.get(one.key, ())) for one in found.topics))

    def accept(self, key: str, period: Period, acceptance: Acceptance, actor: Actor) -> int:
        """Plans a programme of the topic `key` that rests on its records; its number.

        Raises `OversightNotFound` where the period gives no such topic, `TopicTaken` where the plan of that year has it, and what
        `Programmes.add` does.
        """
        must_write(actor)
        topic = next((one for one in self.propose(period, actor).topics if one.key == key), None)
        if topic is None:
            raise OversightNotFound("proposal", key)
        return self._programmes.add(
            NewProgramme(
                year=acceptance.year,
                level=topic.level,
                holder=acceptance.holder,
                title=acceptance.title,
                form=acceptance.form,
                ground=ProgrammeGround.PETITIONS,
                subjects=acceptance.subjects,
                grounds=topic.records,
                starts_on=acceptance.starts_on,
                ends_on=acceptance.ends_on,
                topic=topic.key,
            ),
            actor,
        )


def _taken(connection: Connection) -> dict[str, tuple[int, ...]]:
    """The programmes that are not cancelled, by the key of the topic they came from."""
    alive = programme.c.topic.is_not(None) & (programme.c.status != ProgrammeStatus.CANCELLED.value)
    rows = connection.execute(select(programme.c.topic, programme.c.number).where(alive).order_by(programme.c.number))
    taken: dict[str, tuple[int, ...]] = {}
    for row in rows:
        taken[row.topic] = (*taken.get(row.topic, ()), row.number)
    return taken
