"""The tables of conversations and of feedback on answers."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from assistant.database import TypedText, UtcDateTime, metadata

# A deleted conversation stays as an empty row until the retention has passed.
conversation = Table(
    "conversation",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("channel", String(40), nullable=False),
    # A keyed hash made by the channel; with "~" and the id behind it once the conversation has ended, so that the next one can have it.
    Column("channel_key", String(128)),
    Column("facts", JSON, nullable=False),
    # Numbers given so far: they go on where old turns were removed.
    Column("turns", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("deleted_at", UtcDateTime),
    UniqueConstraint("channel", "channel_key"),
    Index(None, "last_at"),
)

turn = Table(
    "turn",
    metadata,
    Column("conversation", String(64), ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("request_id", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("typed", TypedText, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("understood", TypedText),
    Column("as_of", Date),
    Column("route", String(40)),
    Column("outcome", String(40)),
    Column("content", TypedText),
    Column("provisions", JSON(none_as_null=True)),
    Column("procedure", String(200)),
    # Null in turns from before this was kept.
    Column("follows", Boolean),
    UniqueConstraint("conversation", "request_id"),
    CheckConstraint("state IN ('asked', 'answered')", name="state"),
    Index("ix_turn_unanswered", "asked_at", sqlite_where=text("state = 'asked'"), postgresql_where=text("state = 'asked'")),
    Index(None, "asked_at"),
)

# The key is the rule: one fact is asked for once in a conversation.
clarification = Table(
    "clarification",
    metadata,
    Column("conversation", String(64), ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    Column("what", String(40), primary_key=True),
    Column("options", JSON, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("reply", TypedText),
    Column("settled_by", Integer),
    Index(
        "ix_clarification_pending",
        "conversation",
        unique=True,
        sqlite_where=text("settled_at IS NULL"),
        postgresql_where=text("settled_at IS NULL"),
    ),
)

daily_count = Table(
    "daily_count",
    metadata,
    Column("day", Date, primary_key=True),
    Column("channel", String(40), primary_key=True),
    Column("route", String(40), primary_key=True),
    Column("outcome", String(40), primary_key=True),
    Column("turns", Integer, nullable=False),
)

answer_feedback = Table(
    "answer_feedback",
    metadata,
    # SQLite counts by itself only in a column of the type INTEGER.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("request_id", String(200), nullable=False),
    Column("conversation", String(64)),
    Column("turn", Integer),
    Column("provision", String(200)),
    Column("kind", String(40), nullable=False),
    Column("note", TypedText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", String(20), nullable=False),
    UniqueConstraint("request_id"),
    CheckConstraint("state IN ('open', 'done')", name="state"),
    ForeignKeyConstraint(["conversation", "turn"], ["turn.conversation", "turn.number"], ondelete="SET NULL"),
    Index(None, "conversation", "turn"),
    Index(None, "state", "id"),
    Index(None, "created_at"),
)
