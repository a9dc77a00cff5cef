"""The front door for channels: a message of a conversation in, its kept answer out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.answering.types import Answer, Outcome
from assistant.dialogue.conversations import Conversations
from assistant.dialogue.errors import ConversationNotFound
from assistant.dialogue.followup import PastTurn
from assistant.dialogue.types import Turn, TurnAnswer
from assistant.responder import Message, Responder
from assistant.understanding.routes import Route
from corpus.days import VIETNAM
from corpus.ids import ProvisionId

# The one fact that is asked back so far: what kind of message it is.
_ROUTE = "route"


@dataclass(frozen=True, slots=True)
class Asked:
    """A message of a conversation. A repeated `request_id` gives the first answer again; `choice` is an option that was offered.

    `alone`: it is not to be understood from the turns before, as a question that the asker has corrected.
    """

    conversation: str
    request_id: str
    text: str
    as_of: date | None = None
    choice: Route | None = None
    alone: bool = False


# How a channel writes an answer down; what it returns is kept and given back as it is.
Written = Callable[[Answer], str]


class Assistant:
    """Answers within conversations: every question is on disk before it is answered, every answer before it is shown."""

    def __init__(self, responder: Responder, conversations: Conversations, clock: Callable[[], datetime]) -> None:
        self._responder, self._conversations, self._clock = responder, conversations, clock

    @property
    def responder(self) -> Responder:
        """What answers single messages."""
        return self._responder

    @property
    def conversations(self) -> Conversations:
        """What is kept of conversations."""
        return self._conversations

    def ask(self, asked: Asked, written: Written) -> Turn:
        """The answered turn. Raises `ConversationNotFound` where the conversation is unknown, deleted or expired."""
        turn = self._conversations.ask(asked.conversation, asked.request_id, asked.text, self._clock())
        if turn.answer is not None:
            return turn
        message = self._message(asked, turn)
        answer = self._settled(asked, turn, message, self._responder.respond(message))
        return self._conversations.answer(asked.conversation, turn.number, _kept(answer, written(answer)))

    def answer_alone(self, text: str, as_of: date | None = None, choice: Route | None = None) -> Answer:
        """The answer to a message outside of any conversation; nothing of it is kept."""
        return self._responder.respond(Message(text, self._today(), as_of, meant=choice))

    def _message(self, asked: Asked, turn: Turn) -> Message:
        """What the turn says in the light of those before it: also where it is asked again since a process died over it."""
        text, choice = turn.typed, asked.choice
        asked_back = self._conversations.replied_to(asked.conversation, turn=turn.number)
        if asked_back is not None and asked_back.settled_at is None:
            self._conversations.settle(asked.conversation, choice.value if choice else None, turn=turn.number)
        history = self._conversations.history(asked.conversation, before=turn.number)
        if asked_back is not None and choice is not None:
            text = next((past.typed for past in history if past.number == asked_back.turn), text)
        return Message(text, self._today(), asked.as_of, () if asked.alone else _past(history), choice)

    def _settled(self, asked: Asked, turn: Turn, message: Message, answer: Answer) -> Answer:
        """`answer`, unless it asks back what was asked before: then what can be said without."""
        if answer.outcome is not Outcome.NEEDS_CLARIFICATION or not answer.options:
            return answer
        if self._conversations.clarify(asked.conversation, _ROUTE, answer.options, turn=turn.number):
            return answer
        return self._responder.respond(replace(message, meant=Route.LEGAL_QUESTION))

    def _today(self) -> date:
        return self._clock().astimezone(VIETNAM).date()


def _past(history: Sequence[Turn]) -> tuple[PastTurn, ...]:
    return tuple(
        PastTurn(turn.answer.understood, turn.answer.provisions, turn.answer.procedure, turn.answer.outcome, turn.answer.follows)
        for turn in history
        if turn.answer
    )


def _kept(answer: Answer, content: str) -> TurnAnswer:
    understood = answer.question
    provisions: tuple[ProvisionId, ...] = tuple(citation.provision for citation in answer.citations)
    return TurnAnswer(
        understood=understood.restored or understood.typed,
        as_of=understood.as_of,
        outcome=answer.outcome.value,
        content=content,
        route=answer.route or None,
        provisions=provisions,
        procedure=answer.procedure.name if answer.procedure else None,
        follows=answer.follows,
    )


__all__ = ["Asked", "Assistant", "ConversationNotFound", "Written"]
