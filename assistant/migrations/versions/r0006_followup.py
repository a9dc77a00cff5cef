"""Makes the tables of surveys and of officers' notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"

# Types as they were at this step; the code's own may change later.
_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    _make_internal_note()
    _make_survey()


def downgrade() -> None:
    """Drops the tables."""
    for table in ("survey", "internal_note"):
        op.drop_table(table)


def _make_internal_note() -> None:
    op.create_table(
        "internal_note",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("is_sealed", sa.Boolean, nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["recommendation"], ["recommendation.number"], name=op.f("fk_internal_note_recommendation_recommendation")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_internal_note")),
    )
    op.create_index(op.f("ix_internal_note_recommendation"), "internal_note", ["recommendation"])


def _make_survey() -> None:
    op.create_table(
        "survey",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("answer", _NUMBER, nullable=False),
        sa.Column("asked_at", _MOMENT),
        sa.Column("verdict", sa.String(12)),
        sa.Column("words", sa.LargeBinary),
        sa.Column("given_at", _MOMENT),
        sa.Column("changed_at", _MOMENT),
        sa.CheckConstraint("verdict IN ('satisfied', 'partly', 'not')", name=op.f("ck_survey_verdict")),
        sa.CheckConstraint("asked_at IS NOT NULL OR verdict IS NOT NULL", name=op.f("ck_survey_reason")),
        sa.ForeignKeyConstraint(["answer"], ["answer.number"], name=op.f("fk_survey_answer_answer")),
        sa.ForeignKeyConstraint(["submission"], ["submission.number"], name=op.f("fk_survey_submission_submission"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_survey")),
        sa.UniqueConstraint("submission", "answer", name=op.f("uq_survey_submission_answer")),
    )
    op.create_index(op.f("ix_survey_answer"), "survey", ["answer"])
