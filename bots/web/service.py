"""What the web serves with: the assistant, the corpus and the sentences, behind one object made at start."""

from __future__ import annotations

import json
import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from assistant.accounts.sessions import Sessions
from assistant.answering.types import Answer
from assistant.app import Asked, Assistant
from assistant.chats.checking_files import VirusScan
from assistant.chats.parked import ParkedDesk, ParkedKind
from assistant.chats.retention import forget_old
from assistant.database import DatabaseFailed
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.types import Turn
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.errors import FeedbackError
from assistant.feedback.keeping import purge_contacts
from assistant.feedback.suggesting.understanding import Understander
from assistant.webhooks.sender import WebhookSender
from bots.feedback.surveying import surveys_of
from bots.law.contract import answer_json
from bots.wording import sentences
from corpus.store import CorpusStore

log = logging.getLogger(__name__)

Json = dict[str, Any]
_TURNS_TOLD = 50
# Few, so that a stop need not wait long.
_READ_AT_ONCE = 5
_RUSH_S = 1.0


@dataclass(slots=True)
class Rush:
    """Whether people are sending right now; `clock` in seconds."""

    clock: Callable[[], float] = time.monotonic
    _last: float = -math.inf

    def note(self) -> None:
        """Somebody sent something."""
        self._last = self.clock()

    @property
    def is_on(self) -> bool:
        """Whether the last was sent within a second."""
        return self.clock() - self._last < _RUSH_S


@dataclass(frozen=True, slots=True)
class WebService:
    """Everything a request needs; `clock` in seconds for limits and waiting; `scan` is None where no scanner is configured."""

    assistant: Assistant
    answer_feedback: AnswerFeedback
    feedback: FeedbackDesk
    store: CorpusStore
    clock: Callable[[], float]
    understander: Understander | None = None
    webhooks: WebhookSender | None = None
    reading: threading.Lock = field(default_factory=threading.Lock)
    rush: Rush = field(default_factory=Rush)
    scan: VirusScan | None = None
    cleaning: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, text: str, language: str, as_of: date | None = None, choice: str | None = None) -> Json:
        """The answer to a message outside of any conversation, in the form of docs/answer.schema.json."""
        return answer_json(self.assistant.answer_alone(text, as_of, choice), sentences(language))

    def answered_in(self, asked: Asked, language: str) -> Json:
        """The answer to a message of a conversation, as it was first given, with its place there. Raises `ConversationNotFound`."""

        def written(answer: Answer) -> str:
            return json.dumps(answer_json(answer, sentences(language)), ensure_ascii=False)

        turn = self.assistant.ask(asked, written)
        content: Json = json.loads(turn.answer.content) if turn.answer else {}
        return {**content, "conversation": turn.conversation, "turn": turn.number}

    def told(self, conversation: str, *, unanswered: str) -> Json | None:
        """At most fifty turns of a conversation, oldest first, or None where it is not open.

        A turn without an answer is being answered, or a process died over it; `unanswered` says that it can be sent again, under the
        same `request_id`.
        """
        conversations = self.assistant.conversations
        if conversations.find(conversation) is None:
            return None
        turns = [_told(turn, unanswered) for turn in conversations.turns(conversation, last=_TURNS_TOLD)]
        return {"conversation": conversation, "turns": turns}

    def understand(self) -> bool:
        """Reads what waits of what citizens sent; whether there may be more. A failure is logged, and the next time makes up for it.

        One at a time: whoever calls it finds read what waited before, also where another call had begun on it.
        """
        if self.understander is None:
            return False
        try:
            with self.reading:
                return self.understander.understand_waiting(_READ_AT_ONCE) == _READ_AT_ONCE
        # The outermost loop of a worker: whatever fails must not end the reading of what comes later. No trace: it may quote the database.
        except Exception as error:  # noqa: BLE001
            log.error("understanding_failed", extra={"kind": type(error).__name__})  # noqa: TRY400
            return False

    def tell(self) -> None:
        """Tells other systems what waits for them. A failure is logged, and the next time makes up for it."""
        if self.webhooks is None:
            return
        try:
            self.webhooks.send_due()
        except (DatabaseFailed, SQLAlchemyError, FeedbackError) as error:
            log.error("telling_failed", extra={"kind": type(error).__name__})  # noqa: TRY400 - a trace may quote the database

    def parked(self) -> dict[tuple[str, ParkedKind], int] | None:
        """How much is parked in chats, by channel and kind; None where the database does not tell."""
        try:
            return ParkedDesk(self.feedback.engine, self.feedback.vault, self.feedback.clock).counts()
        except (DatabaseFailed, SQLAlchemyError) as error:
            log.error("parked_not_counted", extra={"kind": type(error).__name__})  # noqa: TRY400 - a trace may quote the database
            return None

    def expire(self) -> None:
        """Removes what is past its retention, and makes the daily round. A failure is logged, and the next time makes up for it."""
        try:
            expired = self.assistant.conversations.expire()
            contacts = purge_contacts(self.feedback.engine, self.feedback.vault, self.feedback.clock())
            round_ = self.feedback.upkeep.run()
            surveys_of(self.feedback).ask_due()
            chats = forget_old(self.feedback.engine, self.feedback.clock())
            Sessions(self.feedback.engine, self.feedback.vault, self.feedback.clock).expire()
        except (DatabaseFailed, SQLAlchemyError, FeedbackError) as error:
            kind = error.kind if isinstance(error, DatabaseFailed) else type(error).__name__
            log.error("expiry_failed", extra={"kind": kind})  # noqa: TRY400 - a trace may quote the database
            return
        gone = {"turns": expired.turns, "conversations": expired.conversations, "notes": expired.notes, "contacts": contacts}
        gone["drafts"] = chats.drafts
        log.info("expired", extra={**gone, "reminders": len(round_.near), "closed": len(round_.closed)})


def _told(turn: Turn, unanswered: str) -> Json:
    told = {"turn": turn.number, "request_id": turn.request_id, "question": turn.typed}
    return {**told, "answer": turn.answer.content} if turn.answer else {**told, "answer": None, "message": unanswered}
