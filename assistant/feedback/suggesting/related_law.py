"""The provisions that a submission names or that answer it, found as for a question; where none surely does, none is suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from assistant.answering.answerer import Answerer
from assistant.answering.types import Question
from assistant.feedback.suggesting.understanding import Suggested

_MOST = 5
# Longer letters tell a story; what they ask for stands at the beginning or in what they name.
_READ = 2_000


class RelatedLaw:
    """Looks into the corpus of this deployment, as it is in force on the day of `clock`."""

    def __init__(self, answerer: Answerer, clock: Callable[[], date]) -> None:
        self._answerer, self._clock = answerer, clock

    def of(self, text: str) -> Iterator[Suggested]:
        """Up to five provisions, those that the text names itself with the score 1."""
        answer = self._answerer.answer(Question(text[:_READ], self._clock()))
        named = set(answer.question.named)
        for citation in answer.citations[:_MOST]:
            score = 1.0 if citation.provision in named or not answer.confidence else min(1.0, answer.confidence)
            yield Suggested("provision", str(citation.provision), score)
