"""The front door for channels: a message of a conversation in, its kept answer out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.answering.types import Answer, Outcome
from assistant.dialogue.conversations import Conversations
from assistant.dialogue.errors import ConversationNotFound
from assistant.dialogue.followup import PastTurn
from assistant.dialogue.types import Clarification, Turn, TurnAnswer
from assistant.responder import Message, Responding
from assistant.understanding.facts import Fact, Facts, Option, with_fact
from assistant.understanding.routes import Route
from corpus.days import VIETNAM
from corpus.ids import ProvisionId

# What is asked back where nobody knows what kind of message it is.
_ROUTE = "route"


@dataclass(frozen=True, slots=True)
class Asked:
    """A message of a conversation. A repeated `request_id` gives the first answer again; `choice` is an option that was offered:
    the value of a route, or "fact:option".

    `alone`: it is not to be understood from the turns before, as a question that the asker has corrected.
    """

    conversation: str
    request_id: str
    text: str
    as_of: date | None = None
    choice: str | None = None
    alone: bool = False


# How a channel writes an answer down; what it returns is kept and given back as it is.
Written = Callable[[Answer], str]


class Assistant:
    """Answers within conversations: every question is on disk before it is answered, every answer before it is shown."""

    def __init__(
        self, responder: Responding, conversations: Conversations, clock: Callable[[], datetime], facts: Facts | None = None
    ) -> None:
        self._responder, self._conversations, self._clock = responder, conversations, clock
        self._facts = facts or Facts(())

    @property
    def responder(self) -> Responding:
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

    def answer_alone(self, text: str, as_of: date | None = None, choice: str | None = None) -> Answer:
        """The answer to a message outside of any conversation; nothing of it is kept."""
        chosen = self._facts.chosen(choice or "")
        told = with_fact(text, chosen[1]) if chosen else text
        return self._responder.respond(Message(told, self._today(), as_of, meant=_route(choice), option=chosen[1] if chosen else None))

    def _message(self, asked: Asked, turn: Turn) -> Message:
        """What the turn says in the light of those before it: also where it is asked again since a process died over it."""
        text, route = turn.typed, _route(asked.choice)
        asked_back = self._conversations.replied_to(asked.conversation, turn=turn.number)
        option = self._option(asked, asked_back, text) if asked_back else None
        if asked_back is not None and asked_back.settled_at is None:
            self._conversations.settle(asked.conversation, option.id if option else route, turn=turn.number)
        history = self._conversations.history(asked.conversation, before=turn.number)
        waiting = next((past for past in history if asked_back and past.number == asked_back.turn), None)
        if waiting is None or not waiting.answer:
            return Message(text, self._today(), asked.as_of, () if asked.alone else _past(history), route)
        if option:
            # The question stands alone already: it was kept as it was understood.
            return Message(with_fact(waiting.answer.understood, option), self._today(), asked.as_of, option=option)
        if route:
            # The waiting message is answered now, in the light of the turns before it.
            earlier = [past for past in history if past.number < waiting.number]
            return Message(waiting.typed, self._today(), asked.as_of, _past(earlier), route)
        return Message(text, self._today(), asked.as_of, _past(history))

    def _option(self, asked: Asked, asked_back: Clarification, text: str) -> Option | None:
        """The option of the fact asked back that was chosen, by a button or in words."""
        fact = self._facts.find(asked_back.what)
        chosen = self._facts.chosen(asked.choice or "")
        if chosen:
            return chosen[1] if chosen[0] == fact else None
        return fact.option_in(text) if fact else None

    def _settled(self, asked: Asked, turn: Turn, message: Message, answer: Answer) -> Answer:
        """`answer`, unless it asks back what was asked before: then what can be said without."""
        if answer.asked_back:
            return answer if self._may_ask(answer.asked_back, turn) else _without_asking(answer)
        if answer.outcome is not Outcome.NEEDS_CLARIFICATION or not answer.options:
            return answer
        if self._conversations.clarify(asked.conversation, _ROUTE, answer.options, turn=turn.number):
            return answer
        return self._responder.respond(replace(message, meant=Route.LEGAL_QUESTION))

    def _may_ask(self, fact: Fact, turn: Turn) -> bool:
        options = [option.id for option in fact.options]
        return self._conversations.clarify(turn.conversation, fact.id, options, turn=turn.number) is not None

    def _today(self) -> date:
        return self._clock().astimezone(VIETNAM).date()


def _route(choice: str | None) -> Route | None:
    return next((route for route in Route if route == choice), None)


def _without_asking(answer: Answer) -> Answer:
    """What can be said without the fact."""
    outcome = Outcome.NO_SOURCE if answer.basis == "fact" else answer.outcome
    return replace(answer, outcome=outcome, basis="law" if answer.basis == "fact" else answer.basis, asked_back=None)


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
