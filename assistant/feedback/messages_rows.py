"""What a message writes into the tables, and who may read it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select

from assistant.feedback.guidance import without_guidance
from assistant.feedback.joining import carries
from assistant.feedback.messages_tables import FROM_CITIZEN, TO_CITIZEN, message
from assistant.feedback.seal_places import exchanged_place
from assistant.feedback.sealing import open_links
from assistant.feedback.tables import link, recommendation, submission
from assistant.feedback.vault import Vault


class Direction(StrEnum):
    """Who wrote to whom."""

    TO_CITIZEN = TO_CITIZEN
    FROM_CITIZEN = FROM_CITIZEN


@dataclass(frozen=True, slots=True)
class Message:
    """A message between the sender of a submission and the officers.

    `by` is the officer, None where the sender wrote or reads. `text` is None where the sender had it erased. `read_at`: when whom it is for
    first saw it.
    """

    number: int
    code: str
    direction: Direction
    by: str | None
    at: datetime
    read_at: datetime | None
    attachments: int
    text: str | None = field(repr=False)


def keep_told(connection: Connection, vault: Vault, matter: Row[Any], text: str, by: str, now: datetime) -> list[Row[Any]]:
    """Keeps `text` for every sender of the recommendation who has not taken theirs back; the rows of what they sent.

    `matter` is the row before the change that goes with it: each version tells once.
    """
    mine = select(link.c.submission).join(submission, submission.c.number == link.c.submission)
    ours = submission.c.number.in_(mine.where(open_links(matter.number, is_sealed=matter.is_sealed)))
    is_here = submission.c.withdrawn_at.is_(None) & submission.c.erased_at.is_(None)
    senders = list(connection.execute(select(submission).where(ours & is_here).order_by(submission.c.number)))
    for one in senders:
        key = f"to:{one.number}:{matter.number}.{matter.version + 1}"
        values = {"submission": one.number, "direction": TO_CITIZEN, "key": key, "text": vault.seal(text, exchanged_place(key))}
        connection.execute(insert(message).values(**values, attachments=0, by=by, at=now, understood_at=now, attempts=0))
    return senders


def opened(connection: Connection, vault: Vault, let_through: ColumnElement[bool], *, with_officers: bool) -> tuple[Message, ...]:
    """The messages of people that are let through, the oldest first; names of officers only with `with_officers`."""
    joined = select(message, submission.c.code).join(submission, submission.c.number == message.c.submission)
    rows = connection.execute(joined.where(let_through & without_guidance()).order_by(message.c.number))
    return tuple(_message(row, vault, row.by if with_officers else None) for row in rows)


def shown_of(matter: Row[Any]) -> ColumnElement[bool]:
    """Lets through what was written about a recommendation; outside of the seal nothing that no machine has looked at."""
    sent = select(link.c.submission).join(submission, submission.c.number == link.c.submission)
    mine = message.c.submission.in_(sent.where(open_links(matter.number, is_sealed=matter.is_sealed)))
    return mine if matter.is_sealed else mine & message.c.understood_at.is_not(None)


def unread_counts(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    """How many messages of senders no officer has read, by recommendation."""
    query = _unread(link.c.recommendation, func.count(message.c.number.distinct()).label("messages"))
    rows = connection.execute(query.where(link.c.recommendation.in_(numbers)).group_by(link.c.recommendation))
    return {row.recommendation: row.messages for row in rows}


def with_unread() -> ColumnElement[bool]:
    """Lets through the recommendations whose senders wrote what no officer has read."""
    return recommendation.c.number.in_(_unread(link.c.recommendation))


def _unread(*columns: Any) -> Select[Any]:
    # A recommendation of its own: inside another query on recommendations this one counts for itself.
    matter = recommendation.alias("matter")
    is_shown = matter.c.is_sealed.is_(True) | (submission.c.is_sealed.is_(False) & message.c.understood_at.is_not(None))
    is_unread = (message.c.direction == FROM_CITIZEN) & message.c.read_at.is_(None) & message.c.text.is_not(None)
    joined = select(*columns).select_from(message).join(submission, submission.c.number == message.c.submission)
    linked = joined.join(link, link.c.submission == submission.c.number).join(matter, matter.c.number == link.c.recommendation)
    return linked.where(carries() & is_shown & is_unread)


def _message(row: Row[Any], vault: Vault, by: str | None) -> Message:
    text = vault.open(row.text, exchanged_place(row.key)) if row.text else None
    return Message(row.number, row.code, Direction(row.direction), by, row.at, row.read_at, row.attachments, text)
