"""What could not be read, and who sends"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"

# Types as they were at this step; the code's own may change later.
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "chat_unread",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("chat_key", sa.String(64)),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("failure", sa.String(80), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_wanted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chat_unread")),
        sa.UniqueConstraint("key", name=op.f("uq_chat_unread_key")),
    )
    op.create_index(op.f("ix_chat_unread_kept_at"), "chat_unread", ["kept_at"])
    op.create_index(op.f("ix_chat_unread_channel_chat_key"), "chat_unread", ["channel", "chat_key"])
    op.create_table(
        "leadership",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leadership")),
    )


def downgrade() -> None:
    """Removes the tables."""
    op.drop_table("leadership")
    op.drop_table("chat_unread")
