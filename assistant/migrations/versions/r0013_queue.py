"""Indexes by which the list of recommendations is ordered and narrowed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"

_RUNS = sa.text("met_on IS NULL")


def upgrade() -> None:
    """Makes the indexes."""
    op.create_index(op.f("ix_recommendation_owner"), "recommendation", ["owner"])
    op.create_index(op.f("ix_recommendation_area"), "recommendation", ["area"])
    op.create_index(op.f("ix_recommendation_opened_at_number"), "recommendation", ["opened_at", "number"])
    op.create_index("ix_deadline_first", "deadline", ["recommendation", "due"], sqlite_where=_RUNS, postgresql_where=_RUNS)


def downgrade() -> None:
    """Drops the indexes."""
    op.drop_index("ix_deadline_first", "deadline")
    for columns in ("opened_at_number", "area", "owner"):
        op.drop_index(f"ix_recommendation_{columns}", "recommendation")
