"""From a question to a cited answer: exact lookup, search, evidence, composition, or an honest refusal."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.answering.confidence import confidence, is_answered
from assistant.answering.evidence import Quotation, best_quotation, quotations
from assistant.answering.library import Library
from assistant.answering.named import answer_absent, answer_named, answer_unplaced, asks_only_for_provisions
from assistant.answering.scope import Scope
from assistant.answering.stopwatch import Stopwatch
from assistant.answering.types import Answer, Citation, Outcome, Question, Related, Understood
from assistant.answering.understand import Flaw, Wording, calmed, cleaned, flaw_of, unasked_words
from assistant.understanding.short_words import GuideNames, ShortWords
from corpus.citations import Named, absent_laws, find_provisions, names_articles, names_laws
from corpus.english_citations import in_vietnamese
from corpus.ids import ProvisionId
from corpus.passages import procedure_group
from corpus.types import Procedure
from embeddings.language import Language
from embeddings.retrieve import Hit, PreparedQuestion, Retriever
from embeddings.vector_index import SearchFilter, provision_of

log = logging.getLogger(__name__)

_SEARCHED = 10
# An article is quoted beside the best one if its score comes this near.
_ALSO_ANSWERS = 0.85
_QUOTED_ARTICLES = 3
_POINTED_AT = 3
# How much likelier a guide is meant when the whole message asks how something is done at an office, or when single words ask for
# papers, fees or offices; without such words, less likely.
_MEANT_LEAD, _PROCEDURE_LEAD = 0.2, 0.1
# How sure a guide must be found: of itself, or, where the message asks for one, though the question be of an unfamiliar kind.
_GUIDE_FOUND, _GUIDE_MEANT = 0.3, 0.55
# A guide that shares so much less of the question's words than the law does is only worded alike ("tối đa bao nhiêu ngày").
_WORDS_SHARED = 0.75
# What each word of a guide's name that the question lacks costs: "đăng ký khai sinh" is not meant with a foreigner.
_UNASKED_WORD = 0.04

_OUTCOME_OF_FLAW = {Flaw.EMPTY: Outcome.NEEDS_CLARIFICATION, Flaw.NO_WORDS: Outcome.NEEDS_CLARIFICATION, Flaw.TOO_LONG: Outcome.DECLINED}


@dataclass(frozen=True, slots=True)
class Reading:
    """A question understood and ready to search."""

    understood: Understood
    prepared: PreparedQuestion


class Answerer:
    """Answers from the corpus and nothing else."""

    def __init__(self, library: Library, retriever: Retriever, *, clock: Callable[[], float] = time.perf_counter) -> None:
        self._library, self._citer, self._retriever, self._clock = library, library.citer, retriever, clock
        self._wording, self._scope, self._short_words = Wording.load(), Scope.load(), ShortWords.load()

    @property
    def library(self) -> Library:
        """What it knows of the corpus."""
        return self._library

    @property
    def retriever(self) -> Retriever:
        """What it searches with."""
        return self._retriever

    def answer(self, question: Question) -> Answer:
        """The answer; every end is a value, also a refusal."""
        watch = Stopwatch.start(self._clock)
        reading = self.read(question)
        if isinstance(reading, Answer):
            return replace(reading, timings_ms=watch.total())
        watch.lap("understand")
        answer = self.respond(reading)
        watch.lap("find")
        return logged(replace(answer, timings_ms=watch.total()))

    def read(self, question: Question) -> Reading | Answer:
        """The question ready to be answered, or the answer to what is none: empty, too long, without words."""
        text = cleaned(question.text)
        flaw = flaw_of(text)
        if flaw:
            return Answer(_OUTCOME_OF_FLAW[flaw], Understood(text[:200], "", "other", question.as_of), basis=flaw.value)
        calm = calmed(text)
        prepared = self._retriever.prepare(self._wording.spelled_out(calm))
        named = self._named(in_vietnamese(prepared.question), question.as_of)
        restored = prepared.question if prepared.was_restored else calm
        understood = Understood(text, restored, prepared.language.value, question.as_of, named.provisions, named.unknown, named.unplaced)
        return Reading(understood, prepared)

    def respond(self, reading: Reading, *, is_procedure: bool | None = None, is_past: bool = False) -> Answer:
        """The answer to a question that was read.

        `is_procedure`: whether it asks how something is done at an office, None if unknown; `is_past`: whether it asks of a day gone by,
        on which the law that is meant may not have been in force yet.
        """
        understood = reading.understood
        if understood.named or (understood.unknown and names_articles(in_vietnamese(reading.prepared.question))):
            return answer_named(understood, self._citer)
        if asks_only_for_provisions(understood):
            return answer_unplaced(understood, self._citer, self._library.documents)
        found = self._searched(understood, reading.prepared, is_procedure=is_procedure, is_past=is_past)
        return answer_absent(found, self._citer) if understood.unknown else found

    def named_guides(self, texts: Iterable[str]) -> tuple[Procedure, ...]:
        """The guides that the first of `texts` which names any names and says nothing else, the general one first."""
        return next((found for text in texts if (found := self._guide_names.find(text))), ())

    def guided(self, reading: Reading, guides: Sequence[Procedure]) -> Answer:
        """The first of `guides`, which the message asks for by name; the others, of the same name, are pointed at."""
        understood, guide = reading.understood, guides[0]
        law = self._retriever.search(reading.prepared, k=_POINTED_AT, where=SearchFilter(as_of=understood.as_of, kinds=("law",)))
        others = tuple(Related(procedure_group(other.id), other.name, 1.0) for other in guides[1:])
        related, basis = (*others, *self._near(law, understood.as_of)), self._citer.basis_of(guide, understood.as_of)
        return Answer(Outcome.ANSWERED, understood, guide.who, basis, related, guide, basis="procedure")

    @cached_property
    def _guide_names(self) -> GuideNames:
        return GuideNames(self._library.procedures.values(), self._short_words, self._wording.spelled_out)

    def near(self, reading: Reading) -> Answer:
        """The law nearest to a message that asks nothing, as pointers."""
        understood = reading.understood
        law = self._retriever.search(reading.prepared, k=_POINTED_AT, where=SearchFilter(as_of=understood.as_of, kinds=("law",)))
        return Answer(Outcome.NO_SOURCE, understood, related=self._near(law, understood.as_of), basis="law")

    def _named(self, text: str, as_of: date) -> Named:
        if names_articles(text):
            return find_provisions(text, self._library.names, as_of)
        # Reading the names of all documents takes a moment.
        return Named((), absent_laws(text, self._library.names, as_of) if names_laws(text) else ())

    def _searched(self, understood: Understood, prepared: PreparedQuestion, *, is_procedure: bool | None, is_past: bool) -> Answer:
        law = self._retriever.search(prepared, k=_SEARCHED, where=SearchFilter(as_of=understood.as_of, kinds=("law",)))
        guides = [] if is_procedure is False else self._retriever.search(prepared, k=3, where=SearchFilter(kinds=("procedure",)))
        procedure = self._procedure(prepared, guides, law, is_procedure=bool(is_procedure)) if guides else None
        if procedure and not self._is_law_of_another_day(prepared, guides, law):
            related, basis = self._near(law[:3], understood.as_of), self._citer.basis_of(procedure, understood.as_of)
            return Answer(Outcome.ANSWERED, understood, procedure.who, basis, related, procedure, basis="procedure")
        return self._by_law(understood, prepared, law, is_past=is_past)

    def _by_law(self, understood: Understood, prepared: PreparedQuestion, law: Sequence[Hit], *, is_past: bool) -> Answer:
        found = confidence(prepared, law, self._scope) if is_answered(prepared, law, self._scope) else 0.0
        if not found or is_past:
            meant = self._law_of_another_day(prepared, law, found)
            if meant:
                first = {article: texts[0] for article, texts in self._citer.timelines(_articles(meant)).items()}
                return Answer(Outcome.NOT_IN_FORCE_ON_DATE, understood, related=self._citer.near(meant, first), basis="law")
        if found:
            return replace(self._from_law(understood, prepared, law), confidence=found)
        return Answer(Outcome.NO_SOURCE, understood, related=self._near(law[:5], understood.as_of), basis="law")

    def _law_of_another_day(self, prepared: PreparedQuestion, law: Sequence[Hit], found: float) -> Sequence[Hit]:
        """What answers better than `law`, found with the confidence `found`, but was not in force on the day."""
        ever = self._ever(prepared)
        is_elsewhen = bool(ever) and ever[0].group not in {hit.group for hit in law} and is_answered(prepared, ever, self._scope)
        return ever[:_POINTED_AT] if is_elsewhen and confidence(prepared, ever, self._scope) > found else ()

    def _ever(self, prepared: PreparedQuestion) -> list[Hit]:
        """The law of any day."""
        return self._retriever.search(prepared, k=_SEARCHED, where=SearchFilter(kinds=("law",)))

    def _procedure(self, prepared: PreparedQuestion, guides: Sequence[Hit], law: Sequence[Hit], *, is_procedure: bool) -> Procedure | None:
        """The guide that the question asks for, if it fits better than any article."""
        found = confidence(prepared, guides)
        is_found = found >= _GUIDE_FOUND and is_answered(prepared, guides, self._scope)
        if not is_found and not (is_procedure and found >= _GUIDE_MEANT):
            return None
        cued = _PROCEDURE_LEAD if self._wording.asks_for_procedure(prepared.question) else -_PROCEDURE_LEAD
        if found + (_MEANT_LEAD if is_procedure else cued) < confidence(prepared, law):
            return None
        if prepared.language is not Language.ENGLISH and guides[0].lexical < _WORDS_SHARED * max((hit.lexical for hit in law), default=0.0):
            return None
        known = [hit for hit in guides if hit.group in self._library.procedures]
        ranked = sorted(known, key=lambda hit: self._fit(hit, prepared.question), reverse=True)
        return self._not_turned([self._library.procedures[hit.group] for hit in ranked], prepared.question)

    def _not_turned(self, ranked: Sequence[Procedure], question: str) -> Procedure | None:
        """The best guide, or where that is of another act than the question the next one, if its names hold all that is asked."""
        turned = [guide for guide in ranked if self._short_words.turns_from(question, guide)]
        if not ranked or ranked[0] not in turned:
            return ranked[0] if ranked else None
        return next((guide for guide in ranked if guide not in turned and self._short_words.are_of(question, guide)), None)

    def _is_law_of_another_day(self, prepared: PreparedQuestion, guides: Sequence[Hit], law: Sequence[Hit]) -> bool:
        """Whether a guide only seems best because the law that is meant was not in force on the day."""
        ever = self._ever(prepared)
        best = ever[0].group if ever else ""
        return confidence(prepared, ever) > confidence(prepared, guides) and best not in {hit.group for hit in law}

    def _fit(self, hit: Hit, question: str) -> float:
        """How well a guide fits: found high, and with few words in its name that nobody asked for."""
        return hit.score - _UNASKED_WORD * unasked_words(self._library.procedures[hit.group].name, question)

    def _from_law(self, understood: Understood, prepared: PreparedQuestion, hits: Sequence[Hit]) -> Answer:
        quoted_hits = [hit for hit in hits[:_QUOTED_ARTICLES] if hit.score >= _ALSO_ANSWERS * hits[0].score]
        citations: list[Citation] = []
        best: Quotation | None = None
        texts = self._citer.in_force(_articles(hits), understood.as_of)
        for hit in quoted_hits:
            article = texts.get(provision_of(hit.group))
            if article is None:
                continue
            quoted = quotations(article, prepared.question, hit.passages)
            best = best or best_quotation(quoted)
            citations += [self._citer.citation(article, quotation, understood.as_of, hit.score) for quotation in quoted]
        near = self._citer.near([hit for hit in hits if hit not in quoted_hits], texts)
        if best is None:
            # The index knows articles that have left the store since.
            return Answer(Outcome.NO_SOURCE, understood, related=near, basis="law")
        return Answer(Outcome.ANSWERED, understood, best.lead, tuple(citations), near, basis="law", lead_of=best.lead_of)

    def _near(self, hits: Sequence[Hit], as_of: date) -> tuple[Related, ...]:
        return self._citer.near(hits, self._citer.in_force(_articles(hits), as_of))


def logged(answer: Answer) -> Answer:
    """`answer`, with what may be known of it in the log: never what was asked."""
    facts = {"outcome": answer.outcome.value, "route": answer.route, "citations": len(answer.citations), "basis": answer.basis}
    log.info("answered", extra={**facts, "ms": answer.timings_ms.get("total")})
    return answer


def _articles(hits: Sequence[Hit]) -> list[ProvisionId]:
    return [provision_of(hit.group) for hit in hits]
