"""Keeps what a turn needs to be taken up again after a restart, and what a model was used each day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Adds two columns, null in old rows, and a table. SQLite only appends columns: remaking a table would empty those that point to it."""
    op.add_column("turn", sa.Column("follows", sa.Boolean))
    op.add_column("clarification", sa.Column("settled_by", sa.Integer))
    op.create_table(
        "model_usage",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("tokens", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_model_usage")),
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table("model_usage")
    op.drop_column("clarification", "settled_by")
    op.drop_column("turn", "follows")
