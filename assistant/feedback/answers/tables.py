"""The tables of what comes after an answer, and of what officers note among themselves. Words are sealed (assistant/feedback/vault.py)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from assistant.database import UtcDateTime, metadata
from assistant.feedback import tables
from assistant.feedback.seal_places import internal_note_place, sealed_for, survey_place

# SQLite counts by itself only in a column of the type INTEGER.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _note(row: Any) -> str:
    return internal_note_place(row.recommendation, row.author, row.written_at)


# Whether an answer helped the one who asked: one row for a submission and an answer.
survey = Table(
    "survey",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("submission", _NUMBER, ForeignKey(tables.submission.c.number, ondelete="CASCADE"), nullable=False),
    Column("answer", _NUMBER, ForeignKey(tables.answer.c.number), nullable=False),
    # Null where nobody was asked and the sender came by themselves.
    Column("asked_at", UtcDateTime),
    # Null until the sender has said something.
    Column("verdict", String(12)),
    Column("words", LargeBinary, info=sealed_for(lambda row: survey_place(row.submission, row.answer))),
    Column("given_at", UtcDateTime),
    Column("changed_at", UtcDateTime),
    UniqueConstraint("submission", "answer"),
    CheckConstraint("verdict IN ('satisfied', 'partly', 'not')", name="verdict"),
    CheckConstraint("asked_at IS NOT NULL OR verdict IS NOT NULL", name="reason"),
    Index(None, "answer"),
)

# What officers note about a recommendation; nobody outside reads it. Notes are added and never changed.
internal_note = Table(
    "internal_note",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("recommendation", _NUMBER, ForeignKey(tables.recommendation.c.number), nullable=False),
    Column("text", LargeBinary, nullable=False, info=sealed_for(_note)),
    Column("author", String(100), nullable=False),
    # Written while the recommendation was sealed: it stays with the sealed officers when the seal is lifted.
    Column("is_sealed", Boolean, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Index(None, "recommendation"),
)
