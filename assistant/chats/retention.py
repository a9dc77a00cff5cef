"""What of chats is kept how long: handled events and sent messages only as long as a channel may bring them again, the rest for a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select, update

from assistant.chats.tables import chat, chat_event, chat_file, chat_line, chat_message, chat_unread
from assistant.database import writing
from assistant.feedback.leases import WAITING

# Telegram brings an update again for a day (Bot API, getUpdates); what was parked, or could not be read, is kept a month, to be looked at.
_ENDED = timedelta(days=7)
_DRAFTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows are gone."""

    events: int
    messages: int
    drafts: int


def forget_old(engine: Engine, now: datetime) -> Forgotten:
    """Removes what is past its time; what waits to be handled or sent stays whatever its age."""
    with writing(engine) as connection:
        old = chat_event.c.ended_at < now - _ENDED
        events = connection.execute(
            delete(chat_event).where((chat_event.c.state != WAITING) & old & chat_event.c.content.is_(None))
        ).rowcount
        parked = (chat_event.c.state != WAITING) & (chat_event.c.ended_at < now - _DRAFTS)
        events += connection.execute(delete(chat_event).where(parked)).rowcount
        events += connection.execute(delete(chat_unread).where(chat_unread.c.kept_at < now - _DRAFTS)).rowcount
        sent = (chat_message.c.state != WAITING) & (chat_message.c.ended_at < now - _ENDED)
        messages = connection.execute(delete(chat_message).where(sent)).rowcount
        connection.execute(delete(chat_line).where(chat_line.c.said_at < now - _DRAFTS))
        left = (chat.c.seen_at < now - _DRAFTS) & chat.c.draft.is_not(None)
        connection.execute(delete(chat_file).where(chat_file.c.chat.in_(select(chat.c.number).where(left))))
        drafts = connection.execute(update(chat).where(left).values(draft=None, step=None)).rowcount
    return Forgotten(events, messages, drafts)
