"""The provisions that a submission names or that answer it, found as for a question; where none surely does, none is suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from assistant.answering.answerer import Answerer
from assistant.answering.types import Question
from assistant.feedback.suggesting.understanding import Suggested
from assistant.feedback.types import NAMED_SCORE
from corpus.citations import find_provisions, names_articles
from corpus.english_citations import in_vietnamese
from corpus.ids import ProvisionId

_MOST = 5
# Longer letters tell a story; what they ask for stands at the beginning or in what they name.
_READ = 2_000
# What was only found is never as sure as what the text names.
_SUREST_FOUND = 0.99


class RelatedLaw:
    """Looks into the corpus of this deployment, as it is in force on the day of `clock`."""

    def __init__(self, answerer: Answerer, clock: Callable[[], date]) -> None:
        self._answerer, self._clock = answerer, clock

    def of(self, text: str) -> Iterator[Suggested]:
        """Up to five provisions; those that the text names anywhere, as far as they are in force, first and with `NAMED_SCORE`."""
        day = self._clock()
        answer = self._answerer.answer(Question(text[:_READ], day))
        cited = [citation.provision for citation in answer.citations[:_MOST]]
        named = self._named(text, day)
        by_name = [one for one in cited if any(other.contains(one) for other in named)]
        uncited = [one for one in named if not any(one.contains(other) for other in by_name)]
        found = [one for one in cited if one not in by_name]
        sure = min(_SUREST_FOUND, answer.confidence or 1.0)
        scored = [*((one, NAMED_SCORE) for one in (*by_name, *uncited)), *((one, sure) for one in found)]
        yield from (Suggested("provision", str(one), score) for one, score in scored[:_MOST])

    def _named(self, text: str, day: date) -> Sequence[ProvisionId]:
        """What the whole text names with its document and is in force on `day`, in order."""
        if not names_articles(text):
            return ()
        named = find_provisions(in_vietnamese(text), self._answerer.library.names, day).provisions
        in_force = self._answerer.library.citer.in_force([one.of_article for one in named], day)
        return [one for one in named if one.of_article in in_force]
