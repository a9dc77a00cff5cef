"""What people say is wrong with an answer, kept for review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select, update

from assistant.database import reading, wait_for, writing
from assistant.dialogue import rows, tables
from assistant.dialogue.errors import FeedbackNotFound, NoteTooLong
from assistant.dialogue.types import Feedback, FeedbackKind, FeedbackState
from corpus.ids import ProvisionId

MAX_NOTE_CHARS = 2_000


class AnswerFeedback:
    """The review queue of answers. One instance a process; safe to use from several threads."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def add(
        self,
        request_id: str,
        kind: FeedbackKind,
        *,
        note: str = "",
        provision: ProvisionId | None = None,
        conversation: str | None = None,
        turn: int | None = None,
    ) -> Feedback:
        """The feedback as kept; a repeated `request_id` gives what was kept the first time.

        `request_id`: unique over all channels, at most 200 characters; a channel that has it from a client puts the client's name
        before it. An answer that is not kept (any more) is not linked. Raises `NoteTooLong`.
        """
        if len(note) > MAX_NOTE_CHARS:
            raise NoteTooLong(len(note), MAX_NOTE_CHARS)
        table = tables.answer_feedback
        with writing(self._engine) as connection:
            wait_for(connection, f"feedback {request_id}")
            known = connection.execute(select(table).where(table.c.request_id == request_id)).one_or_none()
            if known is not None:
                return rows.feedback(known)
            is_kept = conversation is not None and turn is not None and _is_kept(connection, conversation, turn)
            values = {
                "request_id": request_id,
                "kind": kind.value,
                "note": note,
                "provision": str(provision) if provision else None,
                "conversation": conversation if is_kept else None,
                "turn": turn if is_kept else None,
                "created_at": self._clock(),
                "state": FeedbackState.OPEN.value,
            }
            return rows.feedback(connection.execute(insert(table).values(**values).returning(table)).one())

    def queue(self, state: FeedbackState = FeedbackState.OPEN, after_id: int = 0, limit: int = 50) -> list[Feedback]:
        """At most `limit` entries in this state with an id above `after_id`, by id."""
        table = tables.answer_feedback
        query = select(table).where(table.c.state == state.value, table.c.id > after_id).order_by(table.c.id).limit(limit)
        with reading(self._engine) as connection:
            return [rows.feedback(row) for row in connection.execute(query)]

    def finish(self, feedback: int) -> Feedback:
        """The entry, looked at. Raises `FeedbackNotFound`."""
        table = tables.answer_feedback
        with writing(self._engine) as connection:
            done = update(table).where(table.c.id == feedback).values(state=FeedbackState.DONE.value).returning(table)
            row = connection.execute(done).one_or_none()
        if row is None:
            raise FeedbackNotFound(feedback)
        return rows.feedback(row)


def _is_kept(connection: Connection, conversation: str, turn: int) -> bool:
    """Whether the turn is there; it then stays until the transaction ends."""
    query = rows.turns_of(conversation).where(tables.turn.c.number == turn).with_for_update(read=True)
    return connection.execute(query).one_or_none() is not None
