"""Makes the tables of the recommendation database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"

# Types as they were at this step; the code's own may change later.
_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NOT_UNDERSTOOD, _WAITING = sa.text("understood_at IS NULL"), sa.text("state = 'waiting'")


def upgrade() -> None:
    """Makes the tables."""
    _make_audit_event()
    _make_recommendation()
    _make_submission()
    _make_answer()
    _make_attachment()
    _make_contact()
    _make_deadline()
    _make_fingerprint()
    _make_link()
    _make_outbox()
    _make_personal_span()
    _make_referral()
    _make_step()
    _make_suggestion()
    _make_support()


def downgrade() -> None:
    """Drops the tables."""
    for table in (
        "support",
        "suggestion",
        "step",
        "referral",
        "personal_span",
        "outbox",
        "link",
        "fingerprint",
        "deadline",
        "contact",
        "attachment",
        "answer",
        "submission",
        "recommendation",
        "audit_event",
    ):
        op.drop_table(table)


def _make_audit_event() -> None:
    op.create_table(
        "audit_event",
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("record", sa.String(60), nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_event")),
    )


def _make_recommendation() -> None:
    op.create_table(
        "recommendation",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("is_sealed", sa.Boolean, nullable=False),
        sa.Column("kind", sa.String(30)),
        sa.Column("field", sa.String(30)),
        sa.Column("level", sa.String(12)),
        sa.Column("area", sa.String(20)),
        sa.Column("area_then", sa.String(20)),
        sa.Column("body", sa.String(200)),
        sa.Column("basis", sa.JSON, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("statement", sa.Text),
        sa.Column("urgency", sa.String(10), nullable=False),
        sa.Column("owner", sa.String(100)),
        sa.Column("screener", sa.String(100)),
        sa.Column("drafter", sa.String(100)),
        sa.Column("first_officer", sa.String(100)),
        sa.Column("first_officer_to", sa.String(20)),
        sa.Column("is_redaction_confirmed", sa.Boolean, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_recommendation")),
    )
    op.create_index(op.f("ix_recommendation_field"), "recommendation", ["field"])
    op.create_index(op.f("ix_recommendation_state_number"), "recommendation", ["state", "number"])


def _make_submission() -> None:
    op.create_table(
        "submission",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("code_key", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("sender_key", sa.String(64)),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("text", sa.LargeBinary),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("consent_version", sa.String(40), nullable=False),
        sa.Column("provisions", sa.JSON, nullable=False),
        sa.Column("is_sealed", sa.Boolean, nullable=False),
        sa.Column("public_text", sa.Text),
        sa.Column("understood_at", _MOMENT),
        sa.Column("leased_until", _MOMENT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("withdrawn_at", _MOMENT),
        sa.Column("erased_at", _MOMENT),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_submission")),
        sa.UniqueConstraint("channel", "external_id", name=op.f("uq_submission_channel_external_id")),
        sa.UniqueConstraint("code_key", name=op.f("uq_submission_code_key")),
    )
    op.create_index(op.f("ix_submission_received_at"), "submission", ["received_at"])
    op.create_index(op.f("ix_submission_sender_key"), "submission", ["sender_key"])
    op.create_index("ix_submission_waiting", "submission", ["number"], sqlite_where=_NOT_UNDERSTOOD, postgresql_where=_NOT_UNDERSTOOD)


def _make_answer() -> None:
    op.create_table(
        "answer",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("resolution", sa.String(20), nullable=False),
        sa.Column("provisions", sa.JSON, nullable=False),
        sa.Column("done_by", sa.Date()),
        sa.Column("drafted_by", sa.String(100), nullable=False),
        sa.Column("drafted_at", _MOMENT, nullable=False),
        sa.Column("approved_by", sa.String(100)),
        sa.Column("approved_at", _MOMENT),
        sa.Column("published_at", _MOMENT),
        sa.CheckConstraint("resolution IN ('settled', 'being_studied', 'explained')", name=op.f("ck_answer_resolution")),
        sa.ForeignKeyConstraint(["recommendation"], ["recommendation.number"], name=op.f("fk_answer_recommendation_recommendation")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_recommendation"), "answer", ["recommendation"])


def _make_attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("order", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"], ["submission.number"], name=op.f("fk_attachment_submission_submission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_attachment")),
        sa.UniqueConstraint("submission", "order", name=op.f("uq_attachment_submission_order")),
    )


def _make_contact() -> None:
    op.create_table(
        "contact",
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("details", sa.LargeBinary, nullable=False),
        sa.Column("keep_until", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["submission.number"], name=op.f("fk_contact_submission_submission"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("submission", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_keep_until"), "contact", ["keep_until"])


def _make_deadline() -> None:
    op.create_table(
        "deadline",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("rule", sa.String(30), nullable=False),
        sa.Column("started", sa.Date(), nullable=False),
        sa.Column("paused", sa.JSON, nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("met_on", sa.Date()),
        sa.Column("reminded", sa.Integer),
        sa.ForeignKeyConstraint(["recommendation"], ["recommendation.number"], name=op.f("fk_deadline_recommendation_recommendation")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_deadline")),
        sa.UniqueConstraint("recommendation", "rule", "started", name=op.f("uq_deadline_recommendation_rule_started")),
    )
    op.create_index(
        "ix_deadline_running", "deadline", ["due"], sqlite_where=sa.text("met_on IS NULL"), postgresql_where=sa.text("met_on IS NULL")
    )


def _make_fingerprint() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"], ["submission.number"], name=op.f("fk_fingerprint_submission_submission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("submission", name=op.f("pk_fingerprint")),
    )


def _make_link() -> None:
    op.create_table(
        "link",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("first", sa.Integer),
        sa.Column("last", sa.Integer),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("undone_by", sa.String(100)),
        sa.Column("undone_at", _MOMENT),
        sa.CheckConstraint("kind IN ('primary', 'duplicate', 'supports', 'opposes', 'related', 'part')", name=op.f("ck_link_kind")),
        sa.ForeignKeyConstraint(["recommendation"], ["recommendation.number"], name=op.f("fk_link_recommendation_recommendation")),
        sa.ForeignKeyConstraint(["submission"], ["submission.number"], name=op.f("fk_link_submission_submission")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_recommendation"), "link", ["recommendation"])
    op.create_index(op.f("ix_link_submission"), "link", ["submission"])


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("what", sa.String(30), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("text", sa.LargeBinary),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("leased_until", _MOMENT),
        sa.Column("leased_by", sa.String(60)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("queued_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'given_up')", name=op.f("ck_outbox_state")),
        sa.ForeignKeyConstraint(["submission"], ["submission.number"], name=op.f("fk_outbox_submission_submission"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index("ix_outbox_due", "outbox", ["due_at"], sqlite_where=_WAITING, postgresql_where=_WAITING)


def _make_personal_span() -> None:
    op.create_table(
        "personal_span",
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("type", sa.String(24), nullable=False),
        sa.Column("found_by", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"], ["submission.number"], name=op.f("fk_personal_span_submission_submission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("submission", "first", name=op.f("pk_personal_span")),
    )


def _make_referral() -> None:
    op.create_table(
        "referral",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("body", sa.String(200), nullable=False),
        sa.Column("basis", sa.JSON, nullable=False),
        sa.Column("note", sa.LargeBinary),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["recommendation"], ["recommendation.number"], name=op.f("fk_referral_recommendation_recommendation")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_recommendation"), "referral", ["recommendation"])


def _make_step() -> None:
    op.create_table(
        "step",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("from_state", sa.String(20), nullable=False),
        sa.Column("to_state", sa.String(20), nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("reason", sa.String(60)),
        sa.Column("note", sa.LargeBinary),
        sa.Column("taken_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["recommendation"], ["recommendation.number"], name=op.f("fk_step_recommendation_recommendation")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_step")),
    )
    op.create_index(op.f("ix_step_recommendation"), "step", ["recommendation"])


def _make_suggestion() -> None:
    op.create_table(
        "suggestion",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("task", sa.String(20), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("value", sa.String(400), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("model", sa.String(60), nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("is_accepted", sa.Boolean),
        sa.Column("decided_by", sa.String(100)),
        sa.Column("decided_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["submission"], ["submission.number"], name=op.f("fk_suggestion_submission_submission"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("submission", "task", "rank", name=op.f("uq_suggestion_submission_task_rank")),
    )


def _make_support() -> None:
    op.create_table(
        "support",
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("supporter_key", sa.String(64), nullable=False),
        sa.Column("standing", sa.String(12), nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.CheckConstraint("standing IN ('verified', 'unverified', 'anonymous')", name=op.f("ck_support_standing")),
        sa.ForeignKeyConstraint(["recommendation"], ["recommendation.number"], name=op.f("fk_support_recommendation_recommendation")),
        sa.PrimaryKeyConstraint("recommendation", "supporter_key", name=op.f("pk_support")),
    )
