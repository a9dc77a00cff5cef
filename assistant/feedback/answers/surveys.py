"""Whether an answer helped: its senders are asked once, say how they found it, and may ask to look at it again.

Nobody is asked about what is sealed or a denunciation, and nothing of it is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, func, insert, select, update

from assistant.database import reading, wait_for, writing
from assistant.feedback.answers.tables import survey
from assistant.feedback.audit import AuditTrail
from assistant.feedback.errors import FeedbackError
from assistant.feedback.intake import CITIZEN, Intake
from assistant.feedback.joining import carries_whole
from assistant.feedback.outbox import queue
from assistant.feedback.own_data import OwnDataDesk
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import survey_place
from assistant.feedback.states import Actor, State
from assistant.feedback.suggesting.understanding import SYSTEM
from assistant.feedback.tables import answer, contact, link, recommendation, submission
from assistant.feedback.types import Kind
from assistant.feedback.vault import Vault

CHANGEABLE = timedelta(days=30)
MOST_CHARACTERS = 2_000
_ASKED_IN = (State.ANSWERED, State.PUBLISHED, State.CLOSED)


class Verdict(StrEnum):
    """How a sender found the answer."""

    SATISFIED = "satisfied"
    PARTLY = "partly"
    NOT = "not"


class SurveyNotOpen(FeedbackError):
    """Nothing was answered yet that could be judged; a sealed matter gives the same, so that nobody learns of the seal."""

    def __init__(self) -> None:
        super().__init__("there is no answer to judge yet")


class SurveyClosed(FeedbackError):
    """What was said of this answer could be changed until `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"changeable until {until.isoformat()}")


class WordsTooLong(FeedbackError):
    """More than `most` characters were written."""

    def __init__(self, characters: int, most: int) -> None:
        self.characters, self.most = characters, most
        super().__init__(f"{characters} characters, at most {most}")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a sender said, or nothing yet. `can_ask_again`: they are not satisfied, and the matter may be looked at again."""

    code: str
    verdict: Verdict | None
    changeable_until: datetime | None
    can_ask_again: bool
    words: str | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """What one sender said of an answer, as officers read it."""

    answer: int
    code: str
    verdict: Verdict
    given_at: datetime
    words: str | None = field(repr=False)


class SurveyDesk:
    """The surveys of one database; senders are known by their tracking code."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        clock: Callable[[], datetime],
        intake: Intake,
        recommendations: Recommendations,
        own_data: OwnDataDesk,
    ) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._intake, self._recommendations, self._own_data = intake, recommendations, own_data
        self._audit = AuditTrail(vault)

    def ask_due(self) -> int:
        """Queues the question for every sender who can be reached and was told an answer; how many. Each is asked once for an answer."""
        now = self._clock()
        is_asked = select(survey.c.number).where((survey.c.submission == submission.c.number) & (survey.c.answer == answer.c.number))
        can_be_reached = (
            submission.c.sender_key.is_not(None) & select(contact.c.submission).where(contact.c.submission == submission.c.number).exists()
        )
        waiting = answered().where(recommendation.c.state.in_(_ASKED_IN) & can_be_reached & ~is_asked.exists())
        with writing(self._engine) as connection:
            wait_for(connection, "surveys")
            due = connection.execute(waiting).all()
            for row in due:
                connection.execute(insert(survey).values(submission=row.submission, answer=row.answer, asked_at=now))
                queue(connection, f"survey:{row.code}:{row.answer}", row.submission, row.channel, "survey", now, {"code": row.code})
            if due:
                self._audit.add(connection, SYSTEM.id, "surveys_asked", "survey", now, {"surveys": len(due)})
        return len(due)

    def opinion(self, code: str) -> Opinion:
        """What the sender has said of the newest answer. Raises `SubmissionNotFound` and `SurveyNotOpen`."""
        with reading(self._engine) as connection:
            told = self._told(connection, code)
            given = _given(connection, told)
        words = self._words(given) if given else None
        verdict = Verdict(given.verdict) if given and given.verdict else None
        until = given.given_at + CHANGEABLE if given and given.given_at else None
        can_ask_again = verdict is Verdict.NOT and self._own_data.status(code).can_ask_again
        return Opinion(told.code, verdict, until, can_ask_again, words)

    def give(self, code: str, verdict: Verdict, words: str = "") -> Opinion:
        """Keeps what the sender says of the newest answer, in place of what they said before.

        Raises `SubmissionNotFound`, `SurveyNotOpen`, `SurveyClosed`, `WordsTooLong`.
        """
        written, now = words.strip(), self._clock()
        if len(written) > MOST_CHARACTERS:
            raise WordsTooLong(len(written), MOST_CHARACTERS)
        with writing(self._engine) as connection:
            told = self._told(connection, code)
            wait_for(connection, "surveys")
            given = _given(connection, told)
            if given and given.given_at and now > given.given_at + CHANGEABLE:
                raise SurveyClosed(given.given_at + CHANGEABLE)
            sealed = self._vault.seal(written, survey_place(told.submission, told.answer)) if written else None
            _keep(connection, told, given, {"verdict": verdict.value, "words": sealed, "changed_at": now}, now)
            facts = {"answer": told.answer, "verdict": verdict.value}
            self._audit.add(connection, CITIZEN, "survey_given", f"submission:{told.submission}", now, facts)
        return self.opinion(code)

    def of(self, number: int, actor: Actor) -> tuple[JudgedAnswer, ...]:
        """What senders said of the answers to this recommendation, in the order of answers; reading of a sealed one is written down.

        Raises `RecommendationNotFound`.
        """
        joined = select(survey, submission.c.code).join(submission, submission.c.number == survey.c.submission)
        mine = (answer.c.recommendation == number) & survey.c.verdict.is_not(None)
        query = joined.join(answer, answer.c.number == survey.c.answer).order_by(survey.c.answer, survey.c.number)
        with writing(self._engine) as connection:
            is_sealed: bool = self._recommendations.row(connection, number, actor).is_sealed
            if is_sealed:
                self._audit.add(connection, actor.id, "read_sealed", f"recommendation:{number}", self._clock())
            # Somebody who was joined to it may have been sealed since.
            rows = connection.execute(query.where(mine & (submission.c.is_sealed == is_sealed))).all()
        return tuple(JudgedAnswer(row.answer, row.code, Verdict(row.verdict), row.given_at, self._words(row)) for row in rows)

    def _told(self, connection: Connection, code: str) -> Row[Any]:
        found = self._intake.find(connection, code)
        told = connection.execute(answered().where(submission.c.number == found.number)).first()
        if told is None:
            raise SurveyNotOpen
        return told

    def _words(self, row: Row[Any]) -> str | None:
        return self._vault.open(row.words, survey_place(row.submission, row.answer)) if row.words else None


def answered(*, every_answer: bool = False) -> Select[Any]:
    """The plain submissions that were told an approved answer, each with the newest or with `every_answer`; rows of submission, code,
    channel, answer, approved_at, field.

    A submission belongs to the recommendation of its newest link that was not undone; one that was joined after the approval is
    not asked.
    """
    approved = answer.c.approved_at.is_not(None)
    newest = select(func.max(answer.c.number)).where(approved).group_by(answer.c.recommendation)
    is_wanted = approved if every_answer else answer.c.number.in_(newest)
    newest_link = select(func.max(link.c.number)).where(carries_whole()).group_by(link.c.submission)
    columns = (submission.c.number.label("submission"), submission.c.code, submission.c.channel, answer.c.number.label("answer"))
    return (
        select(*columns, answer.c.approved_at, recommendation.c.field)
        .join(link, link.c.submission == submission.c.number)
        .join(recommendation, recommendation.c.number == link.c.recommendation)
        .join(answer, answer.c.recommendation == recommendation.c.number)
        .where(link.c.number.in_(newest_link) & (link.c.made_at <= answer.c.approved_at) & is_wanted & _is_plain_and_here())
        .order_by(submission.c.number, answer.c.number)
    )


def _is_plain_and_here() -> ColumnElement[bool]:
    is_plain = recommendation.c.is_sealed.is_(False) & submission.c.is_sealed.is_(False)
    is_here = submission.c.withdrawn_at.is_(None) & submission.c.erased_at.is_(None)
    return is_plain & is_here & recommendation.c.kind.is_distinct_from(Kind.DENUNCIATION.value)


def _given(connection: Connection, told: Row[Any]) -> Row[Any] | None:
    mine = (survey.c.submission == told.submission) & (survey.c.answer == told.answer)
    return connection.execute(select(survey).where(mine)).first()


def _keep(connection: Connection, told: Row[Any], given: Row[Any] | None, said: dict[str, Any], now: datetime) -> None:
    if given is None:
        connection.execute(insert(survey).values(submission=told.submission, answer=told.answer, given_at=now, **said))
        return
    connection.execute(update(survey).where(survey.c.number == given.number).values(given_at=given.given_at or now, **said))
