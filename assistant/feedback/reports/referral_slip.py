"""The referral slip of a recommendation: to whom, on what ground, what is asked and by when; nothing of its senders.

What is sealed or a denunciation has none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from assistant.database import writing
from assistant.feedback.answers.answer_lint import FindsPersonalData
from assistant.feedback.audit import AuditTrail
from assistant.feedback.bodies_book import ShownBody, read_book
from assistant.feedback.errors import FeedbackError
from assistant.feedback.joining import releases
from assistant.feedback.privacy.personal_data import redacted
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.sealing import open_links
from assistant.feedback.states import Actor
from assistant.feedback.tables import deadline, link, referral, submission
from assistant.feedback.timing.deadlines import DeadlineRules, Rule
from assistant.feedback.timing.running_deadlines import REPLY, VOTER_REPLY
from assistant.feedback.types import Kind
from assistant.feedback.vault import Vault
from corpus.days import VIETNAM
from corpus.ids import ProvisionId


class Obstacle(StrEnum):
    """Why a recommendation has no slip."""

    SEALED = "sealed"
    NO_BODY = "no_body"
    NO_STATEMENT = "no_statement"


class NoSlip(FeedbackError):
    """Recommendation `number` can have no slip for the reason `obstacle`."""

    def __init__(self, number: int, obstacle: Obstacle) -> None:
        self.number, self.obstacle = number, obstacle
        super().__init__(f"no slip for recommendation {number}: {obstacle}")


@dataclass(frozen=True, slots=True)
class AskedDeadline:
    """By when an answer is asked for, and the rule that says so."""

    due: date
    rule: Rule


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip says.

    `title` and `statement` were written or released by a person, and a machine has taken out of them what it knows as personal. `area` is
    the key of a unit of today. `annexes`: how many of the `submissions` have a text released for others. `shown_body`: the body with the
    names of today.
    """

    number: int
    body: str
    basis: tuple[ProvisionId, ...]
    title: str = field(repr=False)
    statement: str = field(repr=False)
    area: str | None
    is_of_voters: bool
    opened_on: date
    submissions: int
    annexes: int
    deadline: AskedDeadline | None
    shown_body: ShownBody | None = None


class ReferralSlips:
    """Makes slips for those who may see the recommendation; each is written down."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        clock: Callable[[], datetime],
        recommendations: Recommendations,
        rules: DeadlineRules,
        persons: FindsPersonalData,
    ) -> None:
        self._engine, self._clock, self._recommendations, self._rules = engine, clock, recommendations, rules
        self._persons = persons
        self._audit = AuditTrail(vault)

    def slip(self, number: int, actor: Actor) -> Slip:
        """The slip to the body that it was sent to last, else to the one settled. Raises `RecommendationNotFound` and `NoSlip`."""
        with writing(self._engine) as connection:
            row = self._recommendations.row(connection, number, actor)
            if row.is_sealed or row.kind == Kind.DENUNCIATION:
                raise NoSlip(number, Obstacle.SEALED)
            made = self._slip(connection, row)
            self._audit.add(connection, actor.id, "slip_made", f"recommendation:{number}", self._clock(), {"body": made.body})
        return made

    def _slip(self, connection: Connection, row: Row[Any]) -> Slip:
        sent_on = connection.execute(
            select(referral).where(referral.c.recommendation == row.number).order_by(referral.c.number.desc()).limit(1)
        ).first()
        sent = _sent(connection, row.number)
        released = [one.public_text for one in sent if one.public_text]
        body, statement = (sent_on or row).body, row.statement or next(iter(released), None)
        if not body:
            raise NoSlip(row.number, Obstacle.NO_BODY)
        if not statement:
            raise NoSlip(row.number, Obstacle.NO_STATEMENT)
        return Slip(
            number=row.number,
            body=body,
            basis=tuple(map(ProvisionId.parse, (sent_on or row).basis)),
            title=self._without_persons(row.title or ""),
            statement=self._without_persons(statement),
            area=row.area,
            is_of_voters=row.kind == Kind.VOTER_RECOMMENDATION,
            opened_on=row.opened_at.astimezone(VIETNAM).date(),
            submissions=len(sent),
            annexes=len(released),
            deadline=self._deadline(connection, row.number),
            shown_body=self._shown(connection, body, sent_on.made_at if sent_on else row.opened_at),
        )

    def _shown(self, connection: Connection, body: str, written_at: datetime) -> ShownBody:
        written_on, today = (moment.astimezone(VIETNAM).date() for moment in (written_at, self._clock()))
        return read_book(connection).shown(body, written_on, today)

    def _without_persons(self, text: str) -> str:
        return redacted(text, self._persons.find(text))

    def _deadline(self, connection: Connection, number: int) -> AskedDeadline | None:
        """The clock for the answer that runs; None where none does or it stands still."""
        runs = (deadline.c.recommendation == number) & deadline.c.rule.in_((REPLY, VOTER_REPLY)) & deadline.c.met_on.is_(None)
        row = connection.execute(select(deadline).where(runs & deadline.c.due.is_not(None)).order_by(deadline.c.due).limit(1)).first()
        return AskedDeadline(row.due, self._rules.rule(row.rule, row.started)) if row else None


def _sent(connection: Connection, number: int) -> list[Row[Any]]:
    """What was sent for it and is neither sealed, withdrawn nor erased."""
    here = submission.c.withdrawn_at.is_(None) & submission.c.erased_at.is_(None)
    told = releases() & open_links(number, is_sealed=False) & here
    query = select(submission.c.number, submission.c.public_text).join(link, link.c.submission == submission.c.number)
    return list(connection.execute(query.where(told).distinct().order_by(submission.c.number)))
