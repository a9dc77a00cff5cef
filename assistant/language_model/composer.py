"""A verified answer in a model's words, or the reason why the extractive answer must do."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from assistant.answering.types import Answer, Outcome, Understood
from assistant.language_model.breaker import CircuitBreaker
from assistant.language_model.budget import DailyBudget
from assistant.language_model.claims import claims_schema, parsed_claims
from assistant.language_model.errors import ModelBroken, ModelBusy, ModelFailure, ModelTimeout, ReplyCutShort, ReplyMalformed
from assistant.language_model.model import MAX_OUTPUT_TOKENS, Completion, LanguageModel, estimated_tokens
from assistant.language_model.prompt import Prompt, passages_of, prompt_of
from assistant.language_model.verify import VerifiedClaim, verified
from corpus.ids import ProvisionId

log = logging.getLogger(__name__)

_ANSWERED = (Outcome.ANSWERED, Outcome.PARTLY_ANSWERED)


class Fallback(StrEnum):
    """Why the extractive answer is given."""

    NO_PASSAGES = "no_passages"
    BUDGET = "budget"
    OPEN_CIRCUIT = "open_circuit"
    TIMEOUT = "timeout"
    BUSY = "busy"
    BROKEN = "broken"
    CUT = "cut"
    MALFORMED = "malformed"
    NOTHING_LEFT = "nothing_left"


_FALLBACKS: tuple[tuple[type[ModelFailure], Fallback], ...] = (
    (ModelTimeout, Fallback.TIMEOUT),
    (ModelBusy, Fallback.BUSY),
    (ModelBroken, Fallback.BROKEN),
    (ReplyCutShort, Fallback.CUT),
    (ReplyMalformed, Fallback.MALFORMED),
)


@dataclass(frozen=True, slots=True)
class Composed:
    """Verified claims in the model's order, and how many fell for which reason; `fallback` is set where there are no claims."""

    claims: tuple[VerifiedClaim, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    fallback: Fallback | None = None


class ModelComposer:
    """Asks a model to word an answer and keeps what the law says. It never raises for what a model does.

    `clock` gives seconds and never goes back; `random` makes the tokens. `deadline_s` bounds a call with its retries. One composer
    serves one thread at a time as far as `random` does; `random.SystemRandom` serves any number.
    """

    def __init__(
        self,
        model: LanguageModel,
        budget: DailyBudget,
        breaker: CircuitBreaker,
        clock: Callable[[], float],
        random: Random,
        *,
        deadline_s: float = 10.0,
    ) -> None:
        self._model, self._budget, self._breaker, self._clock, self._random = model, budget, breaker, clock, random
        self._deadline_s = deadline_s

    def compose(self, question: Understood, answer: Answer, language: str) -> Composed:
        """What the model says of the passages that `answer` cites, as far as they say it; `language` ("vi", "en") of the prompt."""
        started = self._clock()
        composed = self._composed(question, answer, language)
        log.info(
            "composed",
            extra={
                "model": self._model.name,
                "claims": len(composed.claims),
                "dropped": sum(composed.dropped.values()),
                "fallback": composed.fallback.value if composed.fallback else None,
                "ms": round((self._clock() - started) * 1000),
            },
        )
        return composed

    def _composed(self, question: Understood, answer: Answer, language: str) -> Composed:
        best = _best_article(answer)
        passages = passages_of(answer.citations)
        if best is None or all(passage.provision.of_article != best for passage in passages):
            return Composed(fallback=Fallback.NO_PASSAGES)
        prompt = prompt_of(question.restored or question.typed, passages, language, self._random)
        reply = self._reply(prompt)
        return reply if isinstance(reply, Composed) else self._kept(reply, prompt, question, best)

    def _reply(self, prompt: Prompt) -> Completion | Composed:
        """The model's reply, or why there is none."""
        reserved = self._budget.reserve(estimated_tokens(prompt.system + prompt.user) + MAX_OUTPUT_TOKENS)
        if reserved is None:
            return Composed(fallback=Fallback.BUDGET)
        if not self._breaker.admits():
            reserved.cancel()
            return Composed(fallback=Fallback.OPEN_CIRCUIT)
        try:
            completion = self._model.complete(prompt.system, prompt.user, claims_schema(), self._deadline_s)
        except ModelFailure as failure:
            self._breaker.failed()
            return Composed(fallback=_fallback_of(failure))
        reserved.settle(completion.input_tokens + completion.output_tokens)
        return completion

    def _kept(self, completion: Completion, prompt: Prompt, question: Understood, best: ProvisionId) -> Composed:
        try:
            claims = parsed_claims(completion.text, self._model.name)
        except ReplyMalformed as failure:
            self._breaker.failed()
            return Composed(fallback=_fallback_of(failure))
        self._breaker.succeeded()
        result = verified(claims, prompt.passages, question.as_of)
        dropped = Counter(one.reason.value for one in result.dropped)
        # Claims that leave out the article which answers best speak of something else.
        if not any(provision.of_article == best for claim in result.kept for provision in claim.provisions):
            return Composed(dropped=dropped, fallback=Fallback.NOTHING_LEFT)
        return Composed(result.kept, dropped)


def _best_article(answer: Answer) -> ProvisionId | None:
    if answer.outcome not in _ANSWERED or not answer.citations:
        return None
    return (answer.lead_of or answer.citations[0].provision).of_article


def _fallback_of(failure: ModelFailure) -> Fallback:
    return next((fallback for kind, fallback in _FALLBACKS if isinstance(failure, kind)), Fallback.BROKEN)
