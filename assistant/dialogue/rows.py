"""Rows of the conversation tables, found and turned into values."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select

from assistant.dialogue import tables
from assistant.dialogue.errors import ConversationNotFound, TurnNotFound
from assistant.dialogue.types import Clarification, Conversation, Feedback, FeedbackKind, FeedbackState, Turn, TurnAnswer, TurnState
from corpus.ids import ProvisionId


def locked_conversation(connection: Connection, this: str) -> Row[Any]:
    """The row of a conversation, open or silent, locked until the transaction ends. Raises `ConversationNotFound`."""
    table = tables.conversation
    query = select(table).where(table.c.id == this, table.c.deleted_at.is_(None)).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        raise ConversationNotFound(this)
    return row


def locked_turn(connection: Connection, this: str, number: int) -> Row[Any]:
    """The row of a turn, locked until the transaction ends. Raises `TurnNotFound`."""
    row = connection.execute(turns_of(this).where(tables.turn.c.number == number).with_for_update()).one_or_none()
    if row is None:
        raise TurnNotFound(this, number)
    return row


def channel_of(connection: Connection, this: str) -> str:
    """The channel of a conversation that has turns."""
    channel: str = connection.execute(select(tables.conversation.c.channel).where(tables.conversation.c.id == this)).scalar_one()
    return channel


def turns_of(this: str) -> Select[Any]:
    """The query for the turns of a conversation."""
    return select(tables.turn).where(tables.turn.c.conversation == this)


def clarifications_of(this: str) -> Select[Any]:
    """The query for the questions back of a conversation."""
    return select(tables.clarification).where(tables.clarification.c.conversation == this)


def pending(connection: Connection, this: str) -> Clarification | None:
    """The question back that waits for a reply."""
    row = connection.execute(clarifications_of(this).where(tables.clarification.c.settled_at.is_(None))).one_or_none()
    return clarification(row) if row is not None else None


def replied_to(connection: Connection, this: str, turn: int) -> Clarification | None:
    """The question back that a turn replies to: pending since an earlier turn, or settled by this one before."""
    table = tables.clarification
    is_waiting = and_(table.c.settled_at.is_(None), table.c.turn < turn)
    row = connection.execute(clarifications_of(this).where(or_(is_waiting, table.c.settled_by == turn))).first()
    return clarification(row) if row is not None else None


def conversation(row: Row[Any]) -> Conversation:
    """The conversation of a row."""
    return Conversation(row.id, row.channel, row.started_at, row.last_at, MappingProxyType(row.facts))


def turn(row: Row[Any]) -> Turn:
    """The turn of a row."""
    answer = _answer(row) if row.state == TurnState.ANSWERED else None
    return Turn(row.conversation, row.number, row.request_id, row.asked_at, row.typed, answer, row.answered_at)


def clarification(row: Row[Any]) -> Clarification:
    """The question back of a row."""
    return Clarification(row.conversation, row.what, tuple(row.options), row.turn, row.asked_at, row.settled_at, row.reply, row.settled_by)


def feedback(row: Row[Any]) -> Feedback:
    """The feedback of a row."""
    return Feedback(
        id=row.id,
        kind=FeedbackKind(row.kind),
        note=row.note,
        created_at=row.created_at,
        state=FeedbackState(row.state),
        provision=ProvisionId.parse(row.provision) if row.provision else None,
        conversation=row.conversation,
        turn=row.turn,
    )


def answer_values(answer: TurnAnswer, at: datetime) -> dict[str, Any]:
    """The columns of a turn that its answer fills."""
    return {
        "state": TurnState.ANSWERED.value,
        "answered_at": at,
        "understood": answer.understood,
        "as_of": answer.as_of,
        "route": None if answer.route is None else str(answer.route),
        "outcome": str(answer.outcome),
        "content": answer.content,
        "provisions": [str(provision) for provision in answer.provisions],
        "procedure": answer.procedure,
        "follows": answer.follows,
    }


def clarification_values(asked: Clarification) -> dict[str, Any]:
    """The columns of a question back that is pending."""
    return {
        "conversation": asked.conversation,
        "what": asked.what,
        "options": list(asked.options),
        "turn": asked.turn,
        "asked_at": asked.asked_at,
    }


def _answer(row: Row[Any]) -> TurnAnswer:
    return TurnAnswer(
        understood=row.understood,
        as_of=row.as_of,
        outcome=row.outcome,
        content=row.content,
        route=row.route,
        provisions=tuple(ProvisionId.parse(provision) for provision in row.provisions),
        procedure=row.procedure,
        follows=bool(row.follows),
    )
