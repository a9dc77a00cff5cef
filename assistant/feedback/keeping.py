"""Looking after what is kept: sealing everything anew with the newest key, and removing contacts past their retention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Engine, LargeBinary, Table, delete, select, update

from assistant.all_tables import metadata
from assistant.database import scrub, wait_for, writing
from assistant.feedback.audit import AuditHead, AuditTrail
from assistant.feedback.seal_places import place_of
from assistant.feedback.tables import contact, submission
from assistant.feedback.vault import KeyFile, Keys, Vault

_BATCH = 500
_SYSTEM = "system"


def rotate_keys(engine: Engine, file: KeyFile, clock: Callable[[], datetime]) -> int:
    """Makes a new key and seals everything with it; how many values were sealed anew. The old keys stay, to open.

    A service that runs goes on sealing with the key that it began with, until it is started anew: what it takes in meanwhile must be
    opened too. `drop_old_keys` ends that. It may be killed at any moment and be called again. Raises `SealBroken`, `KeysUnusable`.
    """
    keys = file.load_or_make().with_new()
    file.save(keys)
    return _sealed_anew(engine, keys, clock, "keys_rotated")


def drop_old_keys(engine: Engine, file: KeyFile, clock: Callable[[], datetime]) -> int:
    """Seals with the newest key what is still sealed with others, and drops these; how many values that were.

    Only once every service was started anew. Raises `SealBroken`, `KeysUnusable`.
    """
    keys = file.load_or_make()
    sealed = _sealed_anew(engine, keys, clock, "keys_dropped")
    file.save(keys.newest())
    return sealed


def _sealed_anew(engine: Engine, keys: Keys, clock: Callable[[], datetime], action: str) -> int:
    sealed = seal_anew(engine, Vault(keys))
    with writing(engine) as connection:
        AuditTrail(Vault(keys)).add(connection, _SYSTEM, action, "keys", clock(), {"values": sealed})
    scrub(engine)
    return sealed


def seal_anew(engine: Engine, vault: Vault) -> int:
    """Seals with the newest key whatever is sealed with an older one; how many values that were. Raises `SealBroken`."""
    return sum(_seal_column_anew(engine, vault, table, column) for table, column in _sealed_columns())


def purge_contacts(engine: Engine, vault: Vault, now: datetime) -> int:
    """Removes contact details past their retention; how many. What is kept to find one sender's submissions goes with them."""
    with writing(engine) as connection:
        gone = list(connection.execute(select(contact.c.submission).where(contact.c.keep_until <= now)).scalars())
        connection.execute(delete(contact).where(contact.c.submission.in_(gone)))
        connection.execute(update(submission).where(submission.c.number.in_(gone)).values(sender_key=None, contact_purged_at=now))
        if gone:
            AuditTrail(vault).add(connection, _SYSTEM, "contacts_purged", "contact", now, {"contacts": len(gone)})
    if gone:
        scrub(engine)
    return len(gone)


def verify_audit(engine: Engine, vault: Vault) -> AuditHead:
    """The newest event of a chain that holds. Raises `AuditBroken`."""
    with engine.connect() as connection:
        return AuditTrail(vault).verify(connection)


def _sealed_columns() -> Iterator[tuple[Table, Column[Any]]]:
    # Everything binary in this database is sealed; a column that names no place must not be left behind with an old key.
    for table in metadata.sorted_tables:
        yield from ((table, column) for column in table.columns if isinstance(column.type, LargeBinary))


def _seal_column_anew(engine: Engine, vault: Vault, table: Table, sealed: Column[Any]) -> int:
    (key,), place = table.primary_key.columns, place_of(sealed.info)
    count, last = 0, 0
    while True:
        with writing(engine) as connection:
            wait_for(connection, "sealing")
            rows = connection.execute(select(table).where(sealed.is_not(None) & (key > last)).order_by(key).limit(_BATCH)).all()
            if not rows:
                return count
            for row in rows:
                old = getattr(row, sealed.name)
                if not vault.is_newest(old):
                    value = vault.seal_bytes(vault.open_bytes(old, place(row)), place(row))
                    connection.execute(update(table).where(key == getattr(row, key.name)).values({sealed.name: value}))
                    count += 1
            last = getattr(rows[-1], key.name)
