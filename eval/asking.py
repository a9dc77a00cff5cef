"""The product asked as people ask it: a message to the responder, and of its answer what is judged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistant.answering.types import ANSWERING, Answer
from assistant.responder import Message, Responder
from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId
from corpus.store import CorpusStore
from eval.answers import AnsweredQuestion, Ask
from eval.holding import MISQUOTES, checked_citations
from eval.supporting import statements_of, unsupported

Shown = Callable[[Answer], str]


def asking(responder: Responder, store: CorpusStore, shown: Shown, day: date) -> Ask:
    """Asks `responder` with the law of `day`; quotations are held against `store`."""

    def ask(text: str) -> AnsweredQuestion:
        return as_given(responder.respond(Message(text, day)), store, shown)

    return ask


def as_given(answer: Answer, store: CorpusStore, shown: Shown) -> AnsweredQuestion:
    """What of `answer` is judged.

    It answers where its outcome is in `ANSWERING`. Everything else declines: no source, not in force, out of scope, an injection
    refused, a question back, and what is handed to an office or to emergency numbers; what these quote is guidance, not the answer.
    """
    faults = [set(one.faults) & MISQUOTES for one in checked_citations(answer, store)]
    return AnsweredQuestion(
        answered=answer.outcome in ANSWERING,
        citations=ranked(answer),
        text=shown(answer),
        quoted=tuple(citation.provision for citation in answer.citations),
        verbatim=sum(not one for one in faults),
        statements=len(statements_of(answer)),
        unsupported=len(unsupported(answer)),
    )


def ranked(answer: Answer) -> tuple[ProvisionId, ...]:
    """What the reader is shown, in order: first the provisions quoted, then those named as possibly related."""
    related = [provision for one in answer.related for provision in _parsed(one.id)]
    return (*(citation.provision for citation in answer.citations), *related)


def _parsed(text: str) -> list[ProvisionId]:
    try:
        return [ProvisionId.parse(text)]
    except InvalidProvisionId:
        return []
