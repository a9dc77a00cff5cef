"""The tables of the register of supervision and social critique. Titles and names of bodies are public; texts are sealed."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, text

from assistant.database import TypedText, UtcDateTime, metadata
from assistant.feedback.seal_places import sealed_for
from assistant.feedback.tables import recommendation
from assistant.oversight.seal_places import asked_place, follow_up_place, opinion_place, reason_place, reply_place, response_place

# SQLite counts by itself only in a column of the type INTEGER.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_PROGRAMME, _CRITIQUE, _ASKED = "oversight_programme.number", "oversight_critique.number", "oversight_recommendation.number"

# What the Front means to supervise in a year; `version` counts changes, so that two people cannot overwrite each other.
programme = Table(
    "oversight_programme",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("level", String(12), nullable=False),
    Column("holder", TypedText, nullable=False),
    Column("title", TypedText, nullable=False),
    Column("form", String(20), nullable=False),
    Column("ground", String(30), nullable=False),
    Column("status", String(12), nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    # The key of the proposal that it came from.
    Column("topic", String(80)),
    # Why it was cancelled.
    Column("reason", LargeBinary, info=sealed_for(lambda row: reason_place(row.number))),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("form IN ('document_review', 'delegation', 'community_boards', 'joint')", name="form"),
    CheckConstraint("status IN ('planned', 'running', 'ended', 'cancelled')", name="status"),
    Index(None, "year"),
    Index(None, "topic"),
)

# Whom a programme supervises, and where; `area` is the key of a unit ("commune:00454").
subject = Table(
    "oversight_subject",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("programme", _NUMBER, ForeignKey(_PROGRAMME), nullable=False),
    Column("body", TypedText, nullable=False),
    Column("area", String(20)),
    Index(None, "programme"),
)

# A draft of a State body that the Front gives its opinion on.
critique = Table(
    "oversight_critique",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("level", String(12), nullable=False),
    Column("holder", TypedText, nullable=False),
    Column("draft_number", TypedText),
    Column("draft_title", TypedText, nullable=False),
    # Who writes the draft, and who will issue it.
    Column("drafter", TypedText, nullable=False),
    Column("issuer", TypedText, nullable=False),
    Column("form", String(20), nullable=False),
    Column("ground", String(30), nullable=False),
    Column("opinion", LargeBinary, info=sealed_for(lambda row: opinion_place(row.number))),
    Column("opinion_on", Date),
    Column("response", LargeBinary, info=sealed_for(lambda row: response_place(row.number))),
    Column("responded_on", Date),
    Column("result", String(12)),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("form IN ('conference', 'written_opinions', 'dialogue')", name="form"),
    CheckConstraint("result IN ('taken_in', 'partly', 'explained', 'no_answer')", name="result"),
)

# What the Front recommended to a body after supervision or in a critique, and where it stands there.
asked = Table(
    "oversight_recommendation",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("programme", _NUMBER, ForeignKey(_PROGRAMME)),
    Column("critique", _NUMBER, ForeignKey(_CRITIQUE)),
    Column("text", LargeBinary, nullable=False, info=sealed_for(lambda row: asked_place(row.programme, row.critique, row.made_at))),
    Column("to_body", TypedText, nullable=False),
    Column("sent_on", Date, nullable=False),
    # By when the Front asks for an answer; the law sets no day.
    Column("answer_by", Date),
    Column("status", String(12), nullable=False),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("(programme IS NULL) <> (critique IS NULL)", name="origin"),
    CheckConstraint("status IN ('open', 'answered', 'accepted', 'partly', 'refused', 'carried_out')", name="status"),
    Index(None, "programme"),
    Index(None, "critique"),
    Index(
        "ix_oversight_recommendation_unsettled",
        "number",
        sqlite_where=text("status NOT IN ('refused', 'carried_out')"),
        postgresql_where=text("status NOT IN ('refused', 'carried_out')"),
    ),
)

# Every answer of the body, never changed: a later one is another.
reply = Table(
    "oversight_answer",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(_ASKED), nullable=False),
    Column("position", String(12), nullable=False),
    Column("text", LargeBinary, nullable=False, info=sealed_for(lambda row: reply_place(row.recommendation, row.made_at))),
    Column("answered_on", Date, nullable=False),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index(None, "recommendation"),
)

# Each time that somebody looked after what became of it.
follow_up = Table(
    "oversight_follow_up",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(_ASKED), nullable=False),
    Column("held_on", Date, nullable=False),
    # Where the recommendation stood then.
    Column("status", String(12), nullable=False),
    Column("note", LargeBinary, nullable=False, info=sealed_for(lambda row: follow_up_place(row.recommendation, row.made_at))),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index(None, "recommendation"),
)

# The recommendations of citizens that a programme rests on (NQLT 403/2017, art 2.1.d).
programme_ground = Table(
    "oversight_programme_ground",
    metadata,
    Column("programme", _NUMBER, ForeignKey(_PROGRAMME), primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(recommendation.c.number), primary_key=True),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index(None, "recommendation"),
)

# The recommendations of citizens that speak of the matter of a draft.
critique_ground = Table(
    "oversight_critique_ground",
    metadata,
    Column("critique", _NUMBER, ForeignKey(_CRITIQUE), primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(recommendation.c.number), primary_key=True),
    Column("made_by", String(100), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index(None, "recommendation"),
)
