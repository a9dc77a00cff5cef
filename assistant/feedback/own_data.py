"""What citizens may do with what they sent: see how it stands, withdraw it, get a copy, have it deleted (Law 91/2025/QH15, art 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select, update

from assistant.database import reading, scrub, writing
from assistant.feedback.answers.tables import survey
from assistant.feedback.audit import AuditTrail
from assistant.feedback.errors import TransitionNotAllowed
from assistant.feedback.guidance import Guidance, guidance_told
from assistant.feedback.intake import CITIZEN, ContactDetails, Intake, contact_of
from assistant.feedback.joining import carries
from assistant.feedback.merging import leave
from assistant.feedback.messages_rows import Message, opened
from assistant.feedback.messages_tables import message
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import contact_place, text_place
from assistant.feedback.shown_states import carried_by, shown_steps
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.tables import (
    attachment,
    contact,
    fingerprint,
    link,
    outbox,
    personal_span,
    recommendation,
    submission,
    suggestion,
)
from assistant.feedback.vault import Vault

# Which place it was, who is competent there and what it resembles.
_TELLING = ("place", "place_then", "area", "area_then", "body", "similar")
_CITIZEN = Actor(CITIZEN, frozenset({Role.CITIZEN}))


@dataclass(frozen=True, slots=True)
class Status:
    """How a submission stands, as told to its sender. `since`: when it came into this state.

    What is sealed looks like what is not. `guidance`: what the sender was told to do besides, to be read in this order.
    """

    code: str
    received_at: datetime
    state: State
    since: datetime
    can_withdraw: bool
    can_ask_again: bool
    public_text: str | None = field(repr=False, default=None)
    guidance: tuple[Guidance, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything kept of one submission that its sender gave, and what happened to it: states with their moments."""

    status: Status
    channel: str
    text: str | None = field(repr=False)
    contact: ContactDetails | None = field(repr=False)
    consent_version: str
    provisions: tuple[str, ...]
    attachments: tuple[tuple[str, int], ...]
    history: tuple[tuple[str, datetime], ...]
    messages: tuple[Message, ...] = ()


class OwnDataDesk:
    """The sender's rights, by tracking code; where the channel knows who asks (`sender`), only for their own."""

    def __init__(
        self, engine: Engine, vault: Vault, clock: Callable[[], datetime], intake: Intake, recommendations: Recommendations
    ) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._intake, self._recommendations = intake, recommendations
        self._audit = AuditTrail(vault)

    def status(self, code: str, sender: str | None = None) -> Status:
        """How it stands. Raises `SubmissionNotFound`."""
        with reading(self._engine) as connection:
            found = self._intake.find(connection, code, sender)
            return self._status(connection, found, carried_by(connection, found.number))

    def withdraw(self, code: str, sender: str | None = None) -> Status:
        """Takes it back; where others sent the same, theirs goes on. Raises `SubmissionNotFound` and `TransitionNotAllowed`.

        By the code alone, without its `sender`, it may have been somebody else: then the sender is told.
        """
        with writing(self._engine) as connection:
            found = self._intake.find(connection, code, sender)
            matter, now = carried_by(connection, found.number), self._clock()
            if found.withdrawn_at is None:
                self._require_unsealed(connection, found, matter, State.WITHDRAWN)
                self._withdraw(connection, found.number, matter.number, is_citizen_told=sender is None)
                _unlink(connection, found.number, now)
                connection.execute(update(submission).where(submission.c.number == found.number).values(withdrawn_at=now))
                self._audit.add(connection, CITIZEN, "withdrawn", f"submission:{found.number}", now)
        return self.status(code, sender)

    def ask_again(self, code: str, sender: str | None = None) -> Status:
        """Asks to look at it again. Raises `SubmissionNotFound` and `TransitionNotAllowed`."""
        with writing(self._engine) as connection:
            found = self._intake.find(connection, code, sender)
            matter = carried_by(connection, found.number)
            self._require_unsealed(connection, found, matter, State.REOPEN_REQUESTED)
            self._recommendations.take_within(connection, matter.number, matter.version, Step(State.REOPEN_REQUESTED, _CITIZEN))
        return self.status(code, sender)

    def export(self, code: str, sender: str | None = None) -> OwnData:
        """A copy of everything. Raises `SubmissionNotFound`."""
        with writing(self._engine) as connection:
            found = self._intake.find(connection, code, sender)
            matter = carried_by(connection, found.number)
            self._audit.add(connection, CITIZEN, "exported", f"submission:{found.number}", self._clock())
            return OwnData(
                status=self._status(connection, found, matter),
                channel=found.channel,
                text=self._vault.open(found.text, text_place(found.code)) if found.text else None,
                contact=self._contact(connection, found.number),
                consent_version=found.consent_version,
                provisions=tuple(found.provisions),
                attachments=_attachments(connection, found.number),
                history=tuple((one.state.value, one.at) for one in shown_steps(connection, found.number, matter)),
                messages=opened(connection, self._vault, message.c.submission == found.number, with_officers=False),
            )

    def erase(self, code: str, sender: str | None = None) -> None:
        """Deletes what was written, who wrote it and what a machine noted of it; an empty row and the counts remain.

        Where it is still open it is withdrawn first. Raises `SubmissionNotFound`.
        """
        with writing(self._engine) as connection:
            found = self._intake.find(connection, code, sender)
            matter, now = carried_by(connection, found.number), self._clock()
            if self._may_withdraw(matter) and not _is_shared(connection, found.number, matter.number):
                self._recommendations.take_within(
                    connection, matter.number, matter.version, Step(State.WITHDRAWN, _CITIZEN), is_citizen_told=False
                )
            self._withdraw_parts(connection, found.number)
            _empty(connection, found.number, now)
            _forget_former_units(connection, found.number)
            self._audit.add(connection, CITIZEN, "erased", f"submission:{found.number}", now)
        scrub(self._engine)

    def _withdraw(self, connection: Connection, sent: int, home: int, *, is_citizen_told: bool) -> None:
        """Ends whatever carries the submission; where others sent something for it, it only leaves. What is sealed stays.

        Those that others follow come first: every step locks in this order.
        """
        for number in _carriers(connection, sent):
            row = _locked(connection, number)
            if row.is_sealed:
                continue
            if _is_shared(connection, sent, number):
                leave(connection, sent, number, CITIZEN, self._clock())
            elif number == home or self._may_withdraw(row):
                step = Step(State.WITHDRAWN, _CITIZEN)
                self._recommendations.take_within(connection, number, row.version, step, is_citizen_told=is_citizen_told)
                is_citizen_told = False

    def _withdraw_parts(self, connection: Connection, number: int) -> None:
        """What was opened for parts of the message goes with it, as far as it still can; what is sealed or others sent too stays."""
        mine = (link.c.submission == number) & (link.c.kind == "part") & link.c.undone_at.is_(None)
        parts = list(connection.execute(select(link.c.recommendation).where(mine).order_by(link.c.number)).scalars())
        for part in parts:
            row = _locked(connection, part)
            if not row.is_sealed and self._may_withdraw(row) and not _is_shared(connection, number, part):
                self._recommendations.take_within(connection, part, row.version, Step(State.WITHDRAWN, _CITIZEN), is_citizen_told=False)

    def _may_withdraw(self, matter: Row[Any]) -> bool:
        return State.WITHDRAWN in self._recommendations.machine.transitions_from(State(matter.state), _CITIZEN)

    def _status(self, connection: Connection, found: Row[Any], matter: Row[Any]) -> Status:
        state, since = _shown(connection, found, matter)
        allowed = self._recommendations.machine.transitions_from(state, _CITIZEN)
        can_withdraw, can_ask_again = State.WITHDRAWN in allowed, State.REOPEN_REQUESTED in allowed
        told = guidance_told(connection, self._vault, found.number)
        return Status(found.code, found.received_at, state, since, can_withdraw, can_ask_again, found.public_text, told)

    def _require_unsealed(self, connection: Connection, found: Row[Any], matter: Row[Any], to: State) -> None:
        """Refuses what is sealed without a word of that, from the state that its sender is shown."""
        if matter.is_sealed:
            state, _ = _shown(connection, found, matter)
            others = (one for one in self._recommendations.machine.transitions_from(state, _CITIZEN) if one is not to)
            raise TransitionNotAllowed(state, to, tuple(others))

    def _contact(self, connection: Connection, number: int) -> ContactDetails | None:
        sealed = connection.execute(select(contact.c.details).where(contact.c.submission == number)).scalar_one_or_none()
        return contact_of(self._vault.open(sealed, contact_place(number))) if sealed else None


def _shown(connection: Connection, found: Row[Any], matter: Row[Any]) -> tuple[State, datetime]:
    """The state that the sender is shown, and since when."""
    if found.withdrawn_at is not None:
        return State.WITHDRAWN, found.withdrawn_at
    steps = shown_steps(connection, found.number, matter)
    return (steps[-1].state, steps[-1].at) if steps else (State.RECEIVED, found.received_at)


def _is_shared(connection: Connection, number: int, matter: int) -> bool:
    """Whether somebody else who has neither taken theirs back nor had it erased sent something for it too."""
    others = (link.c.recommendation == matter) & (link.c.submission != number) & carries()
    joined = select(link.c.number).join(submission, submission.c.number == link.c.submission)
    is_here = submission.c.withdrawn_at.is_(None) & submission.c.erased_at.is_(None)
    return connection.execute(joined.where(others & is_here).limit(1)).first() is not None


def _carriers(connection: Connection, sent: int) -> list[int]:
    """The recommendations that carry it, the one it was handed over to last first."""
    mine = (link.c.submission == sent) & carries()
    return list(dict.fromkeys(connection.execute(select(link.c.recommendation).where(mine).order_by(link.c.number.desc())).scalars()))


def _locked(connection: Connection, number: int) -> Row[Any]:
    return connection.execute(select(recommendation).where(recommendation.c.number == number).with_for_update()).one()


def _unlink(connection: Connection, number: int, now: datetime) -> None:
    """What it said of other recommendations is taken back too."""
    mine = (link.c.submission == number) & link.c.kind.in_(("supports", "opposes", "related")) & link.c.undone_at.is_(None)
    connection.execute(update(link).where(mine).values(undone_by=CITIZEN, undone_at=now))


def _attachments(connection: Connection, number: int) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(select(attachment.c.kind, attachment.c.size).where(attachment.c.submission == number))
    return tuple((row.kind, row.size) for row in rows)


def _forget_former_units(connection: Connection, number: int) -> None:
    """Counts need no more than the unit of today; what others wrote besides keeps what it was."""
    ours = select(link.c.recommendation).where((link.c.submission == number) & link.c.kind.in_(("primary", "part")))
    kept = select(link.c.recommendation).join(submission, submission.c.number == link.c.submission)
    shared = kept.where((link.c.submission != number) & link.c.undone_at.is_(None) & submission.c.erased_at.is_(None))
    alone = recommendation.c.number.in_(ours) & recommendation.c.number.not_in(shared)
    connection.execute(update(recommendation).where(alone).values(area_then=None))


def _empty(connection: Connection, number: int, now: datetime) -> None:
    # First: whoever adds a message at this moment either comes before and is emptied too, or finds nothing any more.
    gone = {"text": None, "public_text": None, "sender_key": None, "erased_at": now, "length": 0}
    connection.execute(update(submission).where(submission.c.number == number).values(gone))
    for table in (contact, attachment, personal_span, fingerprint):
        connection.execute(delete(table).where(table.c.submission == number))
    # What a machine noted stays as far as counts need it; where in the text it was said and which place, does not.
    connection.execute(delete(suggestion).where((suggestion.c.submission == number) & suggestion.c.task.in_(_TELLING)))
    connection.execute(update(suggestion).where(suggestion.c.submission == number).values(evidence=[]))
    connection.execute(update(survey).where(survey.c.submission == number).values(words=None))
    connection.execute(update(outbox).where(outbox.c.submission == number).values(text=None))
    connection.execute(update(message).where(message.c.submission == number).values(text=None))
