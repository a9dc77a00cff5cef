"""What the web serves with: the assistant, the corpus and the sentences, behind one object made at start."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answering.types import Answer
from assistant.app import Asked, Assistant
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.understanding.routes import Route
from bots.contract import answer_json
from bots.wording import sentences
from corpus.store import CorpusStore

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WebService:
    """Everything a request needs; `clock` in seconds for limits and waiting."""

    assistant: Assistant
    feedback: AnswerFeedback
    store: CorpusStore
    clock: Callable[[], float]

    def answered(self, text: str, language: str, as_of: date | None = None, choice: Route | None = None) -> Json:
        """The answer to a message outside of any conversation, in the form of docs/answer.schema.json."""
        return answer_json(self.assistant.answer_alone(text, as_of, choice), sentences(language))

    def answered_in(self, asked: Asked, language: str) -> Json:
        """The answer to a message of a conversation, as it was first given, with its place there. Raises `ConversationNotFound`."""

        def written(answer: Answer) -> str:
            return json.dumps(answer_json(answer, sentences(language)), ensure_ascii=False)

        turn = self.assistant.ask(asked, written)
        content: Json = json.loads(turn.answer.content) if turn.answer else {}
        return {**content, "conversation": turn.conversation, "turn": turn.number}
