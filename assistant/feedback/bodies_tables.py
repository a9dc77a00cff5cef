"""The table of bodies: under which name each stood from when to when, and who followed it."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Date, Index, Integer, String, Table, text

from assistant.database import metadata

# SQLite counts by itself only in a column of the type INTEGER.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

# A row for each name that a body had. A row holds from `valid_from` (null: as long as anybody knows) until the day before `valid_to`
# (null: it still does). Only the last row of a key may name successors.
body = Table(
    "body",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("key", String(55), nullable=False),
    Column("name", String(200), nullable=False),
    Column("name_en", String(200)),
    Column("level", String(12), nullable=False),
    # The key of the unit it works for; null at central level, and where the name stands for such bodies everywhere.
    Column("area", String(20)),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("successors", JSON, nullable=False),
    # Where referrals are sent: an address of the body, nobody's own.
    Column("contact", String(200)),
    CheckConstraint("level IN ('commune', 'province', 'central')", name="level"),
    Index(None, "key"),
    Index("ix_body_standing", "key", unique=True, sqlite_where=text("valid_to IS NULL"), postgresql_where=text("valid_to IS NULL")),
)
