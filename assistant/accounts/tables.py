"""Tables of accounts and their sessions. Passwords are hashed, secrets of authenticators sealed, tokens and codes kept as keyed hashes."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from assistant.accounts.seal_places import authenticator_place
from assistant.database import UtcDateTime, metadata
from assistant.feedback.seal_places import sealed_for

# SQLite counts by itself only in a column of the type INTEGER.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_ACCOUNT = "account.number"

account = Table(
    "account",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    # In small letters; audit events and steps of recommendations name it for good.
    Column("name", String(40), nullable=False),
    Column("title", String(200), nullable=False),
    Column("roles", JSON, nullable=False),
    # Keys of the bodies that a liaison speaks for.
    Column("bodies", JSON, nullable=False),
    # Null until the invitation was taken.
    Column("password", String(200)),
    Column("authenticator", LargeBinary, info=sealed_for(lambda row: authenticator_place(row.name))),
    # The newest step of 30 seconds whose code was used: each opens once.
    Column("code_step", BigInteger),
    Column("invited", String(64)),
    Column("invited_until", UtcDateTime),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcDateTime),
    Column("is_disabled", Boolean, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("name"),
    UniqueConstraint("invited"),
)

# Each opens once where the authenticator is lost.
recovery_code = Table(
    "recovery_code",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("account", _NUMBER, ForeignKey(_ACCOUNT, ondelete="CASCADE"), nullable=False),
    Column("code", String(64), nullable=False),
    UniqueConstraint("account", "code"),
)

account_session = Table(
    "account_session",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("token", String(64), nullable=False),
    Column("account", _NUMBER, ForeignKey(_ACCOUNT, ondelete="CASCADE"), nullable=False),
    # False until the code of the authenticator was given: such a session opens nothing but the page that asks for it.
    Column("is_whole", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    UniqueConstraint("token"),
    Index(None, "account"),
    Index(None, "seen_at"),
)
