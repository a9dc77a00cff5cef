"""Lines of chats whose channel keeps nothing itself"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"

# Types as they were at this step; the code's own may change later.
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "chat_line",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("chat", _NUMBER, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("is_own", sa.Boolean, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat"], ["chat.number"], name=op.f("fk_chat_line_chat_chat"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chat_line")),
        sa.UniqueConstraint("key", name=op.f("uq_chat_line_key")),
        sa.UniqueConstraint("chat", "revision", name=op.f("uq_chat_line_chat_revision")),
    )
    op.create_index(op.f("ix_chat_line_said_at"), "chat_line", ["said_at"])


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("chat_line")
