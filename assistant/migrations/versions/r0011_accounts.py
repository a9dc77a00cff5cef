"""Accounts of the panel and their sessions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"

# Types as they were at this step; the code's own may change later.
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "account",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("bodies", sa.JSON, nullable=False),
        sa.Column("password", sa.String(200)),
        sa.Column("authenticator", sa.LargeBinary),
        sa.Column("code_step", sa.BigInteger),
        sa.Column("invited", sa.String(64)),
        sa.Column("invited_until", _MOMENT),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", _MOMENT),
        sa.Column("is_disabled", sa.Boolean, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
        sa.UniqueConstraint("invited", name=op.f("uq_account_invited")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("account", _NUMBER, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_recovery_code_account_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("account", "code", name=op.f("uq_recovery_code_account_code")),
    )
    op.create_table(
        "account_session",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("account", _NUMBER, nullable=False),
        sa.Column("is_whole", sa.Boolean, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_account_session_account_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_account_session")),
        sa.UniqueConstraint("token", name=op.f("uq_account_session_token")),
    )
    op.create_index(op.f("ix_account_session_account"), "account_session", ["account"])
    op.create_index(op.f("ix_account_session_seen_at"), "account_session", ["seen_at"])


def downgrade() -> None:
    """Drops the tables."""
    for table in ("account_session", "recovery_code", "account"):
        op.drop_table(table)
