"""Which messages may be sent to a language model: plain questions that tell nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answering.types import Understood
from assistant.understanding.routes import QUESTIONS, Route, Routed

# How probably a message that is surely of no one kind must be a question of some kind. On router-dev.jsonl none of the 190 messages that
# are no questions may leave, and 123 of the 126 questions may.
_PLAINLY_A_QUESTION = 0.6


class Leaving:
    """Tells what may leave. Without `tells_of_persons`, which says whether a text holds personal data, no text is looked through."""

    def __init__(self, tells_of_persons: Callable[[str], bool] | None = None) -> None:
        self._tells_of_persons = tells_of_persons or (lambda _text: False)

    def may_leave(self, routed: Routed, understood: Understood) -> bool:
        """Whether the words may be sent: never what may be a denunciation (Luật Tố cáo, Article 8), and no personal data."""
        return _is_question(routed) and not any(map(self._tells_of_persons, {understood.typed, understood.restored}))


def _is_question(routed: Routed) -> bool:
    if Route.DENUNCIATION in (routed.route, *routed.review):
        return False
    if routed.route is not None:
        return routed.route in QUESTIONS
    # Unsure: it may be unclear which kind of question it is.
    best = routed.candidates[0][0] in QUESTIONS
    return best and sum(probability for route, probability in routed.candidates if route in QUESTIONS) >= _PLAINLY_A_QUESTION
