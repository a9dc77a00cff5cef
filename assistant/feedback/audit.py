"""What was done, by whom, and who read what is sealed: events that can be added and neither changed nor taken out unnoticed.

Each event carries a keyed hash over itself and the hash before it, so that a change of any event breaks the chain from there on, and
nobody without the keys can mend it. Events hold no words of citizens.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from assistant.database import at_the_end, wait_for
from assistant.feedback.errors import AuditBroken
from assistant.feedback.tables import audit_event
from assistant.feedback.vault import Vault

_START = "0" * 64
_PAGE = 5_000

Facts = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Number and hash of the newest event. Kept elsewhere, they also show whether events were cut off at the end."""

    number: int
    hash: str


class AuditTrail:
    """The events of one database."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def add(self, connection: Connection, actor: str, action: str, record: str, at: datetime, facts: Facts | None = None) -> None:
        """Adds an event at the end of the `writing` transaction of `connection`: done and written down, or neither."""
        written = json.dumps(dict(facts or {}), sort_keys=True, ensure_ascii=False)
        at_the_end(connection, self._write, {"at": at, "actor": actor, "action": action, "record": record, "facts": written})

    def _write(self, connection: Connection, events: list[dict[str, Any]]) -> None:
        wait_for(connection, "audit")
        head, rows = _newest(connection), []
        for event in events:
            numbered = {"number": head.number + 1, **event}
            head = AuditHead(head.number + 1, self._hash(head.hash, numbered))
            rows.append({**numbered, "hash": head.hash})
        connection.execute(insert(audit_event), rows)

    def verify(self, connection: Connection) -> AuditHead:
        """The newest event where every event holds. Raises `AuditBroken` with the first that does not."""
        head = AuditHead(0, _START)
        for row in _events(connection):
            event = {column: getattr(row, column) for column in ("number", "at", "actor", "action", "record", "facts")}
            if row.number != head.number + 1:
                raise AuditBroken(head.number + 1, "it is missing")
            if row.hash != self._hash(head.hash, event):
                raise AuditBroken(row.number, "it was changed")
            head = AuditHead(row.number, row.hash)
        return head

    def _hash(self, before: str, event: Mapping[str, Any]) -> str:
        plain = {**event, "at": event["at"].isoformat(timespec="microseconds")}
        return self._vault.hashed("audit", before + json.dumps(plain, sort_keys=True, ensure_ascii=False))


def _newest(connection: Connection) -> AuditHead:
    query = select(audit_event.c.number, audit_event.c.hash).order_by(audit_event.c.number.desc()).limit(1)
    found = connection.execute(query).first()
    return AuditHead(found.number, found.hash) if found else AuditHead(0, _START)


def _events(connection: Connection) -> Iterator[Row[Any]]:
    last = 0
    newest = connection.execute(select(func.max(audit_event.c.number))).scalar_one() or 0
    while last < newest:
        page = connection.execute(select(audit_event).where(audit_event.c.number > last).order_by(audit_event.c.number).limit(_PAGE)).all()
        if not page:
            return
        yield from page
        last = page[-1].number
