"""Tables of chats: who writes where, what came in and was not handled yet, what goes out. What people wrote is sealed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint, false, text

from assistant.chats.seal_places import address_place, draft_place, event_place, file_place, line_place, outgoing_place, unread_place
from assistant.database import UtcDateTime, metadata
from assistant.feedback.seal_places import sealed_for

# SQLite counts by itself only in a column of the type INTEGER.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_CHAT = "chat.number"

chat = Table(
    "chat",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("channel", String(40), nullable=False),
    # A keyed hash of the address, to find the chat by it.
    Column("chat_key", String(64), nullable=False),
    Column("address", LargeBinary, nullable=False, info=sealed_for(lambda row: address_place(row.channel, row.chat_key))),
    Column("language", String(8), nullable=False),
    # By the person; else it is that of their phone, or of what they typed.
    Column("is_language_chosen", Boolean, nullable=False, server_default=false()),
    # The commune that the person lives in, by its code today.
    Column("area", String(20)),
    Column("consent_version", String(40)),
    # What the person is being asked; null: nothing.
    Column("step", String(60)),
    Column("draft", LargeBinary, info=sealed_for(lambda row: draft_place(row.channel, row.chat_key))),
    Column("is_blocked", Boolean, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "chat_key"),
    Index(None, "seen_at"),
)

# What came in. The row stays after it was handled, without its content: the channel may bring it again.
chat_event = Table(
    "chat_event",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    # Channel and the channel's own id.
    Column("key", String(120), nullable=False),
    Column("chat", _NUMBER, ForeignKey(_CHAT, ondelete="CASCADE"), nullable=False),
    Column("content", LargeBinary, info=sealed_for(lambda row: event_place(row.key))),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("leased_by", String(80)),
    Column("attempts", Integer, nullable=False),
    Column("failure", String(80)),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("key"),
    Index("ix_chat_event_waiting", "chat", "number", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
    Index(None, "chat", "received_at"),
)

# What goes out, in the order of its numbers within a chat.
chat_message = Table(
    "chat_message",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("key", String(200), nullable=False),
    Column("chat", _NUMBER, ForeignKey(_CHAT, ondelete="CASCADE"), nullable=False),
    Column("content", LargeBinary, info=sealed_for(lambda row: outgoing_place(row.key))),
    Column("state", String(10), nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("leased_by", String(80)),
    Column("attempts", Integer, nullable=False),
    Column("failure", String(80)),
    Column("ended_at", UtcDateTime),
    # The channel's id of the message once it arrived.
    Column("sent_as", String(80)),
    UniqueConstraint("key"),
    Index("ix_chat_message_waiting", "chat", "number", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
    Index(None, "queued_at"),
)

# What was said on both sides, where the channel itself keeps nothing to show again.
chat_line = Table(
    "chat_line",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("chat", _NUMBER, ForeignKey(_CHAT, ondelete="CASCADE"), nullable=False),
    # Of what came in or went out: the same one is one line.
    Column("key", String(200), nullable=False),
    Column("is_own", Boolean, nullable=False),
    # Null: nothing to be seen any more.
    Column("content", LargeBinary, info=sealed_for(lambda row: line_place(row.key))),
    # Grows within a chat with every change, so that whoever looks again sees what changed.
    Column("revision", Integer, nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
    UniqueConstraint("key"),
    UniqueConstraint("chat", "revision"),
    Index(None, "said_at"),
)

# Files of a draft, until it is sent.
chat_file = Table(
    "chat_file",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("chat", _NUMBER, ForeignKey(_CHAT, ondelete="CASCADE"), nullable=False),
    Column("key", String(80), nullable=False),
    Column("kind", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False, info=sealed_for(lambda row: file_place(row.key))),
    Column("kept_at", UtcDateTime, nullable=False),
    UniqueConstraint("key"),
    Index(None, "chat"),
)

# What came from a channel and could not be read, as it came.
chat_unread = Table(
    "chat_unread",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    # Channel and the channel's own id.
    Column("key", String(120), nullable=False),
    Column("channel", String(40), nullable=False),
    # Of the chat that it seems to be from, so that whoever deletes their data deletes this too; null: nobody can tell.
    Column("chat_key", String(64)),
    Column("content", LargeBinary, nullable=False, info=sealed_for(lambda row: unread_place(row.key))),
    # The kind of the error, never its words.
    Column("failure", String(80), nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
    # Somebody asked for another try.
    Column("is_wanted", Boolean, nullable=False),
    UniqueConstraint("key"),
    Index(None, "kept_at"),
    Index(None, "channel", "chat_key"),
)

# Who leads: of several processes one sends.
leadership = Table(
    "leadership",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("holder", String(80), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
