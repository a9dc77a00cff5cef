"""Makes the tables of webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"

# Types as they were at this step; the code's own may change later.
_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Makes the tables."""
    _make_webhook()
    _make_webhook_event()


def downgrade() -> None:
    """Drops the tables."""
    for table in ("webhook_event", "webhook"):
        op.drop_table(table)


def _make_webhook() -> None:
    op.create_table(
        "webhook",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("channel", sa.String(40)),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_webhook")),
        sa.UniqueConstraint("name", name=op.f("uq_webhook_name")),
    )


def _make_webhook_event() -> None:
    op.create_table(
        "webhook_event",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("webhook", _NUMBER, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("leased_until", _MOMENT),
        sa.Column("leased_by", sa.String(60)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("queued_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'given_up')", name=op.f("ck_webhook_event_state")),
        sa.ForeignKeyConstraint(["webhook"], ["webhook.number"], name=op.f("fk_webhook_event_webhook_webhook"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_webhook_event")),
        sa.UniqueConstraint("key", name=op.f("uq_webhook_event_key")),
    )
    op.create_index("ix_webhook_event_due", "webhook_event", ["due_at"], sqlite_where=_WAITING, postgresql_where=_WAITING)
