"""Taking texts out of the database: those of one conversation, and those past their retention."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, tuple_, update

from assistant.database import wait_for
from assistant.dialogue.tables import answer_feedback, clarification, conversation, turn
from assistant.dialogue.types import Expired

# Erasures go one after another: two at once could each hold a row that the other waits for.
_LOCK = "erasure"


def erase_conversation(connection: Connection, this: str, now: datetime) -> bool:
    """Leaves an empty row of the conversation, marked as deleted; False where there was none."""
    wait_for(connection, _LOCK)
    query = select(conversation.c.id).where(conversation.c.id == this, conversation.c.deleted_at.is_(None))
    if connection.scalar(query.with_for_update()) is None:
        return False
    connection.execute(update(answer_feedback).where(answer_feedback.c.conversation == this).values(note=""))
    connection.execute(delete(turn).where(turn.c.conversation == this))
    connection.execute(delete(clarification).where(clarification.c.conversation == this))
    connection.execute(update(conversation).where(conversation.c.id == this).values(channel_key=None, facts={}, deleted_at=now))
    return True


def erase_older(connection: Connection, limit: datetime) -> Expired:
    """Removes what was written before `limit`; what somebody is writing at this moment stays until the next time."""
    wait_for(connection, _LOCK)
    old_turns = select(turn.c.conversation, turn.c.number).where(turn.c.asked_at < limit).with_for_update(skip_locked=True)
    turns = connection.execute(delete(turn).where(tuple_(turn.c.conversation, turn.c.number).in_(old_turns)))
    old_notes = (answer_feedback.c.created_at < limit, answer_feedback.c.note != "")
    notes = connection.execute(update(answer_feedback).where(*old_notes).values(note=""))
    old_replies = (clarification.c.settled_at < limit, clarification.c.reply.is_not(None))
    connection.execute(update(clarification).where(*old_replies).values(reply=None))
    silent = select(conversation.c.id).where(conversation.c.last_at < limit).with_for_update(skip_locked=True)
    conversations = connection.execute(delete(conversation).where(conversation.c.id.in_(silent)))
    return Expired(turns.rowcount, conversations.rowcount, notes.rowcount)
