"""Whether a person chose the language of their chat"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    """Adds the column: until this step nobody can tell."""
    op.add_column("chat", sa.Column("is_language_chosen", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Takes the column away."""
    op.drop_column("chat", "is_language_chosen")
