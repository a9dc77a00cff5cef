"""Which facts of a recommendation a person settled"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"

# States as they were at this step; until then, what had been taken up counted for what it was taken for.
_NOT_TAKEN_UP = ("received", "screening", "needs_info", "guided_out", "rejected", "sealed", "sealed_closed", "withdrawn")
_FACTS = ("kind", "field", "level", "area", "body")


def upgrade() -> None:
    """Adds the column."""
    op.add_column("recommendation", sa.Column("settled", sa.String(60)))
    matters = sa.table(
        "recommendation", sa.column("number"), sa.column("state"), sa.column("settled"), *(sa.column(name) for name in _FACTS)
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(matters).where(matters.c.state.not_in(_NOT_TAKEN_UP))).all():
        settled = " ".join(sorted(name for name in _FACTS if getattr(row, name) is not None))
        connection.execute(matters.update().where(matters.c.number == row.number).values(settled=settled))


def downgrade() -> None:
    """Takes the column away."""
    op.drop_column("recommendation", "settled")
