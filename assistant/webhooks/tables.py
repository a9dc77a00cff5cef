"""The tables of webhooks: who is told, and what waits to be told."""

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
    Text,
    UniqueConstraint,
    text,
)

from assistant.database import UtcDateTime, metadata
from assistant.feedback.seal_places import sealed_for

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def secret_place(name: str) -> str:
    """The place that the secret of a webhook is sealed for."""
    return f"webhook.secret:{name}"


webhook = Table(
    "webhook",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False, info=sealed_for(lambda row: secret_place(row.name))),
    # The channel whose messages it knows by their ids; null: it is told of all recommendations, without ids of messages.
    Column("channel", String(40)),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("name"),
)

webhook_event = Table(
    "webhook_event",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("key", String(200), nullable=False),
    Column("webhook", _NUMBER, ForeignKey("webhook.number", ondelete="CASCADE"), nullable=False),
    # JSON, as it is signed and sent; facts only, nobody's words.
    Column("body", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("leased_by", String(60)),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("key"),
    CheckConstraint("state IN ('waiting', 'delivered', 'given_up')", name="state"),
    Index("ix_webhook_event_due", "due_at", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
)
