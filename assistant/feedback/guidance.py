"""What a sender is told besides the tracking code: that something else may be needed, e.g. a signed petition; found by the code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from assistant.feedback.messages_tables import TO_CITIZEN, message
from assistant.feedback.seal_places import exchanged_place
from assistant.feedback.types import Kind
from assistant.feedback.vault import Vault

_PREFIX = "guidance:"


class Guidance(StrEnum):
    """What it is about; the one to be read first stands first."""

    EMERGENCY = "emergency"
    DENUNCIATION = "denunciation"
    COMPLAINT = "complaint"
    QUESTION = "question"


# Of these kinds the sender hears at once, as a machine sees them; a person still decides.
_OF_KIND = {one: Guidance(one.value) for one in (Kind.EMERGENCY, Kind.DENUNCIATION, Kind.COMPLAINT, Kind.QUESTION)}


def guidance_of(kind: str | None, *, seals: bool) -> Guidance | None:
    """The guidance for a text that a machine takes for `kind`, or seals since it may be a denunciation; None where there is none."""
    return Guidance.DENUNCIATION if seals else _OF_KIND.get(Kind(kind or Kind.REPORT))


def keep_guidance(connection: Connection, vault: Vault, sent: int, told: Iterable[Guidance], now: datetime) -> None:
    """Keeps what the sender of submission `sent` is told, beside what they were told before."""
    key = f"{_PREFIX}{sent}"
    row = connection.execute(select(message.c.text).where(message.c.key == key)).first()
    known = _opened(vault, key, row.text) if row else ()
    wanted = _ordered((*known, *told))
    if wanted == known:
        return
    sealed = vault.seal(" ".join(wanted), exchanged_place(key))
    if row:
        connection.execute(update(message).where(message.c.key == key).values(text=sealed))
        return
    values: dict[str, Any] = {"submission": sent, "direction": TO_CITIZEN, "key": key, "text": sealed, "attachments": 0}
    connection.execute(insert(message).values(**values, at=now, understood_at=now, attempts=0))


def guidance_told(connection: Connection, vault: Vault, sent: int) -> tuple[Guidance, ...]:
    """What the sender of submission `sent` was told, to be read in this order."""
    key = f"{_PREFIX}{sent}"
    sealed = connection.execute(select(message.c.text).where(message.c.key == key)).scalar_one_or_none()
    return _opened(vault, key, sealed)


def without_guidance() -> ColumnElement[bool]:
    """Lets through what people wrote to each other."""
    return message.c.key.not_like(f"{_PREFIX}%")


def _opened(vault: Vault, key: str, sealed: bytes | None) -> tuple[Guidance, ...]:
    return _ordered(map(Guidance, vault.open(sealed, exchanged_place(key)).split())) if sealed else ()


def _ordered(told: Iterable[Guidance]) -> tuple[Guidance, ...]:
    found = set(told)
    return tuple(one for one in Guidance if one in found)
