"""Makes the tables of conversations and of feedback on answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

# Types as they were at this step; the code's own may change later.
_MOMENT = sa.DateTime(timezone=True)
_ASKED, _PENDING = sa.text("state = 'asked'"), sa.text("settled_at IS NULL")


def upgrade() -> None:
    """Makes the tables."""
    _make_conversation()
    _make_turn()
    _make_clarification()
    _make_daily_count()
    _make_answer_feedback()


def downgrade() -> None:
    """Drops the tables."""
    for table in ("answer_feedback", "daily_count", "clarification", "turn", "conversation"):
        op.drop_table(table)


def _make_conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("channel_key", sa.String(128)),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("deleted_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("channel", "channel_key", name=op.f("uq_conversation_channel_channel_key")),
    )
    op.create_index(op.f("ix_conversation_last_at"), "conversation", ["last_at"])


def _make_turn() -> None:
    op.create_table(
        "turn",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("request_id", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("typed", sa.Text, nullable=False),
        sa.Column("answered_at", _MOMENT),
        sa.Column("understood", sa.Text),
        sa.Column("as_of", sa.Date),
        sa.Column("route", sa.String(40)),
        sa.Column("outcome", sa.String(40)),
        sa.Column("content", sa.Text),
        sa.Column("provisions", sa.JSON),
        sa.Column("procedure", sa.String(200)),
        sa.PrimaryKeyConstraint("conversation", "number", name=op.f("pk_turn")),
        sa.UniqueConstraint("conversation", "request_id", name=op.f("uq_turn_conversation_request_id")),
        sa.CheckConstraint("state IN ('asked', 'answered')", name=op.f("ck_turn_state")),
        sa.ForeignKeyConstraint(["conversation"], ["conversation.id"], name=op.f("fk_turn_conversation_conversation"), ondelete="CASCADE"),
    )
    op.create_index("ix_turn_unanswered", "turn", ["asked_at"], sqlite_where=_ASKED, postgresql_where=_ASKED)
    op.create_index(op.f("ix_turn_asked_at"), "turn", ["asked_at"])


def _make_clarification() -> None:
    op.create_table(
        "clarification",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("settled_at", _MOMENT),
        sa.Column("reply", sa.Text),
        sa.PrimaryKeyConstraint("conversation", "what", name=op.f("pk_clarification")),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name=op.f("fk_clarification_conversation_conversation"), ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_clarification_pending", "clarification", ["conversation"], unique=True, sqlite_where=_PENDING, postgresql_where=_PENDING
    )


def _make_daily_count() -> None:
    op.create_table(
        "daily_count",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("route", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "channel", "route", "outcome", name=op.f("pk_daily_count")),
    )


def _make_answer_feedback() -> None:
    op.create_table(
        "answer_feedback",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("request_id", sa.String(200), nullable=False),
        sa.Column("conversation", sa.String(64)),
        sa.Column("turn", sa.Integer),
        sa.Column("provision", sa.String(200)),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_feedback")),
        sa.UniqueConstraint("request_id", name=op.f("uq_answer_feedback_request_id")),
        sa.CheckConstraint("state IN ('open', 'done')", name=op.f("ck_answer_feedback_state")),
        sa.ForeignKeyConstraint(
            ["conversation", "turn"],
            ["turn.conversation", "turn.number"],
            name=op.f("fk_answer_feedback_conversation_turn_turn"),
            ondelete="SET NULL",
        ),
    )
    op.create_index(op.f("ix_answer_feedback_conversation_turn"), "answer_feedback", ["conversation", "turn"])
    op.create_index(op.f("ix_answer_feedback_state_id"), "answer_feedback", ["state", "id"])
    op.create_index(op.f("ix_answer_feedback_created_at"), "answer_feedback", ["created_at"])
