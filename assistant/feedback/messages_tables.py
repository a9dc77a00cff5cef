"""The table of what a sender and the officers write to each other. Words are sealed (assistant/feedback/vault.py)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from assistant.database import UtcDateTime, metadata
from assistant.feedback import tables
from assistant.feedback.seal_places import exchanged_place, sealed_for

# SQLite counts by itself only in a column of the type INTEGER.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
TO_CITIZEN, FROM_CITIZEN = "to_citizen", "from_citizen"
_WAITING = text("understood_at IS NULL")

# What was written between one sender and the officers. After an erasure the row stays without the words.
message = Table(
    "message",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("submission", _NUMBER, ForeignKey(tables.submission.c.number, ondelete="CASCADE"), nullable=False),
    Column("direction", String(12), nullable=False),
    # What was sent twice is kept once.
    Column("key", String(200), nullable=False),
    Column("text", LargeBinary, info=sealed_for(lambda row: exchanged_place(row.key))),
    # How many files came along; they are kept with those of the submission, in order after them.
    Column("attachments", Integer, nullable=False),
    # The officer who wrote it; null where the sender did.
    Column("by", String(100)),
    Column("at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    # Null until a machine has looked whether it may be a denunciation; only then it is shown outside of the seal.
    Column("understood_at", UtcDateTime),
    Column("leased_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("key"),
    CheckConstraint("direction IN ('to_citizen', 'from_citizen')", name="direction"),
    Index(None, "submission"),
    Index("ix_message_waiting", "number", sqlite_where=_WAITING, postgresql_where=_WAITING),
)
