"""Conversations, their turns and what is counted of them, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corpus.ids import ProvisionId


class TurnState(StrEnum):
    """How far a turn has come."""

    ASKED = "asked"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation on one channel; `last_at` is when somebody last asked, `facts` what it told of the asker."""

    id: str
    channel: str
    started_at: datetime
    last_at: datetime
    facts: Mapping[str, str]

    @property
    def language(self) -> str | None:
        """The language it is held in, if known."""
        return self.facts.get("language")

    @property
    def place(self) -> str | None:
        """The commune or province it is about, if known."""
        return self.facts.get("place")


@dataclass(frozen=True, slots=True)
class TurnAnswer:
    """What a turn was answered.

    `understood`: the question with marks restored and rewritten to stand alone. `content`: the answer as JSON text, in the form of
    docs/answer.schema.json. `provisions`: what is cited, in the order shown. `procedure`: the guide that answered. `follows`: the question
    was understood from the turns before.
    """

    understood: str
    as_of: date
    outcome: str
    content: str
    route: str | None = None
    provisions: tuple[ProvisionId, ...] = ()
    procedure: str | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and, once there is one, its answer; numbers count from 1 within the conversation, without gaps."""

    conversation: str
    number: int
    request_id: str
    asked_at: datetime
    typed: str
    answer: TurnAnswer | None = None
    answered_at: datetime | None = None

    @property
    def state(self) -> TurnState:
        """Whether it was answered."""
        return TurnState.ANSWERED if self.answer else TurnState.ASKED


@dataclass(frozen=True, slots=True)
class Clarification:
    """One question back: the fact that is asked for, the options offered, and the turn that waits for it.

    `reply` is None while it is pending, and where no option was chosen; `settled_by` is the turn that came in reply.
    """

    conversation: str
    what: str
    options: tuple[str, ...]
    turn: int
    asked_at: datetime
    settled_at: datetime | None = None
    reply: str | None = None
    settled_by: int | None = None


@dataclass(frozen=True, slots=True)
class DailyCount:
    """How many turns of a day (in Vietnam) ended so; `route` is empty where none was found."""

    day: date
    channel: str
    route: str
    outcome: str
    turns: int


@dataclass(frozen=True, slots=True)
class Expired:
    """What an expiry removed: turns with their texts, conversations, notes of feedback."""

    turns: int = 0
    conversations: int = 0
    notes: int = 0


class FeedbackKind(StrEnum):
    """What is wrong with an answer."""

    WRONG_ARTICLE = "wrong_article"
    OUT_OF_FORCE = "out_of_force"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OTHER = "other"


class FeedbackState(StrEnum):
    """Whether somebody has looked at it."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody says is wrong with an answer. `conversation` and `turn` are absent where the answer is not kept (any more)."""

    id: int
    kind: FeedbackKind
    note: str
    created_at: datetime
    state: FeedbackState
    provision: ProvisionId | None = None
    conversation: str | None = None
    turn: int | None = None
