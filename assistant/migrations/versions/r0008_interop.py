"""Makes the table of what came from other portals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"

# Types as they were at this step; the code's own may change later.
_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    _make_imported()


def downgrade() -> None:
    """Drops the tables."""
    for table in ("imported",):
        op.drop_table(table)


def _make_imported() -> None:
    op.create_table(
        "imported",
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("content_key", sa.String(64), nullable=False),
        sa.Column("received_at", _MOMENT),
        sa.Column("state", sa.String(20)),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["submission.number"], name=op.f("fk_imported_submission_submission"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("submission", name=op.f("pk_imported")),
    )
