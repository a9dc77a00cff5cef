"""What a sender and the officers write to each other about a submission."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from assistant.database import reading, wait_for, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.errors import ActInvalid, FeedbackError, SubmissionInvalid, SubmissionNotFound
from assistant.feedback.intake import CITIZEN, Attachment, Intake, check_content, keep_attachments
from assistant.feedback.joining import carries
from assistant.feedback.messages_rows import Message, keep_told, opened, shown_of
from assistant.feedback.messages_tables import FROM_CITIZEN, TO_CITIZEN, message
from assistant.feedback.outbox import queue
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import exchanged_place, message_place
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.tables import contact, link, recommendation, submission
from assistant.feedback.vault import Vault

# A letter of some pages; more is an answer, which another person approves.
MOST_CHARACTERS_TOLD = 10_000
_LONGEST_ID = 150
_WRITERS = frozenset({Role.SCREENER, Role.REVIEWER, Role.UNIT_ADMIN})
_SEALED_WRITERS = frozenset({Role.SEALED_OFFICER})
_CITIZEN = Actor(CITIZEN, frozenset({Role.CITIZEN}))


class MayNotWrite(FeedbackError):
    """Somebody may see the recommendation but not write to its senders: that is for the roles `needed`."""

    def __init__(self, needed: tuple[str, ...]) -> None:
        self.needed = needed
        super().__init__(f"writing to senders needs one of: {', '.join(needed)}")


class NobodyToTell(FeedbackError):
    """Everybody who sent something for recommendation `number` has taken it back or had it erased."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"recommendation {number} has no sender left")


@dataclass(frozen=True, slots=True)
class Told:
    """A message that is kept for `senders`; `reached` of them are sent it, the others see it when they look by their code."""

    version: int
    senders: int
    reached: int


@dataclass(frozen=True, slots=True)
class Added:
    """What a sender added. `is_new` is false where the same had come before; `was_awaited`: an answer to what they had been asked."""

    code: str
    at: datetime
    is_new: bool
    was_awaited: bool


class MessageDesk:
    """The messages of one database. Senders are known by their tracking code; where the channel knows who writes, only to their own."""

    def __init__(
        self, engine: Engine, vault: Vault, clock: Callable[[], datetime], intake: Intake, recommendations: Recommendations
    ) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._intake, self._recommendations = intake, recommendations
        self._audit = AuditTrail(vault)

    def tell(self, number: int, version: int, text: str, actor: Actor) -> Told:
        """Writes to every sender of the recommendation. Under the seal only its officers do.

        Raises `ActInvalid`, `RecommendationNotFound`, `ChangedMeanwhile`, `MayNotWrite`, `NobodyToTell`.
        """
        written, now = text.strip(), self._clock()
        if not 0 < len(written) <= MOST_CHARACTERS_TOLD:
            raise ActInvalid("text")
        with writing(self._engine) as connection:
            matter = self._recommendations.row(connection, number, actor)
            _let_write(matter, actor)
            if matter.state == State.WITHDRAWN:
                raise NobodyToTell(number)
            self._recommendations.change(connection, number, version, actor, {})
            senders = keep_told(connection, self._vault, matter, written, actor.id, now)
            if not senders:
                raise NobodyToTell(number)
            reached = sum(self._queued(connection, one, f"{number}.{version + 1}", written, now) for one in senders)
            self._audit.add(connection, actor.id, "message_told", f"recommendation:{number}", now, {"senders": len(senders)})
        return Told(version + 1, len(senders), reached)

    def add(self, code: str, text: str, request_id: str, sender: str | None = None, *, attachments: tuple[Attachment, ...] = ()) -> Added:
        """Keeps what the sender adds, once for each `request_id`; a recommendation that waits for it goes back to those who screen.

        Raises `SubmissionInvalid`, and `SubmissionNotFound` also for what was withdrawn.
        """
        check_content(text, attachments)
        if not 0 < len(request_id) <= _LONGEST_ID:
            raise SubmissionInvalid("channel", "the message id must be named")
        with writing(self._engine) as connection:
            found = self._intake.find(connection, code, sender)
            # Two that come at once: the same is kept once, and each file has a place of its own.
            wait_for(connection, f"messages of {found.number}")
            key = f"from:{found.number}:{request_id}"
            known = connection.execute(select(message.c.at).where(message.c.key == key)).first()
            if known:
                return Added(found.code, known.at, is_new=False, was_awaited=False)
            return self._kept(connection, found, key, text, attachments)

    def thread(self, number: int, actor: Actor) -> tuple[Message, ...]:
        """What was written about the recommendation, the oldest first; from then on it counts as read where `actor` could answer.

        Reading of a sealed one is written down. Raises `RecommendationNotFound`.
        """
        with writing(self._engine) as connection:
            matter = self._recommendations.row(connection, number, actor)
            if matter.is_sealed:
                self._audit.add(connection, actor.id, "read_sealed", f"recommendation:{number}", self._clock())
            return thread_within(connection, self._vault, matter, actor, self._clock())

    def of_citizen(self, code: str, sender: str | None = None) -> tuple[Message, ...]:
        """What was written about one submission, as its sender sees it: without names of officers. Raises `SubmissionNotFound`."""
        with reading(self._engine) as connection:
            found = self._intake.find(connection, code, sender)
            mine = message.c.submission == found.number
            told = opened(connection, self._vault, mine, with_officers=False)
        unread = [one.number for one in told if one.direction.value == TO_CITIZEN and one.read_at is None]
        if unread:
            with writing(self._engine) as connection:
                connection.execute(update(message).where(message.c.number.in_(unread)).values(read_at=self._clock()))
        return told

    def _queued(self, connection: Connection, sent: Row[Any], what: str, text: str, now: datetime) -> bool:
        is_known = connection.execute(select(contact.c.submission).where(contact.c.submission == sent.number)).first() is not None
        if sent.sender_key is None or not is_known:
            return False
        key = f"message:{sent.code}:{what}"
        queue(connection, key, sent.number, sent.channel, "message", now, {"code": sent.code}, self._vault.seal(text, message_place(key)))
        return True

    def _kept(self, connection: Connection, found: Row[Any], key: str, text: str, attachments: tuple[Attachment, ...]) -> Added:
        now = self._clock()
        was_awaited = self._lead_back(connection, found)
        # It may be withdrawn, erased or sealed at this moment. Recommendations are locked before submissions, as every step does.
        found = connection.execute(select(submission).where(submission.c.number == found.number).with_for_update()).one()
        if found.withdrawn_at is not None or found.erased_at is not None:
            raise SubmissionNotFound
        sealed = self._vault.seal(text, exchanged_place(key))
        # Under the seal people look at it themselves.
        understood_at = now if found.is_sealed else None
        values = {"submission": found.number, "direction": FROM_CITIZEN, "key": key, "text": sealed, "attachments": len(attachments)}
        made = connection.execute(insert(message).values(**values, at=now, understood_at=understood_at, attempts=0))
        number: int = made.inserted_primary_key[0]  # type: ignore[index]
        keep_attachments(connection, self._vault, found.number, attachments)
        self._audit.add(connection, CITIZEN, "message_added", f"submission:{found.number}", now, {"message": number})
        return Added(found.code, now, is_new=True, was_awaited=was_awaited)

    def _lead_back(self, connection: Connection, found: Row[Any]) -> bool:
        mine = (link.c.submission == found.number) & carries()
        asked = recommendation.c.number.in_(select(link.c.recommendation).where(mine)) & (recommendation.c.state == State.NEEDS_INFO)
        # Locked: an officer who moves it at this moment must not make the answer fail.
        waiting = select(recommendation).where(asked & recommendation.c.is_sealed.is_(False)).order_by(recommendation.c.number)
        rows = connection.execute(waiting.with_for_update()).all()
        for row in rows:
            self._recommendations.take_within(connection, row.number, row.version, Step(State.SCREENING, _CITIZEN))
        return bool(rows)


def thread_within(connection: Connection, vault: Vault, matter: Row[Any], actor: Actor, now: datetime) -> tuple[Message, ...]:
    """What was written about the recommendation of this row, as one reads it who may see it; the oldest first."""
    told = opened(connection, vault, shown_of(matter), with_officers=True)
    unread = [one.number for one in told if one.direction.value == FROM_CITIZEN and one.read_at is None]
    if unread and not actor.roles.isdisjoint(_writers(matter)):
        connection.execute(update(message).where(message.c.number.in_(unread)).values(read_at=now))
    return told


def _let_write(matter: Row[Any], actor: Actor) -> None:
    needed = _writers(matter)
    if actor.roles.isdisjoint(needed):
        raise MayNotWrite(tuple(sorted(needed)))


def _writers(matter: Row[Any]) -> frozenset[Role]:
    return _SEALED_WRITERS if matter.is_sealed else _WRITERS
