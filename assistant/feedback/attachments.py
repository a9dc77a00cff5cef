"""Files that came with what was sent: listed and opened by those who work on the recommendation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from assistant.database import writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.bodies_sent import READERS
from assistant.feedback.errors import AttachmentErased, AttachmentNotFound, RecommendationNotFound
from assistant.feedback.messages_tables import FROM_CITIZEN, message
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import attachment_place
from assistant.feedback.sealing import open_links
from assistant.feedback.states import Actor, Role
from assistant.feedback.tables import attachment, link, submission
from assistant.feedback.vault import Vault

# The number of the submission, and which of its files, from 1.
_ID = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of the submission `code`: its media type as its first bytes told it, and its size in bytes."""

    id: str
    code: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file with its content."""

    file: AttachedFile
    content: bytes = field(repr=False)


class Attachments:
    """The files of one database, for those who may see the recommendation they came for."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], recommendations: Recommendations) -> None:
        self._engine, self._vault, self._clock, self._recommendations = engine, vault, clock, recommendations
        self._audit = AuditTrail(vault)

    def of(self, number: int, actor: Actor) -> tuple[AttachedFile, ...]:
        """The files of the recommendation and of what was joined to it; a look at a sealed one is written down.

        Raises `RecommendationNotFound`.
        """
        with writing(self._engine) as connection:
            matter = self._matter(connection, number, actor)
            if matter.is_sealed:
                self._audit.add(connection, actor.id, "read_sealed", f"recommendation:{number}", self._clock())
            return attached_within(connection, matter)

    def open(self, number: int, attachment_id: str, actor: Actor) -> OpenedFile:
        """One file, by its id; that it was opened is written down.

        Raises `RecommendationNotFound`, `AttachmentNotFound`, `AttachmentErased`, `SealBroken`.
        """
        with writing(self._engine) as connection:
            matter = self._matter(connection, number, actor)
            found = next((one for one in _rows(connection, matter) if _id_of(one) == attachment_id), None)
            if found is None:
                _tell_why(connection, matter, attachment_id)
                raise AttachmentNotFound(number, attachment_id)
            action = "read_sealed" if matter.is_sealed else "attachment_opened"
            self._audit.add(connection, actor.id, action, f"recommendation:{number}", self._clock(), {"attachment": attachment_id})
            sealed = connection.execute(select(attachment.c.content).where(attachment.c.number == found.number)).scalar_one()
        return OpenedFile(_file(found), self._vault.open_bytes(sealed, attachment_place(found.submission, found.order)))

    def _matter(self, connection: Connection, number: int, actor: Actor) -> Row[Any]:
        if actor.roles.isdisjoint({*READERS, Role.SEALED_OFFICER}):
            raise RecommendationNotFound(number)
        return self._recommendations.row(connection, number, actor)


def attached_within(connection: Connection, matter: Row[Any]) -> tuple[AttachedFile, ...]:
    """The files of the recommendation of this row, as one reads it who may see it; the first that came first."""
    return tuple(_file(one) for one in _rows(connection, matter))


def _rows(connection: Connection, matter: Row[Any]) -> list[Row[Any]]:
    mine = open_links(matter.number, is_sealed=matter.is_sealed)
    sent = select(link.c.submission).join(submission, submission.c.number == link.c.submission).where(mine)
    columns = (attachment.c.number, attachment.c.submission, attachment.c.order, attachment.c.kind, attachment.c.size, submission.c.code)
    query = select(*columns).join(submission, submission.c.number == attachment.c.submission).where(attachment.c.submission.in_(sent))
    # The library's own type of these rows names each column.
    rows: list[Any] = list(connection.execute(query.order_by(attachment.c.submission, attachment.c.order)))
    return rows if matter.is_sealed else _without_unread(connection, rows)


def _without_unread(connection: Connection, rows: list[Row[Any]]) -> list[Row[Any]]:
    """Outside of the seal nothing that came with words that no machine has looked at: they may be a denunciation."""
    files: dict[int, list[Row[Any]]] = {}
    for row in rows:
        files.setdefault(row.submission, []).append(row)
    query = select(message.c.submission, message.c.attachments, message.c.understood_at)
    later = query.where(message.c.submission.in_(files) & (message.c.direction == FROM_CITIZEN)).order_by(message.c.number.desc())
    unread = set()
    # The last files of a submission are those of its last message: each is kept behind those before it.
    for one in connection.execute(later):
        came = [files[one.submission].pop() for _ in range(min(one.attachments, len(files[one.submission])))]
        unread |= {row.number for row in came if one.understood_at is None}
    return [row for row in rows if row.number not in unread]


def _tell_why(connection: Connection, matter: Row[Any], attachment_id: str) -> None:
    named = _ID.fullmatch(attachment_id)
    if named is None:
        return
    erased = (link.c.submission == int(named[1])) & submission.c.erased_at.is_not(None)
    joined = select(link.c.number).join(submission, submission.c.number == link.c.submission)
    if connection.execute(joined.where(open_links(matter.number, is_sealed=matter.is_sealed) & erased)).first():
        raise AttachmentErased(matter.number, attachment_id)


def _file(row: Row[Any]) -> AttachedFile:
    return AttachedFile(_id_of(row), row.code, row.kind, row.size)


def _id_of(row: Row[Any]) -> str:
    return f"{row.submission}-{row.order + 1}"
