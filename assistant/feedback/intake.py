"""Taking in what citizens send: what was acknowledged is on disk, once, sealed, with its tracking code."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select

from assistant.database import reading, wait_for, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.codes import new_code, read_code
from assistant.feedback.consent import Consents
from assistant.feedback.errors import SubmissionInvalid, SubmissionNotFound
from assistant.feedback.guidance import Guidance, keep_guidance
from assistant.feedback.outbox import queue
from assistant.feedback.seal_places import attachment_place, contact_place, text_place
from assistant.feedback.states import State
from assistant.feedback.tables import OTHERS_RANK, attachment, contact, link, recommendation, submission, suggestion
from assistant.feedback.types import Kind
from assistant.feedback.vault import Vault
from corpus.ids import ProvisionId

# A letter of fifty pages; a longer one is refused with a clear word before anything is stored.
MOST_CHARACTERS = 100_000
MOST_ATTACHMENTS, MOST_ATTACHED_BYTES = 10, 20_000_000
_LONGEST_NAME = 200
CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came along; `kind` is its media type."""

    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """How the sender may be reached, as far as told. `address_on_channel` is where the channel answers, e.g. a chat id."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    address_on_channel: str = field(default="", repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told."""
        return not any((self.name, self.phone, self.email, self.address, self.address_on_channel))


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """What one person sends. `external_id` names the message on its channel: the same one sent twice is kept once.

    `is_secret`: the sender was told that it is kept as a denunciation; so it is, whatever a machine reads in it. `sent_at`: when another
    portal received it, which passes it on only now; counts as the moment of reception. `guidance`: what the channel tells the sender to do
    besides as it takes it.
    """

    channel: str
    external_id: str
    text: str = field(repr=False)
    consent_version: str
    language: str = "vi"
    contact: ContactDetails = field(default_factory=ContactDetails)
    provisions: tuple[ProvisionId, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    is_secret: bool = False
    sent_at: datetime | None = None
    guidance: tuple[Guidance, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen keeps. `is_new` is false where the same message had come before."""

    code: str
    received_at: datetime
    is_new: bool


class Intake:
    """Takes submissions in: one transaction each."""

    def __init__(
        self, engine: Engine, vault: Vault, clock: Callable[[], datetime], consents: Consents, *, contact_retention: timedelta
    ) -> None:
        self._engine, self._vault, self._clock, self._consents = engine, vault, clock, consents
        self._retention = contact_retention
        self._audit = AuditTrail(vault)

    def submit(self, new: NewSubmission) -> Receipt:
        """The receipt of `new`, which is on disk by then. Raises `SubmissionInvalid`."""
        self._check(new)
        with writing(self._engine) as connection:
            wait_for(connection, f"submission {new.channel} {new.external_id}")
            known = _known(connection, new)
            return Receipt(known.code, known.received_at, is_new=False) if known else self._kept(connection, new)

    def submit_from_anybody(self, new: NewSubmission) -> Receipt:
        """The same where anybody chooses the message id: what somebody else sent under it is another. Raises `SubmissionInvalid`."""
        said = f"{new.external_id}\0{new.text}\0{_written(new.contact)}{_named(new.attachments)}"
        digest = self._vault.hashed(f"request of {new.channel}", said)
        return self.submit(replace(new, external_id=f"{new.external_id[:100]}:{digest[:32]}") if new.external_id else new)

    def find(self, connection: Connection, code: str, sender: str | None = None) -> Row[Any]:
        """The row of the submission with this code, as typed, in the same time whether there is one or not.

        `sender`: where the channel knows who asks, only their own is found. Raises `SubmissionNotFound`.
        """
        read = read_code(code) or ""
        found = connection.execute(select(submission).where(submission.c.code_key == self._vault.hashed("code", read))).first()
        if found is None or found.erased_at is not None:
            raise SubmissionNotFound
        if sender is not None and found.sender_key != self._sender_key(found.channel, sender):
            raise SubmissionNotFound
        return found

    def codes_of(self, channel: str, sender: str) -> list[str]:
        """The codes of what this sender sent, the newest first."""
        mine = (submission.c.sender_key == self._sender_key(channel, sender)) & submission.c.erased_at.is_(None)
        with reading(self._engine) as connection:
            return list(connection.execute(select(submission.c.code).where(mine).order_by(submission.c.number.desc())).scalars())

    def _check(self, new: NewSubmission) -> None:
        check_content(new.text, new.attachments)
        if not self._consents.knows(new.consent_version):
            raise SubmissionInvalid("consent", "not agreed to, or to a version that was never shown")
        if not (0 < len(new.channel) <= _LONGEST_NAME // 5 and 0 < len(new.external_id) <= _LONGEST_NAME):
            raise SubmissionInvalid("channel", "channel and message id must be named")

    def _kept(self, connection: Connection, new: NewSubmission) -> Receipt:
        now, code = self._clock(), new_code()
        received = min(new.sent_at or now, now)
        number = connection.execute(insert(submission).values(self._row(new, code, received))).inserted_primary_key[0]  # type: ignore[index]
        self._keep_beside(connection, new, number, now)
        opened = connection.execute(insert(recommendation).values(opened_row(received))).inserted_primary_key[0]  # type: ignore[index]
        joined = {"submission": number, "recommendation": opened, "kind": "primary", "made_by": CITIZEN, "made_at": now}
        connection.execute(insert(link).values(joined))
        if new.contact.address_on_channel:
            queue(connection, f"received:{code}", number, new.channel, "received", now, {"code": code})
        self._audit.add(connection, CITIZEN, "submitted", f"submission:{number}", now, {"channel": new.channel})
        return Receipt(code, received, is_new=True)

    def _row(self, new: NewSubmission, code: str, received: datetime) -> dict[str, Any]:
        sender = new.contact.address_on_channel
        return {
            "code": code,
            "code_key": self._vault.hashed("code", code),
            "channel": new.channel,
            "external_id": new.external_id,
            "sender_key": self._sender_key(new.channel, sender) if sender else None,
            "received_at": received,
            "language": new.language,
            "text": self._vault.seal(new.text, text_place(code)),
            "length": len(new.text),
            "consent_version": new.consent_version,
            "provisions": [str(one) for one in new.provisions],
            "is_sealed": False,
            "attempts": 0,
        }

    def _keep_beside(self, connection: Connection, new: NewSubmission, number: int, now: datetime) -> None:
        if not new.contact.is_empty:
            sealed = self._vault.seal(_written(new.contact), contact_place(number))
            connection.execute(insert(contact).values(submission=number, details=sealed, keep_until=now + self._retention))
        keep_attachments(connection, self._vault, number, new.attachments)
        if new.guidance:
            keep_guidance(connection, self._vault, number, new.guidance, now)
        if new.is_secret:
            said = {"task": "kind", "rank": OTHERS_RANK, "value": Kind.DENUNCIATION.value, "score": 1.0, "evidence": []}
            connection.execute(insert(suggestion).values(**said, submission=number, model=CITIZEN, made_at=now))

    def _sender_key(self, channel: str, sender: str) -> str:
        return self._vault.hashed(f"sender of {channel}", sender)


def check_content(text: str, attachments: Sequence[Attachment]) -> None:
    """Raises `SubmissionInvalid` for what is empty, too long or too large."""
    if not text.strip() and not attachments:
        raise SubmissionInvalid("text", "empty")
    if len(text) > MOST_CHARACTERS:
        raise SubmissionInvalid("text", f"{len(text)} characters, at most {MOST_CHARACTERS}")
    if len(attachments) > MOST_ATTACHMENTS or sum(len(one.content) for one in attachments) > MOST_ATTACHED_BYTES:
        raise SubmissionInvalid("attachment", f"at most {MOST_ATTACHMENTS} files and {MOST_ATTACHED_BYTES} bytes")


def keep_attachments(connection: Connection, vault: Vault, number: int, attachments: Sequence[Attachment]) -> None:
    """Keeps files of submission `number` after those it has; nobody else may add to it in the meantime."""
    newest = select(func.max(attachment.c.order)).where(attachment.c.submission == number)
    first = connection.execute(newest).scalar_one() if attachments else None
    for order, one in enumerate(attachments, start=0 if first is None else first + 1):
        sealed = vault.seal_bytes(one.content, attachment_place(number, order))
        values = {"submission": number, "order": order, "kind": one.kind, "size": len(one.content), "content": sealed}
        connection.execute(insert(attachment).values(values))


def contact_of(written: str) -> ContactDetails:
    """The details as they were kept."""
    return ContactDetails(**json.loads(written))


def _written(details: ContactDetails) -> str:
    plain: Mapping[str, str] = {name: getattr(details, name) for name in ("name", "phone", "email", "address", "address_on_channel")}
    return json.dumps(plain, ensure_ascii=False)


def _named(attachments: Sequence[Attachment]) -> str:
    return "".join(f"\0{sha256(one.content).hexdigest()}" for one in attachments)


def _known(connection: Connection, new: NewSubmission) -> Row[Any] | None:
    same = (submission.c.channel == new.channel) & (submission.c.external_id == new.external_id)
    return connection.execute(select(submission).where(same)).first()


def opened_row(now: datetime) -> dict[str, Any]:
    """The columns of a recommendation that nobody has looked at yet."""
    return {
        "state": State.RECEIVED.value,
        "version": 1,
        "is_sealed": False,
        "basis": [],
        "urgency": "normal",
        "is_redaction_confirmed": False,
        "opened_at": now,
        "changed_at": now,
    }
