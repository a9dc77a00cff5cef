"""Bodies, messages between senders and officers, chats"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"

# Types as they were at this step; the code's own may change later.
_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("state = 'waiting'")
_UNREAD = sa.text("understood_at IS NULL")
_STANDING = sa.text("valid_to IS NULL")


def upgrade() -> None:
    """Makes the tables."""
    _make_body()
    _make_chat()
    _make_chat_event()
    _make_chat_file()
    _make_chat_message()
    _make_message()


def downgrade() -> None:
    """Drops the tables."""
    for table in ("message", "chat_message", "chat_file", "chat_event", "chat", "body"):
        op.drop_table(table)


def _make_body() -> None:
    op.create_table(
        "body",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("key", sa.String(55), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200)),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("area", sa.String(20)),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        sa.Column("successors", sa.JSON, nullable=False),
        sa.Column("contact", sa.String(200)),
        sa.CheckConstraint("level IN ('commune', 'province', 'central')", name=op.f("ck_body_level")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_body")),
    )
    op.create_index(op.f("ix_body_key"), "body", ["key"])
    op.create_index("ix_body_standing", "body", ["key"], unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING)


def _make_chat() -> None:
    op.create_table(
        "chat",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("chat_key", sa.String(64), nullable=False),
        sa.Column("address", sa.LargeBinary, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("area", sa.String(20)),
        sa.Column("consent_version", sa.String(40)),
        sa.Column("step", sa.String(60)),
        sa.Column("draft", sa.LargeBinary),
        sa.Column("is_blocked", sa.Boolean, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chat")),
        sa.UniqueConstraint("channel", "chat_key", name=op.f("uq_chat_channel_chat_key")),
    )
    op.create_index(op.f("ix_chat_seen_at"), "chat", ["seen_at"])


def _make_chat_event() -> None:
    op.create_table(
        "chat_event",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("chat", _NUMBER, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("leased_until", _MOMENT),
        sa.Column("leased_by", sa.String(80)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("failure", sa.String(80)),
        sa.Column("ended_at", _MOMENT),
        sa.ForeignKeyConstraint(["chat"], ["chat.number"], name=op.f("fk_chat_event_chat_chat"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chat_event")),
        sa.UniqueConstraint("key", name=op.f("uq_chat_event_key")),
    )
    op.create_index(op.f("ix_chat_event_chat_received_at"), "chat_event", ["chat", "received_at"])
    op.create_index("ix_chat_event_waiting", "chat_event", ["chat", "number"], sqlite_where=_WAITING, postgresql_where=_WAITING)


def _make_chat_file() -> None:
    op.create_table(
        "chat_file",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("chat", _NUMBER, nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["chat"], ["chat.number"], name=op.f("fk_chat_file_chat_chat"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chat_file")),
        sa.UniqueConstraint("key", name=op.f("uq_chat_file_key")),
    )
    op.create_index(op.f("ix_chat_file_chat"), "chat_file", ["chat"])


def _make_chat_message() -> None:
    op.create_table(
        "chat_message",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("chat", _NUMBER, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("queued_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("leased_until", _MOMENT),
        sa.Column("leased_by", sa.String(80)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("failure", sa.String(80)),
        sa.Column("ended_at", _MOMENT),
        sa.Column("sent_as", sa.String(80)),
        sa.ForeignKeyConstraint(["chat"], ["chat.number"], name=op.f("fk_chat_message_chat_chat"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chat_message")),
        sa.UniqueConstraint("key", name=op.f("uq_chat_message_key")),
    )
    op.create_index(op.f("ix_chat_message_queued_at"), "chat_message", ["queued_at"])
    op.create_index("ix_chat_message_waiting", "chat_message", ["chat", "number"], sqlite_where=_WAITING, postgresql_where=_WAITING)


def _make_message() -> None:
    op.create_table(
        "message",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("direction", sa.String(12), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("text", sa.LargeBinary),
        sa.Column("attachments", sa.Integer, nullable=False),
        sa.Column("by", sa.String(100)),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("read_at", _MOMENT),
        sa.Column("understood_at", _MOMENT),
        sa.Column("leased_until", _MOMENT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.CheckConstraint("direction IN ('to_citizen', 'from_citizen')", name=op.f("ck_message_direction")),
        sa.ForeignKeyConstraint(["submission"], ["submission.number"], name=op.f("fk_message_submission_submission"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
    )
    op.create_index(op.f("ix_message_submission"), "message", ["submission"])
    op.create_index("ix_message_waiting", "message", ["number"], sqlite_where=_UNREAD, postgresql_where=_UNREAD)
