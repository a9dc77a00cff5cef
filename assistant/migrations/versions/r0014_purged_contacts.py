"""That contact details were kept and are gone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    """Adds the column."""
    op.add_column("submission", sa.Column("contact_purged_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Drops the column."""
    op.drop_column("submission", "contact_purged_at")
