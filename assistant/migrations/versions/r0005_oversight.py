"""Makes the tables of the register of supervision and social critique."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"

# Types as they were at this step; the code's own may change later.
_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WHERE_0 = sa.text("status NOT IN ('refused', 'carried_out')")


def upgrade() -> None:
    """Makes the tables."""
    _make_oversight_critique()
    _make_oversight_programme()
    _make_oversight_critique_ground()
    _make_oversight_programme_ground()
    _make_oversight_recommendation()
    _make_oversight_subject()
    _make_oversight_answer()
    _make_oversight_follow_up()


def downgrade() -> None:
    """Drops the tables."""
    for table in (
        "oversight_follow_up",
        "oversight_answer",
        "oversight_subject",
        "oversight_recommendation",
        "oversight_programme_ground",
        "oversight_critique_ground",
        "oversight_programme",
        "oversight_critique",
    ):
        op.drop_table(table)


def _make_oversight_critique() -> None:
    op.create_table(
        "oversight_critique",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("draft_number", sa.Text),
        sa.Column("draft_title", sa.Text, nullable=False),
        sa.Column("drafter", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("ground", sa.String(30), nullable=False),
        sa.Column("opinion", sa.LargeBinary),
        sa.Column("opinion_on", sa.Date),
        sa.Column("response", sa.LargeBinary),
        sa.Column("responded_on", sa.Date),
        sa.Column("result", sa.String(12)),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.CheckConstraint("form IN ('conference', 'written_opinions', 'dialogue')", name=op.f("ck_oversight_critique_form")),
        sa.CheckConstraint("result IN ('taken_in', 'partly', 'explained', 'no_answer')", name=op.f("ck_oversight_critique_result")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_oversight_critique")),
    )


def _make_oversight_programme() -> None:
    op.create_table(
        "oversight_programme",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("ground", sa.String(30), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("topic", sa.String(80)),
        sa.Column("reason", sa.LargeBinary),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "form IN ('document_review', 'delegation', 'community_boards', 'joint')", name=op.f("ck_oversight_programme_form")
        ),
        sa.CheckConstraint("status IN ('planned', 'running', 'ended', 'cancelled')", name=op.f("ck_oversight_programme_status")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_oversight_programme")),
    )
    op.create_index(op.f("ix_oversight_programme_topic"), "oversight_programme", ["topic"])
    op.create_index(op.f("ix_oversight_programme_year"), "oversight_programme", ["year"])


def _make_oversight_critique_ground() -> None:
    op.create_table(
        "oversight_critique_ground",
        sa.Column("critique", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["critique"], ["oversight_critique.number"], name=op.f("fk_oversight_critique_ground_critique_oversight_critique")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation"], ["recommendation.number"], name=op.f("fk_oversight_critique_ground_recommendation_recommendation")
        ),
        sa.PrimaryKeyConstraint("critique", "recommendation", name=op.f("pk_oversight_critique_ground")),
    )
    op.create_index(op.f("ix_oversight_critique_ground_recommendation"), "oversight_critique_ground", ["recommendation"])


def _make_oversight_programme_ground() -> None:
    op.create_table(
        "oversight_programme_ground",
        sa.Column("programme", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme"], ["oversight_programme.number"], name=op.f("fk_oversight_programme_ground_programme_oversight_programme")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation"], ["recommendation.number"], name=op.f("fk_oversight_programme_ground_recommendation_recommendation")
        ),
        sa.PrimaryKeyConstraint("programme", "recommendation", name=op.f("pk_oversight_programme_ground")),
    )
    op.create_index(op.f("ix_oversight_programme_ground_recommendation"), "oversight_programme_ground", ["recommendation"])


def _make_oversight_recommendation() -> None:
    op.create_table(
        "oversight_recommendation",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("programme", _NUMBER),
        sa.Column("critique", _NUMBER),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("to_body", sa.Text, nullable=False),
        sa.Column("sent_on", sa.Date, nullable=False),
        sa.Column("answer_by", sa.Date),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "status IN ('open', 'answered', 'accepted', 'partly', 'refused', 'carried_out')",
            name=op.f("ck_oversight_recommendation_status"),
        ),
        sa.CheckConstraint("(programme IS NULL) <> (critique IS NULL)", name=op.f("ck_oversight_recommendation_origin")),
        sa.ForeignKeyConstraint(
            ["critique"], ["oversight_critique.number"], name=op.f("fk_oversight_recommendation_critique_oversight_critique")
        ),
        sa.ForeignKeyConstraint(
            ["programme"], ["oversight_programme.number"], name=op.f("fk_oversight_recommendation_programme_oversight_programme")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_oversight_recommendation")),
    )
    op.create_index(op.f("ix_oversight_recommendation_critique"), "oversight_recommendation", ["critique"])
    op.create_index(op.f("ix_oversight_recommendation_programme"), "oversight_recommendation", ["programme"])
    op.create_index(
        "ix_oversight_recommendation_unsettled", "oversight_recommendation", ["number"], sqlite_where=_WHERE_0, postgresql_where=_WHERE_0
    )


def _make_oversight_subject() -> None:
    op.create_table(
        "oversight_subject",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("programme", _NUMBER, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("area", sa.String(20)),
        sa.ForeignKeyConstraint(
            ["programme"], ["oversight_programme.number"], name=op.f("fk_oversight_subject_programme_oversight_programme")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_oversight_subject")),
    )
    op.create_index(op.f("ix_oversight_subject_programme"), "oversight_subject", ["programme"])


def _make_oversight_answer() -> None:
    op.create_table(
        "oversight_answer",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("position", sa.String(12), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation"],
            ["oversight_recommendation.number"],
            name=op.f("fk_oversight_answer_recommendation_oversight_recommendation"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_oversight_answer")),
    )
    op.create_index(op.f("ix_oversight_answer_recommendation"), "oversight_answer", ["recommendation"])


def _make_oversight_follow_up() -> None:
    op.create_table(
        "oversight_follow_up",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("note", sa.LargeBinary, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation"],
            ["oversight_recommendation.number"],
            name=op.f("fk_oversight_follow_up_recommendation_oversight_recommendation"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_oversight_follow_up")),
    )
    op.create_index(op.f("ix_oversight_follow_up_recommendation"), "oversight_follow_up", ["recommendation"])
