"""How the sender of a submission may be reached: told to those who deal with the sender, for a purpose that they state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select

from assistant.database import writing
from assistant.feedback.answers.tables import internal_note
from assistant.feedback.audit import AuditTrail
from assistant.feedback.codes import read_code
from assistant.feedback.errors import ActInvalid, MayNotReadContact
from assistant.feedback.intake import ContactDetails, contact_of
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import contact_place, internal_note_place
from assistant.feedback.sealing import open_links
from assistant.feedback.states import Actor, Role
from assistant.feedback.tables import contact, link, submission
from assistant.feedback.vault import Vault

MOST_CHARACTERS_OF_PURPOSE = 500
# Who deals with senders: of those who work on recommendations the owner of this one, and whoever answers for the unit.
_OWNERS = frozenset({Role.SCREENER, Role.REVIEWER})
_ALWAYS = frozenset({Role.UNIT_ADMIN})


class ContactStanding(StrEnum):
    """What there is of contact details; whoever is `on_channel` can only be written to by the system."""

    TOLD = "told"
    ON_CHANNEL = "on_channel"
    ANONYMOUS = "anonymous"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class SenderContact:
    """How the sender of the submission `code` may be reached; all parts are empty unless `standing` is told."""

    code: str
    standing: ContactStanding
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


class Contacts:
    """The contact details of one database, read one sender at a time."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], recommendations: Recommendations) -> None:
        self._engine, self._vault, self._clock, self._recommendations = engine, vault, clock, recommendations
        self._audit = AuditTrail(vault)

    def read(self, number: int, purpose: str, actor: Actor, code: str | None = None) -> SenderContact:
        """The contact of the one sender of the recommendation, or of the one whose submission has `code`.

        That it was read is an event of the audit trail, and what for a note of the recommendation.
        Raises `ActInvalid` (purpose, code, or sender where there are several), `RecommendationNotFound`, `MayNotReadContact`.
        """
        stated, now = purpose.strip(), self._clock()
        if not 0 < len(stated) <= MOST_CHARACTERS_OF_PURPOSE:
            raise ActInvalid("purpose")
        with writing(self._engine) as connection:
            matter = self._recommendations.row(connection, number, actor)
            _let_read(matter, actor)
            sent = _sent(connection, matter, code)
            note = self._keep_purpose(connection, matter, stated, actor, now)
            facts = {"submission": sent.number, "note": note, "sealed": matter.is_sealed}
            self._audit.add(connection, actor.id, "read_contact", f"recommendation:{number}", now, facts)
            return self._contact(connection, sent, now)

    def _keep_purpose(self, connection: Connection, matter: Row[Any], purpose: str, actor: Actor, now: datetime) -> int:
        # The trail is never erased, and a purpose may name people: it is kept where officers note things, sealed.
        sealed = self._vault.seal(purpose, internal_note_place(matter.number, actor.id, now))
        values = {"recommendation": matter.number, "text": sealed, "author": actor.id, "is_sealed": matter.is_sealed, "written_at": now}
        number: int = connection.execute(insert(internal_note).values(values)).inserted_primary_key[0]  # type: ignore[index]
        return number

    def _contact(self, connection: Connection, sent: Row[Any], now: datetime) -> SenderContact:
        if sent.erased_at is not None:
            return SenderContact(sent.code, ContactStanding.ERASED)
        if sent.withdrawn_at is not None:
            return SenderContact(sent.code, ContactStanding.WITHDRAWN)
        kept = connection.execute(select(contact).where(contact.c.submission == sent.number)).first()
        if sent.contact_purged_at is not None or (kept is not None and kept.keep_until <= now):
            return SenderContact(sent.code, ContactStanding.EXPIRED)
        if kept is None:
            return SenderContact(sent.code, ContactStanding.ANONYMOUS)
        return _told(sent.code, contact_of(self._vault.open(kept.details, contact_place(sent.number))))


def _told(code: str, details: ContactDetails) -> SenderContact:
    # The address on a channel is for the machine alone: nobody writes to a sender beside the thread.
    if not any((details.name, details.phone, details.email, details.address)):
        return SenderContact(code, ContactStanding.ON_CHANNEL)
    return SenderContact(code, ContactStanding.TOLD, details.name, details.phone, details.email, details.address)


def _let_read(matter: Row[Any], actor: Actor) -> None:
    if matter.is_sealed:
        # Nobody else sees it at all.
        return
    owns = matter.owner == actor.id and not actor.roles.isdisjoint(_OWNERS)
    if not owns and actor.roles.isdisjoint(_ALWAYS):
        raise MayNotReadContact(matter.number, tuple(sorted(_OWNERS | _ALWAYS)))


def _sent(connection: Connection, matter: Row[Any], code: str | None) -> Row[Any]:
    mine = select(link.c.submission).join(submission, submission.c.number == link.c.submission)
    ours = submission.c.number.in_(mine.where(open_links(matter.number, is_sealed=matter.is_sealed)))
    wanted = ours if code is None else ours & (submission.c.code == (read_code(code) or ""))
    rows = connection.execute(select(submission).where(wanted).limit(2)).all()
    if len(rows) != 1:
        raise ActInvalid("sender" if code is None else "code")
    return rows[0]
