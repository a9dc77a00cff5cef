"""The tables of themes, bills and reports. They hold numbers of records, terms that several wrote, and titles that officers gave."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

# For the keys that point there.
import assistant.feedback.tables  # noqa: F401
from assistant.database import TypedText, UtcDateTime, metadata

# SQLite counts by itself only in a column of the type INTEGER.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_SUBMISSION = "submission.number"
_RECOMMENDATION = "recommendation.number"
_RUN = "theme_run.number"

# One search for themes over what came in a period; never changed.
theme_run = Table(
    "theme_run",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("smallest", Integer, nullable=False),
    Column("model", String(60), nullable=False),
    # Letters that were compared (those of one recommendation are one), and submissions behind them.
    Column("letters", Integer, nullable=False),
    Column("submissions", Integer, nullable=False),
    Column("stability", Float, nullable=False),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

# A theme that a machine found.
theme = Table(
    "theme",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("run", _NUMBER, ForeignKey(_RUN, ondelete="CASCADE"), nullable=False),
    Column("key", String(20), nullable=False),
    Column("stance", String(8)),
    Column("terms", JSON, nullable=False),
    Column("representatives", JSON, nullable=False),
    UniqueConstraint("run", "key"),
    CheckConstraint("stance IN ('for', 'against')", name="stance"),
)

# Each submission of the run once; without a theme it is "chưa xếp".
theme_member = Table(
    "theme_member",
    metadata,
    Column("run", _NUMBER, ForeignKey(_RUN, ondelete="CASCADE"), primary_key=True),
    Column("submission", _NUMBER, ForeignKey(_SUBMISSION, ondelete="CASCADE"), primary_key=True),
    Column("theme", _NUMBER, ForeignKey("theme.number", ondelete="CASCADE")),
    Index(None, "submission"),
    Index(None, "theme"),
)

# What people chose of a run: each act makes a version, none is changed, and an earlier one can be taken up again.
theme_selection = Table(
    "theme_selection",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("run", _NUMBER, ForeignKey(_RUN, ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("act", String(20), nullable=False),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("run", "version"),
)

selected_theme = Table(
    "selected_theme",
    metadata,
    Column("selection", _NUMBER, ForeignKey("theme_selection.number", ondelete="CASCADE"), primary_key=True),
    # The key of the candidate that it was made from; it stays through all versions.
    Column("key", String(20), primary_key=True),
    Column("title", TypedText, nullable=False),
    Column("stance", String(8)),
    Column("terms", JSON, nullable=False),
    # Numbers of submissions.
    Column("members", JSON, nullable=False),
)

# A bill of the National Assembly's programme.
bill = Table(
    "bill",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("title", TypedText, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("session", String(100), nullable=False),
    Column("url", TypedText, nullable=False),
    # Numbers of documents in force that it changes or replaces ("31/2024/QH15").
    Column("changes", JSON, nullable=False),
    Column("added_by", String(100), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    CheckConstraint("kind IN ('law', 'ordinance', 'resolution')", name="kind"),
)

# That a recommendation is about a bill: suggested by a machine or made by a person; `is_accepted` is null until a person decided.
bill_link = Table(
    "bill_link",
    metadata,
    Column("bill", String(60), ForeignKey("bill.number", ondelete="CASCADE"), primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(_RECOMMENDATION), primary_key=True),
    Column("ground", String(12), nullable=False),
    Column("score", Float, nullable=False),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("is_accepted", Boolean),
    Column("decided_by", String(100)),
    Column("decided_at", UtcDateTime),
    CheckConstraint("ground IN ('provision', 'title', 'person')", name="ground"),
    Index(None, "recommendation"),
)

# A report that was made, with all it takes to count its numbers anew.
report = Table(
    "report",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

report_claim = Table(
    "report_claim",
    metadata,
    Column("report", _NUMBER, ForeignKey("report.number", ondelete="CASCADE"), primary_key=True),
    Column("id", String(300), primary_key=True),
    Column("sentence_key", String(60), nullable=False),
    # A count, or text where it is a share or not told.
    Column("value", JSON, nullable=False),
    Column("query", TypedText, nullable=False),
    Column("records", JSON, nullable=False),
    Column("snapshot_hash", String(64), nullable=False),
)
