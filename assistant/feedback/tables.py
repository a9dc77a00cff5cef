"""The tables of the recommendation database. What people wrote is sealed (assistant/feedback/vault.py); nothing else holds it."""

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
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from assistant.database import TypedText, UtcDateTime, metadata
from assistant.feedback.seal_places import (
    answer_place,
    attachment_place,
    contact_place,
    fingerprint_place,
    link_place,
    message_place,
    note_place,
    referral_place,
    sealed_for,
    text_place,
)

# SQLite counts by itself only in a column of the type INTEGER.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
# From this rank on, suggestions that no machine of ours made; of its own there are at most some hundred of a task.
OTHERS_RANK = 1_000
_SUBMISSION, _RECOMMENDATION = "submission.number", "recommendation.number"
_WAITS, _RUNS = text("understood_at IS NULL"), text("met_on IS NULL")

# What one person sent, never changed. After an erasure the row stays without what was written: a tombstone.
submission = Table(
    "submission",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("code", String(20), nullable=False),
    # A keyed hash: looking a code up by it takes the same time whatever is typed.
    Column("code_key", String(64), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("external_id", String(200), nullable=False),
    # A keyed hash of who sent it, to find again what one sender sent; null where nobody is known.
    Column("sender_key", String(64)),
    Column("received_at", UtcDateTime, nullable=False),
    Column("language", String(8), nullable=False),
    Column("text", LargeBinary, info=sealed_for(lambda row: text_place(row.code))),
    Column("length", Integer, nullable=False),
    Column("consent_version", String(40), nullable=False),
    Column("provisions", JSON, nullable=False),
    Column("is_sealed", Boolean, nullable=False),
    # Only what a reviewer confirmed after redaction.
    Column("public_text", TypedText),
    Column("understood_at", UtcDateTime),
    Column("leased_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("erased_at", UtcDateTime),
    # When the contact details went that were told; null also where none ever were.
    Column("contact_purged_at", UtcDateTime),
    UniqueConstraint("code_key"),
    UniqueConstraint("channel", "external_id"),
    Index(None, "sender_key"),
    Index(None, "received_at"),
    Index("ix_submission_waiting", "number", sqlite_where=_WAITS, postgresql_where=_WAITS),
)

# The contact vault: apart from everything else, with its own retention.
contact = Table(
    "contact",
    metadata,
    Column("submission", _NUMBER, ForeignKey(_SUBMISSION, ondelete="CASCADE"), primary_key=True),
    Column("details", LargeBinary, nullable=False, info=sealed_for(lambda row: contact_place(row.submission))),
    Column("keep_until", UtcDateTime, nullable=False),
    Index(None, "keep_until"),
)

attachment = Table(
    "attachment",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("submission", _NUMBER, ForeignKey(_SUBMISSION, ondelete="CASCADE"), nullable=False),
    Column("order", Integer, nullable=False),
    Column("kind", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False, info=sealed_for(lambda row: attachment_place(row.submission, row.order))),
    UniqueConstraint("submission", "order"),
)

# The matter that reviewers work on. `version` counts changes, so that two people cannot overwrite each other.
recommendation = Table(
    "recommendation",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_sealed", Boolean, nullable=False),
    Column("kind", String(30)),
    Column("field", String(30)),
    Column("level", String(12)),
    # Keys of the unit as it is today, and of what it was at the time: an older one that was named ("old:district:802"), else the same.
    Column("area", String(20)),
    Column("area_then", String(20)),
    Column("body", String(200)),
    Column("basis", JSON, nullable=False),
    # Which of kind, field, level, area and body a person settled, by name with blanks between; of the rest a machine thinks so.
    Column("settled", String(60)),
    Column("title", TypedText),
    Column("statement", TypedText),
    Column("urgency", String(10), nullable=False),
    Column("owner", String(100)),
    Column("screener", String(100)),
    Column("drafter", String(100)),
    Column("first_officer", String(100)),
    Column("first_officer_to", String(20)),
    Column("is_redaction_confirmed", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index(None, "state", "number"),
    *(Index(None, name) for name in ("field", "owner", "area")),
    Index(None, "opened_at", "number"),
)

# Joins submissions to recommendations. A link that was undone stays, with who undid it.
link = Table(
    "link",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("submission", _NUMBER, ForeignKey(_SUBMISSION), nullable=False),
    Column("recommendation", _NUMBER, ForeignKey(_RECOMMENDATION), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("undone_by", String(100)),
    Column("undone_at", UtcDateTime),
    # Why a person linked it, in their words.
    Column("reason", LargeBinary, info=sealed_for(lambda row: link_place(row.submission, row.recommendation, row.made_at))),
    CheckConstraint("kind IN ('primary', 'duplicate', 'supports', 'opposes', 'related', 'part')", name="kind"),
    Index(None, "submission"),
    Index(None, "recommendation"),
)

# That a recommendation is followed with another, its target, until it is undone.
merge = Table(
    "merge",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(_RECOMMENDATION), nullable=False),
    Column("target", _NUMBER, ForeignKey(_RECOMMENDATION), nullable=False),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("undone_by", String(100)),
    Column("undone_at", UtcDateTime),
    Index(None, "recommendation"),
    Index(None, "target"),
)

# Which merge made which link: undoing it undoes these and no others.
merged_link = Table(
    "merged_link",
    metadata,
    Column("link", _NUMBER, ForeignKey("link.number"), primary_key=True),
    Column("merge", _NUMBER, ForeignKey("merge.number"), nullable=False),
    Index(None, "merge"),
)

# What a machine thinks, and what a person made of it: the labels of later training.
suggestion = Table(
    "suggestion",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("submission", _NUMBER, ForeignKey(_SUBMISSION, ondelete="CASCADE"), nullable=False),
    Column("task", String(20), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("value", String(400), nullable=False),
    Column("score", Float, nullable=False),
    Column("model", String(60), nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("is_accepted", Boolean),
    Column("decided_by", String(100)),
    Column("decided_at", UtcDateTime),
    UniqueConstraint("submission", "task", "rank"),
)

personal_span = Table(
    "personal_span",
    metadata,
    Column("submission", _NUMBER, ForeignKey(_SUBMISSION, ondelete="CASCADE"), primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("type", String(24), nullable=False),
    Column("found_by", String(100), nullable=False),
)

# The meaning of a submission, by which others of the same matter are found; a vector tells much of its text, so it is sealed too.
fingerprint = Table(
    "fingerprint",
    metadata,
    Column("submission", _NUMBER, ForeignKey(_SUBMISSION, ondelete="CASCADE"), primary_key=True),
    Column("vector", LargeBinary, nullable=False, info=sealed_for(lambda row: fingerprint_place(row.submission))),
)

# Every change of state.
step = Table(
    "step",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(_RECOMMENDATION), nullable=False),
    # Of the recommendation after the step.
    Column("version", Integer, nullable=False),
    Column("from_state", String(20), nullable=False),
    Column("to_state", String(20), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("reason", String(60)),
    Column("note", LargeBinary, info=sealed_for(lambda row: note_place(row.recommendation, row.version))),
    Column("taken_at", UtcDateTime, nullable=False),
    Index(None, "recommendation"),
)

# A clock that runs for a recommendation; `paused`: pairs of ISO days, the last one open while it stands still.
deadline = Table(
    "deadline",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(_RECOMMENDATION), nullable=False),
    Column("rule", String(30), nullable=False),
    Column("started", Date, nullable=False),
    Column("paused", JSON, nullable=False),
    Column("due", Date),
    Column("met_on", Date),
    # The last reminder that was sent: working days left, or -1 for the escalation.
    Column("reminded", Integer),
    UniqueConstraint("recommendation", "rule", "started"),
    Index("ix_deadline_running", "due", sqlite_where=_RUNS, postgresql_where=_RUNS),
    Index("ix_deadline_first", "recommendation", "due", sqlite_where=_RUNS, postgresql_where=_RUNS),
)

# What is told to the sender in the end: drafted by one person, approved by another, published only after redaction.
answer = Table(
    "answer",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(_RECOMMENDATION), nullable=False),
    Column("text", LargeBinary, nullable=False, info=sealed_for(lambda row: answer_place(row.recommendation, row.drafted_at.isoformat()))),
    Column("resolution", String(20), nullable=False),
    Column("provisions", JSON, nullable=False),
    Column("done_by", Date),
    Column("drafted_by", String(100), nullable=False),
    Column("drafted_at", UtcDateTime, nullable=False),
    Column("approved_by", String(100)),
    Column("approved_at", UtcDateTime),
    Column("published_at", UtcDateTime),
    CheckConstraint("resolution IN ('settled', 'being_studied', 'explained')", name="resolution"),
    Index(None, "recommendation"),
)

# To which body a recommendation was sent, and on what ground.
referral = Table(
    "referral",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(_RECOMMENDATION), nullable=False),
    Column("body", String(200), nullable=False),
    Column("basis", JSON, nullable=False),
    Column("note", LargeBinary, info=sealed_for(lambda row: referral_place(row.recommendation, row.made_at.isoformat()))),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index(None, "recommendation"),
)

# "Đồng tình": who supports a recommendation, counted apart by how well they are known.
support = Table(
    "support",
    metadata,
    Column("recommendation", _NUMBER, ForeignKey(_RECOMMENDATION), primary_key=True),
    Column("supporter_key", String(64), primary_key=True),
    Column("standing", String(12), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    CheckConstraint("standing IN ('verified', 'unverified', 'anonymous')", name="standing"),
)

# What shall be told to citizens. A message leaves once: its key goes along to the channel.
outbox = Table(
    "outbox",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("key", String(200), nullable=False),
    Column("submission", _NUMBER, ForeignKey(_SUBMISSION, ondelete="CASCADE"), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("what", String(30), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("text", LargeBinary, info=sealed_for(lambda row: message_place(row.key))),
    Column("state", String(10), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("leased_by", String(60)),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("key"),
    CheckConstraint("state IN ('waiting', 'delivered', 'given_up')", name="state"),
    Index("ix_outbox_due", "due_at", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
)

# Append-only; each event's hash covers the one before it.
audit_event = Table(
    "audit_event",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("action", String(40), nullable=False),
    Column("record", String(60), nullable=False),
    Column("facts", TypedText, nullable=False),
    Column("hash", String(64), nullable=False),
)
