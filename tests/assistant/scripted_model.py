"""A model that replies as a test tells it, and answers of the invented law for it to word."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from assistant.answering.types import Answer, Citation, Outcome, Understood
from assistant.language_model.breaker import CircuitBreaker
from assistant.language_model.budget import DailyBudget, MemoryCounter
from assistant.language_model.composer import Composed, ModelComposer
from assistant.language_model.errors import ModelFailure
from assistant.language_model.model import Completion
from assistant.language_model.openai_compatible import OpenAICompatibleModel
from corpus.ids import ProvisionId
from tests.assistant.toy_law import IN_FORCE

TODAY = date(2022, 5, 4)
HOURS = "1. Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ."
SAID = "Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ."
OTHER = "Giấy phép có thời hạn 5 năm."
CLAUSE, OTHER_CLAUSE = ProvisionId("901/2020/QH14", "5", "1"), ProvisionId("901/2020/QH14", "8", "3")
DEADLINE_S = 0.8
SLACK_S = 1.0

Script = Callable[[Mapping[str, str]], str]


@dataclass
class ScriptedModel:
    """Replies with what `script` makes of the passages by token, or raises `failure`."""

    script: Script
    failure: ModelFailure | None = None
    calls: int = 0
    last_user: str = ""

    @property
    def name(self) -> str:
        return "scripted"

    def complete(self, system: str, user: str, schema: Mapping[str, object], deadline_s: float) -> Completion:
        self.calls += 1
        self.last_user = user
        if self.failure:
            raise self.failure
        return Completion(self.script(passages_in(user)), "stop", 100, 20)


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def passages_in(user: str) -> dict[str, str]:
    return {one["token"]: one["text"] for one in json.loads(user)["passages"]}


def reply_of(*claims: tuple[str, Sequence[str]]) -> str:
    return json.dumps({"claims": [{"text": text, "tokens": list(tokens)} for text, tokens in claims]}, ensure_ascii=False)


def token_of(passages: Mapping[str, str], words: str) -> str:
    return next(token for token, text in passages.items() if words in text)


def honest(passages: Mapping[str, str]) -> str:
    return reply_of((SAID, [token_of(passages, "6 giờ")]))


def citation(provision: ProvisionId, quote: str, since: date | None = date(2021, 1, 1), until: date | None = None) -> Citation:
    return Citation(provision, provision.document, "Bộ luật Tàu giấy", "", quote, since, until, None, 1.0)


def answer_of(*citations: Citation, question: str = "mấy giờ được thả tàu", as_of: date = IN_FORCE) -> Answer:
    understood = Understood(question, question, "vi", as_of)
    return Answer(Outcome.ANSWERED, understood, "", tuple(citations), basis="law", lead_of=citations[0].provision if citations else None)


TWO = answer_of(citation(CLAUSE, HOURS), citation(OTHER_CLAUSE, f"3. {OTHER}"))


def budget(calls: int = 10_000, tokens: int = 100_000_000) -> DailyBudget:
    return DailyBudget(MemoryCounter(), lambda: TODAY, calls=calls, tokens=tokens)


def composer_of(
    model: ScriptedModel | OpenAICompatibleModel, *, allowed: DailyBudget | None = None, clock: Clock | None = None
) -> ModelComposer:
    clock = clock or Clock()
    return ModelComposer(model, allowed or budget(), CircuitBreaker(clock, failures=3, pause_s=60), clock, Random(1), deadline_s=DEADLINE_S)


def compose(composer: ModelComposer, answer: Answer = TWO) -> Composed:
    return composer.compose(answer.question, answer, "vi")


def said(composed: Composed) -> list[str]:
    return [claim.text for claim in composed.claims]
