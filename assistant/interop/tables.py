"""The table of what came from other portals. Its words are in the submission; here stands where it came from."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from assistant.database import UtcDateTime, metadata

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

imported = Table(
    "imported",
    metadata,
    Column("submission", _NUMBER, ForeignKey("submission.number", ondelete="CASCADE"), primary_key=True),
    # SHA-256 of the file, and the row in it.
    Column("file", String(64), nullable=False),
    Column("row", Integer, nullable=False),
    # A keyed hash of the row, to notice another content under the same id.
    Column("content_key", String(64), nullable=False),
    # When the portal received it, and how it stood there: one of our states.
    Column("received_at", UtcDateTime),
    Column("state", String(20)),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
