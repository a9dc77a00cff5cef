"""Makes the tables of themes, bills and reports that are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"

# Types as they were at this step; the code's own may change later.
_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    _make_bill()
    _make_report()
    _make_theme_run()
    _make_bill_link()
    _make_report_claim()
    _make_theme()
    _make_theme_selection()
    _make_selected_theme()
    _make_theme_member()


def downgrade() -> None:
    """Drops the tables."""
    for table in ("theme_member", "selected_theme", "theme_selection", "theme", "report_claim", "bill_link", "theme_run", "report", "bill"):
        op.drop_table(table)


def _make_bill() -> None:
    op.create_table(
        "bill",
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("session", sa.String(100), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("added_by", sa.String(100), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('law', 'ordinance', 'resolution')", name=op.f("ck_bill_kind")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_bill")),
    )


def _make_report() -> None:
    op.create_table(
        "report",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("parameters", sa.JSON, nullable=False),
        sa.Column("period_from", sa.Date, nullable=False),
        sa.Column("period_to", sa.Date, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_report")),
    )


def _make_theme_run() -> None:
    op.create_table(
        "theme_run",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("period_from", sa.Date, nullable=False),
        sa.Column("period_to", sa.Date, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("smallest", sa.Integer, nullable=False),
        sa.Column("model", sa.String(60), nullable=False),
        sa.Column("letters", sa.Integer, nullable=False),
        sa.Column("submissions", sa.Integer, nullable=False),
        sa.Column("stability", sa.Float, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_theme_run")),
    )


def _make_bill_link() -> None:
    op.create_table(
        "bill_link",
        sa.Column("bill", sa.String(60), nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("ground", sa.String(12), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("is_accepted", sa.Boolean),
        sa.Column("decided_by", sa.String(100)),
        sa.Column("decided_at", _MOMENT),
        sa.CheckConstraint("ground IN ('provision', 'title', 'person')", name=op.f("ck_bill_link_ground")),
        sa.ForeignKeyConstraint(["bill"], ["bill.number"], name=op.f("fk_bill_link_bill_bill"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["recommendation"], ["recommendation.number"], name=op.f("fk_bill_link_recommendation_recommendation")),
        sa.PrimaryKeyConstraint("bill", "recommendation", name=op.f("pk_bill_link")),
    )
    op.create_index(op.f("ix_bill_link_recommendation"), "bill_link", ["recommendation"])


def _make_report_claim() -> None:
    op.create_table(
        "report_claim",
        sa.Column("report", _NUMBER, nullable=False),
        sa.Column("id", sa.String(300), nullable=False),
        sa.Column("sentence_key", sa.String(60), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("records", sa.JSON, nullable=False),
        sa.Column("snapshot_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_report_claim_report_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_report_claim")),
    )


def _make_theme() -> None:
    op.create_table(
        "theme",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("run", _NUMBER, nullable=False),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("stance", sa.String(8)),
        sa.Column("terms", sa.JSON, nullable=False),
        sa.Column("representatives", sa.JSON, nullable=False),
        sa.CheckConstraint("stance IN ('for', 'against')", name=op.f("ck_theme_stance")),
        sa.ForeignKeyConstraint(["run"], ["theme_run.number"], name=op.f("fk_theme_run_theme_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_theme")),
        sa.UniqueConstraint("run", "key", name=op.f("uq_theme_run_key")),
    )


def _make_theme_selection() -> None:
    op.create_table(
        "theme_selection",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("run", _NUMBER, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["run"], ["theme_run.number"], name=op.f("fk_theme_selection_run_theme_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_theme_selection")),
        sa.UniqueConstraint("run", "version", name=op.f("uq_theme_selection_run_version")),
    )


def _make_selected_theme() -> None:
    op.create_table(
        "selected_theme",
        sa.Column("selection", _NUMBER, nullable=False),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("stance", sa.String(8)),
        sa.Column("terms", sa.JSON, nullable=False),
        sa.Column("members", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["selection"], ["theme_selection.number"], name=op.f("fk_selected_theme_selection_theme_selection"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("selection", "key", name=op.f("pk_selected_theme")),
    )


def _make_theme_member() -> None:
    op.create_table(
        "theme_member",
        sa.Column("run", _NUMBER, nullable=False),
        sa.Column("submission", _NUMBER, nullable=False),
        sa.Column("theme", _NUMBER),
        sa.ForeignKeyConstraint(["run"], ["theme_run.number"], name=op.f("fk_theme_member_run_theme_run"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["submission"], ["submission.number"], name=op.f("fk_theme_member_submission_submission"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme"], ["theme.number"], name=op.f("fk_theme_member_theme_theme"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run", "submission", name=op.f("pk_theme_member")),
    )
    op.create_index(op.f("ix_theme_member_submission"), "theme_member", ["submission"])
    op.create_index(op.f("ix_theme_member_theme"), "theme_member", ["theme"])
