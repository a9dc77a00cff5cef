"""Everything that was done about a recommendation, as those who may see it read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, select

from assistant.database import writing
from assistant.feedback.attachments import AttachedFile, attached_within
from assistant.feedback.audit import AuditTrail
from assistant.feedback.bodies_book import BodyBook, ShownBody, book_of
from assistant.feedback.messages import thread_within
from assistant.feedback.messages_rows import Message
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import answer_place, note_place, referral_place
from assistant.feedback.sealing import open_links
from assistant.feedback.states import Actor
from assistant.feedback.tables import answer, deadline, link, merge, merged_link, personal_span, referral, step, submission, suggestion
from assistant.feedback.types import PersonalDataType, PersonalSpan
from assistant.feedback.vault import Vault
from corpus.days import VIETNAM


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A change of state, with the note to it."""

    version: int
    frm: str
    to: str
    actor: str
    reason: str | None
    note: str | None = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """An answer: drafted, approved once `approved_by` is set, public once `published_at` is."""

    text: str = field(repr=False)
    resolution: str
    provisions: tuple[str, ...]
    done_by: date | None
    drafted_by: str
    drafted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class SentOn:
    """That it went to a body, with the ground of its competence; `shown_body` with the names of today."""

    body: str
    shown_body: ShownBody
    basis: tuple[str, ...]
    note: str | None = field(repr=False)
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A deadline by its rule; `met_on` where it was kept or is over, `due` None where the rule names no day."""

    rule: str
    started: date
    due: date | None
    met_on: date | None
    is_paused: bool


@dataclass(frozen=True, slots=True)
class MachineOpinion:
    """What a machine thinks of one submission, and what a person made of it; `evidence`: first and last character of each stretch."""

    submission: int
    task: str
    value: str
    score: float
    model: str
    evidence: tuple[tuple[int, int], ...]
    is_accepted: bool | None


@dataclass(frozen=True, slots=True)
class JoinedSubmission:
    """A link to a submission, also one that was undone: the lineage. `merged_from`: the recommendation whose merge made it."""

    number: int
    code: str
    kind: str
    made_by: str
    made_at: datetime
    undone_by: str | None
    undone_at: datetime | None
    merged_from: int | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All of a recommendation, each part the oldest first; opinions by submission and rank.

    `area`, `area_then`: keys of the unit of today and of what it was at the time (`Matter`).
    """

    area: str | None
    area_then: str | None
    steps: tuple[TakenStep, ...]
    answers: tuple[WrittenAnswer, ...]
    referrals: tuple[SentOn, ...]
    clocks: tuple[RunningClock, ...]
    opinions: tuple[MachineOpinion, ...]
    personal: tuple[tuple[int, PersonalSpan], ...]
    joined: tuple[JoinedSubmission, ...]
    messages: tuple[Message, ...] = ()
    attachments: tuple[AttachedFile, ...] = ()


class CaseFiles:
    """Opens case files for those who may see the recommendation."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], recommendations: Recommendations) -> None:
        self._engine, self._vault, self._clock, self._recommendations = engine, vault, clock, recommendations
        self._audit = AuditTrail(vault)

    def open(self, number: int, actor: Actor) -> CaseFile:
        """The case file; reading that of a sealed one is written down. Raises `RecommendationNotFound`."""
        with writing(self._engine) as connection:
            row = self._recommendations.row(connection, number, actor)
            if row.is_sealed:
                self._audit.add(connection, actor.id, "read_sealed", f"recommendation:{number}", self._clock())
            return CaseFile(
                area=row.area,
                area_then=row.area_then,
                steps=tuple(self._step(row) for row in _of(connection, step, number)),
                answers=tuple(self._answer(row) for row in _of(connection, answer, number)),
                referrals=self._referrals(connection, number),
                clocks=tuple(map(_clock, _of(connection, deadline, number))),
                opinions=_opinions(connection, row),
                personal=_personal(connection, row),
                joined=_joined(connection, row),
                messages=thread_within(connection, self._vault, row, actor, self._clock()),
                attachments=attached_within(connection, row),
            )

    def _step(self, row: Row[Any]) -> TakenStep:
        note = self._vault.open(row.note, note_place(row.recommendation, row.version)) if row.note else None
        return TakenStep(row.version, row.from_state, row.to_state, row.actor, row.reason, note, row.taken_at)

    def _answer(self, row: Row[Any]) -> WrittenAnswer:
        text = self._vault.open(row.text, answer_place(row.recommendation, row.drafted_at.isoformat()))
        same = ("resolution", "done_by", "drafted_by", "drafted_at", "approved_by", "approved_at", "published_at")
        return WrittenAnswer(text=text, provisions=tuple(row.provisions), **{name: getattr(row, name) for name in same})

    def _referrals(self, connection: Connection, number: int) -> tuple[SentOn, ...]:
        rows = _of(connection, referral, number)
        book = book_of(connection, rows)
        return tuple(self._referral(row, book) for row in rows)

    def _referral(self, row: Row[Any], book: BodyBook) -> SentOn:
        note = self._vault.open(row.note, referral_place(row.recommendation, row.made_at.isoformat())) if row.note else None
        made_on, today = (moment.astimezone(VIETNAM).date() for moment in (row.made_at, self._clock()))
        return SentOn(row.body, book.shown(row.body, made_on, today), tuple(row.basis), note, row.made_by, row.made_at)


def _of(connection: Connection, table: Table, number: int) -> list[Row[Any]]:
    return list(connection.execute(select(table).where(table.c.recommendation == number).order_by(table.c.number)))


def _clock(row: Row[Any]) -> RunningClock:
    return RunningClock(row.rule, row.started, row.due, row.met_on, is_paused=bool(row.paused) and row.paused[-1][1] is None)


def _opinions(connection: Connection, matter: Row[Any]) -> tuple[MachineOpinion, ...]:
    mine = suggestion.c.submission.in_(_submissions(connection, matter))
    rows = connection.execute(select(suggestion).where(mine).order_by(suggestion.c.submission, suggestion.c.task, suggestion.c.rank))
    return tuple(
        MachineOpinion(
            row.submission, row.task, row.value, row.score, row.model, tuple((first, last) for first, last in row.evidence), row.is_accepted
        )
        for row in rows
    )


def _personal(connection: Connection, matter: Row[Any]) -> tuple[tuple[int, PersonalSpan], ...]:
    mine = personal_span.c.submission.in_(_submissions(connection, matter))
    rows = connection.execute(select(personal_span).where(mine).order_by(personal_span.c.submission, personal_span.c.first))
    return tuple((row.submission, PersonalSpan(row.first, row.last, PersonalDataType(row.type))) for row in rows)


def _joined(connection: Connection, matter: Row[Any]) -> tuple[JoinedSubmission, ...]:
    query = select(link, submission.c.code, merge.c.recommendation.label("merged_from"))
    query = query.join(submission, submission.c.number == link.c.submission)
    query = query.outerjoin(merged_link, merged_link.c.link == link.c.number).outerjoin(merge, merge.c.number == merged_link.c.merge)
    # The code of what is sealed opens it to whoever has it.
    mine = (link.c.recommendation == matter.number) & (submission.c.is_sealed == matter.is_sealed)
    rows = connection.execute(query.where(mine).order_by(link.c.number))
    return tuple(JoinedSubmission(**{name: getattr(row, name) for name in JoinedSubmission.__slots__}) for row in rows)


def _submissions(connection: Connection, matter: Row[Any]) -> list[int]:
    query = select(submission.c.number).join(link, link.c.submission == submission.c.number)
    return list(connection.execute(query.where(open_links(matter.number, is_sealed=matter.is_sealed))).scalars())
